/** A call of another pipeline: its inputs, and the level that its jobs make. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import type { CallInput, CallTurn, Concurrency, DeclaredCall, DeclaredJob } from '../../model/plan.js';
import { type Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { surroundingsOf } from '../expression/scope.js';
import { templateValue, textOf } from '../expression/template.js';
import { concurrencyOf } from './concurrency.js';
import type { Level } from './level.js';
import { instanceName } from './plan-job.js';
import type { Instance } from './strategy.js';

/** What the caller knows of itself. */
interface Caller {
  readonly level: Level;
  keyOf(job: DeclaredJob, instance: Instance): string;
  surroundings(job: DeclaredJob, instance?: Instance): Surroundings;
}

/** Throws an ExpressionError when the inputs are wrong or the called file was not loaded. */
export function callLevel(caller: Caller, job: DeclaredJob, instance: Instance): Level {
  const { call } = job;
  if (!call?.callee)
    throw new ExpressionError(`the pipeline ${call?.uses ?? ''} was not loaded${isElsewhere(call?.uses ?? '')}`);
  const surroundings = caller.surroundings(job, instance);
  const inputs = callInputs(call, call.callee.inputs, surroundings, caller.level);
  const contexts = { ...caller.level.contexts, inputs };
  const key = caller.keyOf(job, instance);
  const outer = caller.level.call;
  const turns = [
    ...(outer?.turns ?? []),
    ...turnOf(key, concurrencyOf(job.concurrency, surroundings)),
    ...turnOf(`${key}/`, concurrencyOf(call.callee.concurrency ?? null, surroundingsOf(contexts, {}))),
  ];
  return {
    prefix: `${key}/`,
    namePrefix: `${caller.level.namePrefix}${instanceName(job, instance, surroundings)} / `,
    contexts,
    call: { inputs, env: call.callee.env, secrets: [...(outer?.secrets ?? []), call.secrets], turns },
    jobs: call.callee.jobs,
    outputs: call.callee.outputs,
  };
}

function turnOf(key: string, concurrency: Concurrency | null): readonly CallTurn[] {
  return concurrency === null ? [] : [{ key, concurrency }];
}

function isElsewhere(uses: string): string {
  return /^[.$]\//.test(uses) ? '' : ': pipelines of other repositories are not fetched here';
}

function callInputs(
  call: DeclaredCall,
  declared: readonly CallInput[],
  surroundings: Surroundings,
  level: Level,
): JsonObject {
  const given = templateValue(call.with, surroundings);
  if (!isJsonObject(given)) throw new ExpressionError('`with` must be a map');
  const unknown = Object.keys(given).find((key) => !declared.some(({ name }) => sameName(name, key)));
  if (unknown !== undefined) throw new ExpressionError(`${call.uses} has no input \`${unknown}\``);
  return Object.fromEntries(declared.map((input) => [input.name, valueOf(input, given, level)]));
}

function valueOf(input: CallInput, given: JsonObject, level: Level): Json {
  const key = Object.keys(given).find((name) => sameName(name, input.name));
  const value = key === undefined ? null : (given[key] ?? null);
  if (value === null && input.required) throw new ExpressionError(`the input \`${input.name}\` must be given`);
  const chosen = value ?? templateValue(input.default, surroundingsOf({ ...level.contexts, inputs: {} }, {}));
  return typed(input, chosen);
}

/** Absent is '', 0 or false; a number or boolean is taken as text, never the other way round. */
function typed({ name, type }: CallInput, value: Json): Json {
  if (value === null) return { string: '', number: 0, boolean: false }[type];
  if (type === 'string' && typeof value !== 'object') return textOf(value);
  if (typeof value === type) return value;
  throw new ExpressionError(`the input \`${name}\` must be a ${type}, not '${textOf(value)}'`);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
