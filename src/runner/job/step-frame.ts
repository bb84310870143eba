/** Steps that see each other's outputs and failures: those of a job, or those of one composite action. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { Templates } from '../../model/plan.js';
import { contextResult, type Result } from '../../model/result.js';
import type { ActionScope } from '../../pipeline/index.js';
import type { Env } from './environment.js';
import type { Exports } from './exports.js';

/** What the steps of a composite action have from the step that calls it. */
export interface ActionFrame extends ActionScope {
  /** Absolute folder of the action. */
  readonly path: string;
  /** `env` of the calling step, and of those that call it. */
  readonly env: Env;
  /** The same as it is written, the lowest first. */
  readonly writtenEnv: readonly Templates[];
  /** From 1. */
  readonly depth: number;
  /** Aborted when the calling step is asked to end. */
  readonly stop: AbortSignal;
}

/** Where a step stands. */
export interface StepPlace {
  readonly frame: StepFrame;
  /** Where its GITHUB_ENV and GITHUB_PATH go. */
  readonly exports: Exports;
  /** Of the step of the job whose log it writes. */
  readonly number: number;
  /** Unique in the job: names its files. */
  readonly label: string;
}

export interface StepEnd {
  readonly outcome: Result;
  readonly conclusion: Result;
  readonly outputs: Env;
}

export class StepFrame {
  private readonly ended: [string, Json][] = [];
  private failed = false;

  constructor(
    /** Null for the steps of the job itself. */
    readonly action: ActionFrame | null,
  ) {}

  /** The context `steps`. */
  get steps(): JsonObject {
    return Object.fromEntries(this.ended);
  }

  get hasFailed(): boolean {
    return this.failed;
  }

  fail(): void {
    this.failed = true;
  }

  stepEnded(id: string, end: StepEnd): void {
    if (end.conclusion === 'failure' || end.conclusion === 'error') this.fail();
    this.show(id, end);
  }

  /** Its failure is somebody else's. Steps without an id of the author's are in no context. */
  show(id: string, { outcome, conclusion, outputs }: StepEnd): void {
    if (id.startsWith('__')) return;
    this.ended.push([id, { outputs, outcome: contextResult(outcome), conclusion: contextResult(conclusion) }]);
  }
}
