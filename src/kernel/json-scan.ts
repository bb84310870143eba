/** Walks the raw bytes of a JSON text without parsing it: what is told of it is known before `JSON.parse` is asked to do any work. */
import type { Buffer } from 'node:buffer';

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

/** Do commas and opening brackets outside of strings, each of which stands for a value, number more than `limit`? */
export function holdsMoreValues(bytes: Buffer, limit: number): boolean {
  let values = 0;
  // Fewer bytes than the limit cannot hold more values.
  for (let at = 0; bytes.length > limit && at < bytes.length && values <= limit; at += 1) {
    if (bytes[at] === QUOTE) at = closingQuote(bytes, at);
    else if (bytes[at] === COMMA || depthStep(bytes[at]) === 1) values += 1;
  }
  return values > limit;
}

/** Do brackets outside of strings nest deeper than `limit`? */
export function nestsDeeper(bytes: Buffer, limit: number): boolean {
  if (!hasMoreBrackets(bytes, limit)) return false;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === QUOTE) at = closingQuote(bytes, at);
    else depth += depthStep(bytes[at]);
    if (depth > limit) return true;
  }
  return false;
}

/** A quick look, strings included: what opens fewer brackets cannot nest deeper. */
function hasMoreBrackets(bytes: Buffer, limit: number): boolean {
  let opened = 0;
  for (let at = 0; at < bytes.length && opened <= limit; at += 1) opened += isOpening(bytes[at]!) ? 1 : 0;
  return opened > limit;
}

/** `[` and `{` differ in one bit. */
function isOpening(byte: number): boolean {
  return (byte | 0x20) === 0x7b;
}
