/** Prints what was measured, and how it stands to what is wanted. */
import { percentile, table } from '../ingest/statistics.js';
import type { Filled } from './fill.js';
import type { Question } from './questions.js';
import type { Sizes } from './rows.js';

/** Milliseconds of each answer, at each depth. */
export interface Measured {
  readonly question: Question;
  readonly items: number;
  readonly tookMs: Readonly<Record<Depth, readonly number[]>>;
}

export type Depth = 'first' | 'middle' | 'deep';

const OF_EVENTS = ['delivery', 'event', 'event_index', 'sqlite_autoindex', 'span', 'decision'];

export function printMeasured(measured: readonly Measured[]): void {
  const head = ['list and filter', 'items', 'first p50', 'p95', 'middle p50', 'p95', 'deep p50', 'p95', 'goal', ''];
  console.log(`\n${table([head, ...measured.map(rowOf)])}`);
  const missed = measured.filter((one) => !isMet(one));
  console.log(`\n${measured.length} questions, ${missed.length} miss their goal`);
}

/** Milliseconds; the goal is one for the p95 of every depth. */
function rowOf(one: Measured): string[] {
  const { question, items, tookMs } = one;
  const times = Object.values(tookMs).flatMap((took) => [percentile(took, 50), percentile(took, 95)]);
  const name = `${question.list} ${question.query.replaceAll(/[\d-]{10}T([\d:]{8})\.000Z/g, '$1')}`.slice(0, 60);
  return [
    name,
    String(items),
    ...times.map((ms) => ms.toFixed(2)),
    `≤ ${question.goalMs}`,
    isMet(one) ? 'met' : 'MISSED',
  ];
}

function isMet({ question, tookMs }: Measured): boolean {
  return Object.values(tookMs).every((took) => percentile(took, 95) <= question.goalMs);
}

export function printSizes({ bytes, feedMicros }: Filled, sizes: Sizes): void {
  const largest = Object.entries(bytes).sort(([, one], [, other]) => other - one);
  const rows = largest.slice(0, 24).map(([name, size]) => [name, mega(size), perRow(name, size, sizes)]);
  console.log(`\n${table([['table or index', 'MB', 'bytes per event, run or job'], ...rows])}`);
  const ofEvents = largest.filter(([name]) => OF_EVENTS.some((start) => name.startsWith(start)));
  const perEvent = ofEvents.reduce((sum, [, size]) => sum + size, 0) / sizes.events;
  console.log(
    `\nbytes per event without its message: ${perEvent.toFixed(0)}; its index took ${feedMicros.toFixed(1)} µs`,
  );
}

function perRow(name: string, size: number, { events, runs, jobs }: Sizes): string {
  const rows = /^(?:event|delivery|decision|sqlite)/.test(name) ? events : name.startsWith('job') ? jobs : runs;
  return (size / rows).toFixed(1);
}

function mega(size: number): string {
  return (size / 1e6).toFixed(1);
}
