/** The jobs of one run as they stand, and what follows from what happens to them: pure, without a clock and without a process. */
import type { JobStanding, Plan, PlannedJob } from '../../model/plan.js';
import type { Result, State } from '../../model/result.js';
import type { JobResult, RunContexts } from '../../model/run.js';
import { advance, needsContext } from '../../pipeline/index.js';

export interface BoardJob {
  readonly planned: PlannedJob;
  readonly state: State;
  readonly result: Result | null;
  readonly reason: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Values in its outputs that are to be masked. */
  readonly masks: readonly string[];
}

/** `stop`: a running job is to be canceled. */
export type BoardChange =
  | { readonly kind: 'queued' | 'ended'; readonly job: BoardJob }
  | { readonly kind: 'stop'; readonly key: string; readonly reason: string };

/** Which of the jobs that the plan makes are wanted: null, or why this one is left out. */
export type LeaveOut = (job: PlannedJob) => string | null;

export class RunBoard {
  /** In the order in which they were made. */
  private readonly byKey = new Map<string, BoardJob>();
  /** Keys in the order in which they ended. */
  private readonly ended: string[] = [];
  /** Running jobs that are told to stop already. */
  private readonly stopping = new Set<string>();
  private canceledFor: string | null = null;
  /** Keys of calls that were canceled, with why. */
  private readonly stoppedCalls = new Map<string, string>();

  constructor(
    readonly plan: Plan,
    readonly contexts: RunContexts,
    private readonly leaveOut: LeaveOut = () => null,
  ) {}

  get jobs(): readonly BoardJob[] {
    return [...this.byKey.values()];
  }

  /** Null while a job is open or can still come. */
  get result(): Result | null {
    return this.ask().result;
  }

  job(key: string): BoardJob | undefined {
    return this.byKey.get(key);
  }

  /** `needs` of a job, as its expressions see it. */
  needs(job: PlannedJob): ReturnType<typeof needsContext> {
    return needsContext(this.plan, job.id, this.standings(), this.contexts);
  }

  /** All masks that ended jobs hand on. */
  get masks(): readonly string[] {
    return [...new Set(this.jobs.flatMap(({ masks }) => masks))];
  }

  /** What follows from all that happened; nothing when it is called again. */
  settle(): readonly BoardChange[] {
    const made: BoardChange[] = [];
    for (let before = -1; before !== made.length;) {
      before = made.length;
      for (const change of this.ask().changes) {
        if (change.kind === 'cancel') made.push(...this.stop(change.key, change.reason));
        else if (change.kind === 'end') made.push(this.end(change.job, change));
        else made.push(this.queue(change.job));
      }
    }
    return made;
  }

  started(key: string): void {
    this.change(key, { state: 'running' });
  }

  finished(key: string, { result, reason, outputs, masks }: JobResult): void {
    this.change(key, { state: 'done', result, reason, outputs, masks });
    this.ended.push(key);
  }

  /** A queued job ends canceled; of a running one the caller is told to stop it. */
  stop(key: string, reason: string): readonly BoardChange[] {
    const job = this.byKey.get(key);
    if (job === undefined || job.state === 'done') return [];
    if (this.stopping.has(key)) return [];
    if (job.state === 'running') {
      this.stopping.add(key);
      return [{ kind: 'stop', key, reason }];
    }
    return [this.end(job.planned, { result: 'canceled', reason })];
  }

  /** What has not begun ends, what runs is to be stopped, and what runs `always()` may still come. */
  cancel(reason: string): readonly BoardChange[] {
    if (this.canceledFor !== null || this.result !== null) return [];
    this.canceledFor = reason;
    return this.jobs.flatMap(({ planned }) => this.stop(planned.key, reason));
  }

  /** As `cancel`, of the jobs of one call. */
  stopCall(key: string, reason: string): readonly BoardChange[] {
    this.stoppedCalls.set(key, reason);
    return this.openOf(key).flatMap((job) => this.stop(job, reason));
  }

  /** Why a call was canceled; null when it was not. */
  stoppedFor(key: string): string | null {
    return this.stoppedCalls.get(key) ?? null;
  }

  /** Keys of the jobs of a call that are not done. */
  openOf(key: string): readonly string[] {
    return this.jobs
      .filter(({ planned, state }) => state !== 'done' && planned.key.startsWith(`${key}/`))
      .map(({ planned }) => planned.key);
  }

  private ask() {
    const asked = this.canceledFor === null ? 'run' : 'cancel';
    return advance(this.plan, this.standings(), this.contexts, asked, [...this.stoppedCalls.keys()]);
  }

  private queue(planned: PlannedJob): BoardChange {
    const why = this.leaveOut(planned);
    if (why !== null) return this.end(planned, { result: 'skipped', reason: why });
    return { kind: 'queued', job: this.put({ planned, state: 'queued', result: null, reason: null, ...NOTHING }) };
  }

  private end(planned: PlannedJob, { result, reason }: { result: Result; reason: string }): BoardChange {
    this.ended.push(planned.key);
    return { kind: 'ended', job: this.put({ planned, state: 'done', result, reason, ...NOTHING }) };
  }

  private put(job: BoardJob): BoardJob {
    this.byKey.set(job.planned.key, job);
    return job;
  }

  private change(key: string, change: Partial<BoardJob>): void {
    const job = this.byKey.get(key);
    if (job === undefined) throw new Error(`the run has no job ${key}`);
    this.put({ ...job, ...change });
  }

  /** Those that are done first, in the order in which they ended. */
  private standings(): readonly JobStanding[] {
    const done = this.ended.flatMap((key) => this.byKey.get(key) ?? []);
    return [...done, ...this.jobs.filter(({ state }) => state !== 'done')].map(standingOf);
  }
}

const NOTHING = { outputs: {}, masks: [] } as const;

function standingOf({ planned: { key, id, continueOnError }, state, result, outputs }: BoardJob): JobStanding {
  return { key, id, state, result, continueOnError, outputs };
}
