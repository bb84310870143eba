/** What is to be done with a step, as far as its expressions say. */
import { messageOf } from '../../kernel/errors.js';
import type { Json } from '../../kernel/json.js';
import type { PlannedStep, StepControl, Template } from '../../model/plan.js';
import {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  ExpressionError,
  type StepScope,
} from '../../pipeline/index.js';
import type { FileHasher } from '../hash-files/file-hasher.js';
import type { Env } from './environment.js';
import type { StepView } from './job-state.js';

export type StepDecision =
  | { readonly kind: 'skip'; readonly name: string }
  | { readonly kind: 'fail'; readonly name: string; readonly reason: string; readonly mayFail: boolean }
  | ReadyStep;

export interface ReadyStep {
  readonly kind: 'run';
  readonly name: string;
  readonly view: StepView;
  /** What the step's expressions see, its own `env` included. */
  readonly scope: StepScope;
  /** The step's own. */
  readonly env: Env;
  readonly timeoutMs: number | null;
  /** `continue-on-error`. */
  readonly mayFail: boolean;
}

/** The step's `env` comes first: its own `if` and name see it. */
export async function decideStep(step: PlannedStep, view: StepView, hasher: FileHasher): Promise<StepDecision> {
  try {
    return await decide(step, view, hasher);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { kind: 'fail', name: plainName(step), reason: messageOf(thrown), mayFail: step.continueOnError === true };
  }
}

async function decide(step: PlannedStep, view: StepView, hasher: FileHasher): Promise<StepDecision> {
  const first = await hasher.answer(view.scope, step.env);
  const env = evaluateTexts(step.env, first);
  const seen = await hasher.answer({ ...first, env: { ...first.env, ...env } }, {}, step.if);
  if (!evaluateCondition(step.if, seen)) return { kind: 'skip', name: nameOrPlain(step, seen) };
  const scope = await hasher.answer(seen, laterTemplates(step));
  const name = nameOf(step, scope);
  const mayFail = truth(evaluateTemplate(step.continueOnError, scope));
  return { kind: 'run', name, view, scope, env, mayFail, timeoutMs: timeLimit(step.timeoutMinutes, scope) };
}

function laterTemplates(step: PlannedStep): Json {
  const { name, run, with: inputs, shell, workingDirectory, timeoutMinutes, continueOnError } = step;
  return [name, run, inputs, shell, workingDirectory, timeoutMinutes, continueOnError];
}

/** Would the step run, or go on, in a job that is canceled? A condition that cannot be evaluated does not hold. */
export function holdsUnderCancel(step: PlannedStep, { scope }: ReadyStep): boolean {
  try {
    return evaluateCondition(step.if, { ...scope, status: 'cancelled', isCanceled: true });
  } catch {
    return false;
  }
}

function nameOf(step: PlannedStep, scope: StepScope): string {
  const given = step.name === null ? '' : evaluateText(step.name, scope).trim();
  return given || plainName({ ...step, name: null });
}

function nameOrPlain(step: PlannedStep, scope: StepScope): string {
  try {
    return nameOf(step, scope);
  } catch {
    return plainName(step);
  }
}

/** `Run` and the first line of the script, or the action, as GitHub names a step that has no name. */
export function plainName(step: PlannedStep): string {
  if (step.name !== null) return step.name;
  if (step.control !== null) return controlName(step.control);
  const first = (step.run ?? step.uses ?? '').trim().split('\n')[0] ?? '';
  return `Run ${first.slice(0, 200)}`.trim();
}

function controlName(control: StepControl): string {
  switch (control.kind) {
    case 'wait':
      return `Wait for ${control.ids.join(', ')}`;
    case 'wait-all':
      return 'Wait for all steps in the background';
    case 'cancel':
      return `Cancel ${control.id}`;
  }
}

export function truth(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError('continue-on-error must be true or false');
}

function timeLimit(template: Template | null, scope: StepScope): number | null {
  const value = template === null ? null : evaluateTemplate(template, scope);
  if (value === null || value === '') return null;
  const minutes = typeof value === 'string' ? Number(value.trim() || NaN) : value;
  if (typeof minutes === 'number' && minutes > 0) return minutes * 60_000;
  throw new ExpressionError('timeout-minutes must be a number above 0');
}
