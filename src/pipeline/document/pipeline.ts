/** A pipeline as it was read: all of its text that later stages need, nothing evaluated. */
import type { CallInput, DeclaredJob, RunDefaults, Template, Templates } from '../../model/plan.js';
import type { Spot } from './node.js';
import type { FilterKey } from '../trigger/github-events.js';
import type { Pattern } from '../trigger/pattern.js';

export interface Pipeline {
  /** `name` of the file, else its path. */
  readonly name: string;
  readonly file: string;
  readonly runName: string | null;
  /** In the order of the file. */
  readonly triggers: readonly Trigger[];
  readonly env: Templates;
  readonly defaults: RunDefaults;
  readonly permissions: Template;
  readonly concurrency: Template;
  readonly jobs: readonly PipelineJob[];
  /** Where each job begins, by its id. */
  readonly places: Readonly<Record<string, Spot>>;
  /** Its `on.workflow_call`, or null when nobody may call it. */
  readonly callable: Callable | null;
  /** Inputs of its `on.workflow_dispatch`, or null when it cannot be started by hand. */
  readonly dispatch: readonly DispatchInput[] | null;
  readonly schedules: readonly Schedule[];
}

/** One name of `on`. */
export interface Trigger {
  readonly kind: 'github' | 'topic';
  /** GitHub's event, or a topic or glob of topics. */
  readonly name: string;
  /** Well-formed; null for an event of GitHub. */
  readonly topic: Pattern | null;
  /** Null when the file gives none. */
  readonly types: readonly string[] | null;
  readonly filters: readonly TriggerFilter[];
  readonly users: readonly string[] | null;
  /** Names of the pipelines that `workflow_run` follows; null when the file gives none. */
  readonly workflows: readonly string[] | null;
  /** Lines of `schedule`. */
  readonly schedules: readonly string[];
  /** Expression without `${{ }}`, or null. */
  readonly if: string | null;
}

export interface TriggerFilter {
  readonly key: FilterKey;
  /** Well-formed. */
  readonly patterns: readonly Pattern[];
}

export interface Callable {
  readonly inputs: readonly CallInput[];
  readonly secrets: readonly { readonly name: string; readonly required: boolean }[];
  readonly outputs: Templates;
}

export interface DispatchInput {
  readonly name: string;
  readonly description: string;
  readonly type: 'string' | 'boolean' | 'choice' | 'number' | 'environment';
  readonly required: boolean;
  /** Null when the file gives none. */
  readonly default: string | number | boolean | null;
  /** Of type choice. */
  readonly options: readonly string[];
}

export interface Schedule {
  /** Five fields. */
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
}

/** `checkout` is what the file says, or null when it says nothing. */
export type PipelineJob = Omit<DeclaredJob, 'checkout'> & { readonly checkout: boolean | null };
