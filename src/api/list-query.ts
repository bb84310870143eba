/** Pages of short lists, by the id of the last item shown: newest first, an opaque cursor, a Link to the next page. */
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MayBeMissing, Must } from '../projects/must.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

export class ListQuery {
  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
    description: 'Items of one page.',
    example: DEFAULT_LIMIT,
  })
  @MayBeMissing()
  @Must(limitText)
  readonly limit?: string;

  @ApiProperty({
    type: String,
    required: false,
    description: '"next" of the page before; left out: the newest.',
    example: 'aTEy',
  })
  @MayBeMissing()
  @Must(cursorText)
  readonly cursor?: string;
}

/** `before`: only ids below it; null: from the newest. */
export interface AskedPage {
  readonly before: number | null;
  readonly limit: number;
}

/** One page of rows, as a list of the API answers it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Of a checked query. */
function askedPage({ limit, cursor }: ListQuery): AskedPage {
  return { before: cursor === undefined ? null : cursorId(cursor), limit: Number(limit ?? DEFAULT_LIMIT) };
}

/** Reads one row more than the page shows, to know whether there is another page. */
export async function readPage<Row>(
  query: ListQuery,
  read: (asked: AskedPage) => Promise<readonly Row[]>,
  idOf: (row: Row) => number,
): Promise<ListPage<Row>> {
  const { before, limit } = askedPage(query);
  const rows = await read({ before, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(idOf(last)) : null };
}

/** The Link header of a page that has a next one. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, { next }: ListPage<unknown>): void {
  if (next === null) return;
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/.exec(request.url) ?? [];
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', next);
  void reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
}

function limitText(value: unknown): string | null {
  const isFine = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) && Number(value) <= MAX_LIMIT;
  return isFine ? null : `must be a whole number from 1 to ${MAX_LIMIT}`;
}

function cursorText(value: unknown): string | null {
  return typeof value === 'string' && cursorId(value) !== null ? null : 'must be "next" of the page before';
}

function cursorOf(id: number): string {
  return Buffer.from(`i${id}`).toString('base64url');
}

function cursorId(cursor: string): number | null {
  const [, id] = /^i([1-9]\d{0,14})$/.exec(Buffer.from(cursor.slice(0, 40), 'base64url').toString('latin1')) ?? [];
  return id !== undefined && cursorOf(Number(id)) === cursor ? Number(id) : null;
}
