/** All that one job needs to be run anywhere, self-contained. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { PlannedJob } from './plan.js';
import type { RunContexts } from './run.js';
import type { Trust } from './trust.js';

export interface JobOrder {
  readonly projectId: number;
  readonly runId: number;
  readonly jobId: number;
  readonly attempt: number;
  readonly trust: Trust;
  readonly job: PlannedJob;
  /** `env` of the pipeline, lowest of the file's. */
  readonly env: Readonly<Record<string, Json>>;
  readonly contexts: RunContexts;
  /** `needs` as GitHub shapes it: `{<id>: {result, outputs}}`. */
  readonly needs: JsonObject;
  /** Opened for this job alone, and all masked in what it says. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Values that jobs before it masked and handed on in their outputs: masked here too. */
  readonly masks: readonly string[];
  readonly source: JobSource;
  readonly limits: JobLimits;
}

/** What the workspace is filled from. */
export interface JobSource {
  /** Absolute path of the bare mirror; read-only for the job. */
  readonly mirror: string;
  /** 40 hex. */
  readonly commit: string;
  /** Full ref that is written to the checkout's HEAD name when it is a branch, for scripts that ask git. */
  readonly ref: string;
  /** Clone URL, recorded as `origin`; never holds a credential. */
  readonly url: string;
}

export interface JobLimits {
  /** Bytes of log kept per job; what follows is dropped with a closing line. */
  readonly logBytes: number;
}
