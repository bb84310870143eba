/** Of which part of a run a turn is: the run, a call in it, or a job; and which stand inside of which. Pure. */
import type { Concurrency, PlannedJob } from '../model/plan.js';
import type { Turn } from '../model/turn.js';

/** A run has neither `jobId` nor `key`, a call has no `jobId`. */
export type TurnPart = Pick<Turn, 'runId' | 'jobId' | 'key'>;

/** One that a job needs; of a call it is taken by the first of its jobs. */
export interface WantedTurn {
  readonly of: 'call' | 'job';
  readonly key: string;
  readonly concurrency: Concurrency;
}

/** In the order in which they are taken: whoever waits holds those before. */
export function wantedTurns({
  key,
  call,
  concurrency,
}: Pick<PlannedJob, 'key' | 'call' | 'concurrency'>): readonly WantedTurn[] {
  const own = concurrency === null ? [] : [{ of: 'job', key, concurrency } as const];
  return [...(call?.turns ?? []).map((turn) => ({ of: 'call', ...turn }) as const), ...own];
}

/** Does it take the turn of a call on its way? */
export function isInCallWithTurn({ call }: Pick<PlannedJob, 'call'>): boolean {
  return (call?.turns ?? []).length > 0;
}

export function isCall({ jobId, key }: TurnPart): boolean {
  return jobId === null && key !== null;
}

/** Does all that `inner` does happen while `outer` has its turn? */
export function isWithin(inner: TurnPart, outer: TurnPart): boolean {
  if (inner.runId !== outer.runId || outer.jobId !== null) return false;
  if (outer.key === null) return inner.jobId !== null || inner.key !== null;
  return inner.key !== null && inner.key !== outer.key && inner.key.startsWith(`${callKey(outer.key)}/`);
}

/** Of the job that calls. */
export function callKey(key: string): string {
  return key.endsWith('/') ? key.slice(0, -1) : key;
}
