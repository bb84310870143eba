/** What a step's expressions can see, and the evaluations that the runner asks for. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import type { Template, Templates } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import { conditionHolds } from '../expression/condition.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { conditionHashFiles, hashFilesCalls, hashFilesFunction } from '../expression/hash-files.js';
import { statusFunctions, surroundingsOf } from '../expression/scope.js';
import { templateText, templateValue, textOf } from '../expression/template.js';
import { NO_ORIGINS, type Origins, originsOf, templateReadsOutside } from '../script/origins.js';
import { type Sources, withoutOutsideText } from '../script/trusted-value.js';
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
  /** What `hashFiles` answers, by `JSON.stringify` of its arguments (see `hashFilesIn`). */
  readonly hashes?: ReadonlyMap<string, string>;
  /** How the variables and the matrix were written, to follow outside text through them. */
  readonly written?: WrittenScope;
  /** Stands instead of the `inputs` of the run, which still count as outside text. */
  readonly action?: ActionScope;
  /** What `cancelled()` answers where it differs from `status`: in an action that goes on in a job that was canceled. */
  readonly isCanceled?: boolean;
  /** Outside text gets into scripts as it is, as on GitHub. */
  readonly outsideText?: 'pasted';
}

/** What the steps of a composite action see of the step that calls it. */
export interface ActionScope {
  readonly inputs: JsonObject;
  /** Of them those whose value was written with outside text; lower case. */
  readonly outsideInputs: ReadonlySet<string>;
}

export interface WrittenScope {
  /** The `env` maps of pipeline, job and step as they are written, in this order. */
  readonly env: readonly Templates[];
  /** `matrixOrigin` of the planned job. */
  readonly matrix: 'outside' | 'inside';
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
export function evaluateTexts(template: Templates, scope: StepScope): Record<string, string> {
  const value = evaluateTemplate(template, scope);
  if (!isJsonObject(value)) throw new ExpressionError('a map of texts is needed here');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textOf(item)]));
}

/** The value of a key that decides what is run (`shell`, `uses`, `container`): refuses outside text. Throws an ExpressionError. */
export function evaluateTrusted(key: string, template: Template, scope: StepScope): Json {
  return withoutOutsideText(key, template, surroundings(scope), sourcesOf(scope));
}

/** The script that a `run` step executes. Throws an ExpressionError. */
export function renderScript(run: string, shell: ScriptShell, scope: StepScope): RenderedScript {
  if (scope.outsideText === 'pasted')
    return { kind: 'script', script: templateText(run, surroundings(scope)), env: {} };
  return renderText(run, {
    shell,
    surroundings: surroundings(scope),
    sources: sourcesOf(scope),
  });
}

/** The argument lists of all `hashFiles` calls in templates: hash them, and put the answers into `hashes`. Throws an ExpressionError. */
export function hashFilesIn(
  templates: Json,
  condition: string | null,
  scope: StepScope,
): readonly (readonly string[])[] {
  const around = surroundings(scope);
  return [...hashFilesCalls(templates, around), ...conditionHashFiles(condition, around)];
}

/** Which of these templates are written with outside text: names in lower case. */
export function outsideNames(templates: Templates, scope: StepScope): ReadonlySet<string> {
  const { origins } = sourcesOf(scope);
  const found = Object.entries(templates).filter(([, template]) => templateReadsOutside(template, origins));
  return new Set(found.map(([name]) => name.toLowerCase()));
}

/** Most steps have no outside text: then nobody asks for the origins. */
function sourcesOf({ contexts, written, action }: StepScope): Sources {
  const made = () => (written ? originsOf(written.env, written.matrix, action?.outsideInputs) : NO_ORIGINS);
  let origins: Origins | null = null;
  return {
    contexts,
    get origins() {
      return (origins ??= made());
    },
  };
}

function surroundings(scope: StepScope): Surroundings {
  const { contexts, action, needs, matrix, strategy, env, steps, job, runner, secrets, status, isCanceled } = scope;
  const run = action ? { ...contexts, inputs: action.inputs } : contexts;
  const functions = statusFunctions({
    always: () => true,
    cancelled: () => isCanceled ?? status === 'cancelled',
    success: () => status === 'success',
    failure: () => status === 'failure',
  });
  const all = scope.hashes
    ? new Map([...functions, ['hashfiles', hashFilesFunction(scope.hashes)] as const])
    : functions;
  return surroundingsOf(run, { needs, matrix, strategy, env, steps, job, runner, secrets }, all);
}
