/** One execution of one pipeline for one cause, its jobs and their steps. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { Problem } from '../kernel/errors.js';
import type { ResolvedEvent } from './event.js';
import type { Plan, PlannedJob } from './plan.js';
import type { Result, State } from './result.js';
import type { Trust } from './trust.js';

export interface Run {
  readonly id: number;
  readonly projectId: number;
  readonly eventId: number;
  /** `repo:<path>` or `server:<name>`. */
  readonly pipelineKey: string;
  readonly pipelineName: string;
  /** The stored change it answers to; unique with projectId and pipelineKey (LANGUAGE.md, "One run per change"). */
  readonly cause: string;
  /** Per pipeline from 1. */
  readonly number: number;
  /** Raised by each re-run. */
  readonly attempt: number;
  readonly title: string;
  readonly state: State;
  readonly result: Result | null;
  /** Why it ended so or waits, for people; null when there is nothing to add. */
  readonly reason: string | null;
  /** The run that `reason` names, or null. */
  readonly reasonRunId: number | null;
  readonly trust: Trust;
  readonly trustReason: string;
  /** What triage found: ref, commit, event name. */
  readonly resolved: ResolvedEvent;
  /** What its flag judges: `<ref>@<commit>`, `pull/<n>@<head>` or `pull-target/<n>@<head>`; null for a run that shows no flag. */
  readonly subject: string | null;
  /** The commit whose tree the pipeline's text came from; null for a server-side text. */
  readonly pipelineCommit: string | null;
  readonly actor: string | null;
  readonly problems: readonly Problem[];
  /** Null for a run that never could be planned (`error`, `held`). */
  readonly plan: Plan | null;
  readonly cancelRequested: boolean;
  /** Raised by every change; `runs/` commits `where version = …`. */
  readonly version: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface Job {
  readonly id: number;
  readonly runId: number;
  readonly projectId: number;
  /** The attempt of the run that it was made in. */
  readonly runAttempt: number;
  /** The attempt of the run in which another job took its place; null while it counts. */
  readonly replacedIn: number | null;
  /** Unique among those of the run that count; what a plan's changes name. */
  readonly key: string;
  readonly name: string;
  readonly state: State;
  readonly result: Result | null;
  readonly reason: string | null;
  /** The run that `reason` names, or null. */
  readonly reasonRunId: number | null;
  readonly planned: PlannedJob;
  readonly outputs: Readonly<Record<string, string>>;
  /** Where its environment is to be seen, as its end gave it; null without one. */
  readonly environmentUrl: string | null;
  /** Raised by each claim; results of another attempt are refused. */
  readonly attempt: number;
  /** Boot id of the agent that claimed it. */
  readonly owner: string | null;
  readonly leaseUntil: number | null;
  /** When a queued job may be claimed. */
  readonly dueAt: number | null;
  /** Why a running job is to be stopped, or null. */
  readonly cancelReason: string | null;
  /** How often the system (not the user's step) failed it. */
  readonly tries: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface Step {
  readonly jobId: number;
  readonly attempt: number;
  /** From 1, in order of the job; 0 is the set-up before the first step. */
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly state: State;
  /** Before `continue-on-error`. */
  readonly outcome: Result | null;
  /** After it. */
  readonly conclusion: Result | null;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** What an attempt of a job came to. */
export interface JobResult {
  readonly result: Exclude<Result, 'skipped'>;
  readonly reason: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Values in the outputs that are to be masked wherever they are shown; they go with the outputs to the jobs that need this one. */
  readonly masks: readonly string[];
  /** Where its environment is to be seen: http or https, and nothing else. Left out when it gives none. */
  readonly environmentUrl?: string;
}

/** The contexts that a run's expressions are evaluated with, those of `LANGUAGE.md` that are known before a job starts. */
export interface RunContexts {
  readonly github: JsonObject;
  readonly event: Json;
  readonly pagure: JsonObject;
  readonly vars: Readonly<Record<string, string>>;
  readonly inputs: JsonObject;
}
