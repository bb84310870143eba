/** The inputs of a run that somebody starts by hand, or that a caller would give: checked and typed (LANGUAGE.md, "Local run"). */
import type { InputFault } from '../../kernel/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import type { CallInput } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import { checkInputs, evaluateTemplate, ExpressionError, type Pipeline } from '../../pipeline/index.js';
import { UsageError } from '../verb.js';
import type { LocalEvent } from './local-event.js';
import type { Pairs } from './pairs.js';

export interface AskedInputs {
  readonly pipeline: Pipeline;
  readonly eventName: string;
  /** As the command line has them: texts. */
  readonly given: Pairs;
  /** With a payload of its own: its inputs are taken as they are. */
  readonly event: Pick<LocalEvent, 'payload'>;
}

/** The contexts with their inputs. Throws a UsageError. */
export function withInputs(contexts: RunContexts, asked: AskedInputs): RunContexts {
  const { pipeline, eventName, given } = asked;
  if (eventName === 'workflow_call') return { ...contexts, inputs: calledInputs(pipeline, given, contexts) };
  if (eventName === 'workflow_dispatch') return dispatched(contexts, asked);
  if (Object.keys(given).length > 0)
    throw new UsageError(`--input: ${eventName} gives no inputs; workflow_dispatch and workflow_call do`);
  return contexts;
}

function dispatched(contexts: RunContexts, { pipeline, given, event }: AskedInputs): RunContexts {
  const said = objectOf(event.payload?.['inputs']);
  const checked = checkInputs(event.payload === null ? pipeline : withGivenOnly(pipeline, given), given);
  if (checked.kind === 'faults') throw faultsError(checked.faults);
  const inputs = { ...said, ...checked.inputs };
  const payload = { ...objectOf(contexts.github['event']), inputs: { ...said, ...checked.eventInputs } };
  return { ...contexts, inputs, github: { ...contexts.github, event: payload } };
}

/** So that what is not given counts neither as missing nor by its default. */
function withGivenOnly(pipeline: Pipeline, given: Pairs): Pipeline {
  const names = Object.keys(given).map((name) => name.toLowerCase());
  const dispatch = (pipeline.dispatch ?? []).filter(({ name }) => names.includes(name.toLowerCase()));
  return { ...pipeline, dispatch };
}

function calledInputs(pipeline: Pipeline, given: Pairs, contexts: RunContexts): JsonObject {
  const declared = pipeline.callable?.inputs ?? [];
  const unknown = Object.keys(given).filter((key) => !declared.some(({ name }) => isSame(name, key)));
  const faults: InputFault[] = unknown.map((key) => ({
    path: `inputs.${key}`,
    message: 'the pipeline has no such input',
  }));
  const values = declared.map((input): [string, Json] => [input.name, calledInput(input, given, contexts, faults)]);
  if (faults.length > 0) throw faultsError(faults);
  return Object.fromEntries(values);
}

function calledInput(input: CallInput, given: Pairs, contexts: RunContexts, faults: InputFault[]): Json {
  const key = Object.keys(given).find((name) => isSame(name, input.name));
  if (key === undefined && input.required) faults.push({ path: `inputs.${input.name}`, message: 'it must be given' });
  if (key === undefined) return defaultOf(input, contexts, faults);
  const value = typed(given[key] ?? '', input.type);
  if (value === null) faults.push({ path: `inputs.${input.name}`, message: `it must be a ${input.type}` });
  return value;
}

function defaultOf({ name, type, default: template }: CallInput, contexts: RunContexts, faults: InputFault[]): Json {
  try {
    return evaluateTemplate(template, { ...NOTHING, contexts: { ...contexts, inputs: {} } }) ?? EMPTY[type];
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    faults.push({ path: `inputs.${name}`, message: `its default cannot be evaluated: ${thrown.message}` });
    return EMPTY[type];
  }
}

const EMPTY = { string: '', boolean: false, number: 0 } as const;

const NOTHING = {
  ...{ needs: {}, matrix: {}, strategy: {}, env: {}, steps: {}, job: {}, runner: {}, secrets: {} },
  status: 'success',
} as const;

function typed(text: string, type: CallInput['type']): Json {
  const trimmed = text.trim();
  if (type === 'boolean') return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === 'true' : null;
  if (type === 'number') return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : null;
  return text;
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function faultsError(faults: readonly InputFault[]): UsageError {
  return new UsageError(faults.map(({ path, message }) => `${path}: ${message}`).join('\n  '));
}
