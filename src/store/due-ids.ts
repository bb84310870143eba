/** Ids of the rows of a table that somebody should look at now. */
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { dueBy } from './due-time.js';

export interface DueRows {
  /** It has the columns `id` and `dueAt`. */
  readonly table: EntityTarget<ObjectLiteral>;
  readonly order: 'id' | 'dueAt';
}

export async function dueIds(
  reader: EntityManager,
  { table, order }: DueRows,
  nowMs: number,
  limit: number,
): Promise<readonly number[]> {
  const query = reader
    .createQueryBuilder(table, 'row')
    .select('row.id', 'id')
    .where({ dueAt: dueBy(nowMs) });
  const rows = await query.orderBy(`row.${order}`, 'ASC').limit(limit).getRawMany<{ id: number }>();
  return rows.map(({ id }) => id);
}
