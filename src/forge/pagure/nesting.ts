/** Refuses what would keep `JSON.parse` busy or fill the memory: counted in a walk over the bytes, without parsing. */
import { closingQuote, COMMA, depthStep, QUOTE } from './json-scan.js';

/** Real messages nest 8 deep; 32 MiB of `[` would take the parser ten seconds. */
export const NESTING_LIMIT = 100;

/** A value takes up to 70 bytes of memory, however short it is written; the largest real messages hold some 700,000. */
export const VALUE_LIMIT = 2_000_000;

/** Do commas and opening brackets outside of strings, each of which stands for a value, number more than `limit`? */
export function holdsMoreValues(bytes: Buffer, limit = VALUE_LIMIT): boolean {
  let values = 0;
  // Fewer bytes than the limit cannot hold more values.
  for (let at = 0; bytes.length > limit && at < bytes.length && values <= limit; at += 1) {
    if (bytes[at] === QUOTE) at = closingQuote(bytes, at);
    else if (bytes[at] === COMMA || depthStep(bytes[at]) === 1) values += 1;
  }
  return values > limit;
}

/** Do brackets outside of strings nest deeper than `limit`? */
export function nestsDeeper(bytes: Buffer, limit = NESTING_LIMIT): boolean {
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
