/** What is known of a job while it runs: its status, its environment, what its steps gave. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { JobOrder } from '../../model/job-order.js';
import { contextResult, type Result } from '../../model/result.js';
import { evaluateTexts, type StepScope } from '../../pipeline/index.js';
import type { Cancellation } from './cancellation.js';
import type { Env } from './environment.js';

export interface JobPlace {
  readonly workspace: string;
  readonly temp: string;
}

/** The machine, as the `runner` context shows it. */
export interface Machine {
  readonly name: string;
  readonly arch: 'X64' | 'ARM64';
}

export interface StepEnd {
  readonly outcome: Result;
  readonly conclusion: Result;
  readonly outputs: Env;
}

export class JobState {
  private readonly ended: [string, Json][] = [];
  private declared: Env = {};
  private exported: Env = {};
  private prepended: readonly string[] = [];
  private failed = false;

  constructor(
    private readonly order: JobOrder,
    readonly place: JobPlace,
    private readonly machine: Machine,
    private readonly cancellation: Cancellation,
  ) {}

  /** Evaluates the `env` of pipeline and job. Throws an ExpressionError. */
  declareEnv(): void {
    const { job } = this.order;
    this.declared = evaluateTexts(job.call?.env ?? this.order.env, this.scope());
    this.declared = { ...this.declared, ...evaluateTexts(job.env, this.scope()) };
  }

  get status(): StepScope['status'] {
    if (this.cancellation.signal.aborted) return 'cancelled';
    return this.failed ? 'failure' : 'success';
  }

  get declaredEnv(): Env {
    return this.declared;
  }

  get exportedEnv(): Env {
    return this.exported;
  }

  get paths(): readonly string[] {
    return this.prepended;
  }

  get eventPath(): string {
    return `${this.place.temp}/event.json`;
  }

  exportEnv(pairs: readonly (readonly [string, string])[]): void {
    this.exported = { ...this.exported, ...Object.fromEntries(pairs) };
  }

  prependPaths(paths: readonly string[]): void {
    this.prepended = [...[...paths].reverse(), ...this.prepended];
  }

  fail(): void {
    this.failed = true;
  }

  /** Steps without an id of the author's are in no context. */
  stepEnded(id: string, { outcome, conclusion, outputs }: StepEnd): void {
    if (conclusion === 'failure' || conclusion === 'error') this.fail();
    if (id.startsWith('__')) return;
    this.ended.push([id, { outputs, outcome: contextResult(outcome), conclusion: contextResult(conclusion) }]);
  }

  /** What an expression sees now; `stepEnv` is the `env` of the step that it belongs to, `action` its id. */
  scope(stepEnv: Env = {}, action = ''): StepScope {
    const { contexts, job, needs, outsideText } = this.order;
    return {
      outsideText,
      contexts: { ...contexts, inputs: job.call?.inputs ?? contexts.inputs, github: this.github(action) },
      needs,
      matrix: job.matrix,
      strategy: job.strategy,
      env: { ...this.declared, ...this.exported, ...stepEnv },
      steps: Object.fromEntries(this.ended),
      job: { status: this.status },
      runner: this.runner(),
      secrets: {},
      status: this.status,
    };
  }

  github(action: string): JsonObject {
    return {
      ...this.order.contexts.github,
      workspace: this.place.workspace,
      event_path: this.eventPath,
      job: this.order.job.id.split('/').at(-1) ?? '',
      action,
      action_status: this.status,
    };
  }

  runner(): JsonObject {
    return {
      name: this.machine.name,
      os: 'Linux',
      arch: this.machine.arch,
      temp: this.place.temp,
      tool_cache: `${this.place.temp}/_tool_cache`,
      workspace: this.place.workspace,
      environment: 'self-hosted',
    };
  }
}
