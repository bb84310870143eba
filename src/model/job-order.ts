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
  /** How outside text gets into scripts; left out: never as code (LANGUAGE.md, "Untrusted text"). `pasted`: as GitHub does it. */
  readonly outsideText?: 'pasted';
}

/** What the workspace is filled from. */
export interface JobSource {
  /** Absolute path of the bare mirror; read-only for the job. Of a working tree its repository's git folder, '' without one. */
  readonly mirror: string;
  /** Where `mirror` is the store of a pull-request: the mirror with the branches and tags of the project itself. */
  readonly project?: string;
  /** 40 hex; of a working tree without a commit forty zeros. */
  readonly commit: string;
  /** Full ref that is written to the checkout's HEAD name when it is a branch, for scripts that ask git. */
  readonly ref: string;
  /** Clone URL, recorded as `origin`; never holds a credential. */
  readonly url: string;
  /** Copied as it stands instead of the commit's tree; HEAD is the commit. Left out for a checkout of the commit. */
  readonly tree?: WorkingTree;
}

/** A folder that somebody works in: its files count, deleted and ignored ones do not. */
export interface WorkingTree {
  /** Absolute. */
  readonly folder: string;
  /** `git`: what git does not ignore; `all`: every file, of a folder in no repository. */
  readonly files: 'git' | 'all';
  /** The user's own list of ignored files (`core.excludesFile`), absolute, or null. */
  readonly excludes: string | null;
  /** Absolute folder below `folder` that is left out, or null: where the jobs themselves are. */
  readonly without: string | null;
}

export interface JobLimits {
  /** Bytes of log kept per job; what follows is dropped with a closing line. */
  readonly logBytes: number;
}
