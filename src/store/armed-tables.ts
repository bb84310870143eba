/** Schedules with their next times, and pipelines that follow others: kept beside the texts that say so. */
import { And, In, IsNull, LessThanOrEqual, Like, MoreThan, Not } from 'typeorm';
import type { ArmedTriggers, ChainLink, DueSchedule, Follows, PipelineAddress, ScheduleLine } from '../model/armed.js';
import { FURTHEST_MS } from './due-time.js';
import { chains, eventActions, followers, pipelines, schedules } from './schema/tables.js';
import type { Store, Tx } from './store.js';

/** When a line comes next after a time; null for never. */
export type NextTime = (line: ScheduleLine, afterMs: number) => number | null;

export interface ArmedPipeline extends PipelineAddress {
  readonly armed: ArmedTriggers;
}

export class ArmedTables {
  constructor(private readonly store: Store) {}

  /** Lines whose time has come, and those whose time was computed by a clock that was ahead; longest due first. */
  dueSchedules(nowMs: number, limit: number): Promise<readonly DueSchedule[]> {
    const where = [{ dueAt: LessThanOrEqual(nowMs) }, { dueAt: Not(IsNull()), setAt: MoreThan(nowMs + FURTHEST_MS) }];
    return this.store.reader.find(schedules, { where, order: { dueAt: 'ASC', id: 'ASC' }, take: limit });
  }

  /** False when its time was moved (or the line taken away) by somebody else. */
  async moveSchedule(tx: Tx, { id, dueAt }: DueSchedule, next: number | null, nowMs: number): Promise<boolean> {
    const fence = { id, dueAt };
    return tx.table(schedules).update(fence, { dueAt: next, setAt: nowMs }) === 1;
  }

  schedulesOf(projectId: number): Promise<readonly DueSchedule[]> {
    return this.store.reader.find(schedules, { where: { projectId }, order: { id: 'ASC' } });
  }

  /** Lines that stand keep their time; `nextTime` is asked for new ones alone. */
  async arm(tx: Tx, { armed, ...at }: ArmedPipeline, nextTime: NextTime, nowMs: number): Promise<void> {
    const { projectId, pipelineKey } = at;
    const standing = await tx.manager.findBy(schedules, { projectId, pipelineKey });
    const gone = standing.filter((line) => !armed.schedules.some((one) => isSameLine(one, line)));
    const fresh = armed.schedules.filter((line) => !standing.some((one) => isSameLine(one, line)));
    if (gone.length > 0) await tx.manager.delete(schedules, { id: In(gone.map(({ id }) => id)) });
    for (const line of fresh)
      tx.table(schedules).insert({ ...at, ...line, dueAt: nextTime(line, nowMs), setAt: nowMs });
    await tx.manager.delete(followers, { projectId, pipelineKey });
    if (armed.follows !== null) tx.table(followers).insert({ projectId, pipelineKey, ...armed.follows });
  }

  /** Takes away what waits for pipelines of the repository that are not among these. */
  async disarmRepository(tx: Tx, projectId: number, kept: readonly string[]): Promise<void> {
    const pipelineKey = And(Like('repo:%'), Not(In([...kept])));
    for (const table of [schedules, followers] as const)
      await tx.manager.delete<PipelineAddress>(table, { projectId, pipelineKey });
  }

  /** Inside a commit: what is worth an event. */
  async followersOf(tx: Tx, projectId: number): Promise<readonly (PipelineAddress & Follows)[]> {
    return tx.table(followers).all({ projectId }, 'pipelineKey');
  }

  async insertLink(tx: Tx, link: ChainLink): Promise<void> {
    tx.table(chains).insert(link);
  }

  /** Null for an event that tells of no run. */
  async linkOf(eventId: number): Promise<ChainLink | null> {
    return this.store.table(chains).one({ eventId });
  }

  /** How deep in a chain the runs of an event stand: 0 for what came from outside; of a replay as deep as what it repeats. */
  async depthOf(tx: Tx, eventId: number): Promise<number> {
    for (let id: number | undefined = eventId; id !== undefined;) {
      const link: ChainLink | null = tx.table(chains).one({ eventId: id });
      if (link !== null) return link.depth;
      id = tx.table(eventActions).one({ madeEventId: id })?.eventId;
    }
    return 0;
  }

  /** Server-side pipelines whose text or standing changed since their triggers were read. */
  unreadPipelines(limit: number) {
    return this.store.reader.find(pipelines, {
      where: { triggersReadAt: IsNull() },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** False when it was changed again since. */
  async markRead(
    tx: Tx,
    { id, version, enabled }: { readonly id: number; readonly version: number; readonly enabled: boolean },
    nowMs: number,
  ): Promise<boolean> {
    return tx.table(pipelines).update({ id, version, enabled }, { triggersReadAt: nowMs }) === 1;
  }
}

function isSameLine(a: ScheduleLine, b: ScheduleLine): boolean {
  return a.cron === b.cron && a.timezone === b.timezone;
}
