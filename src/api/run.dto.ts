/** A run with its jobs and steps as the API shows it. */
import { ApiProperty } from '@nestjs/swagger';
import type { Problem } from '../kernel/errors.js';
import { isoTime } from '../kernel/clock.js';
import type { Project } from '../model/project.js';
import type { Result, State } from '../model/result.js';
import type { Job, Run, Step } from '../model/run.js';
import type { Trust } from '../model/trust.js';
import type { ListedRun, Named } from '../store/browse.js';
import type { AnnotationRow, ReportCount } from '../store/step-reports.js';
import { AnnotationDto, shortAnnotationDto } from './annotation.dto.js';
import { ProblemDto } from './problem.dto.js';
import { COMMIT_OR_NULL, ID, isoOrNull, NEXT, ProjectNameDto, SHOWN_TIME, textOrNull, TIME_OR_NULL } from './shown.js';
import { RESULTS, STATES, TRUSTS } from './words.js';

const SHOWN_STATE = { enum: STATES, example: 'done' };
const SHOWN_RESULT = { enum: RESULTS, nullable: true, description: 'Null until it is done.', example: 'success' };
const REASON = textOrNull(null, 'Why it ended so, or waits.');
const REASON_RUN = { ...ID, nullable: true, description: 'The run that the reason names, or null.' };

export class StepDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'From 1, in order of the job; 0 is the set-up before the first step.',
    example: 1,
  })
  readonly number!: number;

  @ApiProperty({ type: String, example: '__1' })
  readonly id!: string;

  @ApiProperty({ type: String, example: 'Run make test' })
  readonly name!: string;

  @ApiProperty(SHOWN_STATE)
  readonly state!: State;

  @ApiProperty({ ...SHOWN_RESULT, description: 'Before `continue-on-error`.' })
  readonly outcome!: Result | null;

  @ApiProperty({ ...SHOWN_RESULT, description: 'After `continue-on-error`.' })
  readonly conclusion!: Result | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 0 })
  readonly exitCode!: number | null;

  @ApiProperty(REASON)
  readonly reason!: string | null;

  @ApiProperty(TIME_OR_NULL)
  readonly startedAt!: string | null;

  @ApiProperty(TIME_OR_NULL)
  readonly finishedAt!: string | null;

  @ApiProperty({
    type: [AnnotationDto],
    description: 'The first 10 of each level, long ones cut, and of a run the first 1,000.',
  })
  readonly annotations!: readonly AnnotationDto[];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'How many annotations it made in all.', example: 1 })
  readonly annotationCount!: number;

  @ApiProperty({ type: Boolean, description: 'Did it write a summary?', example: false })
  readonly hasSummary!: boolean;
}

export class EnvironmentDto {
  @ApiProperty({ type: String, example: 'production' })
  readonly name!: string;

  @ApiProperty(textOrNull('https://example.org', 'Where it is to be seen, as the job said at its end.'))
  readonly url!: string | null;
}

export class JobDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ type: String, description: 'Unique in the run.', example: 'test[0]' })
  readonly key!: string;

  @ApiProperty({ type: String, example: 'test (20)' })
  readonly name!: string;

  @ApiProperty({ type: [String], example: [] })
  readonly needs!: readonly string[];

  @ApiProperty(SHOWN_STATE)
  readonly state!: State;

  @ApiProperty(SHOWN_RESULT)
  readonly result!: Result | null;

  @ApiProperty(REASON)
  readonly reason!: string | null;

  @ApiProperty(REASON_RUN)
  readonly reasonRunId!: number | null;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'The newest; steps and log are those of it. 0 before the first.',
    example: 1,
  })
  readonly attempt!: number;

  @ApiProperty({ type: EnvironmentDto, nullable: true, description: 'What it deploys to; null for nothing.' })
  readonly environment!: EnvironmentDto | null;

  @ApiProperty({ type: [StepDto] })
  readonly steps!: readonly StepDto[];

  @ApiProperty({ type: String, description: 'Path of the log on this server.', example: '/api/v1/runs/7/jobs/9/log' })
  readonly log!: string;

  @ApiProperty(SHOWN_TIME)
  readonly createdAt!: string;

  @ApiProperty(TIME_OR_NULL)
  readonly startedAt!: string | null;

  @ApiProperty(TIME_OR_NULL)
  readonly finishedAt!: string | null;
}

export class PipelineNameDto {
  @ApiProperty({ type: String, description: '`repo:<path>` or `server:<name>`.', example: 'server:ci' })
  readonly key!: string;

  @ApiProperty({ type: String, example: 'ci' })
  readonly name!: string;
}

