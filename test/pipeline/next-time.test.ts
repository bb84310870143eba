/** When a schedule comes next: fields, time zones, changed clocks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTime } from '../../src/pipeline/index.js';

/** The next times after `from`, as texts in UTC. */
function times(cron: string, from: string, count: number, timezone = 'UTC'): string[] {
  const found: string[] = [];
  let at: number | null = Date.parse(from);
  while (found.length < count) {
    at = nextTime({ cron, timezone }, at);
    if (at === null) break;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('nextTime', () => {
  it('is always later than the time it is asked after', () => {
    expect(times('30 5 * * *', '2026-11-24T05:30:00Z', 2)).toEqual(['2026-11-25T05:30', '2026-11-26T05:30']);
    expect(times('30 5 * * *', '2026-11-24T05:29:59.999Z', 1)).toEqual(['2026-11-24T05:30']);
  });

  it('knows steps, lists, ranges and words', () => {
    expect(times('*/20 1,3 * * *', '2026-11-24T01:30:00Z', 4)).toEqual([
      '2026-11-24T01:40',
      '2026-11-24T03:00',
      '2026-11-24T03:20',
      '2026-11-24T03:40',
    ]);
    expect(times('0 0 * JAN-FEB MON', '2026-02-20T00:00:00Z', 2)).toEqual(['2026-02-23T00:00', '2027-01-04T00:00']);
  });

  it('takes either the day of the month or the weekday when both are given', () => {
    expect(times('0 0 1 * 5', '2026-11-25T00:00:00Z', 3)).toEqual([
      '2026-11-27T00:00',
      '2026-12-01T00:00',
      '2026-12-04T00:00',
    ]);
  });

  it('waits years for a 29th of February and says null for a 30th', () => {
    expect(times('0 12 29 2 *', '2026-11-25T00:00:00Z', 2)).toEqual(['2028-02-29T12:00', '2032-02-29T12:00']);
    expect(nextTime({ cron: '0 12 30 2 *', timezone: 'UTC' }, 0)).toBeNull();
  });

  it('follows the clocks of its zone through summer and winter', () => {
    expect(times('30 9 * * *', '2026-03-27T12:00:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-03-28T08:30',
      '2026-03-29T07:30',
      '2026-03-30T07:30',
    ]);
    expect(times('0 0 * * 1', '2026-11-24T00:00:00Z', 1, 'Pacific/Auckland')).toEqual(['2026-11-29T11:00']);
  });

  it('comes at the end of an hour that the clocks leave out', () => {
    expect(times('30 2 * * *', '2026-03-28T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('comes once in an hour that comes twice, unless it comes every hour', () => {
    expect(times('30 2 * * *', '2026-10-24T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(times('30 * * * *', '2026-10-25T00:00:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:30',
      '2026-10-25T02:30',
    ]);
  });

  it('agrees with a walk over all minutes in UTC', () => {
    const field = (max: number, min = 0) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc.integer({ min: 2, max: 7 }).map((step) => `*/${step}`),
      );
    const cron = fc.tuple(field(59), field(23), field(28, 1), fc.constant('*'), field(6)).map((all) => all.join(' '));
    const start = Date.UTC(2026, 10, 24, 12, 7);
    fc.assert(
      fc.property(cron, (text) => {
        expect(nextTime({ cron: text, timezone: 'UTC' }, start)).toBe(walked(text, start));
      }),
      { numRuns: 100 },
    );
  });
});

/** The slow and plain way. */
function walked(cron: string, start: number): number {
  const [minute = '', hour = '', day = '', , weekday = ''] = cron.split(' ');
  const fits = (field: string, value: number, min: number) =>
    field === '*' || (field.startsWith('*/') ? (value - min) % Number(field.slice(2)) === 0 : Number(field) === value);
  for (let at = Math.floor(start / 60_000) * 60_000 + 60_000; ; at += 60_000) {
    const date = new Date(at);
    const byDay = fits(day, date.getUTCDate(), 1);
    const byWeekday = fits(weekday, date.getUTCDay(), 0);
    const isDay = day !== '*' && weekday !== '*' ? byDay || byWeekday : byDay && byWeekday;
    if (isDay && fits(hour, date.getUTCHours(), 0) && fits(minute, date.getUTCMinutes(), 0)) return at;
  }
}
