/** The pure answer of the language: which jobs, in which order, with what to run. Plain JSON, kept on the run. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { Result, State } from './result.js';

/**
 * A value of the pipeline as it is written. Strings are templates: `${{ … }}` in them is evaluated by whoever
 * LANGUAGE.md names ("Who evaluates what"); there is no second, parsed form.
 */
export type Template = Json;

export interface Plan {
  /** `name` of the file, else its path. */
  readonly name: string;
  /** Evaluated `run-name`, or null. */
  readonly runName: string | null;
  readonly env: Readonly<Record<string, Template>>;
  readonly defaults: RunDefaults;
  /** In the order of the file. */
  readonly jobs: readonly DeclaredJob[];
}

export interface RunDefaults {
  readonly shell: Template | null;
  readonly workingDirectory: Template | null;
}

/** A job as the file declares it, before its `if` and matrix are known. */
export interface DeclaredJob {
  readonly id: string;
  /** Template; null when the file gives none. */
  readonly name: string | null;
  readonly needs: readonly string[];
  /** Expression without `${{ }}`, or null. Evaluated once, when all needs are done. */
  readonly if: string | null;
  readonly runsOn: Template;
  readonly env: Readonly<Record<string, Template>>;
  readonly defaults: RunDefaults;
  readonly timeoutMinutes: Template;
  readonly cancelTimeoutMinutes: Template;
  readonly continueOnError: Template;
  readonly outputs: Readonly<Record<string, Template>>;
  /** Is the commit checked out before the first step? */
  readonly checkout: boolean;
  readonly steps: readonly PlannedStep[];
}

/** One job that can be claimed: what the planner evaluates is evaluated. */
export interface PlannedJob {
  /** Unique in the run: the job's id, of a matrix `id[index]`. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly runsOn: readonly string[];
  readonly matrix: JsonObject;
  readonly strategy: JsonObject;
  readonly env: Readonly<Record<string, Template>>;
  readonly defaults: RunDefaults;
  readonly timeoutMs: number;
  readonly cancelTimeoutMs: number;
  readonly continueOnError: boolean;
  readonly outputs: Readonly<Record<string, Template>>;
  readonly checkout: boolean;
  readonly steps: readonly PlannedStep[];
}

export interface PlannedStep {
  /** From 1, in order. */
  readonly number: number;
  /** `id` of the file, or `__<number>`. */
  readonly id: string;
  /** Template; null when the file gives none. */
  readonly name: string | null;
  /** Expression without `${{ }}`; null means `success()`. */
  readonly if: string | null;
  readonly run: string | null;
  readonly uses: string | null;
  readonly with: Readonly<Record<string, Template>>;
  readonly env: Readonly<Record<string, Template>>;
  readonly shell: Template | null;
  readonly workingDirectory: Template | null;
  readonly timeoutMinutes: Template | null;
  readonly continueOnError: Template;
}

/** What `advance` must know of a job of the run. */
export interface JobStanding {
  readonly key: string;
  readonly id: string;
  readonly state: State;
  readonly result: Result | null;
  readonly continueOnError: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What `advance` wants done to the jobs of a run. */
export type JobChange =
  /** A new job, ready to be claimed. */
  | { readonly kind: 'queue'; readonly job: PlannedJob }
  /** A new job that ends at once, without ever being claimed; what could not be evaluated of it stands as written. */
  | { readonly kind: 'end'; readonly job: PlannedJob; readonly result: Result; readonly reason: string }
  /** A job that stands is not wanted any more (fail-fast): stop it as a cancel of the run would. */
  | { readonly kind: 'cancel'; readonly key: string; readonly reason: string };

/** `result` is set when nothing can run any more: the run is done. */
export interface Advance {
  readonly changes: readonly JobChange[];
  readonly result: Result | null;
}
