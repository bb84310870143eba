/** Reads what of the server-side pipelines waits for the clock or for other pipelines, whenever one was changed. */
import type { Clock } from '../kernel/clock.js';
import type { StoredPipeline } from '../model/project.js';
import { armedTriggers, nextTime, readPipeline } from '../pipeline/index.js';
import type { ArmedTables } from '../store/armed-tables.js';
import type { Store } from '../store/store.js';

export class ArmServerPipelines {
  constructor(
    private readonly store: Store,
    private readonly armed: ArmedTables,
    private readonly clock: Clock,
  ) {}

  /** One that cannot be read keeps no other waiting: `onError` is told. */
  async unread(limit: number, onError: (error: unknown) => void): Promise<void> {
    for (const pipeline of await this.armed.unreadPipelines(limit)) await this.arm(pipeline).catch(onError);
  }

  /** A pipeline that is switched off or broken waits for nothing. */
  private async arm(stored: StoredPipeline): Promise<void> {
    const { projectId, name, text, enabled } = stored;
    const pipeline = enabled ? readPipeline(text, { file: name }).pipeline : null;
    const armed = pipeline === null ? { schedules: [], follows: null } : armedTriggers(pipeline);
    await this.store.commit(async (tx) => {
      const nowMs = this.clock.now();
      if (!(await this.armed.markRead(tx, stored, nowMs))) return;
      await this.armed.arm(tx, { projectId, pipelineKey: `server:${name}`, armed }, nextTime, nowMs);
    });
  }
}
