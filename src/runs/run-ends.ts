/** Tells whoever counts of runs and jobs that ended in this process. */
import type { Result } from '../model/result.js';
import type { Run } from '../model/run.js';
import type { SettledRun } from './settle-run.js';

export interface End {
  readonly kind: 'run' | 'job';
  readonly result: Result;
  /** From start to end; null for what never started. */
  readonly tookMs: number | null;
}

/** Must not throw. */
export type TakeEnd = (end: End) => void;

export class RunEnds {
  private readonly takers: TakeEnd[] = [];

  onEnd(take: TakeEnd): void {
    this.takers.push(take);
  }

  /** After the commit that ended them. */
  tell(ends: readonly End[]): void {
    for (const end of ends) for (const take of this.takers) take(end);
  }
}

/** Of a run that was just made; some are done from the start. */
export const FIRST_VERSION = 1;

/** Pure: what ends with this change. */
export function endsOf(before: Pick<Run, 'state' | 'version'>, { after, edits, newJobs }: SettledRun): readonly End[] {
  const jobs = [
    ...edits.flatMap(({ job, change }) => (job.state === 'done' ? [] : endOf('job', { ...job, ...change }))),
    ...newJobs.flatMap((job) => endOf('job', job)),
  ];
  const hasEnded = before.state === 'done' && before.version > FIRST_VERSION;
  return hasEnded ? jobs : [...jobs, ...endOf('run', after.run)];
}

interface Ending {
  readonly result: Result | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

function endOf(kind: End['kind'], { result, startedAt, finishedAt }: Ending): readonly End[] {
  if (result === null) return [];
  const tookMs = startedAt === null || finishedAt === null ? null : Math.max(0, finishedAt - startedAt);
  return [{ kind, result, tookMs }];
}
