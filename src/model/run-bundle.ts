/** A run as it was planned, to be repeated elsewhere: no value of a secret and no path of the server is in it. */
import type { JobOrder } from './job-order.js';
import type { Plan } from './plan.js';
import type { Run, RunContexts } from './run.js';

export const BUNDLE_VERSION = 1;

export interface RunBundle {
  readonly version: typeof BUNDLE_VERSION;
  readonly run: BundledRun;
  /** As it was made for the event; secrets stand in it as the templates that name them. */
  readonly plan: Plan;
  readonly contexts: RunContexts;
  /** Those that were planned by then, oldest first; others follow from `plan` once these have ended. */
  readonly jobs: readonly BundledJob[];
}

export interface BundledRun extends Pick<Run, 'id' | 'number' | 'attempt' | 'trust'> {
  /** Full name of the project. */
  readonly project: string;
  /** Key as runs have it (`repo:<path>`, `server:<name>`), and the name shown. */
  readonly pipeline: { readonly key: string; readonly name: string };
  readonly eventName: string;
  /** Full ref. */
  readonly ref: string;
  /** 40 hex. */
  readonly commit: string;
  /** Clone URL, without a credential. */
  readonly url: string;
}

/** An order without what only the server has; `***` stands for what was masked in the outputs that it needs. */
export type BundledJob = Pick<JobOrder, 'jobId' | 'attempt' | 'job' | 'env' | 'needs'>;
