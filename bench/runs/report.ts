/** How figures of runs are printed, and how they stand to what is wanted. */
import { median, percentile, table } from '../ingest/statistics.js';

export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly word: 'at least' | 'at most';
  readonly limit: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One row per name: the middle, the slowest hundredth, the mean and its share of the sum of means. */
export function sharesTable(title: string, parts: Readonly<Record<string, readonly number[]>>): string {
  const whole = mean(Object.values(parts).map(mean)) * Object.keys(parts).length;
  const rows = Object.entries(parts).map(([name, values]) => [
    name,
    median(values).toFixed(2),
    percentile(values, 99).toFixed(2),
    mean(values).toFixed(2),
    `${((100 * mean(values)) / whole).toFixed(0)} %`,
  ]);
  return table([[title, 'p50 ms', 'p99 ms', 'mean ms', 'share'], ...rows]);
}

export function goalsTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ what, value, word, limit }) => {
    const isMet = word === 'at least' ? value >= limit : value <= limit;
    return [what, value.toFixed(2), `${word} ${limit}`, isMet ? 'met' : 'MISSED'];
  });
  return table([['goal', 'measured', 'wanted', ''], ...rows]);
}
