/** What a running attempt reports: steps as they start and end, and its end. Every write is fenced by (job, attempt, owner). */
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { Job, JobResult, Step } from '../model/run.js';
import type { Runs } from '../store/runs.js';
import type { Store, Tx } from '../store/store.js';
import { LEASE_MS } from './claim-job.js';
import type { RunChanges } from './run-changes.js';

/** One attempt of a job, as its owner holds it. */
export type HeldAttempt = Pick<Job, 'id' | 'runId' | 'attempt'> & { readonly owner: string };

export class ReportJob {
  constructor(
    private readonly store: Store,
    private readonly runs: Runs,
    private readonly changes: RunChanges,
    private readonly clock: Clock,
  ) {}

  /** Durable when it resolves: only then may the step's process be spawned. Throws a Refusal when the attempt was taken away. */
  async stepStarted(held: HeldAttempt, step: Pick<Step, 'number' | 'id' | 'name'>): Promise<void> {
    await this.store.commit(async (tx) => {
      await this.renewIn(tx, held);
      await this.runs.saveStep(tx, { ...started(held, step), startedAt: this.clock.now() });
    });
  }

  async stepFinished(
    held: HeldAttempt,
    step: Pick<Step, 'number' | 'id' | 'name' | 'outcome' | 'conclusion' | 'exitCode' | 'reason'>,
  ): Promise<void> {
    await this.store.commit(async (tx) => {
      await this.renewIn(tx, held);
      const startedAt = await this.runs.stepStartedAt(tx, held, step.number);
      await this.runs.saveStep(tx, {
        ...started(held, step),
        ...step,
        state: 'done',
        startedAt,
        finishedAt: this.clock.now(),
      });
    });
  }

  /** Ends the attempt and starts what follows. A second call, or one of another attempt, changes nothing. */
  async finished(held: HeldAttempt, result: JobResult): Promise<void> {
    await this.changes.change(held.runId, ({ jobs }, nowMs) => {
      const job = jobs.find((one) => one.id === held.id);
      if (job?.state !== 'running' || job.attempt !== held.attempt || job.owner !== held.owner) return null;
      const { masks: _, environmentUrl = null, ...ended } = result;
      const end = { ...ended, environmentUrl, state: 'done' as const, leaseUntil: null, finishedAt: nowMs };
      return { jobs: [{ job, change: end }] };
    });
  }

  /** Prolongs the lease; the reason to stop when the job is to be canceled. Throws a Refusal when the attempt was taken away. */
  async renew(held: HeldAttempt): Promise<string | null> {
    return this.store.commit((tx) => this.renewIn(tx, held));
  }

  private async renewIn(tx: Tx, held: HeldAttempt): Promise<string | null> {
    if (await this.runs.renewLease(tx, held, held.owner, this.clock.now() + LEASE_MS))
      return (await this.runs.jobIn(tx, held.id))?.cancelReason ?? null;
    throw new Refusal('conflict', 'attempt-lost', `attempt ${held.attempt} of job ${held.id} is not held any more`);
  }
}

function started(held: HeldAttempt, step: Pick<Step, 'number' | 'id' | 'name'>): Step {
  return {
    jobId: held.id,
    attempt: held.attempt,
    number: step.number,
    id: step.id,
    name: step.name,
    state: 'running',
    outcome: null,
    conclusion: null,
    exitCode: null,
    reason: null,
    startedAt: null,
    finishedAt: null,
  };
}
