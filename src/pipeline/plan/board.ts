/** The jobs of a run as they stand while `advance` works, and the changes that it collects. */
import type { JobChange, JobStanding, PlannedJob } from '../../model/plan.js';
import { contextResult, isRed, type Result } from '../../model/result.js';

/** As `needs.<id>.result` reads it. */
export type NeedResult = ReturnType<typeof contextResult>;

/** More jobs than this a run does not get: nested matrices multiply. */
export const MAX_JOBS = 5_000;

export class Board {
  readonly changes: JobChange[] = [];
  private readonly jobs: Map<string, JobStanding>;
  /** Keys that stand or have a job below them, with and without the index of a combination. */
  private readonly begun = new Set<string>();

  /** `jobs` come in the order in which they finished; `stopped` are keys of calls that were canceled. */
  constructor(
    jobs: readonly JobStanding[],
    private readonly stopped: readonly string[] = [],
  ) {
    this.jobs = new Map(jobs.map((job) => [job.key, job]));
    for (const key of this.jobs.keys()) this.noteBegun(key);
  }

  get(key: string): JobStanding | undefined {
    return this.jobs.get(key);
  }

  hasBegun(key: string): boolean {
    return this.begun.has(key);
  }

  isStopped(key: string): boolean {
    return this.stopped.includes(key);
  }

  isFull(): boolean {
    return this.jobs.size >= MAX_JOBS;
  }

  all(): readonly JobStanding[] {
    return [...this.jobs.values()];
  }

  queue(job: PlannedJob): void {
    this.changes.push({ kind: 'queue', job });
    this.put(job, null);
  }

  end(job: PlannedJob, result: Result, reason: string): void {
    this.changes.push({ kind: 'end', job, result, reason });
    this.put(job, result);
  }

  /** Stops the open jobs of a key, those of a call included: queued ones end, running ones are told. */
  cancel(key: string, reason: string): void {
    for (const job of this.jobs.values()) {
      if (job.state === 'done' || (job.key !== key && !job.key.startsWith(`${key}/`))) continue;
      if (this.changes.some((change) => change.kind === 'cancel' && change.key === job.key)) continue;
      this.changes.push({ kind: 'cancel', key: job.key, reason });
      if (job.state !== 'running') this.jobs.set(job.key, { ...job, state: 'done', result: 'canceled' });
    }
  }

  protected put(job: PlannedJob, result: Result | null): void {
    const { key, id, continueOnError } = job;
    this.jobs.set(key, { key, id, state: result ? 'done' : 'queued', result, continueOnError, outputs: {} });
    this.noteBegun(key);
  }

  private noteBegun(key: string): void {
    for (let end = key.length; end > 0; end = key.lastIndexOf('/', end - 1)) {
      this.begun.add(key.slice(0, end));
      this.begun.add(key.slice(0, end).replace(/\[\d+\]$/, ''));
    }
  }
}

/** A failure under `continue-on-error` reads success. */
export function countedResult(job: JobStanding): NeedResult {
  const result = contextResult(job.result ?? 'skipped');
  return result === 'failure' && job.continueOnError ? 'success' : result;
}

/** Of several results: a failure weighs most, then a cancel; all skipped = skipped. */
export function worstOf(results: readonly NeedResult[]): NeedResult {
  const worst = (['failure', 'cancelled'] as const).find((result) => results.includes(result));
  return worst ?? (results.every((result) => result === 'skipped') ? 'skipped' : 'success');
}

/** The result of a run whose jobs are all done: as `worstOf`, and what we broke between failure and cancel. */
export function runResult(jobs: readonly JobStanding[]): Result {
  const results = jobs.map((job) => (isForgiven(job) ? 'success' : (job.result ?? 'error')));
  const worst = (['failure', 'error', 'canceled'] as const).find((result) => results.includes(result));
  return worst ?? (results.every((result) => result === 'skipped') ? 'skipped' : 'success');
}

function isForgiven(job: JobStanding): boolean {
  return job.continueOnError && isRed(job.result);
}
