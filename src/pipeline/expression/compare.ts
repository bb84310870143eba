/** How values compare: GitHub's coercions, strings upper-cased character by character (LANGUAGE.md, "Expressions" 8). */
import { data } from './library.js';
import type { Value } from './values.js';

export function isTruthy(value: Value): boolean {
  if (value instanceof data.Null) return false;
  if (value instanceof data.BooleanData) return value.value;
  if (value instanceof data.NumberData) return value.value !== 0 && !Number.isNaN(value.value);
  return value instanceof data.StringData ? value.value !== '' : true;
}

export function equals(left: Value, right: Value): boolean {
  const pair = comparable(left, right);
  if (pair) return pair[0] === pair[1];
  return left === right || (left instanceof data.Null && right instanceof data.Null);
}

export function isLess(left: Value, right: Value): boolean {
  const pair = comparable(left, right);
  return pair !== null && pair[0] < pair[1];
}

/** Two strings, or two numbers; null when the values cannot be ordered. */
function comparable(left: Value, right: Value): readonly [string, string] | readonly [number, number] | null {
  if (!left.primitive || !right.primitive) return null;
  if (left instanceof data.StringData && right instanceof data.StringData) {
    return [foldCase(left.value), foldCase(right.value)];
  }
  return [left.number(), right.number()];
}

/** Upper case of each character alone: `ß` stays `ß`, and so does the dotless `ı`. */
export function foldCase(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toUpperCase();
  return Array.from(text, foldCharacter).join('');
}

function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  return upper.length === character.length && character !== 'ı' ? upper : character;
}
