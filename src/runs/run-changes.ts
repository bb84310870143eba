/** The one way to change a run: read at a version, compute purely, commit where the version still holds. */
import { Fault, messageOf } from '../kernel/errors.js';
import type { Clock } from '../kernel/clock.js';
import type { Run } from '../model/run.js';
import type { Flags } from '../store/flags.js';
import type { HiddenJobs } from '../store/hidden-jobs.js';
import type { JobChange, NewJob, Runs } from '../store/runs.js';
import type { StepReports } from '../store/step-reports.js';
import type { Store, Tx } from '../store/store.js';
import type { ReadContexts } from './read-contexts.js';
import { HideMasked } from './hide-masked.js';
import { endsOf, FIRST_VERSION, type RunEnds } from './run-ends.js';
import type { RunningJobs } from './running-jobs.js';
import type { TakeTurns } from './take-turns.js';
import { brokenRun, type JobEdit, type RunEdit, type SettledRun, settleRun, type Standing } from './settle-run.js';
import type { SumUp } from './sum-up.js';
import type { TellFollowers } from './tell-followers.js';
import { isInCallWithTurn } from './turn-part.js';
import { wantedFlag, wantedJobFlags } from './wanted-flag.js';

/** Pure. Null: there is nothing to change (any more). */
export type ComputeEdit = (standing: Standing, nowMs: number) => RunEdit | null;

/** Lost races before a Fault: each one means that somebody else got further. */
const MAX_RACES = 20;

/** Thrown inside a commit when a fence does not hold, so that nothing of it is kept. */
export class RaceLost extends Error {}

export interface RunTables {
  readonly store: Store;
  readonly runs: Runs;
  readonly flags: Flags;
  readonly taking: TakeTurns;
  readonly followers: TellFollowers;
  readonly summing: SumUp;
  readonly hidden: HiddenJobs;
  readonly reports: StepReports;
}

export class RunChanges {
  constructor(
    private readonly tables: RunTables,
    private readonly contexts: ReadContexts,
    private readonly running: RunningJobs,
    private readonly clock: Clock,
    private readonly publicUrl: string,
    private readonly ends: RunEnds,
  ) {}

  /**
   * Changes a run and commits with it everything that follows: jobs that may start, skip or end, the run's end, the wanted
   * flag, what is due. False when `compute` found nothing to change. `also` writes in the same commit. Throws a Fault that is
   * not retryable when what follows cannot be computed: the run is broken.
   */
  async change(
    runId: number,
    compute: ComputeEdit,
    also: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    for (let race = 0; race < MAX_RACES; race++) {
      const standing = await this.read(runId);
      const edit = standing && compute(standing, this.clock.now());
      if (!edit) return false;
      const settled = settleOrFault(standing, edit, this.clock.now());
      if (await this.tryCommit(standing, settled, also)) return true;
    }
    throw racedOut(runId);
  }

  /** Ends a broken run in `error` with all its jobs, without asking what follows. */
  async endBroken(runId: number, reason: string): Promise<void> {
    const { runs } = this.tables;
    for (let race = 0; race < MAX_RACES; race++) {
      const run = await runs.byId(runId);
      if (!run || run.state === 'done') return;
      const jobs = await runs.jobsOf(runId);
      const settled = brokenRun(run, jobs, { reason, nowMs: this.clock.now() });
      if (await this.tryCommit({ run }, settled, async () => undefined)) return;
    }
    throw racedOut(runId);
  }

  /** Writes a settled run inside a commit that the caller opened (the start of a run). Throws when a fence does not hold. */
  async write(tx: Tx, standing: Pick<Standing, 'run'>, settled: SettledRun): Promise<void> {
    const { runs, followers, hidden } = this.tables;
    const nowMs = this.clock.now();
    if (!(await runs.update(tx, standing.run, settled.run))) throw new RaceLost();
    await runs.replaceJobs(tx, settled.replaced ?? [], settled.after.run.attempt);
    for (const { job, change } of settled.edits) {
      const turned = await this.inTurn(tx, settled.after.run, { job, change }, nowMs);
      if (!(await runs.updateJob(tx, job, turned))) throw new RaceLost();
      if (change.cancelReason) tx.afterCommit(() => this.running.cancel(job.id, change.cancelReason ?? ''));
      if (turned.state === 'queued') tx.due('job', job.id);
      const outputs = settled.hidden.get(job.id);
      if (outputs) await hidden.saveOutputs(tx, job, outputs);
    }
    for (const job of settled.newJobs) await this.insertJob(tx, settled, job, nowMs);
    await this.leaveTurns(tx, standing.run, settled, nowMs);
    await this.wantFlags(tx, settled.after, nowMs);
    await followers.tell(tx, standing.run, settled.after.run, nowMs);
    // Of what ends as it is made the others are not there yet: whoever makes them all sums up.
    if (settled.after.run.state === 'done' && standing.run.version > FIRST_VERSION)
      await this.sumUp(tx, settled.after.run);
    tx.afterCommit(() => this.ends.tell(endsOf(standing.run, settled)));
  }

