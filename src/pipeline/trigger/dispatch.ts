/** Inputs of a start by hand, checked and typed against `on.workflow_dispatch` (LANGUAGE.md, "Dispatch"). */
import type { InputFault } from '../../kernel/errors.js';
import type { Json, JsonObject } from '../../kernel/json.js';
import type { DispatchInput, Pipeline } from '../document/pipeline.js';
import { textOf } from '../expression/template.js';

/** `inputs` keeps booleans and numbers, `eventInputs` (`github.event.inputs`) holds strings. */
export type CheckedInputs =
  | { readonly kind: 'inputs'; readonly inputs: JsonObject; readonly eventInputs: Readonly<Record<string, string>> }
  | { readonly kind: 'faults'; readonly faults: readonly InputFault[] };

/** `given` may hold texts for any type, as a command line gives them. */
export function checkInputs(pipeline: Pipeline, given: JsonObject): CheckedInputs {
  const declared = pipeline.dispatch;
  if (declared === null) return fault('', 'the pipeline has no workflow_dispatch: it cannot be started by hand');
  const unknown = Object.keys(given).filter((key) => !declared.some(({ name }) => sameName(name, key)));
  const faults: InputFault[] = unknown.map((key) => ({
    path: `inputs.${key}`,
    message: 'the pipeline has no such input',
  }));
  const values = declared.map((input): [string, Json] => [input.name, valueOf(input, given, faults)]);
  if (faults.length > 0) return { kind: 'faults', faults };
  return {
    kind: 'inputs',
    inputs: Object.fromEntries(values),
    eventInputs: Object.fromEntries(values.map(([name, value]) => [name, textOf(value)])),
  };
}

function valueOf(input: DispatchInput, given: JsonObject, faults: InputFault[]): Json {
  const key = Object.keys(given).find((name) => sameName(name, input.name));
  const value = (key === undefined ? null : given[key]) ?? input.default;
  const isMissing = value === null || (value === '' && input.required);
  if (isMissing && input.required) faults.push({ path: `inputs.${input.name}`, message: 'it must be given' });
  if (isMissing) return EMPTY[input.type];
  const typed = typedValue(input, value);
  if (typed === null) faults.push({ path: `inputs.${input.name}`, message: expected(input) });
  return typed;
}

const EMPTY: Readonly<Record<DispatchInput['type'], Json>> = {
  string: '',
  environment: '',
  choice: '',
  number: 0,
  boolean: false,
};

function typedValue(input: DispatchInput, value: Json): Json {
  if (typeof value === 'object') return null;
  const text = String(value).trim();
  if (input.type === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null;
  if (input.type === 'number')
    return text !== '' && Number.isFinite(Number(text)) && typeof value !== 'boolean' ? Number(text) : null;
  if (input.type === 'choice') return input.options.includes(String(value)) ? String(value) : null;
  return textOf(value);
}

function expected({ type, options }: DispatchInput): string {
  if (type === 'choice') return `it must be one of ${options.join(', ')}`;
  return type === 'boolean'
    ? 'it must be true or false'
    : type === 'number'
      ? 'it must be a number'
      : 'it must be a text';
}

function fault(path: string, message: string): CheckedInputs {
  return { kind: 'faults', faults: [{ path, message }] };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
