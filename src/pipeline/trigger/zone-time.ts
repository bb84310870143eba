/** What the clocks of a time zone show, and when they show it: with the hours that are left out and those that come twice. */

const HOUR_MS = 3_600_000;
/** Longer than any change of a zone's clocks that a schedule meets. */
const AROUND_MS = 24 * HOUR_MS;

/** Milliseconds that the zone's clocks are ahead of UTC at an instant. */
export type OffsetAt = (instantMs: number) => number;

/** Throws a RangeError for what is no IANA name. */
export function offsetsOf(timezone: string): OffsetAt {
  if (timezone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instantMs) => {
    const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const [year, month, day, hour, minute, second] = PARTS.map((type) => parts.get(type) ?? 0) as SixNumbers;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instantMs / 1000) * 1000;
  };
}

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
type SixNumbers = [number, number, number, number, number, number];

/**
 * The instants at which the clocks show `wallMs` (a date and time written as if it were UTC), earliest first: two where an
 * hour comes twice, none where it is left out.
 */
export function instantsOf(wallMs: number, offsetAt: OffsetAt): readonly number[] {
  const offsets = new Set([offsetAt(wallMs - AROUND_MS), offsetAt(wallMs + AROUND_MS)]);
  const instants = [...offsets].map((offset) => wallMs - offset).filter((at) => at + offsetAt(at) === wallMs);
  return instants.sort((a, b) => a - b);
}

/** The first instant after a time that the clocks leave out. */
export function endOfGap(wallMs: number, offsetAt: OffsetAt): number {
  let before = wallMs - AROUND_MS - offsetAt(wallMs - AROUND_MS);
  let after = wallMs + AROUND_MS - offsetAt(wallMs + AROUND_MS);
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (middle + offsetAt(middle) > wallMs) after = middle;
    else before = middle;
  }
  return after;
}
