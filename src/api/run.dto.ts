/** A run with its jobs and steps as the API shows it. */
import { isoTime } from '../kernel/clock.js';
import type { Problem } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import type { Result, State } from '../model/result.js';
import type { Job, Run, Step } from '../model/run.js';
import type { Trust } from '../model/trust.js';

export class StepDto {
  /** From 1, in order of the job; 0 is the set-up before the first step. */
  readonly number!: number;
  readonly id!: string;
  readonly name!: string;
  readonly state!: State;
  /** Before `continue-on-error`. */
  readonly outcome!: Result | null;
  /** After it. */
  readonly conclusion!: Result | null;
  readonly exitCode!: number | null;
  readonly reason!: string | null;
  readonly startedAt!: string | null;
  readonly finishedAt!: string | null;
}

export class JobDto {
  readonly id!: number;
  /** Unique in the run. */
  readonly key!: string;
  readonly name!: string;
  readonly needs!: readonly string[];
  readonly state!: State;
  readonly result!: Result | null;
  readonly reason!: string | null;
  /** The newest; steps and log are those of it. 0 before the first. */
  readonly attempt!: number;
  readonly steps!: readonly StepDto[];
  /** Path of the log on this server. */
  readonly log!: string;
  readonly createdAt!: string;
  readonly startedAt!: string | null;
  readonly finishedAt!: string | null;
}

export class RunDto {
  readonly id!: number;
  readonly project!: { readonly id: number; readonly fullname: string };
  readonly eventId!: number;
  /** `key` is `repo:<path>` or `server:<name>`. */
  readonly pipeline!: { readonly key: string; readonly name: string };
  /** Per pipeline from 1. */
  readonly number!: number;
  readonly attempt!: number;
  readonly title!: string;
  readonly state!: State;
  readonly result!: Result | null;
  readonly reason!: string | null;
  readonly trust!: Trust;
  readonly trustReason!: string;
  readonly eventName!: string;
  readonly ref!: string;
  /** What is tested; null for a held run whose message names none. */
  readonly commit!: string | null;
  /** Where the pipeline's text came from; null for a server-side text. */
  readonly pipelineCommit!: string | null;
  readonly actor!: string | null;
  readonly problems!: readonly Problem[];
  readonly cancelRequested!: boolean;
  readonly jobs!: readonly JobDto[];
  readonly createdAt!: string;
  readonly startedAt!: string | null;
  readonly finishedAt!: string | null;
}

export interface JobParts {
  readonly job: Job;
  readonly steps: readonly Step[];
}

export function runDto(project: Project, run: Run, jobs: readonly JobParts[]): RunDto {
  const { eventName, ref, commit } = run.resolved;
  return {
    id: run.id,
    project: { id: project.id, fullname: project.fullname },
    eventId: run.eventId,
    pipeline: { key: run.pipelineKey, name: run.pipelineName },
    number: run.number,
    attempt: run.attempt,
    title: run.title,
    state: run.state,
    result: run.result,
    reason: run.reason,
    trust: run.trust,
    trustReason: run.trustReason,
    eventName,
    ref,
    commit,
    pipelineCommit: run.pipelineCommit,
    actor: run.actor,
    problems: run.problems,
    cancelRequested: run.cancelRequested,
    jobs: jobs.map(jobDto),
    ...times(run),
  };
}

function jobDto({ job, steps }: JobParts): JobDto {
  return {
    id: job.id,
    key: job.key,
    name: job.name,
    needs: job.planned.needs,
    state: job.state,
    result: job.result,
    reason: job.reason,
    attempt: job.attempt,
    steps: steps.map(stepDto),
    log: `/api/v1/runs/${job.runId}/jobs/${job.id}/log`,
    ...times(job),
  };
}

function stepDto(step: Step): StepDto {
  return {
    number: step.number,
    id: step.id,
    name: step.name,
    state: step.state,
    outcome: step.outcome,
    conclusion: step.conclusion,
    exitCode: step.exitCode,
    reason: step.reason,
    startedAt: isoOrNull(step.startedAt),
    finishedAt: isoOrNull(step.finishedAt),
  };
}

function times({ createdAt, startedAt, finishedAt }: Pick<Run, 'createdAt' | 'startedAt' | 'finishedAt'>) {
  return { createdAt: isoTime(createdAt), startedAt: isoOrNull(startedAt), finishedAt: isoOrNull(finishedAt) };
}

function isoOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : isoTime(timeMs);
}
