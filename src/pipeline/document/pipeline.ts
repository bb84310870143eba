/** A pipeline as it was read: all of its text that later stages need, nothing evaluated. */
import type { DeclaredJob, PlannedStep, RunDefaults, Template } from '../../model/plan.js';
import type { FilterKey } from '../trigger/github-events.js';

export interface Pipeline {
  /** `name` of the file, else its path. */
  readonly name: string;
  readonly file: string;
  readonly runName: string | null;
  /** In the order of the file. */
  readonly triggers: readonly Trigger[];
  readonly env: Readonly<Record<string, Template>>;
  readonly defaults: RunDefaults;
  readonly permissions: Template;
  readonly jobs: readonly PipelineJob[];
}

/** One name of `on`. */
export interface Trigger {
  readonly kind: 'github' | 'topic';
  /** GitHub's event, or a topic or glob of topics. */
  readonly name: string;
  /** Null when the file gives none. */
  readonly types: readonly string[] | null;
  readonly filters: readonly TriggerFilter[];
  readonly users: readonly string[] | null;
}

export interface TriggerFilter {
  readonly key: FilterKey;
  /** Well-formed. */
  readonly patterns: readonly string[];
}

/** `checkout` is what the file says, or null when it says nothing. */
export type PipelineJob = Omit<DeclaredJob, 'checkout'> & { readonly checkout: boolean | null };

export type PipelineStep = PlannedStep;
