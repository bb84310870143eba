/** Re-run: another attempt of a run that is done, of the same commits, with the same trust and inputs. */
import type { Clock } from '../kernel/clock.js';
import { Fault, Refusal } from '../kernel/errors.js';
import type { Plan } from '../model/plan.js';
import type { Job, Run } from '../model/run.js';
import type { Repeated } from '../model/run-attempt.js';
import type { HiddenJobs } from '../store/hidden-jobs.js';
import type { Projects } from '../store/projects.js';
import type { RunAttempts } from '../store/run-attempts.js';
import type { RunChange, Runs } from '../store/runs.js';
import type { Store, Tx } from '../store/store.js';
import type { ReadContexts } from './read-contexts.js';
import { jobsToRepeat } from './rerun-choice.js';
import { RaceLost, type RunChanges } from './run-changes.js';
import { settleRun, type Standing } from './settle-run.js';
import type { TakeTurns } from './take-turns.js';

export interface RerunTables {
  readonly store: Store;
  readonly runs: Runs;
  readonly attempts: RunAttempts;
  readonly hidden: HiddenJobs;
  readonly projects: Projects;
}

export interface RerunAsked {
  readonly jobs: Repeated;
  /** Who asks: shown to people, and `github.triggering_actor`. */
  readonly by: string;
  /** The attempt that is to be repeated: when it was repeated already, nothing is done. Left out: the newest. */
  readonly attempt?: number;
}

/** `repeated already`: by an earlier request for the same attempt. */
export type RerunAnswer = 'started' | 'repeated already';

const MAX_RACES = 20;

export class RerunRun {
  constructor(
    private readonly tables: RerunTables,
    private readonly changes: RunChanges,
    private readonly taking: TakeTurns,
    private readonly contexts: ReadContexts,
    private readonly clock: Clock,
  ) {}

  /** In one commit: the jobs to be repeated count no more, and what may run of them is queued. Throws a Refusal for a run that cannot be repeated (now). */
  async rerun(runId: number, asked: RerunAsked): Promise<RerunAnswer> {
    for (let race = 0; race < MAX_RACES; race++) {
      const run = await this.tables.runs.byId(runId);
      if (run === null) throw new Refusal('unknown', 'no-such-run', `There is no run ${runId}.`);
      if (asked.attempt !== undefined && asked.attempt < run.attempt) return 'repeated already';
      const plan = await this.repeatable(run);
      if (await this.tryOnce(run, plan, asked)) return 'started';
    }
    throw new Fault(`run ${runId} changes faster than it can be read`, { retryable: true });
  }

  private async repeatable(run: Run): Promise<Plan> {
    if (run.state !== 'done')
      throw new Refusal('conflict', 'run-not-done', `Run ${run.id} is not done yet: wait for its end, or cancel it.`);
    if (run.plan === null)
      throw new Refusal(
        'conflict',
        'run-unplanned',
        `Run ${run.id} was never planned: there is nothing to repeat. Replay event ${run.eventId} instead.`,
      );
    const project = await this.tables.projects.byId(run.projectId);
    if (project?.enabled !== true)
      throw new Refusal('conflict', 'project-disabled', 'The project is disabled: nothing of it starts.');
    return run.plan;
  }

  /** False when somebody else changed the run meanwhile. */
  private async tryOnce(run: Run, plan: Plan, asked: RerunAsked): Promise<boolean> {
    const { runs, hidden, store } = this.tables;
    const jobs = await runs.jobsOf(run.id);
    const replaced = jobsToRepeat(plan, jobs, asked.jobs);
    if (replaced.length === 0 && jobs.length > 0) throw nothingFailed(run);
    const contexts = await this.contexts.of({ ...run, ...beginning(run, asked) });
    const standing = { run, jobs, contexts, hidden: await hidden.openOutputs(jobs) };
    try {
      await store.commit((tx) => this.write(tx, standing, { plan, asked, replaced }));
      return true;
    } catch (error) {
      if (error instanceof RaceLost) return false;
      throw error;
    }
  }

  private async write(
    tx: Tx,
    standing: Standing,
    { plan, asked, replaced }: { readonly plan: Plan; readonly asked: RerunAsked; readonly replaced: readonly Job[] },
  ): Promise<void> {
    const { run } = standing;
    const nowMs = this.clock.now();
    const { concurrency } = plan;
    const waits = concurrency && (await this.taking.take(tx, { run, jobId: null }, concurrency, nowMs));
    const begun = { ...beginning(run, asked), ...(waits && { ...waits, state: 'waiting' as const }) };
    await this.changes.write(tx, standing, settleRun(standing, { run: begun, replaced }, nowMs));
    await this.tables.attempts.insert(tx, {
      ...endOf(run),
      repeated: asked.jobs,
      repeatedBy: asked.by,
      repeatedAt: nowMs,
    });
  }
}

function beginning({ attempt, resolved }: Run, { by }: RerunAsked) {
  return {
    attempt: attempt + 1,
    state: 'queued',
    result: null,
    reason: null,
    reasonRunId: null,
    resolved: { ...resolved, triggeringActor: by },
    cancelRequested: false,
    startedAt: null,
    finishedAt: null,
  } satisfies RunChange;
}

function endOf({ id: runId, attempt, result, reason, startedAt, finishedAt }: Run) {
  return { runId, attempt, result: result ?? ('error' as const), reason, startedAt, finishedAt };
}

function nothingFailed({ id }: Run): Refusal {
  return new Refusal('conflict', 'nothing-failed', `No job of run ${id} failed: repeat all of them instead.`);
}
