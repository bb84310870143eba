/** When a schedule comes next, in its own time zone. */
import type { Schedule } from '../document/pipeline.js';
import { type CronNumbers, cronNumbers } from './cron.js';
import { endOfGap, instantsOf, type OffsetAt, offsetsOf } from './zone-time.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A 29th of February that falls on the right weekday comes at least every 40 years. */
const FURTHEST_DAYS = 41 * 366;

/**
 * The first instant after `afterMs`, or null when the date never comes. A time that the clocks leave out comes as soon as they
 * go on, as on GitHub; of one that they show twice the first counts, except where the schedule comes every hour.
 */
export function nextTime({ cron, timezone }: Schedule, afterMs: number): number | null {
  const numbers = cronNumbers(cron);
  const offsetAt = offsetsOf(timezone);
  const first = Math.floor((afterMs + offsetAt(afterMs)) / DAY_MS) * DAY_MS;
  for (let day = -1; day < FURTHEST_DAYS; day += 1) {
    const midnight = first + day * DAY_MS;
    if (!isDayOf(numbers, midnight)) continue;
    const next = Math.min(...timesOf(numbers, midnight, offsetAt).filter((at) => at > afterMs));
    if (next !== Infinity) return next;
  }
  return null;
}

function isDayOf({ months, isDay }: CronNumbers, midnight: number): boolean {
  const date = new Date(midnight);
  return months.includes(date.getUTCMonth() + 1) && isDay(date.getUTCDate(), date.getUTCDay());
}

/** All instants of one day, which is written as if it were UTC. */
function timesOf(numbers: CronNumbers, midnight: number, offsetAt: OffsetAt): readonly number[] {
  const walls = numbers.hours.flatMap((hour) =>
    numbers.minutes.map((minute) => midnight + (hour * 60 + minute) * MINUTE_MS),
  );
  const offset = offsetAt(midnight - DAY_MS);
  if (offset === offsetAt(midnight + 2 * DAY_MS)) return walls.map((wall) => wall - offset);
  return walls.flatMap((wall) => changedTimes(wall, numbers, offsetAt));
}

/** On a day around which the clocks are changed. */
function changedTimes(wall: number, { isHourly }: CronNumbers, offsetAt: OffsetAt): readonly number[] {
  const instants = instantsOf(wall, offsetAt);
  if (isHourly) return instants;
  return instants.length === 0 ? [endOfGap(wall, offsetAt)] : instants.slice(0, 1);
}
