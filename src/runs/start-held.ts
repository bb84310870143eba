/** Changes and starts held runs: what keeps them is found out elsewhere, what they become is written here. */
import { Fault } from '../kernel/errors.js';
import type { Clock } from '../kernel/clock.js';
import type { Hold } from '../model/hold.js';
import type { Run } from '../model/run.js';
import { planRun } from '../pipeline/index.js';
import type { HoldChange, Holds } from '../store/holds.js';
import type { Runs, RunChange } from '../store/runs.js';
import type { Store } from '../store/store.js';
import { endedRun, firstState } from './first-state.js';
import type { ReadContexts } from './read-contexts.js';
import { RaceLost, type RunChanges } from './run-changes.js';
import { settleRun } from './settle-run.js';
import { brokenReason, type RunRequest } from './start-runs.js';
import type { TakeTurns } from './take-turns.js';

export interface HeldTables {
  readonly store: Store;
  readonly runs: Runs;
  readonly holds: Holds;
}

/** How a run whose trust is decided begins. */
export type HowToStart = Extract<RunRequest['how'], { kind: 'run' | 'broken' | 'superseded' }>;

const DONE: HoldChange = { dueAt: null, tries: 0 };

export class StartHeld {
  constructor(
    private readonly tables: HeldTables,
    private readonly changes: RunChanges,
    private readonly taking: TakeTurns,
    private readonly contexts: ReadContexts,
    private readonly clock: Clock,
  ) {}

  /** Writes what was found out about a hold together with what its run says; false when the run is held no more. */
  async note(hold: Hold, change: HoldChange, run: RunChange): Promise<boolean> {
    return this.changes.change(
      hold.runId,
      ({ run: now }) => (now.trust === 'held' && now.state === 'waiting' ? { run } : null),
      async (tx) => {
        if (!(await this.tables.holds.change(tx, hold, change))) throw new RaceLost();
      },
    );
  }

  /** Safe to call twice: a run that was started, or ended meanwhile, is left alone. Nothing of it waits any more. */
  async start(hold: Hold, how: HowToStart): Promise<void> {
    const run = await this.tables.runs.byId(hold.runId);
    if (run === null || !isStartable(run)) return this.forget(hold);
    const contexts = await this.contexts.of(run);
    try {
      await this.tables.store.commit(async (tx) => {
        const nowMs = this.clock.now();
        await this.tables.holds.change(tx, hold, DONE);
        const planned = how.kind === 'run' ? planRun(how.pipeline, contexts, how) : null;
        const first =
          planned === null ? ending(how, nowMs) : await firstState(tx, { run, planned, taking: this.taking, nowMs });
        const standing = { run, jobs: [], contexts };
        const edit = { run: { state: 'queued', reason: null, ...first } as const };
        await this.changes.write(tx, standing, settleRun(standing, edit, nowMs));
      });
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
      throw new Fault(`run ${run.id} changed while it was started`, { cause: error, retryable: true });
    }
  }

  /** Nothing is to be done about it any more. */
  async forget(hold: Hold): Promise<void> {
    await this.tables.store.commit(async (tx) => void (await this.tables.holds.change(tx, hold, DONE)));
  }
}

function isStartable({ state, trust, plan, cancelRequested }: Run): boolean {
  return state === 'waiting' && trust !== 'held' && plan === null && !cancelRequested;
}

function ending(how: HowToStart, nowMs: number): RunChange {
  if (how.kind === 'broken') return endedRun('error', { ...how, reason: brokenReason(how.problems), nowMs });
  return endedRun('canceled', { reason: how.kind === 'superseded' ? how.reason : '', problems: [], nowMs });
}
