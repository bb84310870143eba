/** The `strategy` of a job: its combinations, their names, and how they run. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import type { DeclaredJob } from '../../model/plan.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { templateValue, textOf } from '../expression/template.js';
import { templateReadsOutside } from '../script/origins.js';
import { type Combination, combinationsOf } from './matrix.js';

export interface Instance {
  /** `''`, or of a matrix `[<index>]`. */
  readonly index: string;
  /** The values behind the job's name: `''` or ` (a, b)`. */
  readonly suffix: string;
  readonly matrix: JsonObject;
  readonly matrixOrigin: 'outside' | 'inside';
  readonly strategy: JsonObject;
}

export interface Strategy {
  readonly instances: readonly Instance[];
  readonly failFast: boolean;
  readonly maxParallel: number;
}

export const MAX_NAME = 100;

/** A job's name with the values of its combination behind it, cut as GitHub cuts it. */
export function nameWithValues(name: string, { index, suffix }: Instance): string {
  const whole = `${name}${suffix}`;
  if (index === '' || whole.length <= MAX_NAME) return whole;
  return `${whole.slice(0, MAX_NAME - 3).replace(/[\ud800-\udbff]$/, '')}...`;
}

/** Throws an ExpressionError. */
export function strategyOf(job: DeclaredJob, surroundings: Surroundings): Strategy {
  const value = templateValue(job.strategy, surroundings);
  if (value !== null && !isJsonObject(value)) throw new ExpressionError(`strategy must be a map, not ${textOf(value)}`);
  const failFast = failFastOf(value?.['fail-fast']);
  const isMatrix = value !== null && Object.hasOwn(value, 'matrix');
  const combinations = isMatrix ? combinationsOf(value.matrix as Json) : [null];
  const maxParallel = maxParallelOf(value?.['max-parallel'], combinations.length);
  const total = combinations.length;
  const matrixOrigin: Instance['matrixOrigin'] = templateReadsOutside(job.strategy) ? 'outside' : 'inside';
  const instances = combinations.map((combination, index) => ({
    index: combination === null ? '' : `[${index}]`,
    suffix: combination === null ? '' : suffixOf(combination),
    matrix: combination?.values ?? {},
    matrixOrigin,
    strategy: { 'job-index': index, 'job-total': total, 'fail-fast': failFast, 'max-parallel': maxParallel },
  }));
  return { instances, failFast, maxParallel };
}

function failFastOf(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(`fail-fast must be true or false, not '${textOf(value)}'`);
}

function maxParallelOf(value: Json | undefined, total: number): number {
  if (value === undefined || value === null) return total;
  if (typeof value === 'number' && value >= 1) return Math.floor(value);
  throw new ExpressionError(`max-parallel must be a number from 1, not '${textOf(value)}'`);
}

function suffixOf({ naming }: Combination): string {
  const leaves = naming.flatMap(leavesOf).filter((leaf) => leaf !== '');
  return leaves.length === 0 ? '' : ` (${leaves.join(', ')})`;
}

function leavesOf(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return [textOf(value)];
  return Object.values(value).flatMap((item) => leavesOf(item as Json));
}
