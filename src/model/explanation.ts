/** Why a run came to what it came to, in one answer that fits into a short talk. */
import type { Annotation } from './annotation.js';
import type { Result, State } from './result.js';

export interface RunExplanation {
  /** `3 of 7 jobs passed; test (3.12) failed: 2 errors`. */
  readonly says: string;
  readonly run: ExplainedRun;
  /** Null for a run in which nothing failed. */
  readonly failure: ExplainedFailure | null;
  /** Names of other jobs that failed. */
  readonly alsoFailed: readonly string[];
  /** What is wrong with the pipeline's text: `file:line:column: message`. */
  readonly problems: readonly string[];
  /** Null for a run that passed, and where nothing can be said of it. */
  readonly since: SinceGreen | null;
  /** What can be done, and by whom. */
  readonly next: readonly string[];
  /** Something was left out so that the answer stays short. */
  readonly shortened: boolean;
}

export interface ExplainedRun {
  readonly id: number;
  readonly number: number;
  readonly pipeline: string;
  readonly project: string;
  readonly state: State;
  readonly result: Result | null;
  readonly ref: string | null;
  readonly commit: string | null;
  readonly title: string;
}

export interface ExplainedFailure {
  readonly job: { readonly id: number; readonly name: string; readonly reason: string | null };
  readonly step: { readonly number: number; readonly name: string; readonly exitCode: number | null } | null;
  readonly error: ExplainedError | null;
  readonly annotations: readonly ExplainedNote[];
}

/** Lines of the step's log, masked and without what a terminal obeys. */
export interface ExplainedError {
  /** Of the first of `lines`, from 1 among those of the step. */
  readonly firstLine: number;
  readonly errorLine: number;
  readonly lines: readonly string[];
}

export interface ExplainedNote {
  readonly level: Annotation['level'];
  /** `src/main.c:12`, or null. */
  readonly place: string | null;
  readonly message: string;
}

/** What changed since the pipeline last passed. */
export interface SinceGreen {
  /** The run that passed; null when there was none. */
  readonly run: { readonly id: number; readonly number: number; readonly commit: string | null } | null;
  /** Where that was, when it was not the same ref. */
  readonly note: string | null;
  /** The newest first. */
  readonly commits: readonly { readonly commit: string; readonly author: string; readonly title: string }[];
  readonly commitCount: number;
  readonly files: readonly string[];
  readonly fileCount: number;
}

/** Why each pipeline did or did not start for an event. */
export interface EventExplanation {
  readonly says: string;
  readonly pipelines: readonly ExplainedDecision[];
  /** More than are told here. */
  readonly more: number;
  /** What became of the command that its comment gives; null for an event that gives none. */
  readonly command: ExplainedCommand | null;
}

export interface ExplainedCommand {
  readonly text: string;
  readonly author: string;
  readonly state: 'due' | 'done' | 'parked';
  /** For people; null while nothing came of it. */
  readonly outcome: string | null;
}

export interface ExplainedDecision {
  readonly pipeline: string;
  readonly runId: number | null;
  /** `ci did not start: push: paths [docs/**] hold none of the changed files`. */
  readonly says: string;
}
