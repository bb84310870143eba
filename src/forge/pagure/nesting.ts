/** Refuses what would keep `JSON.parse` busy: brackets nested too deep, counted in one walk over the bytes. */
import { closingQuote, depthStep, QUOTE } from './json-scan.js';

/** Real messages nest 8 deep; 32 MiB of `[` would take the parser ten seconds. */
export const NESTING_LIMIT = 100;

/** Do brackets outside of strings nest deeper than `limit`? */
export function nestsDeeper(bytes: Buffer, limit = NESTING_LIMIT): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === QUOTE) at = closingQuote(bytes, at);
    else depth += depthStep(bytes[at]);
    if (depth > limit) return true;
  }
  return false;
}
