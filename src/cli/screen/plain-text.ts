/** Text of others on one line of a terminal: nothing in it moves a cursor, changes a colour or turns the reading direction. */

/** Pure. Every control, format and unassigned character, and every kind of line end, becomes a blank. */
export function plainText(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]+/gu, ' ');
}

/** Pure. The same for a text of several lines; tabs stay. */
export function plainLines(text: string): string {
  return text.replace(/[^\P{C}\n\t]+/gu, ' ');
}

/** Pure. JSON of one line; what a terminal could obey is written as an escape, which JSON readers take as the same. */
export function jsonLine(value: unknown): string {
  const escape = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escape);
}
