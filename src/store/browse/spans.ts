/** What times the rows of a list span, block by block: ids and times run almost together, as a clock may be set back. */
import type { EntityManager } from 'typeorm';
import type { SpanRow } from '../schema/tables.js';
import { spans } from '../schema/tables.js';
import type { Times } from './criteria.js';

/** Rows of so many ids are one block. */
export const BLOCK_ROWS = 512;

/** Ids, neither included. */
export interface IdRange {
  readonly above: number;
  readonly below: number;
}

/** The last row that the index of a list has, 0 for none. */
export async function lastIndexed(reader: EntityManager, list: SpanRow['list']): Promise<number> {
  const [newest] = await reader.find(spans, { where: { list }, order: { block: 'DESC' }, take: 1 });
  return newest?.lastId ?? 0;
}

/** Every indexed row of these times is in this range; null when there is none. */
export async function rangeOf(reader: EntityManager, list: SpanRow['list'], times: Times): Promise<IdRange | null> {
  const first = times.since === null ? 0 : await endOf(reader, list, { ...times, from: 'oldest' });
  const last = times.until === null ? Infinity : await endOf(reader, list, { ...times, from: 'newest' });
  if (first === null || last === null) return null;
  return { above: first * BLOCK_ROWS - 1, below: (last + 1) * BLOCK_ROWS };
}

/** The first block from one end that may hold such times. */
async function endOf(
  reader: EntityManager,
  list: SpanRow['list'],
  { since, until, from }: Times & { readonly from: 'oldest' | 'newest' },
): Promise<number | null> {
  const query = reader.createQueryBuilder(spans, 'span').where('span.list = :list', { list });
  if (from === 'oldest') query.andWhere('span.newestAt >= :since', { since }).orderBy('span.block', 'ASC');
  else query.andWhere('span.oldestAt <= :until', { until }).orderBy('span.block', 'DESC');
  return (await query.limit(1).getOne())?.block ?? null;
}
