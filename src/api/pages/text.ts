/** Text from outside made fit for a page: one line, of a length that the page can bear, in one direction of reading. */
import { type Html, html } from './html.js';

/** Turn the direction of what stands around them, so a line reads as another one. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Invisible, but for the two that join letters and pictures. */
const INVISIBLE = /[^\P{Cf}\u200c\u200d]/gu;
/** Marks upon one letter that grow over the lines around it. */
const TOWER = /(\p{M}{4})\p{M}+/gu;
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** One line of at most `most` characters; what is cut ends in `…`. */
export function oneLine(text: string, most: number): string {
  const clean = text
    .slice(0, most * 4)
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(TOWER, '$1')
    .trim();
  return cut(clean, most);
}

/** `text` cut visibly, never within a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The same, apart from the direction of the text around it. */
export function outside(text: string, most: number): Html {
  return html`<bdi>${oneLine(text, most)}</bdi>`;
}

/** What a reader of a log must see to know what stands there: control characters as pictures, invisible ones by their number. */
export function madeVisible(text: string): string {
  return text
    .replace(/[\0-\x08\n-\x1f]/g, (unit) => String.fromCharCode(0x2400 + unit.charCodeAt(0)))
    .replace(/\x7f/g, '\u2421')
    .replace(/[\x80-\x9f\p{Cs}]/gu, '\ufffd')
    .replace(BIDI, numbered)
    .replace(/[\p{Zl}\p{Zp}]/gu, numbered)
    .replace(INVISIBLE, numbered)
    .replace(TOWER, '$1');
}

function numbered(letter: string): string {
  return `⟨U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
