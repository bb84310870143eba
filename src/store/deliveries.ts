/** Deliveries with their events: accepted in groups, one synced transaction for all that wait. */
import type Database from 'better-sqlite3';
import type { Clock } from '../kernel/clock.js';
import type { Delivery, RefusedDelivery } from '../model/delivery.js';
import type { Event, EventFacts, EventSource } from '../model/event.js';
import type { ForgeIdentity } from '../model/project.js';
import { EventFeed } from './browse/event-feed.js';
import { bindIdentity } from './project-identity.js';
import { deliveries, deliveryBodies, events, refusedDeliveries } from './schema/tables.js';
import type { Store, Tx } from './store.js';

/** A verified delivery that is to be kept. `verdict` is what intake found; `conflict` is found here. */
export interface NewDelivery {
  readonly projectId: number;
  readonly source: EventSource;
  readonly msgId: string;
  /** SHA-256 of `body`, hex. */
  readonly bodyHash: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly verdict: 'ok' | 'stale' | 'inconsistent';
  /** Why the verdict is not ok, for people. */
  readonly note: string | null;
  readonly receivedAt: number;
  readonly facts: EventFacts;
  /** What the message says the forge numbers its project with; left out or null where it says nothing. */
  readonly identity?: ForgeIdentity | null;
}

/** `new`: stored now; `same`: this id with this body is there already; `conflict`: the id is there with another body, both are kept. */
export interface Acceptance {
  readonly outcome: 'new' | 'same' | 'conflict';
  readonly eventId: number | null;
}

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: (acceptance: Acceptance) => void;
  readonly reject: (error: unknown) => void;
}

/** So that one transaction takes a few milliseconds. */
const GROUP_LIMIT = 256;
/** After so many groups of one, deliveries are taken to come one by one. */
const ALONE = 16;
/** Rows kept of refused POSTs; older ones are dropped. */
const REFUSED_LIMIT = 1_000;

/** Everything about the tables `delivery`, `delivery_body`, `refused_delivery`, and the making of events. */
export class Deliveries {
  private waiting: Waiting[] = [];
  private flushing = false;
  /** Groups of one delivery since the last larger one. */
  private aloneInARow = ALONE;
  private readonly statements: Statements;
  private readonly feed: EventFeed;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.statements = prepare(store.native);
    this.feed = new EventFeed(store, clock);
  }

  /**
   * Stores the delivery and its event, and makes the event due when its verdict is `ok`. Resolves only after the commit is
   * on disk; calls that wait at the same time share one commit, and a row that fails fails alone.
   */
  accept(delivery: NewDelivery): Promise<Acceptance> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ delivery, resolve, reject });
      if (!this.flushing) void this.flush();
    });
  }

  async byId(id: number): Promise<Delivery | null> {
    return this.store.table(deliveries).one({ id });
  }

  /** The body as it arrived, or null. */
  async body(deliveryId: number): Promise<Buffer | null> {
    return this.store.table(deliveryBodies).one({ deliveryId })?.body ?? null;
  }

  /** A part of its body, shorter at the end; null when there is no such body. */
  async bodyPart(deliveryId: number, fromByte: number, mostBytes: number): Promise<Buffer | null> {
    const query = this.store.reader.createQueryBuilder(deliveryBodies, 'kept').where({ deliveryId });
    const part = query.select('substr("kept"."body", :first, :mostBytes)', 'part');
    const row = await part.setParameters({ first: fromByte + 1, mostBytes }).getRawOne<{ part: Buffer }>();
    return row?.part ?? null;
  }

  /** How large its body is, which is not read for it; 0 for none. */
  async bodyBytes(deliveryId: number): Promise<number> {
    const query = this.store.reader.createQueryBuilder(deliveryBodies, 'kept').select('length("kept"."body")', 'bytes');
    return (await query.where({ deliveryId }).getRawOne<{ bytes: number }>())?.bytes ?? 0;
  }

  /** Another event of the delivery that brought `event`; it is due at once. Returns its id. */
  async repeat(tx: Tx, { id: _, ...facts }: Event, nowMs: number): Promise<number> {
    const fresh = { verdict: 'ok', state: 'due', note: null, tries: 0, waits: 0, dueAt: nowMs } as const;
    const eventId = tx.table(events).insert({ ...facts, ...fresh, source: 'replay', receivedAt: nowMs });
    tx.due('event', eventId);
    return eventId;
  }

  /** Keeps what may be kept of refused POSTs and forgets all but the newest. */
  async keepRefused(tx: Tx, refused: readonly Omit<RefusedDelivery, 'id'>[]): Promise<void> {
    await tx.manager.insert(
      refusedDeliveries,
      refused.map((one) => ({ ...one })),
    );
    const [newest] = await tx.manager.find(refusedDeliveries, { order: { id: 'DESC' }, take: 1 });
    if (newest) {
      const query = tx.manager.createQueryBuilder().delete().from(refusedDeliveries);
      await query.where('id <= :limit', { limit: newest.id - REFUSED_LIMIT }).execute();
    }
  }

  async refused(limit: number): Promise<readonly RefusedDelivery[]> {
    return this.store.reader.find(refusedDeliveries, { order: { id: 'DESC' }, take: limit });
  }

  /** Of what named a project, newest first. */
  async refusedOf(projectHint: string, limit: number): Promise<readonly RefusedDelivery[]> {
    const where = { projectHint };
    return this.store.reader.find(refusedDeliveries, { where, order: { id: 'DESC' }, take: limit });
  }

  /** A delivery that comes alone is committed at once; of many, those that lie in the sockets are read before each commit. */
  private async flush(): Promise<void> {
    this.flushing = true;
    if (this.aloneInARow >= ALONE) await this.commitGroup();
    await this.clock.nextTurn();
    while (this.waiting.length > 0) {
      await this.commitGroup();
      await this.clock.nextTurn();
    }
    this.flushing = false;
  }

  private async commitGroup(): Promise<void> {
    const group: Waiting[] = [];
    try {
      const answers = await this.store.commitPrepared((due) => {
        group.push(...this.waiting.splice(0, GROUP_LIMIT));
        return group.map(({ delivery }) => this.statements.accept(delivery, due));
      });
      group.forEach((one, index) => one.resolve(answers[index]!));
    } catch (error) {
      await this.acceptOneByOne(group, error);
    }
    this.aloneInARow = group.length <= 1 ? this.aloneInARow + 1 : 0;
    this.feed.grown(group.length);
  }

  /** One bad row never fails a group; a commit that could not even begin fails all that wait. */
  private async acceptOneByOne(group: readonly Waiting[], error: unknown): Promise<void> {
    if (group.length === 0) return this.waiting.splice(0).forEach((one) => one.reject(error));
    if (group.length === 1) return group[0]!.reject(error);
    for (const one of group) {
      await this.store.commitPrepared((due) => this.statements.accept(one.delivery, due)).then(one.resolve, one.reject);
    }
  }
}

