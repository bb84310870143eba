/** When a row is due. */
import { type FindOperator, LessThanOrEqual, MoreThan, Or } from 'typeorm';

/** Nothing is ever put off so far: the longest back-off is 30 minutes. */
export const FURTHEST_MS = 3_600_000;

/** By now, or so far ahead that a clock which was wrong must have written it. */
export function dueBy(nowMs: number): FindOperator<number> {
  return Or(LessThanOrEqual(nowMs), MoreThan(nowMs + FURTHEST_MS));
}

/** The same in SQL, with its two values. */
export function dueBySql(nowMs: number): { readonly sql: string; readonly values: readonly number[] } {
  return { sql: '("dueAt" <= ? OR "dueAt" > ?)', values: [nowMs, nowMs + FURTHEST_MS] };
}
