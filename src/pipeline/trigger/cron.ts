/** The five fields of a schedule: what they may hold, and whether the date ever comes. */

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for the numbers from `min`. */
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', min: 0, max: 6, words: 'sun mon tue wed thu fri sat'.split(' ') },
];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule, for people; null when it is right. */
export function cronFault(cron: string): string | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS.length)
    return `it has ${fields.length} fields, but needs five: minute hour day month weekday`;
  return fields.map((text, index) => fieldFault(text, FIELDS[index] as Field)).find((fault) => fault !== null) ?? null;
}

/** True for a well-formed schedule whose day is in none of its months (`30 2`). A weekday of its own always comes. */
export function neverComes(cron: string): boolean {
  const [, , days = '*', months = '*', weekday = '*'] = cron.trim().split(/\s+/);
  if (weekday !== '*') return false;
  const first = Math.min(...numbersOf(days, FIELDS[2] as Field));
  return !numbersOf(months, FIELDS[3] as Field).some((month) => first <= (DAYS[month - 1] ?? 0));
}

/** A well-formed schedule as numbers. */
export interface CronNumbers {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  /** Is this day one of the schedule's? When both fields say something, either of them is enough (POSIX crontab). */
  readonly isDay: (day: number, weekday: number) => boolean;
  /** Does it come in every hour, whatever the clocks call it? */
  readonly isHourly: boolean;
}

export function cronNumbers(cron: string): CronNumbers {
  const texts = cron.trim().split(/\s+/);
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = texts.map((text, index) =>
    [...numbersOf(text, FIELDS[index] as Field)].sort((a, b) => a - b),
  );
  const isEither = texts[2] !== '*' && texts[4] !== '*';
  const isDay = (day: number, weekday: number) =>
    isEither ? days.includes(day) || weekdays.includes(weekday) : days.includes(day) && weekdays.includes(weekday);
  return { minutes, hours, months, isDay, isHourly: hours.length === 24 };
}

function fieldFault(text: string, field: Field): string | null {
  return (
    text
      .split(',')
      .map((item) => itemFault(item, field))
      .find((fault) => fault !== null) ?? null
  );
}

function itemFault(item: string, field: Field): string | null {
  const allowed = `the ${field.name} is ${field.min} to ${field.max}, a range, a list, or * with /step`;
  const [, whole = '', from = '', to, step] = /^(\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item) ?? [];
  if (whole === '') return `\`${item.slice(0, 20)}\` cannot stand here: ${allowed}`;
  if (step !== undefined && Number(step) < 1) return `the step of \`${item.slice(0, 20)}\` must be at least 1`;
  if (whole === '*') return null;
  const [low, high] = [numberOf(from, field), numberOf(to ?? from, field)];
  if (low === null || high === null) return `\`${item.slice(0, 20)}\` cannot stand here: ${allowed}`;
  return low > high ? `the range \`${item.slice(0, 20)}\` goes backwards` : null;
}

function numberOf(text: string, field: Field): number | null {
  const word = field.words.indexOf(text.toLowerCase());
  if (word >= 0) return word + field.min;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return number >= field.min && number <= field.max ? number : null;
}

/** All numbers that a well-formed field stands for. */
function numbersOf(text: string, field: Field): readonly number[] {
  const numbers = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [from = '', to] = range.split('-');
    const low = range === '*' ? field.min : (numberOf(from, field) ?? field.min);
    const single = range !== '*' && to === undefined && !item.includes('/');
    const high = to === undefined ? (single ? low : field.max) : (numberOf(to, field) ?? field.max);
    for (let number = low; number <= high; number += Number(step)) numbers.add(number);
  }
  return [...numbers];
}
