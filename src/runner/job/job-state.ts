/** What is known of a job while it runs: its status, its environment, what its steps gave. */
import type { JsonObject } from '../../kernel/json.js';
import type { JobOrder } from '../../model/job-order.js';
import type { PlannedStep } from '../../model/plan.js';
import { evaluateTexts, type StepScope } from '../../pipeline/index.js';
import type { Cancellation } from './cancellation.js';
import type { Env } from './environment.js';
import { Exports } from './exports.js';
import { jobContext, runnerContext, type JobPlace, type Machine } from './job-contexts.js';
import { tokenOf, visibleSecrets } from './job-secrets.js';
import { StepFrame, type ActionFrame } from './step-frame.js';

/** What a step sees at one moment: later changes do not reach it. */
export interface StepView {
  /** Without the step's own `env`. */
  readonly scope: StepScope;
  readonly exported: Env;
  readonly paths: readonly string[];
  /** `env` of the steps that call the action which it is part of. */
  readonly callersEnv: Env;
}

type StepName = Pick<PlannedStep, 'id' | 'env'>;

const NO_STEP: StepName = { id: '', env: {} };

export class JobState {
  /** Of the steps of the job itself. */
  readonly frame = new StepFrame(null);
  readonly exports = new Exports();
  readonly runner: JsonObject;
  private readonly job: JsonObject;
  private declared: Env = {};
  private secrets: Env = {};

  constructor(
    private readonly order: JobOrder,
    readonly place: JobPlace,
    machine: Machine,
    private readonly cancellation: Cancellation,
  ) {
    this.runner = runnerContext(place, machine, order);
    this.job = jobContext(order);
  }

  /** Finds the secrets, then evaluates the `env` of pipeline and job. Throws an ExpressionError. */
  declareEnv(): void {
    const { job } = this.order;
    this.secrets = visibleSecrets(this.order, this.scope());
    this.declared = evaluateTexts(job.call?.env ?? this.order.env, this.scope());
    this.declared = { ...this.declared, ...evaluateTexts(job.env, this.scope()) };
  }

  get status(): StepScope['status'] {
    if (this.cancellation.signal.aborted) return 'cancelled';
    return this.frame.hasFailed ? 'failure' : 'success';
  }

  get declaredEnv(): Env {
    return this.declared;
  }

  get eventPath(): string {
    return `${this.place.temp}/event.json`;
  }

  /** What the job's own expressions see now. */
  scope(): StepScope {
    return this.view({ frame: this.frame, exports: this.exports }).scope;
  }

  view({ frame, exports }: { readonly frame: StepFrame; readonly exports: Exports }, step = NO_STEP): StepView {
    const { action } = frame;
    const callersEnv = action?.env ?? {};
    const env = { ...this.declared, ...exports.env, ...callersEnv };
    const shared = this.sharedScope(frame, env, step);
    const scope = action ? this.insideAction(shared, action) : shared;
    return { scope, exported: exports.env, paths: exports.paths, callersEnv };
  }

  private sharedScope(frame: StepFrame, env: Env, { id, env: stepEnv }: StepName): StepScope {
    const { contexts, job, needs, outsideText, env: pipelineEnv } = this.order;
    const status = this.statusIn(frame);
    const written = [job.call?.env ?? pipelineEnv, job.env, ...(frame.action?.writtenEnv ?? []), stepEnv];
    return {
      outsideText,
      contexts: {
        ...contexts,
        inputs: job.call?.inputs ?? contexts.inputs,
        github: this.github(id, frame.action?.path ?? '', status),
      },
      needs,
      matrix: job.matrix,
      strategy: job.strategy,
      env,
      steps: frame.steps,
      job: { ...this.job, status: this.status },
      runner: this.runner,
      secrets: this.secrets,
      status,
      written: { env: written, matrix: job.matrixOrigin },
    };
  }

  /** `secrets`, `needs` and `vars` are not there. */
  private insideAction(scope: StepScope, { inputs, outsideInputs }: ActionFrame): StepScope {
    const isCanceled = this.cancellation.signal.aborted;
    const contexts = { ...scope.contexts, vars: {} };
    return { ...scope, contexts, secrets: {}, needs: {}, action: { inputs, outsideInputs }, isCanceled };
  }

  /** A composite action looks at its own steps. */
  private statusIn({ action, hasFailed }: StepFrame): StepScope['status'] {
    if (action === null) return this.status;
    if (action.stop.aborted) return 'cancelled';
    return hasFailed ? 'failure' : 'success';
  }

  private github(action: string, actionPath: string, status: StepScope['status']): JsonObject {
    return {
      ...this.order.contexts.github,
      token: tokenOf(this.order),
      workspace: this.place.workspace,
      event_path: this.eventPath,
      job: this.order.job.id.split('/').at(-1) ?? '',
      action,
      action_path: actionPath,
      action_status: status,
    };
  }
}
