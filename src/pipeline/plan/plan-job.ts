/** A declared job to one that can be claimed: the planner's share of "Who evaluates what". */
import { isJsonObject, type Json } from '../../kernel/json.js';
import type { DeclaredJob, PlannedEnvironment, PlannedJob, Template } from '../../model/plan.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { parseNumber } from '../expression/numbers.js';
import { hasExpression, templateText, templateValue, textOf } from '../expression/template.js';
import { originsOf } from '../script/origins.js';
import { withoutOutsideText } from '../script/trusted-value.js';
import { concurrencyOf } from './concurrency.js';
import type { Level } from './level.js';
import { type Instance, nameWithValues } from './strategy.js';

/** `strategy` of a job without a matrix. */
const ALONE: Instance = {
  index: '',
  suffix: '',
  matrix: {},
  matrixOrigin: 'inside',
  strategy: { 'job-index': 0, 'job-total': 1, 'fail-fast': true, 'max-parallel': 1 },
};

/** Throws an ExpressionError, also for a value of the wrong type. */
export function planJob(job: DeclaredJob, level: Level, instance: Instance, surroundings: Surroundings): PlannedJob {
  const unplanned = unplannedJob(job, level, instance);
  const sources = { contexts: level.contexts, origins: originsOf([], unplanned.matrixOrigin) };
  return {
    ...unplanned,
    name: `${level.namePrefix}${instanceName(job, instance, surroundings)}`,
    runsOn: labelsOf(withoutOutsideText('runs-on', job.runsOn, surroundings, sources)),
    timeoutMs: minutes('timeout-minutes', job.timeoutMinutes, surroundings),
    cancelTimeoutMs: minutes('cancel-timeout-minutes', job.cancelTimeoutMinutes, surroundings),
    continueOnError: truth('continue-on-error', job.continueOnError, surroundings),
    concurrency: concurrencyOf(job.concurrency, surroundings),
    environment: environmentOf(job.environment, surroundings),
  };
}

/** The job as it is kept when it ends without having been evaluated. */
export function unplannedJob(job: DeclaredJob, level: Level, instance: Instance = ALONE): PlannedJob {
  return {
    needs: job.needs,
    env: job.env,
    defaults: job.defaults,
    container: job.container,
    services: job.services,
    outputs: job.outputs,
    checkout: job.checkout,
    steps: job.steps,
    key: `${level.prefix}${job.id}${instance.index}`,
    id: `${level.prefix}${job.id}`,
    name: `${level.namePrefix}${nameWithValues(job.name ?? job.id, instance)}`,
    runsOn: [],
    matrix: instance.matrix,
    matrixOrigin: instance.matrixOrigin,
    strategy: instance.strategy,
    timeoutMs: 0,
    cancelTimeoutMs: 0,
    continueOnError: false,
    concurrency: null,
    environment: null,
    call: level.call,
  };
}

/** A name with an expression stands alone, any other gets the values of the combination behind it. */
export function instanceName(job: DeclaredJob, instance: Instance, surroundings: Surroundings): string {
  if (job.name === null || job.name === '') return nameWithValues(job.id, instance);
  if (!hasExpression(job.name)) return nameWithValues(job.name, instance);
  return templateText(job.name, surroundings).trim() || nameWithValues(job.id, instance);
}

/** Labels ignore case; `{group, labels}` wants the labels, a group counts as one of them. */
function labelsOf(value: Json): readonly string[] {
  if (value !== null && typeof value !== 'object') return [labelOf(value)];
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

function environmentOf(template: Template, surroundings: Surroundings): PlannedEnvironment | null {
  const whole = isJsonObject(template) ? template : templateValue(template, surroundings);
  const map = isJsonObject(whole) ? whole : { name: whole };
  const name = textOf(templateValue(map.name ?? null, surroundings)).trim();
  if (name === '') return null;
  const deployment = truth('environment.deployment', map.deployment ?? true, surroundings);
  return { name, url: map.url ?? null, deployment };
}
