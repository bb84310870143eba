/** Prints what was measured, and how it stands to what is wanted. */
import type { LoadResult } from './load.js';
import type { Results } from './rounds.js';
import type { ServerKind } from './server.js';
import { median, table } from './statistics.js';

const NAMES: Record<ServerKind, string> = {
  hmac: 'bare route, one HMAC',
  bare: 'bare route that verifies as the door',
  insert: 'the same with one prepared insert',
  door: 'the door',
  transactions: 'the door, one TypeORM transaction each',
};

export function printResults(title: string, results: Results): void {
  const rows = [...results].map(([kind, list]) => [
    NAMES[kind],
    median(list.map((one) => one.perSecond)).toFixed(0),
    median(list.map((one) => one.p50Ms)).toFixed(2),
    median(list.map((one) => one.p99Ms)).toFixed(2),
  ]);
  console.log(`\n${table([[title, 'deliveries/s', 'p50 ms', 'p99 ms'], ...rows])}`);
}

/** Each ratio is the median of the ratios of one round. */
export function printGoals(crowd: Results, lone: Results): void {
  const speed = (one: LoadResult) => one.perSecond;
  const rows = [
    ['32 connections: door / bare route', ...goal(ratio(crowd, 'bare', speed), 'at least', 0.4)],
    ['32 connections: door / transaction each', ...goal(ratio(crowd, 'transactions', speed), 'at least', 6)],
    [
      '1 connection: p50 of door / one insert',
      ...goal(
        ratio(lone, 'insert', (one) => one.p50Ms),
        'at most',
        1.3,
      ),
    ],
  ];
  console.log(`\n${table([['median of the ratios', 'ratio', 'goal', ''], ...rows])}`);
}

function ratio(results: Results, baseline: ServerKind, value: (one: LoadResult) => number): number {
  const others = results.get(baseline)!;
  return median(results.get('door')!.map((one, round) => value(one) / value(others[round]!)));
}

function goal(value: number, word: 'at least' | 'at most', limit: number): string[] {
  const isMet = word === 'at least' ? value >= limit : value <= limit;
  return [value.toFixed(2), `${word} ${limit}`, isMet ? 'met' : 'MISSED'];
}
