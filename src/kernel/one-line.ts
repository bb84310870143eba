/** Text from outside made fit to be shown on one line, in one direction of reading. */

/** Turn the direction of what stands around them, so that a line reads as another one. */
export const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Invisible, but for the two that join letters and pictures. */
export const INVISIBLE = /[^\P{Cf}\u200c\u200d]/gu;
/** Marks upon one letter that grow over the lines around it. */
export const TOWER = /(\p{M}{4})\p{M}+/gu;
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** Pure. At most `most` characters; control characters become blanks, invisible ones vanish, what is cut ends in `…`. */
export function oneLine(text: string, most: number): string {
  const clean = text
    .slice(0, most * 4)
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(TOWER, '$1')
    .trim();
  return cut(clean, most);
}

/** Pure. `text` cut visibly, never within a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
