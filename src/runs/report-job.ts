/** What a running attempt reports: steps as they start and end, and its end. Every write is fenced by (job, attempt, owner). */
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { Job, JobResult, Step } from '../model/run.js';
import type { Runs } from '../store/runs.js';
import type { StepReport, StepReports } from '../store/step-reports.js';
import type { Store, Tx } from '../store/store.js';
import { LEASE_MS } from './claim-job.js';
import { shownOutputs } from './hide-masked.js';
import type { ComputeEdit, RunChanges } from './run-changes.js';
import type { TellProgress } from './tell-progress.js';

/** One attempt of a job, as its owner holds it. */
export type HeldAttempt = Pick<Job, 'id' | 'runId' | 'attempt'> & { readonly owner: string };

export type EndedStep = Pick<Step, 'number' | 'id' | 'name' | 'outcome' | 'conclusion' | 'exitCode' | 'reason'>;

/** The end of a step as it waits to be written: with what comes next, or by itself. */
export interface StepEnd {
  readonly step: EndedStep;
  readonly report: StepReport;
  readonly finishedAt: number;
  /** Of a step whose start was not reported by itself. */
  readonly startedAt?: number;
}

export class ReportJob {
  constructor(
    private readonly store: Store,
    private readonly tables: { readonly runs: Runs; readonly reports: StepReports },
    private readonly changes: RunChanges,
    private readonly clock: Clock,
    private readonly progress: TellProgress,
  ) {}

  /**
   * Durable when it resolves: only then may the step's process be spawned. What ended before it is written in the same commit.
   * Throws a Refusal when the attempt was taken away.
   */
  async stepStarted(
    held: HeldAttempt,
    step: Pick<Step, 'number' | 'id' | 'name'>,
    ended: readonly StepEnd[] = [],
  ): Promise<void> {
    await this.store.commit(async (tx) => {
      await this.holdIn(tx, held);
      await this.saveEnds(tx, held, ended);
      await this.tables.runs.saveStep(tx, { ...started(held, step), startedAt: this.clock.now() });
    });
    await this.progress.stepped(held.runId);
  }

  /** Its result and all that it reports, in one commit. */
  async stepFinished(held: HeldAttempt, step: EndedStep, report: StepReport): Promise<void> {
    await this.stepsFinished(held, [{ step, report, finishedAt: this.clock.now() }]);
  }

  /** The same for several. */
  async stepsFinished(held: HeldAttempt, ended: readonly StepEnd[]): Promise<void> {
    await this.store.commit(async (tx) => {
      await this.holdIn(tx, held);
      await this.saveEnds(tx, held, ended);
    });
  }

  /** Ends the attempt, with what ended in it, and starts what follows. A second call, or one of another attempt, changes nothing. */
  async finished(held: HeldAttempt, result: JobResult, ended: readonly StepEnd[] = []): Promise<void> {
    const compute: ComputeEdit = ({ jobs }, nowMs) => {
      const job = jobs.find((one) => one.id === held.id);
      if (job?.state !== 'running' || job.attempt !== held.attempt || job.owner !== held.owner) return null;
      const { masks, outputs, environmentUrl = null, ...ended } = result;
      const shown = shownOutputs({ outputs, masks });
      const end = { ...ended, outputs: shown, environmentUrl, state: 'done' as const };
      const change = { ...end, leaseUntil: null, finishedAt: nowMs };
      return { jobs: [{ job, change }], hidden: new Map(shown === outputs ? [] : [[job.id, { outputs, masks }]]) };
    };
    await this.changes.change(held.runId, compute, (tx) => this.saveEnds(tx, held, ended));
    this.progress.ended(held.runId);
  }

  /** Prolongs the lease; the reason to stop when the job is to be canceled. Throws a Refusal when the attempt was taken away. */
  async renew(held: HeldAttempt): Promise<string | null> {
    return this.store.commit((tx) => this.renewIn(tx, held));
  }

  private async renewIn(tx: Tx, held: HeldAttempt): Promise<string | null> {
    await this.holdIn(tx, held);
    return (await this.tables.runs.jobIn(tx, held.id))?.cancelReason ?? null;
  }

  private async saveEnds(tx: Tx, held: HeldAttempt, ended: readonly StepEnd[]): Promise<void> {
    for (const { step, report, finishedAt, ...begun } of ended) {
      const startedAt = begun.startedAt ?? (await this.tables.runs.stepStartedAt(tx, held, step.number));
      await this.tables.runs.saveStep(tx, { ...started(held, step), ...step, state: 'done', startedAt, finishedAt });
      await this.tables.reports.save(tx, { ...held, number: step.number }, report);
    }
  }

  /** Prolongs the lease, or throws when the attempt was taken away. */
  private async holdIn(tx: Tx, held: HeldAttempt): Promise<void> {
    if (await this.tables.runs.renewLease(tx, held, held.owner, this.clock.now() + LEASE_MS)) return;
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
