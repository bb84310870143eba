/** What a list is asked for, as its finder takes it: conditions in SQL, and what an index knows of each. */
import type { ObjectLiteral } from 'typeorm';
import { COMMIT_DIGITS, fact, type Letter } from './facts.js';

/** Of a row that is named "row". The unary plus keeps SQLite from walking an index that is not in the order of the list. */
export interface Condition {
  readonly where: string;
  readonly parameters: ObjectLiteral;
  /** Every row that meets it has one of these words in the index; null: the index knows nothing of it. */
  readonly facts: readonly string[] | null;
}

/** Milliseconds, both included. */
export interface Times {
  readonly since: number | null;
  readonly until: number | null;
}

export interface Criteria {
  readonly conditions: readonly Condition[];
  /** SQL of a condition that an index of its own finds few rows by, in place of the general one. */
  readonly few: string | null;
  /** All must stand in the summary. */
  readonly words: readonly string[];
  readonly times: Times;
}

export const ANY_TIME: Times = { since: null, until: null };

/** The column is the value. */
export function equals(column: string, letter: Letter | null, value: string | number | null): Condition[] {
  if (value === null) return [];
  const facts = letter === null ? null : [fact(letter, value)];
  return [{ where: `+"row"."${column}" = :${column}`, parameters: { [column]: value }, facts }];
}

/** The row is of one of the projects; null for all. */
export function ofProjects(ids: readonly number[] | null): Condition[] {
  if (ids === null) return [];
  const facts = ids.map((id) => fact('p', id));
  return [{ where: '+"row"."projectId" IN (:...projects)', parameters: { projects: ids }, facts }];
}

/** `digits` are the first of a commit, in lower case. */
export function ofCommit(digits: string | null): Condition[] {
  if (digits === null) return [];
  const where = `substr("row"."commit", 1, ${digits.length}) = :commit`;
  return [{ where, parameters: { commit: digits }, facts: [fact('c', digits.slice(0, COMMIT_DIGITS))] }];
}

export function within(column: string, { since, until }: Times): Condition[] {
  const one = (sign: string, name: string, value: number | null) =>
    value === null
      ? []
      : [{ where: `+"row"."${column}" ${sign} :${name}`, parameters: { [name]: value }, facts: null }];
  return [...one('>=', 'since', since), ...one('<=', 'until', until)];
}
