/** Ids of the rows of a table that somebody should look at now. */
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { dueBySql } from './due-time.js';

export interface DueAsked {
  readonly nowMs: number;
  readonly limit: number;
  /** Only ids above it: so that somebody who asks again and again comes to all of them, however many there are. */
  readonly afterId?: number;
}

/** `table` has the columns `id` and `dueAt`, and an index of what is due. In the order of the ids. */
export async function dueIds(
  reader: EntityManager,
  table: EntityTarget<ObjectLiteral>,
  asked: DueAsked,
): Promise<readonly number[]> {
  const { sql, values } = dueIdsSql(reader.connection.getMetadata(table).tableName, asked);
  return (await reader.query<{ id: number }[]>(sql, [...values])).map(({ id }) => id);
}

/** `+"id"` keeps SQLite from walking the whole table in the order of its ids: the index of what is due is far shorter. */
export function dueIdsSql(table: string, { nowMs, limit, afterId = 0 }: DueAsked) {
  const due = dueBySql(nowMs);
  const sql = `SELECT "id" FROM "${table}" WHERE ${due.sql} AND +"id" > ? ORDER BY +"id" LIMIT ?`;
  return { sql, values: [...due.values, afterId, limit] };
}
