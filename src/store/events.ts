/** Stored events and the decisions that triage made about them. */
import { In, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import type { Decision } from '../model/decision.js';
import type { Event } from '../model/event.js';
import { decisions, events } from './schema/tables.js';
import type { Store, Tx } from './store.js';

/** The side of a move of a ref that earlier deliveries are compared by. */
export type Move = Pick<Event, 'id' | 'topic' | 'before' | 'after' | 'forced'>;

export class Events {
  constructor(private readonly store: Store) {}

  byId(id: number): Promise<Event | null> {
    return this.store.reader.findOneBy(events, { id });
  }

  /** Ids of events that wait for triage and are due, oldest first. */
  async dueIds(nowMs: number, limit: number): Promise<readonly number[]> {
    const where = { dueAt: LessThanOrEqual(nowMs) };
    const rows = await this.store.reader.find(events, {
      select: { id: true },
      where,
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map((row) => row.id);
  }

  /** Raises the durable counter of tries BEFORE the work is done; returns the row as it now is, or null when nothing is due. */
  async beginTry(tx: Tx, id: number): Promise<Event | null> {
    await tx.manager.increment(events, { id, state: 'due' }, 'tries', 1);
    const event = await tx.manager.findOneBy(events, { id });
    return event?.state === 'due' ? event : null;
  }

  /** To be looked at again at `dueAt`; `tries` is set, since waiting for the world is no fault of the row. */
  async postpone(tx: Tx, id: number, change: Pick<Event, 'dueAt' | 'note' | 'tries'>): Promise<void> {
    await tx.manager.update(events, { id, state: 'due' }, change);
  }

  /** Ends triage of an event; false when somebody else ended it before. */
  async settle(tx: Tx, id: number, change: { state: 'done' | 'parked'; note: string | null }): Promise<boolean> {
    const answer = await tx.manager.update(events, { id, state: 'due' }, { ...change, dueAt: null });
    return answer.affected === 1;
  }

  async insertDecisions(tx: Tx, made: readonly Decision[]): Promise<void> {
    const rows = made.map((decision, position) => ({ ...decision, position }));
    if (rows.length > 0) await tx.manager.insert(decisions, rows);
  }

  decisionsOf(eventId: number): Promise<readonly Decision[]> {
    return this.store.reader.find(decisions, { where: { eventId }, order: { position: 'ASC' } });
  }

  /** Earlier accepted deliveries that moved this ref, oldest first; of the event's own topic when `topic` is given. */
  earlierMoves(event: Event, topics: readonly string[]): Promise<readonly Move[]> {
    if (event.ref === null) return Promise.resolve([]);
    const where = {
      projectId: event.projectId,
      ref: event.ref,
      id: LessThan(event.id),
      after: Not(IsNull()),
      verdict: 'ok' as const,
      topic: In([...topics]),
    };
    const select = { id: true, topic: true, before: true, after: true, forced: true } as const;
    return this.store.reader.find(events, { select, where, order: { id: 'ASC' } });
  }

  /** Where the last stored move before this event left its ref; null when none is known. */
  async lastKnownTip(event: Pick<Event, 'id' | 'projectId' | 'ref'>): Promise<string | null> {
    if (event.ref === null) return null;
    const { projectId, ref, id } = event;
    const where = { projectId, ref, id: LessThan(id), after: Not(IsNull()), verdict: 'ok' as const };
    const [last] = await this.store.reader.find(events, { where, order: { id: 'DESC' }, take: 1 });
    return last?.after ?? null;
  }

  /** Earlier accepted events about the same pull-request at the same head, of any of `topics`: how many. */
  countEarlierHeads(event: Event, topics: readonly string[]): Promise<number> {
    const { projectId, pullRequest, commit } = event;
    if (pullRequest === null || commit === null) return Promise.resolve(0);
    const where = {
      projectId,
      pullRequest,
      commit,
      id: LessThan(event.id),
      verdict: 'ok' as const,
      topic: In([...topics]),
    };
    return this.store.reader.countBy(events, where);
  }
}
