/** Walks the raw bytes of a JSON text once, without parsing it: nothing may be parsed before a signature holds (TRUST.md §1). */

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COLON = 0x3a;
export const COMMA = 0x2c;

/** Index of the quote that closes the string opened at `open`, or past the end when none does. One byte at a time: linear on any input. */
export function closingQuote(bytes: Buffer, open: number): number {
  let at = open + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Do the bytes from `from` spell `word`? */
export function spells(bytes: Buffer, from: number, word: Buffer): boolean {
  let at = 0;
  while (at < word.length && bytes[from + at] === word[at]) at += 1;
  return at === word.length;
}

/** +1 for an opening bracket, -1 for a closing one, 0 for any other byte. */
export function depthStep(byte: number | undefined): -1 | 0 | 1 {
  if (byte === 0x5b || byte === 0x7b) return 1;
  return byte === 0x5d || byte === 0x7d ? -1 : 0;
}

export function skipBlanks(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
}