/** A run in a list. */
export class RunSummaryDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ type: ProjectNameDto })
  readonly project!: ProjectNameDto;

  @ApiProperty(ID)
  readonly eventId!: number;

  @ApiProperty({ type: PipelineNameDto })
  readonly pipeline!: PipelineNameDto;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of the pipeline, from 1.', example: 12 })
  readonly number!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1 })
  readonly attempt!: number;

  @ApiProperty({ type: String, example: 'alice pushed 2 commits to main' })
  readonly title!: string;

  @ApiProperty(SHOWN_STATE)
  readonly state!: State;

  @ApiProperty(SHOWN_RESULT)
  readonly result!: Result | null;

  @ApiProperty(REASON)
  readonly reason!: string | null;

  @ApiProperty(REASON_RUN)
  readonly reasonRunId!: number | null;

  @ApiProperty({ enum: TRUSTS, description: 'Only a trusted run has secrets.', example: 'trusted' })
  readonly trust!: Trust;

  @ApiProperty({ type: String, description: "GitHub's name of the event, or the topic.", example: 'push' })
  readonly eventName!: string;

  @ApiProperty({ type: String, example: 'refs/heads/main' })
  readonly ref!: string;

  @ApiProperty({ ...COMMIT_OR_NULL, description: 'What is tested; null for a held run whose message names none.' })
  readonly commit!: string | null;

  @ApiProperty(textOrNull('alice'))
  readonly actor!: string | null;

  @ApiProperty({ type: Boolean, example: false })
  readonly cancelRequested!: boolean;

  @ApiProperty(SHOWN_TIME)
  readonly createdAt!: string;

  @ApiProperty(TIME_OR_NULL)
  readonly startedAt!: string | null;

  @ApiProperty(TIME_OR_NULL)
  readonly finishedAt!: string | null;
}

export class RunListDto {
  @ApiProperty({ type: [RunSummaryDto], description: 'Newest first.' })
  readonly items!: readonly RunSummaryDto[];

  @ApiProperty(NEXT)
  readonly next!: string | null;
}

export class RunDto extends RunSummaryDto {
  @ApiProperty({ type: String, example: 'a push by somebody who may push' })
  readonly trustReason!: string;

  @ApiProperty({
    ...COMMIT_OR_NULL,
    description: "Where the pipeline's text came from; null for a server-side text.",
  })
  readonly pipelineCommit!: string | null;

  @ApiProperty({ type: [ProblemDto], description: 'What is wrong with the pipeline.' })
  readonly problems!: readonly Problem[];

  @ApiProperty({ type: [JobDto] })
  readonly jobs!: readonly JobDto[];
}

/** `annotations`: how many it made; `notes`: those that are shown. */
export interface StepParts extends ReportCount {
  readonly step: Step;
  readonly notes: readonly AnnotationRow[];
}

export interface JobParts {
  readonly job: Job;
  readonly steps: readonly StepParts[];
}

export function runDto({ fullname }: Project, run: Run, jobs: readonly JobParts[]): RunDto {
  return {
    ...runSummaryDto({ ...run, fullname }),
    trustReason: run.trustReason,
    pipelineCommit: run.pipelineCommit,
    problems: run.problems,
    jobs: jobs.map(jobDto),
  };
}

export function runSummaryDto(run: Named<ListedRun>): RunSummaryDto {
  const { eventName, ref, commit } = run.resolved;
  return {
    id: run.id,
    project: { id: run.projectId, fullname: run.fullname },
    eventId: run.eventId,
    pipeline: { key: run.pipelineKey, name: run.pipelineName },
    number: run.number,
    attempt: run.attempt,
    title: run.title,
    state: run.state,
    result: run.result,
    reason: run.reason,
    reasonRunId: run.reasonRunId,
    trust: run.trust,
    eventName,
    ref,
    commit,
    actor: run.actor,
    cancelRequested: run.cancelRequested,
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
    reasonRunId: job.reasonRunId,
    attempt: job.attempt,
    environment: environmentDto(job),
    steps: steps.map(stepDto),
    log: `/api/v1/runs/${job.runId}/jobs/${job.id}/log`,
    ...times(job),
  };
}

function environmentDto({ planned, environmentUrl }: Job): EnvironmentDto | null {
  return planned.environment ? { name: planned.environment.name, url: environmentUrl } : null;
}

function stepDto({ step, notes, annotations, hasSummary }: StepParts): StepDto {
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
    annotations: notes.map(shortAnnotationDto),
    annotationCount: annotations,
    hasSummary,
  };
}

function times({ createdAt, startedAt, finishedAt }: Pick<Run, 'createdAt' | 'startedAt' | 'finishedAt'>) {
  return { createdAt: isoTime(createdAt), startedAt: isoOrNull(startedAt), finishedAt: isoOrNull(finishedAt) };
}
