/** POSTs that named a project and fitted none of its keys: kept sealed for a while, since the forge never posts twice (TRUST.md §1). */
import { In, LessThanOrEqual } from 'typeorm';
import type { Random } from '../kernel/random.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { ownersOf } from './owners.js';
import { quarantine, type QuarantineRow } from './schema/tables.js';
import type { Seal, SealedPlace } from './seal.js';
import type { Store, Tx } from './store.js';

/** One POST as it came. */
export interface QuarantinedPost {
  readonly projectId: number;
  readonly receivedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface NewQuarantined extends QuarantinedPost {
  /** A signature from its sender's network has held before: it makes room for itself among those of whom none has. */
  readonly isProven: boolean;
}

/** What is kept of one project. */
export interface QuarantineStanding {
  readonly posts: number;
  readonly sizeBytes: number;
  /** Null for none. */
  readonly oldestAt: number | null;
}

/** Of one project. */
const MOST_POSTS = 200;
const MOST_BYTES = 32 * 1024 * 1024;
export const QUARANTINE_MS = 48 * 3_600_000;

const PLACE_BYTES = 16;

export class Quarantine {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
    private readonly random: Random,
  ) {}

  /** It is due at once. Null when its project has no room: what strangers sent first is not driven out by more of theirs. */
  async keep(tx: Tx, { headers, body, ...post }: NewQuarantined): Promise<number | null> {
    const { projectId, receivedAt } = post;
    await this.forget(tx, receivedAt);
    if (!(await this.makeRoom(tx, { ...post, sizeBytes: body.length }))) return null;
    const place = this.random.hex(PLACE_BYTES);
    const sealedPost = this.seal.seal(written({ headers, body }), placeOf({ projectId, place }));
    const row = { ...post, sizeBytes: body.length, dueAt: receivedAt, place, sealedPost };
    const id = (await tx.manager.insert(quarantine, row)).identifiers[0]!['id'] as number;
    tx.due('quarantine', id);
    return id;
  }

  /** Opened; null when it is there no more. Throws a Fault when it does not open. */
  async byId(id: number): Promise<QuarantinedPost | null> {
    const row = this.store.table(quarantine).one({ id });
    if (row === null) return null;
    const { projectId, receivedAt } = row;
    return { projectId, receivedAt, ...read(this.seal.openBytes(row.sealedPost, placeOf(row))) };
  }

  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, quarantine, asked);
  }

  /** Whose posts these are. */
  projectsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return ownersOf(this.store.reader, quarantine, ids);
  }

  async standing(projectId: number): Promise<QuarantineStanding> {
    const query = this.store.reader.createQueryBuilder(quarantine, 'kept').where({ projectId });
    const sums = query.select('count(*)', 'posts').addSelect('coalesce(sum("kept"."sizeBytes"), 0)', 'sizeBytes');
    const row = await sums.addSelect('min("kept"."receivedAt")', 'oldestAt').getRawOne<QuarantineStanding>();
    return row!;
  }

  async postpone(tx: Tx, id: number, dueAt: number): Promise<void> {
    tx.table(quarantine).update({ id }, { dueAt });
  }

  async remove(tx: Tx, id: number): Promise<void> {
    await tx.manager.delete(quarantine, { id });
  }

  /** Forgets those whose time is over. */
  async forget(tx: Tx, nowMs: number): Promise<void> {
    await tx.manager.delete(quarantine, { receivedAt: LessThanOrEqual(nowMs - QUARANTINE_MS) });
  }

  private async makeRoom(
    tx: Tx,
    { projectId, sizeBytes, isProven }: Pick<QuarantineRow, 'projectId' | 'sizeBytes' | 'isProven'>,
  ): Promise<boolean> {
    const select = { id: true, sizeBytes: true, isProven: true } as const;
    const kept = await tx.manager.find(quarantine, { select, where: { projectId }, order: { id: 'ASC' } });
    const strangers = isProven ? kept.filter((row) => !row.isProven) : [];
    let bytes = kept.reduce((sum, row) => sum + row.sizeBytes, sizeBytes);
    let posts = kept.length + 1;
    const driven: number[] = [];
    while ((posts > MOST_POSTS || bytes > MOST_BYTES) && strangers.length > 0) {
      const { id, sizeBytes: freed } = strangers.shift()!;
      driven.push(id);
      posts -= 1;
      bytes -= freed;
    }
    if (posts > MOST_POSTS || bytes > MOST_BYTES) return false;
    if (driven.length > 0) await tx.manager.delete(quarantine, { id: In(driven) });
    return true;
  }
}

/** In the commit that adds a key: all that is kept of the project is looked at again. */
export async function lookAgain(
  { manager, due }: Pick<Tx, 'due' | 'manager'>,
  projectId: number,
  nowMs: number,
): Promise<void> {
  const rows = await manager.find(quarantine, { select: { id: true }, where: { projectId }, order: { id: 'ASC' } });
  if (rows.length === 0) return;
  await manager.update(quarantine, { projectId }, { dueAt: nowMs });
  for (const { id } of rows) due('quarantine', id);
}

type Post = Pick<QuarantinedPost, 'headers' | 'body'>;

/** A line of JSON, then the body as it came: JSON has no newline of its own. */
function written({ headers, body }: Post): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(headers)}\n`, 'utf8'), body]);
}

function read(bytes: Buffer): Post {
  const end = bytes.indexOf('\n');
  const headers = JSON.parse(bytes.toString('utf8', 0, end)) as Record<string, string>;
  return { headers, body: bytes.subarray(end + 1) };
}

function placeOf({ projectId, place }: Pick<QuarantineRow, 'projectId' | 'place'>): SealedPlace {
  return { table: 'quarantine', column: 'sealedPost', projectId, row: place };
}
