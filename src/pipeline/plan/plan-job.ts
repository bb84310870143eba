/** A declared job to one that can be claimed: the planner's share of "Who evaluates what". */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import type { DeclaredJob, PlannedJob, Template } from '../../model/plan.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { parseNumber } from '../expression/numbers.js';
import { templateText, templateValue, textOf } from '../expression/template.js';

/** `strategy` of a job without a matrix. */
const ALONE: JsonObject = { 'job-index': 0, 'job-total': 1, 'fail-fast': true, 'max-parallel': 1 };

/** Throws an ExpressionError, also for a value of the wrong type. */
export function planJob(job: DeclaredJob, surroundings: Surroundings): PlannedJob {
  return {
    ...unplannedJob(job),
    name: job.name === null ? job.id : templateText(job.name, surroundings) || job.id,
    runsOn: labelsOf(templateValue(job.runsOn, surroundings)),
    timeoutMs: minutes('timeout-minutes', job.timeoutMinutes, surroundings),
    cancelTimeoutMs: minutes('cancel-timeout-minutes', job.cancelTimeoutMinutes, surroundings),
    continueOnError: truth('continue-on-error', job.continueOnError, surroundings),
  };
}

/** The job as it is kept when it ends without having been evaluated. */
export function unplannedJob(job: DeclaredJob): PlannedJob {
  const { id, needs, env, defaults, outputs, checkout, steps } = job;
  const kept = { id, needs, env, defaults, outputs, checkout, steps };
  return {
    ...kept,
    key: id,
    name: job.name ?? id,
    runsOn: [],
    matrix: {},
    strategy: ALONE,
    timeoutMs: 0,
    cancelTimeoutMs: 0,
    continueOnError: false,
  };
}

/** Labels ignore case; `{group, labels}` wants the labels, a group counts as one of them. */
function labelsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [labelOf(value)];
  if (Array.isArray(value)) return (value as readonly Json[]).map(labelOf);
  if (!isJsonObject(value))
    throw new ExpressionError(`runs-on must be a label or a list of labels, not ${textOf(value)}`);
  const group = value.group === undefined ? [] : [labelOf(value.group)];
  return value.labels === undefined ? group : [...group, ...labelsOf(value.labels)];
}

function labelOf(value: Json): string {
  const label = typeof value === 'object' ? '' : textOf(value).trim().toLowerCase();
  if (label === '') throw new ExpressionError('runs-on names an empty label');
  return label;
}

function minutes(key: string, template: Template, surroundings: Surroundings): number {
  const value = templateValue(template, surroundings);
  const count = typeof value === 'string' ? parseNumber(value) : value;
  if (typeof count === 'number' && count > 0 && Number.isFinite(count)) return Math.round(count * 60_000);
  throw new ExpressionError(`${key} must be a number of minutes above 0, not '${textOf(value)}'`);
}

function truth(key: string, template: Template, surroundings: Surroundings): boolean {
  const value = templateValue(template, surroundings);
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(`${key} must be true or false, not '${textOf(value)}'`);
}
