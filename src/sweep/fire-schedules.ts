/** The clock: makes an event of each schedule whose time has come. */
import type { Clock } from '../kernel/clock.js';
import { isoTime } from '../kernel/clock.js';
import type { DueSchedule } from '../model/armed.js';
import { placeOfKey } from '../model/pipeline-places.js';
import { nextTime } from '../pipeline/index.js';
import type { ArmedTables } from '../store/armed-tables.js';
import { insertOwnMessage, isStored, type OwnMessage } from '../store/own-messages.js';
import type { Projects } from '../store/projects.js';
import type { Store, Tx } from '../store/store.js';

export class FireSchedules {
  constructor(
    private readonly store: Store,
    private readonly armed: ArmedTables,
    private readonly projects: Projects,
    private readonly clock: Clock,
  ) {}

  /**
   * The event and the next time are one commit: a crash neither loses nor doubles one. Of the times that passed while nobody
   * looked one is made up for. A schedule that cannot be moved stops no other: `onError` is told.
   */
  async due(limit: number, onError: (error: unknown) => void): Promise<void> {
    for (const schedule of await this.armed.dueSchedules(this.clock.now(), limit))
      await this.fire(schedule).catch(onError);
  }

  private async fire(schedule: DueSchedule): Promise<void> {
    const nowMs = this.clock.now();
    const next = nextTime(schedule, nowMs);
    const isEnabled = (await this.projects.byId(schedule.projectId))?.enabled === true;
    await this.store.commit(async (tx) => {
      if (!(await this.armed.moveSchedule(tx, schedule, next, nowMs))) return;
      const { dueAt } = schedule;
      if (isEnabled && dueAt !== null && dueAt <= nowMs) await insertOnce(tx, tick(schedule, dueAt), nowMs);
    });
  }
}

/** A time that a clock which was ahead has told of already comes a second time when that clock was set right. */
async function insertOnce(tx: Tx, message: OwnMessage, nowMs: number): Promise<void> {
  if (!(await isStored(tx, message))) await insertOwnMessage(tx, message, nowMs);
}

function tick({ id, projectId, pipelineKey, cron, timezone }: DueSchedule, dueAt: number): OwnMessage {
  const facts = { topic: 'schedule', kind: 'schedule', action: null, actor: null } as const;
  const summary = `the clock: ${cron} (${timezone}) of ${placeOfKey(pipelineKey)}`.slice(0, 300);
  const msg = { schedule: cron, timezone, pipeline: pipelineKey, due_at: isoTime(dueAt) };
  return { projectId, source: 'schedule', msgId: `schedule-${id}-${dueAt}`, msg, facts: { ...facts, summary } };
}
