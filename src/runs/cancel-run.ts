/** Cancel: a commit, then the signal of every job of the run that this process runs. */
import type { RunChanges } from './run-changes.js';
import { type RunEdit, type Standing, stopJob } from './settle-run.js';

export class CancelRun {
  constructor(private readonly changes: RunChanges) {}

  /** Safe to call twice. `reason` is shown to people. */
  async cancel(runId: number, reason: string): Promise<'canceled' | 'done already'> {
    const changed = await this.changes.change(runId, (standing, nowMs) => cancelEdit(standing, reason, nowMs));
    return changed ? 'canceled' : 'done already';
  }
}

/** Pure. Null when there is nothing to cancel (any more). A run that waits ends at once: nothing of it has begun. */
export function cancelEdit({ run, jobs }: Standing, reason: string, nowMs: number): RunEdit | null {
  if (run.state === 'done' || run.cancelRequested) return null;
  const isUnbegun = run.plan === null || run.state === 'waiting';
  const ended = isUnbegun ? ({ state: 'done', result: 'canceled', finishedAt: nowMs } as const) : {};
  return {
    run: { cancelRequested: true, reason, reasonRunId: null, ...ended },
    jobs: jobs.flatMap((job) => stopJob(jobs, job.key, reason, nowMs)),
  };
}
