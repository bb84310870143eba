/** What a step's expressions can see, and the evaluations that the runner asks for. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { Template } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import { conditionHolds } from '../expression/condition.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { isJsonObject } from '../../kernel/json.js';
import { statusFunctions, surroundingsOf } from '../expression/scope.js';
import { templateText, templateValue, textOf } from '../expression/template.js';
import { renderText, type RenderedScript, type ScriptShell } from '../script/render-script.js';

export interface StepScope {
  readonly contexts: RunContexts;
  readonly needs: JsonObject;
  readonly matrix: JsonObject;
  readonly strategy: JsonObject;
  /** The names are case-sensitive. */
  readonly env: Readonly<Record<string, string>>;
  /** `{<id>: {outputs, outcome, conclusion}}`. */
  readonly steps: JsonObject;
  readonly job: JsonObject;
  readonly runner: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  /** Of the job so far. */
  readonly status: 'success' | 'failure' | 'cancelled';
}

/** A step's `if`; null means `success()`. Throws an ExpressionError. */
export function evaluateCondition(source: string | null, scope: StepScope): boolean {
  return conditionHolds(source, surroundings(scope));
}

/** The value of a template; a whole expression keeps its type. Throws an ExpressionError. */
export function evaluateTemplate(template: Template, scope: StepScope): Json {
  return templateValue(template, surroundings(scope));
}

/** The text of a template: numbers and booleans as expressions print them, nothing is ''. Throws an ExpressionError. */
export function evaluateText(template: Template, scope: StepScope): string {
  if (typeof template === 'string') return templateText(template, surroundings(scope));
  return textOf(evaluateTemplate(template, scope));
}

/** A map of texts (`env`, `with`, `outputs`), `${{ insert }}` merged. Throws an ExpressionError. */
export function evaluateTexts(template: Readonly<Record<string, Template>>, scope: StepScope): Record<string, string> {
  const value = evaluateTemplate(template, scope);
  if (!isJsonObject(value)) throw new ExpressionError('a map of texts is needed here');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textOf(item)]));
}

/** The script that a `run` step executes. Throws an ExpressionError. */
export function renderScript(run: string, shell: ScriptShell, scope: StepScope): RenderedScript {
  return renderText(run, shell, surroundings(scope), scope.contexts);
}

function surroundings(scope: StepScope): Surroundings {
  const { contexts, needs, matrix, strategy, env, steps, job, runner, secrets, status } = scope;
  const functions = statusFunctions({
    always: () => true,
    cancelled: () => status === 'cancelled',
    success: () => status === 'success',
    failure: () => status === 'failure',
  });
  return surroundingsOf(contexts, { needs, matrix, strategy, env, steps, job, runner, secrets }, functions);
}
