/** A pipeline with its contexts to a plan: what is known before any job has run. */
import type { Problem } from '../../kernel/errors.js';
import type { Concurrency, DeclaredJob, Plan } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import type { Pipeline, PipelineJob } from '../document/pipeline.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { surroundingsOf } from '../expression/scope.js';
import { templateText } from '../expression/template.js';
import { concurrencyOf } from './concurrency.js';

export type RunPlan =
  { readonly kind: 'plan'; readonly plan: Plan } | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export interface PlanOptions {
  /** A pipeline of ours: the commit is checked out before the first step, unless the job says otherwise (LANGUAGE.md, "Checkout"). */
  readonly checkout: boolean;
}

/** A problem is one of the keys that are evaluated at once: run-name and concurrency. */
export function planRun(pipeline: Pipeline, contexts: RunContexts, options: PlanOptions): RunPlan {
  const surroundings = surroundingsOf(contexts, {});
  const problems: Problem[] = [];
  const runName = attempt(pipeline, 'run-name', problems, () => runNameOf(pipeline, surroundings));
  const concurrency = attempt(pipeline, 'concurrency', problems, () =>
    concurrencyOf(pipeline.concurrency, surroundings),
  );
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'plan', plan: planOf(pipeline, { runName, concurrency }, options) };
}

function attempt<T>(pipeline: Pipeline, key: string, problems: Problem[], evaluate: () => T): T | null {
  try {
    return evaluate();
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    const message = `${key} cannot be evaluated: ${thrown.message}`;
    problems.push({ file: pipeline.file, line: 1, column: 1, severity: 'error', code: 'not-evaluated', message });
    return null;
  }
}

function runNameOf({ runName }: Pipeline, surroundings: Surroundings): string | null {
  return runName === null ? null : templateText(runName, surroundings).trim() || null;
}

interface Evaluated {
  readonly runName: string | null;
  readonly concurrency: Concurrency | null;
}

function planOf(pipeline: Pipeline, evaluated: Evaluated, options: PlanOptions): Plan {
  const { name, env, defaults, jobs } = pipeline;
  return { name, ...evaluated, env, defaults, jobs: jobs.map((job) => withCheckout(job, options)) };
}

/** The job with the answer to: is the commit checked out before its first step? */
export function withCheckout(job: PipelineJob, options: PlanOptions): DeclaredJob {
  const hasOwn = job.steps.some((step) => /^actions\/checkout@/i.test(step.uses ?? ''));
  return { ...job, checkout: job.checkout ?? (options.checkout && !hasOwn) };
}
