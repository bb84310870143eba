/** For how long a forge asks to be left in peace: what its header `Retry-After` says, never more than is bearable. */
import type { IncomingHttpHeaders } from 'node:http';

/** Whatever it says: a forge that asks for a year is asked again by then. */
export const LONGEST_PAUSE_MS = 30 * 60_000;

/**
 * Pure. Milliseconds, or null where nothing that can be understood is said. Seconds or a date (RFC 9110 §10.2.3); a date is
 * compared with that of the answer itself, since our clock may be wrong, and with `nowMs` where it has none.
 */
export function readRetryAfter(headers: IncomingHttpHeaders, nowMs: number): number | null {
  const said = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(said)) return bounded(Number(said) * 1000);
  const until = dateIn(said);
  return until === null ? null : bounded(until - (dateIn(headers.date) ?? nowMs));
}

function bounded(ms: number): number {
  return Math.min(LONGEST_PAUSE_MS, Math.max(0, ms));
}

/** As HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`. Nothing else that a date could be read out of. */
function dateIn(text = ''): number | null {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
