/** A run that could start: its plan, what its expressions see, and what it is called. */
import type { Plan } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import type { RunHead } from './news.js';
import { type LeaveOut, RunBoard } from './run-board.js';
import type { LocalRun } from './run-jobs.js';

export interface PlannedRun extends Omit<RunHead, 'title' | 'declared'> {
  readonly plan: Plan;
  readonly contexts: RunContexts;
}

/** Pure. */
export function toLocalRun(
  { plan, contexts, id, pipeline, file, eventName, ref }: PlannedRun,
  leaveOut: LeaveOut,
): LocalRun {
  const declared = plan.jobs.map((job) => ({ id: job.id, name: job.name ?? job.id, needs: job.needs }));
  const head = { id, pipeline, file, eventName, ref, title: plan.runName, declared };
  return { head, board: new RunBoard(plan, contexts, leaveOut) };
}
