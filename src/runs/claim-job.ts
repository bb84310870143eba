/** The claim of a job: queued → running for one owner, and the order that it is run by. */
import type { Clock } from '../kernel/clock.js';
import type { JobOrder } from '../model/job-order.js';
import type { Job } from '../model/run.js';
import type { Runs } from '../store/runs.js';
import type { Store } from '../store/store.js';
import type { MakeOrder } from './make-order.js';
import type { RunChanges } from './run-changes.js';

/** Without a renewal for so long, an agent counts as lost. */
export const LEASE_MS = 60_000;

export class ClaimJob {
  constructor(
    private readonly store: Store,
    private readonly runs: Runs,
    private readonly changes: RunChanges,
    private readonly orders: MakeOrder,
    private readonly clock: Clock,
  ) {}

  /**
   * Null when the job is not queued (any more), its run is held, or it is not due. The attempt is raised by the claim
   * itself, so two agents can never hold one attempt.
   */
  async claim(jobId: number, owner: string): Promise<Job | null> {
    const before = await this.runs.jobById(jobId);
    const run = before && (await this.runs.byId(before.runId));
    if (!run || run.trust === 'held' || run.state === 'done') return null;
    const job = await this.store.commit((tx) => {
      const nowMs = this.clock.now();
      return this.runs.claim(tx, { jobId, owner, leaseUntil: nowMs + LEASE_MS, nowMs });
    });
    if (job && run.state !== 'running') await this.markRunning(job.runId);
    return job;
  }

  /** What a claimed job is run by. Throws a Fault when it cannot be made. */
  order(job: Job): Promise<JobOrder> {
    return this.orders.make(job);
  }

  private async markRunning(runId: number): Promise<void> {
    await this.changes.change(runId, ({ run }, nowMs) =>
      run.state === 'queued' ? { run: { state: 'running', startedAt: nowMs } } : null,
    );
  }
}
