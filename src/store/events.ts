/** Stored events and the decisions that triage made about them. */
import { In, IsNull, LessThan, Not } from 'typeorm';
import type { Decision } from '../model/decision.js';
import { type Event, type EventSource, NO_COMMIT } from '../model/event.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { ownersOf } from './owners.js';
import { decisions, events } from './schema/tables.js';
import type { Store, Tx } from './store.js';

/** How often moves of one ref ended at one object. */
export interface MoveEnd {
  readonly after: string;
  readonly times: number;
}

/** What somebody outside told: a replay moves nothing. */
const TOLD = { verdict: 'ok', source: Not<EventSource>('replay') } as const;

/** What a stored `move` left: the message of a forced one names the merge base instead, so there it is the last known tip. */
const LEFT = `COALESCE(
  CASE WHEN "move"."forced" THEN (
    SELECT "tip"."after" FROM "event" "tip"
    WHERE "tip"."projectId" = "move"."projectId" AND "tip"."ref" = "move"."ref" AND "tip"."id" < "move"."id"
      AND "tip"."after" IS NOT NULL AND "tip"."verdict" = 'ok' AND "tip"."source" <> 'replay'
    ORDER BY "tip"."id" DESC LIMIT 1
  ) END, "move"."before", '${NO_COMMIT}')`;

export class Events {
  constructor(private readonly store: Store) {}

  async byId(id: number): Promise<Event | null> {
    return this.store.table(events).one({ id });
  }

  /** The highest id so far; 0 when there is none. Whatever has a lower one was told of before this question. */
  async newestId(): Promise<number> {
    return (await this.store.reader.maximum(events, 'id')) ?? 0;
  }

  /** Ids of events that wait for triage and are due, oldest first. */
  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, events, asked);
  }

  /** Whose events these are. */
  projectsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return ownersOf(this.store.reader, events, ids);
  }

  /**
   * Raises the durable counter of tries BEFORE the work is done; returns the row as it now is, or null when it is not due (yet).
   * `inPlace`: of a try that ended and could not be noted.
   */
  async beginTry(tx: Tx, id: number, nowMs: number, inPlace = false): Promise<Event | null> {
    const due = { id, state: 'due' as const };
    if (!inPlace) tx.table(events).raiseDue(due, 'tries', nowMs);
    return tx.table(events).oneDue(due, nowMs);
  }

  /** To be looked at again at `dueAt`. */
  async postpone(tx: Tx, id: number, change: Pick<Event, 'dueAt' | 'note' | 'tries' | 'waits'>): Promise<void> {
    tx.table(events).update({ id, state: 'due' }, change);
  }

  /** A stale event becomes due as if it had just come; false when it is not stale (any more). */
  async release(tx: Tx, id: number, nowMs: number): Promise<boolean> {
    const due = { verdict: 'ok', state: 'due', note: null, dueAt: nowMs } as const;
    const changed = tx.table(events).update({ id, verdict: 'stale' }, due);
    if (changed === 1) tx.due('event', id);
    return changed === 1;
  }

  /** Ends triage of an event; false when somebody else ended it before. */
  async settle(tx: Tx, id: number, change: { state: 'done' | 'parked'; note: string | null }): Promise<boolean> {
    const changed = tx.table(events).update({ id, state: 'due' }, { ...change, dueAt: null });
    return changed === 1;
  }

  async insertDecisions(tx: Tx, made: readonly Decision[]): Promise<void> {
    const rows = made.map((decision, position) => ({ ...decision, position }));
    if (rows.length > 0) await tx.manager.insert(decisions, rows);
  }

  decisionsOf(eventId: number): Promise<readonly Decision[]> {
    return this.store.reader.find(decisions, { where: { eventId }, order: { position: 'ASC' } });
  }

  /**
   * Where earlier accepted deliveries of the event's own topic ended that moved its ref away from `left`; only `after` when it
   * is given. One query over the moves of that ref.
   */
  earlierEnds(event: Event, left: string, after: string | null): Promise<readonly MoveEnd[]> {
    if (event.ref === null) return Promise.resolve([]);
    const { projectId, topic, ref, id } = event;
    const where = { projectId, topic, ref, id: LessThan(id), after: after ?? Not(IsNull()), ...TOLD };
    return this.store.reader
      .createQueryBuilder(events, 'move')
      .select('move.after', 'after')
      .addSelect('CAST(COUNT(*) AS INTEGER)', 'times')
      .where(where)
      .andWhere(`${LEFT} = :left`, { left })
      .groupBy('move.after')
      .getRawMany<MoveEnd>();
  }

  /** Where the last stored move before this one left its ref; null when none is known. */
  async lastKnownTip({ projectId, ref, id }: Event): Promise<string | null> {
    if (ref === null) return null;
    const where = { projectId, ref, id: LessThan(id), after: Not(IsNull()), ...TOLD };
    const select = { id: true, after: true } as const;
    const [last] = await this.store.reader.find(events, { select, where, order: { id: 'DESC' }, take: 1 });
    return last?.after ?? null;
  }

  /** How many earlier accepted events of these topics say that this pull-request got this head. */
  countEarlierHeads(event: Event, topics: readonly string[]): Promise<number> {
    const { projectId, pullRequest, commit, action, id } = event;
    if (pullRequest === null || commit === null) return Promise.resolve(0);
    const where = {
      projectId,
      pullRequest,
      commit,
      action: action ?? IsNull(),
      id: LessThan(id),
      topic: In([...topics]),
    };
    return this.store.reader.countBy(events, { ...where, ...TOLD });
  }
}
