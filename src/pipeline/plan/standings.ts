/** What the jobs of a run have come to, as the jobs behind them see it: ids ignore case, a job's combinations count together. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { DeclaredJob, JobStanding, Plan } from '../../model/plan.js';
import { contextResult } from '../../model/result.js';

export type NeedResult = ReturnType<typeof contextResult>;

export class Standings {
  constructor(
    private readonly plan: Plan,
    private readonly jobs: readonly JobStanding[],
  ) {}

  of(id: string): readonly JobStanding[] {
    return this.jobs.filter((job) => sameId(job.id, id));
  }

  /** The declared job of that id. */
  declared(id: string): DeclaredJob | undefined {
    return this.plan.jobs.find((job) => sameId(job.id, id));
  }

  /** As `needs.<id>.result` reads it; null while any of its jobs is not done. */
  result(id: string): NeedResult | null {
    const jobs = this.of(id);
    if (jobs.length === 0 || jobs.some(({ state }) => state !== 'done')) return null;
    const results = jobs.map(countedResult);
    const worst = (['failure', 'cancelled'] as const).find((result) => results.includes(result));
    return worst ?? (results.every((result) => result === 'skipped') ? 'skipped' : 'success');
  }

  /** Of several jobs the last finished non-empty value of an output wins; `jobs` come in the order in which they finished. */
  outputs(id: string): JsonObject {
    const entries = this.of(id).flatMap(({ outputs }) => Object.entries(outputs).filter(([, value]) => value !== ''));
    return Object.fromEntries(entries);
  }

  /** All jobs that must be done before this one, near and far. */
  ancestors(id: string): readonly string[] {
    const found = new Set<string>();
    const open = [...(this.declared(id)?.needs ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const job = this.declared(next);
      if (!job || found.has(job.id)) continue;
      found.add(job.id);
      open.push(...job.needs);
    }
    return [...found];
  }

  /** The `needs` context of a job. */
  needs(id: string): JsonObject {
    const needs = this.declared(id)?.needs ?? [];
    return Object.fromEntries(needs.map((need): [string, Json] => [this.declared(need)?.id ?? need, this.need(need)]));
  }

  private need(id: string): JsonObject {
    return { result: this.result(id) ?? '', outputs: this.outputs(id) };
  }
}

/** A failure under `continue-on-error` reads success. */
export function countedResult(job: JobStanding): NeedResult {
  const result = contextResult(job.result ?? 'skipped');
  return result === 'failure' && job.continueOnError ? 'success' : result;
}

export function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The `needs` context of a job of the plan. */
export function needsContext(plan: Plan, jobId: string, jobs: readonly JobStanding[]): JsonObject {
  return new Standings(plan, jobs).needs(jobId);
}
