/** How a run stands when it has been planned: it ends with its problems, waits for its turn, or goes on. */
import type { Problem } from '../kernel/errors.js';
import type { Run } from '../model/run.js';
import type { RunPlan } from '../pipeline/index.js';
import type { Tx } from '../store/store.js';
import type { TakeTurns } from './take-turns.js';

interface PlannedRun {
  readonly run: Run;
  /** Null for one that is not planned (yet). */
  readonly planned: RunPlan | null;
  readonly taking: TakeTurns;
  readonly nowMs: number;
}

/** Inside the commit that starts the run: it takes its turn. */
export async function firstState(tx: Tx, { run, planned, taking, nowMs }: PlannedRun): Promise<Partial<Run>> {
  if (planned?.kind === 'problems')
    return endedRun('error', { reason: 'the pipeline has problems', problems: planned.problems, nowMs });
  if (planned === null) return { plan: null };
  const { plan } = planned;
  const { concurrency } = plan;
  const waits = concurrency && (await taking.take(tx, { run, jobId: null }, concurrency, nowMs));
  return { plan, title: plan.runName ?? run.title, ...(waits && { ...waits, state: 'waiting' }) };
}

interface Ending {
  readonly reason: string;
  readonly problems: readonly Problem[];
  readonly nowMs: number;
}

/** Pure. Of a run that ends before it could begin. */
export function endedRun(result: 'error' | 'canceled', { reason, problems, nowMs }: Ending) {
  return { state: 'done', result, reason, problems, finishedAt: nowMs } as const;
}
