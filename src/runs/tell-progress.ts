/** Tells by the flag of a run how far it is while its jobs go from step to step: seldom, however many steps there are. */
import type { Clock } from '../kernel/clock.js';
import type { Job } from '../model/run.js';
import { type Flags, PROGRESS_EVERY_MS } from '../store/flags.js';
import type { Runs } from '../store/runs.js';
import type { Store } from '../store/store.js';
import { wantedFlag } from './wanted-flag.js';

export interface ProgressTables {
  readonly store: Store;
  readonly runs: Runs;
  readonly flags: Flags;
}

export class TellProgress {
  /** When each run under way was last told of, by the time that passed; its end is told by whoever ends it. */
  private readonly toldMs = new Map<number, number>();

  constructor(
    private readonly tables: ProgressTables,
    private readonly clock: Clock,
    private readonly publicUrl: string,
  ) {}

  /** After a step began. Nearly always there is nothing to do: a short run is told of when it ends. */
  async stepped(runId: number): Promise<void> {
    const nowMs = this.clock.elapsedMs();
    const lastMs = this.toldMs.get(runId);
    if (lastMs === undefined) return void this.toldMs.set(runId, nowMs);
    if (nowMs - lastMs < PROGRESS_EVERY_MS) return;
    this.toldMs.set(runId, nowMs);
    await this.tell(runId);
  }

  /** Nothing of it is under way in this process. */
  ended(runId: number): void {
    this.toldMs.delete(runId);
  }

  /** A run that was changed meanwhile has told of itself. */
  private async tell(runId: number): Promise<void> {
    const { store, runs, flags } = this.tables;
    const run = await runs.byId(runId);
    if (run === null || run.state !== 'running' || run.subject === null) return;
    const [jobs, steps] = await Promise.all([runs.jobsOf(runId), runs.stepsOfRun(runId)]);
    const parts = new Map(jobs.map((job) => [job.key, partOf(job, (steps.get(job.id) ?? []).length)]));
    const wish = wantedFlag(run, jobs, { publicUrl: this.publicUrl, parts });
    if (wish === null) return;
    await store.commit(async (tx) => {
      if ((await runs.versionIn(tx, runId)) === run.version) await flags.want(tx, wish, this.clock.now());
    });
  }
}

/** Of its steps those that began count but for the last one; the set-up before them is one more. */
function partOf({ planned }: Job, begun: number): number {
  return Math.min(1, Math.max(0, begun - 1) / (planned.steps.length + 1));
}
