/** Text from outside made fit for a page. */
import { BIDI, INVISIBLE, oneLine, TOWER } from '../../kernel/one-line.js';
import { type Html, html } from './html.js';

/** One line of it, apart from the direction of the text around it. */
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
