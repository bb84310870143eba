/** Times and durations in the words of a table. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Pure. `3m ago`; after a month the date. What is not yet, by a clock that goes after, is now. */
export function relativeTime(iso: string, nowMs: number): string {
  const ageMs = nowMs - Date.parse(iso);
  if (ageMs < 5 * SECOND) return 'just now';
  if (ageMs >= 30 * DAY) return iso.slice(0, 10);
  if (ageMs < MINUTE) return `${Math.floor(ageMs / SECOND)}s ago`;
  if (ageMs < HOUR) return `${Math.floor(ageMs / MINUTE)}m ago`;
  return ageMs < DAY ? `${Math.floor(ageMs / HOUR)}h ago` : `${Math.floor(ageMs / DAY)}d ago`;
}

/** Pure. `0.4s`, `12s`, `1m 05s`, `2h 03m`; of what is under way, until now; '' of what has not begun. */
export function duration(from: string | null, to: string | null, nowMs: number): string {
  if (from === null) return '';
  const ms = Math.max(0, (to === null ? nowMs : Date.parse(to)) - Date.parse(from));
  if (ms < 10 * SECOND && to !== null) return `${(Math.floor(ms / 100) / 10).toFixed(1)}s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m ${two(Math.floor(ms / SECOND) % 60)}s`;
  return `${Math.floor(ms / HOUR)}h ${two(Math.floor(ms / MINUTE) % 60)}m`;
}

/** Pure. A point in time as an option names it: ISO 8601, or `90m`, `2h`, `3d` ago. Null for neither. */
export function pointInTime(text: string, nowMs: number): string | null {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const atMs = count === undefined ? isoOrNaN(text) : nowMs - Number(count) * unitMs(unit);
  return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
}

/** Only ISO 8601: what else `Date.parse` takes means something else on each machine. */
function isoOrNaN(text: string): number {
  return /^\d{4}-\d\d-\d\d(?:T|$)/.test(text) ? Date.parse(text) : NaN;
}

function unitMs(unit: string | undefined): number {
  if (unit === 's') return SECOND;
  if (unit === 'm') return MINUTE;
  return unit === 'h' ? HOUR : DAY;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
