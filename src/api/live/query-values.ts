/** What values of a query must look like, alone and beside each other: they are texts. */
import { type Check, MustBeside } from '../../projects/must.js';

/** The number that a row id of ours never passes. */
export const MOST_ID = 999_999_999_999_999;

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): Check {
  return (value) => {
    const isNumber = typeof value === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(value);
    if (isNumber && Number(value) >= least && Number(value) <= most) return null;
    return `must be a whole number from ${least} to ${most}`;
  };
}

/** Some of these words, with commas between them, each once. */
export function someOf(words: readonly string[]): Check {
  return (value) => {
    const named = typeof value === 'string' ? value.split(',') : [];
    const areKnown = named.length > 0 && named.every((word) => words.includes(word));
    if (areKnown && new Set(named).size === named.length) return null;
    return `must be some of ${words.join(', ')}, with commas between them`;
  };
}

/** A switch is on or left out. */
export const isOn: Check = (value) => (value === '1' ? null : 'must be 1 or left out');

/** The value makes no sense beside those of other names. */
export function NotWith(...others: readonly string[]): PropertyDecorator {
  return MustBeside('notWith', (_, query) => {
    const other = others.find((name) => query[name] !== undefined);
    return other === undefined ? null : `cannot be combined with ${other}`;
  });
}

/** A number that is not smaller than the one of another name. */
export function NotBelow(other: string): PropertyDecorator {
  return MustBeside('notBelow', (value, query) =>
    Number(value) < Number(query[other]) ? `must not be smaller than ${other}` : null,
  );
}
