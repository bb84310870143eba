/** A pipeline with its contexts to a plan: what is known before any job has run. */
import type { Problem } from '../../kernel/errors.js';
import type { DeclaredJob, Plan } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import type { Pipeline, PipelineJob } from '../document/pipeline.js';
import { ExpressionError } from '../expression/expression-error.js';
import { surroundingsOf } from '../expression/scope.js';
import { templateText } from '../expression/template.js';

export type RunPlan =
  { readonly kind: 'plan'; readonly plan: Plan } | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export interface PlanOptions {
  /** A pipeline of ours: the commit is checked out before the first step, unless the job says otherwise (LANGUAGE.md, "Checkout"). */
  readonly checkout: boolean;
}

export function planRun(pipeline: Pipeline, contexts: RunContexts, options: PlanOptions): RunPlan {
  try {
    return { kind: 'plan', plan: makePlan(pipeline, contexts, options) };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    const place = { file: pipeline.file, line: 1, column: 1 };
    const message = `run-name cannot be evaluated: ${thrown.message}`;
    return { kind: 'problems', problems: [{ ...place, severity: 'error', code: 'run-name', message }] };
  }
}

function makePlan(pipeline: Pipeline, contexts: RunContexts, options: PlanOptions): Plan {
  return {
    name: pipeline.name,
    runName:
      pipeline.runName === null ? null : templateText(pipeline.runName, surroundingsOf(contexts, {})).trim() || null,
    env: pipeline.env,
    defaults: pipeline.defaults,
    jobs: pipeline.jobs.map((job) => declared(job, options)),
  };
}

function declared(job: PipelineJob, options: PlanOptions): DeclaredJob {
  const hasOwn = job.steps.some((step) => /^actions\/checkout@/i.test(step.uses ?? ''));
  return { ...job, checkout: job.checkout ?? (options.checkout && !hasOwn) };
}
