/** Takes the id of a queued job: claims it, runs it by its order, and keeps its lease meanwhile. */
import type { Blobs } from '../blobs/blobs.js';
import type { Clock } from '../kernel/clock.js';
import { messageOf, Refusal } from '../kernel/errors.js';
import type { Job } from '../model/run.js';
import { type ClaimJob, LEASE_MS } from '../runs/claim-job.js';
import type { ExpireJobs } from '../runs/expire-jobs.js';
import type { HeldAttempt, ReportJob } from '../runs/report-job.js';
import type { RunningJobs } from '../runs/running-jobs.js';
import type { Runner } from '../runner/runner.js';
import { StoreLink } from './store-link.js';

/** The verbs of `runs/` that an agent uses. */
export interface AgentVerbs {
  readonly claims: ClaimJob;
  readonly reports: ReportJob;
  readonly losses: ExpireJobs;
  readonly running: RunningJobs;
}

export class RunJob {
  constructor(
    private readonly verbs: AgentVerbs,
    private readonly runner: Runner,
    private readonly blobs: Blobs,
    private readonly clock: Clock,
    /** Names this process among all that ever claimed a job. */
    private readonly bootId: string,
  ) {}

  /** Idempotent: a job that is not queued is left alone. Rejects only when the store itself is broken. */
  async run(jobId: number): Promise<void> {
    const running = this.verbs.running.enter(jobId);
    try {
      const job = await this.verbs.claims.claim(jobId, this.bootId);
      if (job !== null) await this.runHeld(job, running.signal);
    } finally {
      running.leave();
    }
  }

  private async runHeld(job: Job, signal: AbortSignal): Promise<void> {
    const held = { id: job.id, runId: job.runId, attempt: job.attempt, owner: this.bootId };
    const stopRenewing = this.keepLease(held);
    try {
      await this.runClaimed(job, held, signal);
    } catch (error) {
      if (!isLost(error)) await this.verbs.losses.failed(job, messageOf(error));
    } finally {
      stopRenewing();
    }
  }

  private async runClaimed(job: Job, held: HeldAttempt, signal: AbortSignal): Promise<void> {
    const order = await this.verbs.claims.order(job);
    const { reports } = this.verbs;
    const link = StoreLink.open(held, signal, { reports, blobs: this.blobs, clock: this.clock });
    try {
      await this.runner.run(order, link);
    } finally {
      await link.close();
    }
  }

  /** Renews the lease three times per term; a cancel that came from elsewhere, and a lost lease, end the job. */
  private keepLease(held: HeldAttempt): () => void {
    let stop = () => {};
    const renew = async (): Promise<void> => {
      const reason = await this.verbs.reports
        .renew(held)
        .catch((error: unknown) => (isLost(error) ? messageOf(error) : null));
      if (reason !== null) this.verbs.running.cancel(held.id, reason);
    };
    const next = () => {
      stop = this.clock.after(LEASE_MS / 3, () => void renew().then(() => !isStopped && next()));
    };
    let isStopped = false;
    next();
    return () => {
      isStopped = true;
      stop();
    };
  }
}

/** The attempt was taken away: there is nothing left to say about it. */
function isLost(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'attempt-lost';
}
