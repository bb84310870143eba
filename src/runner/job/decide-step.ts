/** What is to be done with a step, as far as its expressions say. Pure. */
import { messageOf } from '../../kernel/errors.js';
import type { Json } from '../../kernel/json.js';
import type { PlannedStep, Template } from '../../model/plan.js';
import {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  ExpressionError,
  type StepScope,
} from '../../pipeline/index.js';
import type { Env } from './environment.js';
import type { JobState } from './job-state.js';

export type StepDecision =
  | { readonly kind: 'skip'; readonly name: string }
  | { readonly kind: 'fail'; readonly name: string; readonly reason: string; readonly mayFail: boolean }
  | ReadyStep;

export interface ReadyStep {
  readonly kind: 'run';
  readonly name: string;
  readonly env: Env;
  readonly timeoutMs: number | null;
  /** `continue-on-error`. */
  readonly mayFail: boolean;
}

/** The step's `env` comes first: its own `if` and name see it. */
export function decideStep(step: PlannedStep, state: JobState): StepDecision {
  try {
    return decide(step, state);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { kind: 'fail', name: plainName(step), reason: messageOf(thrown), mayFail: step.continueOnError === true };
  }
}

function decide(step: PlannedStep, state: JobState): StepDecision {
  const env = evaluateTexts(step.env, state.scope({}, step.id));
  const scope = state.scope(env, step.id);
  if (!evaluateCondition(step.if, scope)) return { kind: 'skip', name: nameOrPlain(step, scope) };
  const name = nameOf(step, scope);
  const mayFail = truth(evaluateTemplate(step.continueOnError, scope));
  return { kind: 'run', name, env, mayFail, timeoutMs: timeLimit(step.timeoutMinutes, scope) };
}

/** Would the step run, or go on, in a job that is canceled? A condition that cannot be evaluated does not hold. */
export function holdsUnderCancel(step: PlannedStep, env: Env, state: JobState): boolean {
  try {
    return evaluateCondition(step.if, { ...state.scope(env, step.id), status: 'cancelled' });
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
  const first = (step.run ?? step.uses ?? '').trim().split('\n')[0] ?? '';
  return step.name ?? `Run ${first.slice(0, 200)}`.trim();
}

function truth(value: Json): boolean {
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
