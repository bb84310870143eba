/** Which jobs of a plan are wanted: `--job` with what it needs, and `--matrix`. */
import { isJsonObject, type Json } from '../../kernel/json.js';
import { nearestWord } from '../../kernel/suggest.js';
import type { Plan, PlannedJob } from '../../model/plan.js';
import { UsageError } from '../verb.js';
import type { LeaveOut } from './run-board.js';

/** The plan with the named job and all that it needs, near and far. Throws a UsageError when there is no such job. */
export function withJobOnly(plan: Plan, id: string): Plan {
  const byId = new Map(plan.jobs.map((job) => [job.id.toLowerCase(), job]));
  if (!byId.has(id.toLowerCase())) throw unknownJob(id, plan);
  const wanted = new Set<string>();
  const open = [id.toLowerCase()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (wanted.has(next)) continue;
    wanted.add(next);
    open.push(...(byId.get(next)?.needs ?? []).map((need) => need.toLowerCase()));
  }
  return { ...plan, jobs: plan.jobs.filter((job) => wanted.has(job.id.toLowerCase())) };
}

/** Combinations without these values are left out; a job whose matrix has no such axis runs. */
export function leavingOut(values: readonly (readonly [string, string])[]): LeaveOut {
  return ({ matrix }: PlannedJob) => {
    const other = values.find(([axis, value]) => {
      const key = Object.keys(matrix).find((name) => name.toLowerCase() === axis.toLowerCase());
      return key !== undefined && !isSame(matrix[key] ?? null, value);
    });
    return other === undefined ? null : `left out by --matrix ${other.join(':')}`;
  };
}

/** Throws a UsageError for an axis that no matrix of the plan has, as far as that is known before it runs. */
export function checkMatrix(plans: readonly Plan[], values: readonly (readonly [string, string])[]): void {
  const matrices = plans.flatMap(({ jobs }) =>
    jobs.map(({ strategy }) => (isJsonObject(strategy) ? strategy['matrix'] : null)),
  );
  const isOpen =
    matrices.some((matrix) => typeof matrix === 'string') || plans.some(({ jobs }) => jobs.some(({ call }) => call));
  const axes = matrices.flatMap((matrix) => (matrix && isJsonObject(matrix) ? axesOf(matrix) : []));
  for (const [axis] of values) {
    if (isOpen || axes.some((one) => one.toLowerCase() === axis.toLowerCase())) continue;
    throw new UsageError(
      `--matrix: no job has an axis ${JSON.stringify(axis)}; there are ${axes.join(', ') || 'none'}`,
    );
  }
}

function axesOf(matrix: Readonly<Record<string, Json>>): readonly string[] {
  const included = Array.isArray(matrix['include']) ? (matrix['include'] as readonly Json[]) : [];
  const own = Object.keys(matrix).filter((name) => name !== 'include' && name !== 'exclude');
  return [...new Set([...own, ...included.flatMap((one) => (isJsonObject(one) ? Object.keys(one) : []))])];
}

function isSame(value: Json, text: string): boolean {
  return (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase() === text.toLowerCase();
}

function unknownJob(id: string, { jobs }: Plan): UsageError {
  const known = jobs.map((job) => job.id);
  const near = nearestWord(id, known);
  const hint = near === null ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
  return new UsageError(`--job: the pipeline has no job ${JSON.stringify(id)}: ${hint}`);
}