interface Statements {
  accept(delivery: NewDelivery, due: (kind: 'event', id: number) => void): Acceptance;
}

const EVENT_COLUMNS = [
  'projectId',
  'deliveryId',
  'source',
  'topic',
  'kind',
  'action',
  'ref',
  'before',
  'after',
  'forced',
  'commit',
  'pullRequest',
  'actor',
  'url',
  'summary',
  'verdict',
  'state',
  'note',
  'tries',
  'waits',
  'dueAt',
  'receivedAt',
] as const;

function prepare(database: Database.Database): Statements {
  const known = database
    .prepare<[number, string, string], string>(
      'SELECT "bodyHash" FROM "delivery" WHERE "projectId" = ? AND "source" = ? AND "msgId" = ? LIMIT 1',
    )
    .pluck();
  const knownBody = database
    .prepare<[number, string, string, string], number>(
      'SELECT 1 FROM "delivery" WHERE "projectId" = ? AND "source" = ? AND "msgId" = ? AND "bodyHash" = ?',
    )
    .pluck();
  const delivery = database.prepare(
    `INSERT INTO "delivery" ("projectId", "source", "msgId", "bodyHash", "verdict", "headers", "receivedAt")
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const body = database.prepare('INSERT INTO "delivery_body" ("deliveryId", "body") VALUES (?, ?)');
  const event = database.prepare(
    `INSERT INTO "event" (${EVENT_COLUMNS.map((name) => `"${name}"`).join(', ')})
     VALUES (${EVENT_COLUMNS.map(() => '?').join(', ')})`,
  );

  const otherIdentity = bindIdentity(database);

  return {
    accept(one, due) {
      const isKnown = known.get(one.projectId, one.source, one.msgId) !== undefined;
      if (isKnown && knownBody.get(one.projectId, one.source, one.msgId, one.bodyHash) === 1)
        return { outcome: 'same', eventId: null };
      const other = isKnown || one.verdict === 'inconsistent' ? null : otherIdentity(one);
      const { verdict, note } = judged(one, isKnown, other);
      const headers = JSON.stringify(one.headers);
      const made = delivery.run(one.projectId, one.source, one.msgId, one.bodyHash, verdict, headers, one.receivedAt);
      body.run(made.lastInsertRowid, one.body);
      const eventId = Number(
        event.run(...eventValues({ ...one, verdict, note }, Number(made.lastInsertRowid))).lastInsertRowid,
      );
      if (verdict === 'ok') due('event', eventId);
      return { outcome: verdict === 'conflict' ? 'conflict' : 'new', eventId };
    },
  };
}

type Judged = Omit<NewDelivery, 'verdict'> & Pick<Delivery, 'verdict'>;

function judged(one: NewDelivery, isKnown: boolean, otherIdentity: string | null): Pick<Judged, 'verdict' | 'note'> {
  if (isKnown) return { verdict: 'conflict', note: 'another delivery has the same msg_id and another body' };
  return otherIdentity === null ? one : { verdict: 'inconsistent', note: otherIdentity };
}

function eventValues(one: Judged, deliveryId: number): unknown[] {
  const { facts, verdict } = one;
  const isDue = verdict === 'ok';
  return [
    one.projectId,
    deliveryId,
    one.source,
    facts.topic,
    facts.kind,
    facts.action,
    facts.ref,
    facts.before,
    facts.after,
    facts.forced ? 1 : 0,
    facts.commit,
    facts.pullRequest?.number ?? null,
    facts.actor,
    facts.url,
    facts.summary,
    verdict,
    isDue ? 'due' : 'idle',
    one.note,
    0,
    0,
    isDue ? one.receivedAt : null,
    one.receivedAt,
  ];
}
