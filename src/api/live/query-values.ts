/** What single values of a query must look like: they are texts. */
import type { Check } from '../../projects/must.js';

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): Check {
  return (value) =>
    typeof value === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(value) && Number(value) >= least && Number(value) <= most
      ? null
      : `must be a whole number from ${least} to ${most}`;
}

/** Some of these words, with commas between them, each once. */
export function someOf(words: readonly string[]): Check {
  return (value) => {
    const named = typeof value === 'string' ? value.split(',') : [];
    const isFine =
      named.length > 0 && named.every((word) => words.includes(word)) && new Set(named).size === named.length;
    return isFine ? null : `must be some of ${words.join(', ')}, with commas between them`;
  };
}

export const yesOrNo: Check = (value) => (value === '1' || value === '0' ? null : 'must be 1 or 0');
