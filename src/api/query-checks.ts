/** What single values of a query must look like: they arrive as text, and as a list when one is given twice. */
import { readRowId } from '../kernel/row-id.js';
import { fullname, time } from '../projects/checks.js';
import type { Check } from '../projects/must.js';
import { wordsOf } from '../store/browse.js';

const MOST_PATTERNS = 20;
const MOST_STARS = 8;
const MOST_WORDS = 10;

export const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : `must be one of ${words.join(', ')}`;

/** Without control characters, as nothing that it is compared with has any. */
export const shortText: Check = (value) =>
  typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(value) ? null : 'must be 1 to 255 characters, once';

export const wholeNumber: Check = (value) => (isNumberText(value) ? null : 'must be a whole number from 1, once');

/** A name of digits alone reads as an id. */
export const projectIdOrName: Check = (value) =>
  isNumberText(value) || fullname(value) === null ? null : 'must be the id or the full name of a project, once';

export const commitDigits: Check = (value) =>
  typeof value === 'string' && /^[0-9a-f]{7,64}$/i.test(value)
    ? null
    : 'must be a commit, or at least its first 7 hexadecimal digits, once';

export const utcTime: Check = (value) => time(value);

/** At least one word: signs alone find nothing. */
export const someWords: Check = (value) => {
  const count = typeof value === 'string' && value.length <= 200 ? wordsOf(value).length : 0;
  return count >= 1 && count <= MOST_WORDS ? null : `must be 1 to ${MOST_WORDS} words of at most 200 characters, once`;
};

export const topicPatterns: Check = (value) => {
  const patterns = patternsOf(value);
  const isFine = patterns.length <= MOST_PATTERNS && patterns.every(isPattern);
  const says = `must be at most ${MOST_PATTERNS} topics, each 1 to 128 characters with at most ${MOST_STARS} *`;
  return isFine ? null : says;
};

/** Given several times, or with commas, or both. */
export function patternsOf(value: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return given.flatMap((one) => (typeof one === 'string' ? one.split(',') : ['']));
}

function isPattern(text: string): boolean {
  return /^[^\p{Cc}\p{Cs}]{1,128}$/u.test(text) && text.split('*').length - 1 <= MOST_STARS;
}

export function isNumberText(value: unknown): value is string {
  return readRowId(value) !== null;
}
