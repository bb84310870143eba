/** The inputs that an action gets: what its step gives, and the defaults for the rest. Pure. */
import { evaluateText, outsideNames, type Action, type StepScope } from '../../pipeline/index.js';
import type { Templates } from '../../model/plan.js';
import type { Env } from '../job/environment.js';

export interface ActionInputs {
  /** Names as the action declares them; others as the step writes them. */
  readonly values: Env;
  /** Written with outside text; lower case. */
  readonly outside: ReadonlySet<string>;
  /** For the log. */
  readonly warnings: readonly string[];
}

/** Names ignore case. `given` are the evaluated values of `written`. Throws an ExpressionError. */
export function actionInputs(action: Action, given: Env, written: Templates, scope: StepScope): ActionInputs {
  const left = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const values: Record<string, string> = {};
  const warnings: string[] = [];
  for (const input of action.inputs) {
    const found = left.get(input.name.toLowerCase());
    left.delete(input.name.toLowerCase());
    if (found && input.deprecation) warnings.push(`Input '${input.name}' is deprecated: ${input.deprecation}`);
    values[input.name] = found?.value ?? evaluateText(input.default, scope);
  }
  for (const { name, value } of left.values()) values[name] = value;
  if (left.size > 0) warnings.push(unexpected(action, [...left.values()]));
  const defaults = Object.fromEntries(action.inputs.map((input) => [input.name, input.default]));
  const outside = new Set([...outsideNames(defaults, scope), ...outsideNames(written, scope)]);
  return { values, outside: '${{ insert }}' in written ? allOf(values) : outside, warnings };
}

function unexpected(action: Action, names: readonly { readonly name: string }[]): string {
  const known = action.inputs.map(({ name }) => name).join(', ') || 'none';
  return `Unexpected inputs: ${names.map(({ name }) => name).join(', ')}; the action has: ${known}`;
}

/** A map that was merged in as a whole may bring any of them. */
function allOf(values: Env): ReadonlySet<string> {
  return new Set(Object.keys(values).map((name) => name.toLowerCase()));
}

/** `INPUT_…`: upper case, blanks become `_`, hyphens stay. */
export function inputVariables(values: Env): Env {
  const named = Object.entries(values).map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  return Object.fromEntries(named);
}
