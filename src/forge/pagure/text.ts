/** Text from outside made fit to be shown on one line. */

const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Marks that turn the reading direction and so make a line read as another one. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of at most `limit` characters: control characters become blanks, bidi marks vanish, the end is cut with `…`. */
export function oneLine(text: string, limit = 300): string {
  const clean = text
    .slice(0, limit * 4)
    .replace(CONTROL, ' ')
    .replace(BIDI, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
