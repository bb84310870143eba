/** Finds one page of a list, newest first, by an index that knows every column lists are filtered by. */
import type { EntitySchema, SelectQueryBuilder } from 'typeorm';
import type { SpanRow } from '../schema/tables.js';
import type { Store } from '../store.js';
import type { Criteria } from './criteria.js';
import { matchOf, wordsOf } from './facts.js';
import { type IdRange, lastIndexed, rangeOf } from './spans.js';

/** So many rows older than `before` (an id), or the newest. */
export interface PageRequest {
  readonly before: number | null;
  readonly limit: number;
}

/** A list and its index, the table `<name>_index`. */
export interface ListOf<Row> {
  readonly name: SpanRow['list'];
  readonly table: EntitySchema<Row>;
  readonly columns: readonly (keyof Row & string)[];
  /** `later`: the newest rows may not be in the index yet. */
  readonly indexed: 'at once' | 'later';
}

/** Ids below. */
interface Asked {
  readonly below: number;
  readonly limit: number;
}

/** So many rows are read and sorted in some ten milliseconds, their words too. */
const FEW = 2_000;

type FoundId = { readonly id: number; readonly summary?: string };

export class Finder<Row extends { readonly id: number }> {
  constructor(
    private readonly store: Store,
    private readonly list: ListOf<Row>,
  ) {}

  /** What is asked may depend on what is indexed: it is made when the last indexed row is known, so it misses none up to there. */
  async page(ask: () => Promise<Criteria>, { before, limit }: PageRequest): Promise<readonly Row[]> {
    const { name, indexed } = this.list;
    const last = indexed === 'at once' ? Infinity : await lastIndexed(this.store.reader, name);
    return this.rows(await this.ids(await ask(), last, { below: before ?? Infinity, limit }));
  }

  private async ids(criteria: Criteria, last: number, { below, limit }: Asked): Promise<readonly number[]> {
    if (criteria.few !== null && (await this.areFew(criteria.few)))
      return this.few(criteria, criteria.few, { below, limit });
    const newest = below > last + 1 ? await this.unindexed(criteria, { above: last, below }, limit) : [];
    if (newest.length === limit) return newest;
    const rest = { below: Math.min(below, last + 1), limit: limit - newest.length };
    return [...newest, ...(await this.indexed(criteria, rest))];
  }

  /** While a backlog stands they are not: then the newest of the list are met soon enough in its own order. */
  private async areFew(where: string): Promise<boolean> {
    const query = this.store.reader.createQueryBuilder(this.list.table, 'row').select('"row"."id"', 'id').where(where);
    return (await query.offset(FEW).limit(1).getRawMany<FoundId>()).length === 0;
  }

  /** By an index that holds few rows, in another order than the list. */
  private few(criteria: Criteria, where: string, { below, limit }: Asked) {
    const query = this.select(criteria).andWhere(where).orderBy('+"row"."id"', 'DESC');
    if (Number.isFinite(below)) query.andWhere('+"row"."id" < :below', { below });
    return readEach(query, criteria.words, limit);
  }

  private async indexed(criteria: Criteria, { below, limit }: Asked): Promise<readonly number[]> {
    const range = await rangeOf(this.store.reader, this.list.name, criteria.times);
    const groups = groupsOf(criteria);
    if (range === null || groups.some((words) => words.length === 0)) return [];
    const within = { above: range.above, below: Math.min(below, range.below) };
    const query = groups.length === 0 ? this.walk(criteria, within) : this.matching(criteria, groups, within);
    return idsOf(await query.limit(limit).getRawMany<FoundId>());
  }

  /** Row by row: these are not many. */
  private unindexed(criteria: Criteria, range: IdRange, limit: number): Promise<readonly number[]> {
    return readEach(this.walk(criteria, range), criteria.words, limit);
  }

  /** In the order of the rows themselves. */
  private walk(criteria: Criteria, { above, below }: IdRange): SelectQueryBuilder<Row> {
    const query = this.select(criteria).orderBy('"row"."id"', 'DESC');
    if (above > 0) query.andWhere('"row"."id" > :above', { above });
    if (Number.isFinite(below)) query.andWhere('"row"."id" < :below', { below });
    return query;
  }

  /** FTS5 goes straight to a rowid that is an integer; numbers arrive as floats. */
  private matching(criteria: Criteria, groups: readonly (readonly string[])[], { above, below }: IdRange) {
    const index = `${this.list.name}_index`;
    const query = this.select(criteria)
      .innerJoin(index, 'found', '"row"."id" = +"found"."rowid"')
      .andWhere(`"found"."${index}" MATCH :match`, { match: matchOf(groups) })
      .orderBy('"found"."rowid"', 'DESC');
    if (above > 0) query.andWhere('"found"."rowid" > CAST(:above AS INTEGER)', { above });
    if (Number.isFinite(below)) query.andWhere('"found"."rowid" < CAST(:below AS INTEGER)', { below });
    return query;
  }

  private select({ conditions }: Criteria): SelectQueryBuilder<Row> {
    const query = this.store.reader.createQueryBuilder(this.list.table, 'row').select('"row"."id"', 'id');
    for (const { where, parameters } of conditions) query.andWhere(where, parameters);
    return query;
  }

  private async rows(ids: readonly number[]): Promise<readonly Row[]> {
    if (ids.length === 0) return [];
    const query = this.store.reader.createQueryBuilder(this.list.table, 'row');
    const columns = this.list.columns.map((column) => `row.${column}`);
    const rows = await query.select(columns).where('"row"."id" IN (:...ids)', { ids }).getMany();
    return rows.sort((one, other) => other.id - one.id);
  }
}

function groupsOf({ conditions, words }: Criteria): readonly (readonly string[])[] {
  return [...conditions.flatMap(({ facts }) => (facts === null ? [] : [facts])), ...words.map((word) => [word])];
}

/** Without an index of words, those of each row are read. */
async function readEach<Row extends object>(
  query: SelectQueryBuilder<Row>,
  words: readonly string[],
  limit: number,
): Promise<readonly number[]> {
  if (words.length === 0) return idsOf(await query.limit(limit).getRawMany<FoundId>());
  const rows = await query.addSelect('"row"."summary"', 'summary').getRawMany<FoundId>();
  return idsOf(rows.filter(({ summary = '' }) => hasWords(summary, words))).slice(0, limit);
}

function hasWords(summary: string, words: readonly string[]): boolean {
  const there = wordsOf(summary);
  return words.every((word) => there.includes(word));
}

function idsOf(rows: readonly FoundId[]): readonly number[] {
  return rows.map(({ id }) => id);
}
