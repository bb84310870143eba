/** The claim of a job: queued → running for one owner, and the order that it is run by. */
import type { Clock } from '../kernel/clock.js';
import type { JobOrder } from '../model/job-order.js';
import { untrustedJobs } from '../model/project.js';
import type { Job, Run } from '../model/run.js';
import type { Projects } from '../store/projects.js';
import type { Runs } from '../store/runs.js';
import type { Store, Tx } from '../store/store.js';
import type { MakeOrder } from './make-order.js';
import type { RunChanges } from './run-changes.js';

type UntrustedJobs = ReturnType<typeof untrustedJobs>;

/** Without a renewal for so long, an agent counts as lost. */
export const LEASE_MS = 60_000;

export class ClaimJob {
  constructor(
    private readonly store: Store,
    private readonly tables: { readonly runs: Runs; readonly projects: Projects },
    private readonly changes: RunChanges,
    private readonly orders: MakeOrder,
    private readonly clock: Clock,
  ) {}

  /**
   * Null when the job is not queued (any more), its run is held, it is not due, its project is suspended, or as many jobs that
   * are not trusted run already as may: it stays due then. The attempt is raised by the claim itself, so two agents can never
   * hold one attempt.
   */
  async claim(jobId: number, owner: string): Promise<Job | null> {
    const { runs } = this.tables;
    const before = await runs.jobById(jobId);
    const run = before && (await runs.byId(before.runId));
    if (!run || run.trust === 'held' || run.state === 'done') return null;
    const project = await this.tables.projects.byId(run.projectId);
    if (project === null || project.suspended !== null) return null;
    const most = run.trust === 'trusted' ? null : untrustedJobs(project.settings);
    const job = await this.store.commit(async (tx) => {
      const nowMs = this.clock.now();
      if (most !== null && (await this.isFull(tx, run, most))) return null;
      return runs.claim(tx, { jobId, owner, leaseUntil: nowMs + LEASE_MS, nowMs });
    });
    if (job && run.state !== 'running') await this.markRunning(job.runId);
    return job;
  }

  /** What a claimed job is run by. Throws a Fault when it cannot be made. */
  order(job: Job): Promise<JobOrder> {
    return this.orders.make(job);
  }

  /** So that strangers never keep the project's own jobs waiting (TRUST.md §2). */
  private async isFull(tx: Tx, { projectId, resolved }: Run, most: UntrustedJobs): Promise<boolean> {
    const pullRequest = resolved.pullRequest ?? null;
    const { all, ofPullRequest } = await this.tables.runs.countUntrusted(tx, projectId, pullRequest);
    return all >= most.all || (pullRequest !== null && ofPullRequest >= most.perPullRequest);
  }

  private async markRunning(runId: number): Promise<void> {
    await this.changes.change(runId, ({ run }, nowMs) =>
      run.state === 'queued' ? { run: { state: 'running', startedAt: nowMs } } : null,
    );
  }
}
