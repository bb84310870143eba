/** What a running job knows: its contexts, what its steps have said so far, and how it stands. */
import type { Session } from '../../executor/executor.js';
import type { JsonObject } from '../../kernel/json.js';
import type { JobOrder } from '../../model/job-order.js';
import { contextResult, type Result } from '../../model/result.js';
import type { StepScope } from '../../pipeline/index.js';

/** How the job stands for `success()` and `failure()`; a cancel is asked of the Cancellation. */
export type Standing = 'success' | 'failure';

export class JobState {
  standing: Standing = 'success';
  /** Why the job fails, for people: the first failing step. */
  reason: string | null = null;
  /** Pipeline and job `env`, evaluated once. */
  env: Readonly<Record<string, string>> = {};
  readonly written: Record<string, string> = {};
  readonly paths: string[] = [];
  private readonly steps: Record<string, JsonObject> = {};
  private readonly github: JsonObject;
  readonly runner: JsonObject;

  constructor(
    readonly order: JobOrder,
    session: Session,
    readonly eventPath: string,
    private readonly arch: string,
  ) {
    const { job, contexts } = order;
    this.github = { ...contexts.github, job: job.id, workspace: session.workspace, event_path: eventPath };
    this.runner = {
      name: 'pagure-actions',
      os: 'Linux',
      arch: this.arch === 'arm64' ? 'ARM64' : 'X64',
      temp: session.temp,
      tool_cache: `${session.temp}/tools`,
      workspace: session.workspace,
      environment: 'self-hosted',
    };
  }

  /** What expressions see now. */
  scope(canceled: boolean, env: Readonly<Record<string, string>> = {}, action = ''): StepScope {
    const { contexts, needs, job } = this.order;
    const status = canceled ? 'cancelled' : this.standing;
    return {
      contexts: { ...contexts, github: { ...this.github, action, action_status: status } },
      needs,
      matrix: job.matrix,
      strategy: job.strategy,
      env: { ...this.env, ...this.written, ...env },
      steps: this.steps,
      job: { status },
      runner: this.runner,
      secrets: {},
      status,
    };
  }

  /** Keeps what a step came to, for the steps after it. */
  record(
    id: string,
    end: { readonly outcome: Result; readonly conclusion: Result; readonly outputs: JsonObject },
  ): void {
    const { outcome, conclusion, outputs } = end;
    this.steps[id] = { outputs, outcome: contextResult(outcome), conclusion: contextResult(conclusion) };
  }

  /** A step failed and was not allowed to. */
  fail(reason: string): void {
    this.standing = 'failure';
    this.reason ??= reason;
  }
}
