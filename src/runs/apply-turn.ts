/** Takes the id of a due turn: tells its run or job what was decided about it. */
import { backoffMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { Fault } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';
import { UnnotedTries } from '../kernel/unnoted-tries.js';
import type { Job } from '../model/run.js';
import type { Turn } from '../model/turn.js';
import type { Store } from '../store/store.js';
import type { Turns } from '../store/turns.js';
import { cancelEdit } from './cancel-run.js';
import type { RunChanges } from './run-changes.js';
import { type JobEdit, type RunEdit, type Standing, stopJob } from './settle-run.js';
import type { TakeTurns, Waits } from './take-turns.js';
import { callKey, isWithin } from './turn-part.js';

/** Tries that never ended before the run is ended in `error`. */
export const MAX_TRIES = 3;

export interface TurnTables {
  readonly store: Store;
  readonly turns: Turns;
}

export class ApplyTurn {
  private readonly unnoted = new UnnotedTries();

  constructor(
    private readonly tables: TurnTables,
    private readonly taking: TakeTurns,
    private readonly changes: RunChanges,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Idempotent: a turn of which nothing is to be told is left alone. Rejects only when the store itself is broken. */
  async apply(turnId: number): Promise<void> {
    const { store, turns } = this.tables;
    const isUnnoted = this.unnoted.has(turnId);
    const turn = await store.commit((tx) => turns.beginTry(tx, turnId, this.clock.now(), isUnnoted));
    if (turn === null) return;
    if (turn.tries > MAX_TRIES) return this.end(turn, 'its turn came, and the server stopped each time it was taken');
    try {
      await this.tell(turn);
      this.unnoted.forget(turnId);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (!error.retryable) return this.end(turn, error.message);
      // The world is waited for: that is no try of ours that failed.
      const again = { dueAt: this.clock.now() + backoffMs(turn.tries, this.random), tries: turn.tries - 1 };
      await this.unnoted.note(turnId, () => store.commit((tx) => turns.postpone(tx, turn.id, again)));
    }
  }

  /** A run that cannot take its turn must not hold up the line. */
  private async end({ runId }: Turn, reason: string): Promise<void> {
    await this.changes.endBroken(runId, reason);
    await this.tables.store.commit((tx) => this.taking.leave(tx, runId, null, this.clock.now()));
  }

  private async tell(turn: Turn): Promise<void> {
    const { store, turns } = this.tables;
    const waits = turn.state === 'waiting' ? await store.commit((tx) => this.taking.waitsNow(tx, turn)) : null;
    const told = (tx: Parameters<Turns['told']>[0]) => turns.told(tx, turn);
    const isChanged = await this.changes.change(turn.runId, (so, nowMs) => turnEdit(turn, waits, so, nowMs), told);
    if (!isChanged) await store.commit(told);
  }
}

/** Pure. Null when the run or job has nothing to hear of it (any more). */
export function turnEdit(turn: Turn, waits: Waits | null, standing: Standing, nowMs: number): RunEdit | null {
  if (turn.jobId !== null) return jobEdit(turn, waits, standing, nowMs);
  if (turn.key !== null) return callEdit(turn, waits, standing, nowMs);
  const reasonRunId = turn.byRunId;
  if (turn.reason !== null) {
    const edit = cancelEdit(standing, turn.reason, nowMs);
    return edit && { ...edit, run: { ...edit.run, reasonRunId } };
  }
  if (standing.run.state !== 'waiting') return null;
  return { run: waits ?? { state: 'queued', reason: null, reasonRunId: null } };
}

function jobEdit(turn: Turn, waits: Waits | null, { jobs }: Standing, nowMs: number): RunEdit | null {
  const job = jobs.find(({ id }) => id === turn.jobId);
  if (job === undefined || job.state === 'done') return null;
  if (turn.reason !== null) return { jobs: stopped([job], turn, turn.reason, nowMs) };
  return job.state === 'waiting' ? { jobs: [onward(job, waits, nowMs)] } : null;
}

/** All its jobs hear of it; those that wait for a turn of their own ask again. */
function callEdit(turn: Turn, waits: Waits | null, { jobs }: Standing, nowMs: number): RunEdit | null {
  const open = jobs.filter(
    ({ id, key, state }) => state !== 'done' && isWithin({ runId: turn.runId, jobId: id, key }, turn),
  );
  if (turn.reason !== null)
    return { jobs: stopped(open, turn, turn.reason, nowMs), stoppedCalls: [callKey(turn.key ?? '')] };
  const waiting = open.filter(({ state }) => state === 'waiting');
  return waiting.length === 0 ? null : { jobs: waiting.map((job) => onward(job, waits, nowMs)) };
}

function stopped(jobs: readonly Job[], turn: Turn, reason: string, nowMs: number): readonly JobEdit[] {
  const stops = jobs.flatMap(({ key }) => stopJob(jobs, key, reason, nowMs));
  return stops.map((stop) => ({ ...stop, change: { ...stop.change, reasonRunId: turn.byRunId } }));
}

function onward(job: Job, waits: Waits | null, nowMs: number): JobEdit {
  return { job, change: waits ?? { state: 'queued', reason: null, reasonRunId: null, dueAt: nowMs } };
}
