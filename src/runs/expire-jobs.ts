/** The end of attempts whose agent is lost: back into the queue when no step had started, else an error. */
import { backoffMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { Fault } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';
import type { Job, Step } from '../model/run.js';
import type { JobChange, Runs } from '../store/runs.js';
import type { RunChanges } from './run-changes.js';
import type { RunningJobs } from './running-jobs.js';

/** Claims of one job that the system may fail before the job is parked in `error`. */
export const MAX_TRIES = 3;

/** Why an attempt is ended. */
export interface Loss {
  /** Shown to people, after "lost in step N: ". */
  readonly reason: string;
  /** Is it a try that failed, or was it given back in order? */
  readonly weight: 'counts' | 'does not count';
}

/** When it is judged, and how long a job waits that has failed so many tries. */
export interface LossTimes {
  readonly nowMs: number;
  readonly waitMs: (tries: number) => number;
}

/** Thrown inside a commit, so that nothing of it is kept. */
class StepStarted extends Error {}

export class ExpireJobs {
  constructor(
    private readonly runs: Runs,
    private readonly changes: RunChanges,
    private readonly running: RunningJobs,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Jobs whose lease ended; how many were ended or put back. What this process runs is not lost, whatever a clock says that
   * was set meanwhile. One that cannot be ended now keeps no other waiting; its error is thrown behind the last.
   */
  async expired(limit: number): Promise<number> {
    const here = new Set(this.running.ids);
    const jobs = (await this.runs.expiredJobs(this.clock.now(), limit)).filter(({ id }) => !here.has(id));
    const failed: unknown[] = [];
    const loss = { reason: 'its agent was not heard of any more', weight: 'counts' } as const;
    for (const job of jobs) await this.lose(job, loss).catch((error: unknown) => failed.push(error));
    if (failed.length > 0) throw failed[0];
    return jobs.length;
  }

  /** At start: jobs that another boot had claimed. Their processes must be ended before. */
  async ofOtherBoots(owner: string): Promise<number> {
    const jobs = await this.runs.jobsOfOtherBoots(owner);
    for (const job of jobs) await this.lose(job, { reason: 'the server was restarted', weight: 'counts' });
    return jobs.length;
  }

  /** A job that this process gives back in order (a shutdown): no fault of the job. */
  async giveBack(jobId: number, attempt: number, reason: string): Promise<void> {
    const job = await this.runs.jobById(jobId);
    if (job?.state === 'running' && job.attempt === attempt) await this.lose(job, { reason, weight: 'does not count' });
  }

  /** An attempt that could not be run: tried again with back-off while no step had started. */
  async failed(job: Job, reason: string): Promise<void> {
    await this.lose(job, { reason, weight: 'counts' });
  }

  /** A run about which nothing can be computed any more ends whole: it must stop neither a start nor the other losses. */
  private async lose(lost: Job, loss: Loss): Promise<void> {
    try {
      await this.settle(lost, loss);
    } catch (error) {
      if (!(error instanceof Fault) || error.retryable) throw error;
      await this.changes.endBroken(lost.runId, error.message);
    }
  }

  /** Judged anew whenever a step started between the look and the commit: then it must not be tried again. */
  private async settle(lost: Job, loss: Loss): Promise<void> {
    for (;;) {
      try {
        return await this.settleOnce(lost, loss);
      } catch (error) {
        if (!(error instanceof StepStarted)) throw error;
      }
    }
  }

  private async settleOnce(lost: Job, loss: Loss): Promise<void> {
    const steps = await this.runs.stepsOf(lost);
    const nowMs = this.clock.now();
    const times = { nowMs, waitMs: (tries: number) => backoffMs(tries, this.random) };
    const end = { outcome: 'error', conclusion: 'error', reason: loss.reason, finishedAt: nowMs } as const;
    await this.changes.change(
      lost.runId,
      ({ jobs }) => {
        const job = jobs.find((one) => one.id === lost.id);
        if (job?.state !== 'running' || job.attempt !== lost.attempt) return null;
        return { jobs: [{ job, change: lossOf(job, steps, loss, times) }] };
      },
      async (tx) => {
        const known = steps.filter(({ startedAt }) => startedAt !== null).length;
        if ((await this.runs.countStarted(tx, lost)) !== known) throw new StepStarted();
        await this.runs.endOpenSteps(tx, lost, end);
      },
    );
  }
}

/** Pure. No step is ever run twice in an attempt, and a job is tried again only when none had started. */
export function lossOf(job: Job, steps: readonly Step[], { reason, weight }: Loss, times: LossTimes): JobChange {
  const { nowMs, waitMs } = times;
  const begun = steps.filter((step) => step.number > 0 && step.startedAt !== null).at(-1);
  const tries = job.tries + (weight === 'counts' ? 1 : 0);
  if (job.cancelReason !== null) return ended('canceled', job.cancelReason, tries, nowMs);
  if (begun) return ended('error', `lost in step ${begun.number} (${begun.name}): ${reason}`, tries, nowMs);
  if (tries >= MAX_TRIES) return ended('error', `given up after ${tries} tries: ${reason}`, tries, nowMs);
  const dueAt = weight === 'counts' ? nowMs + waitMs(tries) : nowMs;
  return { state: 'queued', owner: null, leaseUntil: null, startedAt: null, reason, tries, dueAt };
}

function ended(result: 'error' | 'canceled', reason: string, tries: number, nowMs: number): JobChange {
  return { state: 'done', result, reason, tries, leaseUntil: null, finishedAt: nowMs };
}
