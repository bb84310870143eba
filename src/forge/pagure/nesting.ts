/** Refuses what would keep `JSON.parse` busy: brackets nested too deep, counted in one walk over the bytes. */
import { closingQuote, depthStep, QUOTE } from './json-scan.js';

/** Real messages nest 8 deep; 32 MiB of `[` would take the parser ten seconds. */
export const NESTING_LIMIT = 100;

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