  /** Inside a commit that ended this run, or made it with all others of its event. */
  sumUp(tx: Tx, run: Pick<Run, 'projectId' | 'subject'>): Promise<void> {
    return this.tables.summing.tell(tx, run, this.clock.now());
  }

  /** How many errors a job pointed out is asked only where a flag says so. */
  private async wantFlags(tx: Tx, { run, jobs }: SettledRun['after'], nowMs: number): Promise<void> {
    const { flags, reports } = this.tables;
    if (run.subject === null) return;
    const isPerJob = jobs.length > 0 && (await flags.wantedPer(tx, run.projectId)) === 'job';
    const isSaid = run.result === 'failure' || (isPerJob && jobs.some(({ result }) => result === 'failure'));
    const errors = isSaid ? await reports.errorsOf(run.id, tx.manager) : new Map<string, number>();
    const scene = { publicUrl: this.publicUrl, errors };
    const wish = wantedFlag(run, jobs, scene);
    const ofJobs = isPerJob ? wantedJobFlags(run, jobs, scene) : [];
    for (const one of wish === null ? ofJobs : [wish, ...ofJobs]) await flags.want(tx, one, nowMs);
  }

  /** A job that takes turns is queued when it is its turn, and waits until then. */
  private async insertJob(tx: Tx, { after: { run }, hiddenPlans }: SettledRun, job: NewJob, nowMs: number) {
    const { runs, taking, hidden } = this.tables;
    const jobId = await runs.insertJob(tx, job);
    const plan = hiddenPlans.get(job.key);
    if (plan) await hidden.savePlan(tx, { ...job, id: jobId }, plan);
    if (job.state !== 'queued') return;
    const waits = await taking.takeAll(tx, { run, jobId, planned: job.planned }, nowMs);
    if (!waits) return tx.due('job', jobId);
    await runs.updateJob(tx, { ...job, id: jobId }, { ...waits, state: 'waiting', dueAt: null });
  }

  /** A job whose turn has come may have to take another one. */
  private async inTurn(tx: Tx, run: Run, { job, change }: JobEdit, nowMs: number): Promise<JobChange> {
    if (job.state !== 'waiting' || change.state !== 'queued') return change;
    const waits = await this.tables.taking.takeAll(tx, { run, jobId: job.id, planned: job.planned }, nowMs);
    return waits ?? change;
  }

  /** What ends here lets the next ones take their turns, in the same commit. */
  private async leaveTurns(tx: Tx, before: Run, { run, edits, after }: SettledRun, nowMs: number): Promise<void> {
    const { taking } = this.tables;
    for (const { job, change } of edits) {
      if (change.state === 'done' && job.planned.concurrency) await taking.leave(tx, before.id, job.id, nowMs);
    }
    if (edits.some(({ job, change }) => change.state === 'done' && isInCallWithTurn(job.planned))) {
      const open = after.jobs.filter(({ state }) => state !== 'done').map(({ key }) => key);
      await taking.leaveCalls(tx, before.id, open, nowMs);
    }
    if (run.state === 'done' && after.run.plan?.concurrency) await taking.leave(tx, before.id, null, nowMs);
  }

  private async read(runId: number): Promise<Standing | null> {
    const run = await this.tables.runs.byId(runId);
    if (!run) return null;
    const [jobs, contexts] = await Promise.all([this.tables.runs.jobsOf(runId), this.contexts.of(run)]);
    const hidden = await this.tables.hidden.openOutputs(jobs);
    const hasTurns = jobs.some(({ planned }) => isInCallWithTurn(planned));
    return { run, jobs, contexts, hidden, stoppedCalls: hasTurns ? await this.tables.taking.stoppedCalls(runId) : [] };
  }

  private async tryCommit(
    standing: Pick<Standing, 'run'>,
    settled: SettledRun,
    also: (tx: Tx) => Promise<void>,
  ): Promise<boolean> {
    try {
      await this.tables.store.commit(async (tx) => {
        // What a job points out with its end is there before the flag counts it.
        await also(tx);
        await this.write(tx, standing, settled);
      });
      return true;
    } catch (error) {
      if (error instanceof RaceLost) return false;
      throw error;
    }
  }
}

function settleOrFault(standing: Standing, edit: RunEdit, nowMs: number): SettledRun {
  try {
    return settleRun(standing, edit, nowMs);
  } catch (cause) {
    const hiding = new HideMasked(new Map([...(standing.hidden ?? []), ...(edit.hidden ?? [])]));
    const message = `what follows in run ${standing.run.id} cannot be computed: ${hiding.text(messageOf(cause))}`;
    throw new Fault(message, { cause: hiding.hides ? undefined : cause, retryable: false });
  }
}

function racedOut(runId: number): Fault {
  return new Fault(`run ${runId} changes faster than it can be read`, { retryable: true });
}
