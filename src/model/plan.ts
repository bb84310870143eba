/** The pure answer of the language: which jobs, in which order, with what to run. Plain JSON, kept on the run. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { Result, State } from './result.js';

/**
 * A value of the pipeline as it is written. Strings are templates: `${{ … }}` in them is evaluated by whoever
 * LANGUAGE.md names ("Who evaluates what"); there is no second, parsed form.
 */
export type Template = Json;

export type Templates = Readonly<Record<string, Template>>;

export interface Plan {
  /** `name` of the file, else its path. */
  readonly name: string;
  /** Evaluated `run-name`, or null. */
  readonly runName: string | null;
  readonly env: Templates;
  readonly defaults: RunDefaults;
  /** Which runs take turns with this one; null = none. */
  readonly concurrency: Concurrency | null;
  /** In the order of the file. */
  readonly jobs: readonly DeclaredJob[];
}

export interface RunDefaults {
  readonly shell: Template | null;
  readonly workingDirectory: Template | null;
}

/** Of one group one runs and, with `single`, one waits: the newest. */
export interface Concurrency {
  /** Lower case, as groups ignore case; 1–400 characters. */
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: 'single' | 'max';
}

/** A job as the file declares it, before its `if` and matrix are known. */
export interface DeclaredJob {
  readonly id: string;
  /** Template; null when the file gives none. */
  readonly name: string | null;
  readonly needs: readonly string[];
  /** Expression without `${{ }}`, or null. Evaluated once, when all needs are done. */
  readonly if: string | null;
  /** A map of matrix, fail-fast, max-parallel; null when the file gives none. */
  readonly strategy: Template;
  readonly concurrency: Template;
  /** Set for a job that calls another pipeline: it has none of what follows. */
  readonly call: DeclaredCall | null;
  readonly runsOn: Template;
  readonly env: Templates;
  /** Its own, else those of the pipeline. */
  readonly defaults: RunDefaults;
  readonly timeoutMinutes: Template;
  readonly cancelTimeoutMinutes: Template;
  readonly continueOnError: Template;
  readonly environment: Template;
  readonly container: Template;
  readonly services: Template;
  readonly outputs: Templates;
  /** Is the commit checked out before the first step? */
  readonly checkout: boolean;
  readonly steps: readonly PlannedStep[];
}

/** `with` and `secrets` as they are written; `callee` is null until the called file has been linked. */
export interface DeclaredCall {
  readonly uses: string;
  readonly with: Templates;
  readonly secrets: CallSecrets;
  readonly callee: Callee | null;
}

export type CallSecrets = Templates | 'inherit';

/** A called pipeline, as far as a call needs it. */
export interface Callee {
  readonly name: string;
  readonly env: Templates;
  /** Absent in plans that were made before it was kept. */
  readonly concurrency?: Template;
  readonly inputs: readonly CallInput[];
  /** Values over `jobs`. */
  readonly outputs: Templates;
  readonly jobs: readonly DeclaredJob[];
}

export interface CallInput {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'number';
  readonly required: boolean;
  /** Null when the file gives none. */
  readonly default: Template;
}

/** One job that can be claimed: what the planner evaluates is evaluated. */
export interface PlannedJob {
  /** Unique in the run: the job's id, of a matrix `id[index]`, of a called pipeline `<key of the call>/<key there>`. */
  readonly key: string;
  /** The key without the job's own index: what all combinations of one matrix share. */
  readonly id: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly runsOn: readonly string[];
  readonly matrix: JsonObject;
  /** `outside`: the matrix was made from text that anybody can write. */
  readonly matrixOrigin: 'outside' | 'inside';
  readonly strategy: JsonObject;
  readonly env: Templates;
  readonly defaults: RunDefaults;
  readonly timeoutMs: number;
  readonly cancelTimeoutMs: number;
  readonly continueOnError: boolean;
  readonly concurrency: Concurrency | null;
  readonly environment: PlannedEnvironment | null;
  readonly container: Template;
  readonly services: Template;
  readonly outputs: Templates;
  readonly checkout: boolean;
  readonly steps: readonly PlannedStep[];
  /** Set for a job of a called pipeline: what stands there instead of the run's own. */
  readonly call: PlannedCall | null;
}

export interface PlannedEnvironment {
  readonly name: string;
  /** Evaluated at the end of the job. */
  readonly url: Template;
  readonly deployment: boolean;
}

export interface PlannedCall {
  /** Replaces the context `inputs`. */
  readonly inputs: JsonObject;
  /** Replaces the `env` of the pipeline: that of the caller is not passed. */
  readonly env: Templates;
  /** One for each call on the way, the outermost first. */
  readonly secrets: readonly CallSecrets[];
  /** What the calls on the way take, in this order, before the job takes its own. Absent in plans that were made before it was kept. */
  readonly turns?: readonly CallTurn[];
}

/** All jobs of one call have it together: from the first that starts to the end of the last. */
export interface CallTurn {
  /** Of the job that calls; with a `/` behind it for the turn that the called file asks for. */
  readonly key: string;
  readonly concurrency: Concurrency;
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
  readonly with: Templates;
  readonly env: Templates;
  readonly shell: Template | null;
  readonly workingDirectory: Template | null;
  readonly timeoutMinutes: Template | null;
  readonly continueOnError: Template;
  /** The next step starts without waiting for it. */
  readonly background: boolean;
  /** Set for a step that only steers those in the background. */
  readonly control: StepControl | null;
}

/** A step that does nothing, for those that no file writes. */
export const EMPTY_STEP: Omit<PlannedStep, 'number' | 'id' | 'name'> = {
  if: null,
  run: null,
  uses: null,
  with: {},
  env: {},
  shell: null,
  workingDirectory: null,
  timeoutMinutes: null,
  continueOnError: false,
  background: false,
  control: null,
};

/** `parallel` is written as steps in the background and a `wait` for them. */
export type StepControl =
  | { readonly kind: 'wait'; readonly ids: readonly string[] }
  | { readonly kind: 'wait-all' }
  | { readonly kind: 'cancel'; readonly id: string };

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
