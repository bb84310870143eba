/** What the API answers to a release and to a replay. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import type { Problem } from '../kernel/errors.js';
import type { Json } from '../kernel/json.js';
import type { DecisionOutcome } from '../model/decision.js';
import type { EventAction } from '../model/event-action.js';
import type { Trust } from '../model/trust.js';
import type { PreviewedJob, RunPreview } from '../runs/preview-run.js';
import type { ReplayPreview } from '../triage/replay-event.js';
import { ProblemDto } from './problem.dto.js';

/** A stale event that is due now. */
export class ReleasedEventDto {
  @ApiProperty({ type: 'integer', description: 'Of the event.', example: 12 })
  readonly eventId!: number;

  @ApiProperty({ type: String, description: 'Name of the token that released it.', example: 'alice' })
  readonly releasedBy!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-11-24T12:00:00.000Z' })
  readonly releasedAt!: string;
}

/** A place in the line of a concurrency group. */
export class PreviewedTurnDto {
  @ApiProperty({ type: String, description: 'The concurrency group.', example: 'deploy' })
  readonly group!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What it would wait for, or why it would get no turn; null: it would go on at once.',
    example: 'waits for run #4',
  })
  readonly waits!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The run that `waits` names; null for one that the same event would start.',
    example: 12,
  })
  readonly runId!: number | null;

  @ApiProperty({ type: [String], description: 'Runs that would be canceled for it.', example: ['run #3'] })
  readonly replaces!: readonly string[];
}

export class PreviewedJobDto {
  @ApiProperty({
    type: String,
    description: 'Unique in the run; of a job whose combinations are not known yet its id.',
    example: 'test[0]',
  })
  readonly key!: string;

  @ApiProperty({ type: String, example: 'test (20)' })
  readonly name!: string;

  @ApiProperty({ type: [String], description: 'Ids of the jobs that it waits for.', example: ['build'] })
  readonly needs!: readonly string[];

  @ApiProperty({
    description:
      'The values of its combination; of a job of which they are not known yet the matrix as the file writes it.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { node: 20 },
  })
  readonly matrix!: Json;

  @ApiProperty({
    enum: ['ready', 'waits', 'open', 'success', 'failure', 'error', 'canceled', 'skipped'],
    description:
      'If every job that runs succeeds. ready: it would start at once; waits: for other jobs or its turn; ' +
      'open: only known when the run is there; else how it would end without running.',
    example: 'ready',
  })
  readonly state!: PreviewedJob['state'];

  @ApiProperty({ type: String, nullable: true, description: 'Why it would wait or end, or is open.', example: null })
  readonly reason!: string | null;

  @ApiProperty({ type: [String], description: 'Labels of the machines that may run it.', example: ['host'] })
  readonly runsOn!: readonly string[];

  @ApiProperty({
    type: [String],
    description: 'Concurrency groups that it takes turns in, those of the calls that it belongs to first.',
    example: ['deploy'],
  })
  readonly groups!: readonly string[];

  @ApiProperty({
    type: PreviewedTurnDto,
    nullable: true,
    description: 'Of a job that would start at once, but for its concurrency group.',
  })
  readonly turn!: PreviewedTurnDto | null;
}

export class RunPreviewDto {
  @ApiProperty({ type: String, example: 'Fix the tests' })
  readonly title!: string;

  @ApiProperty({ enum: ['trusted', 'restricted', 'held'], example: 'trusted' })
  readonly trust!: Trust;

  @ApiProperty({ type: String, example: 'the commit stands in the project itself' })
  readonly trustReason!: string;

  @ApiProperty({ type: String, example: 'refs/heads/main' })
  readonly ref!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The commit that would be tested.',
    example: 'b'.repeat(40),
  })
  readonly commit!: string | null;

  @ApiProperty({
    enum: ['run', 'be held', 'be broken', 'be superseded', 'be skipped'],
    description: 'What would become of the run: held waits for an approval; broken and superseded end at once.',
    example: 'run',
  })
  readonly would!: RunPreview['would'];

  @ApiProperty({ type: [ProblemDto], description: 'What is wrong with the pipeline.' })
  readonly problems!: readonly Problem[];

  @ApiProperty({ type: PreviewedTurnDto, nullable: true, description: 'Of the whole run; null when it takes none.' })
  readonly turn!: PreviewedTurnDto | null;

  @ApiProperty({ type: [PreviewedJobDto], description: 'In the order of the file.' })
  readonly jobs!: readonly PreviewedJobDto[];
}

export class ReplayDecisionDto {
  @ApiProperty({ type: String, description: 'repo:<path> or server:<name>.', example: 'server:ci' })
  readonly pipeline!: string;

  @ApiProperty({ type: String, example: 'ci' })
  readonly name!: string;

  @ApiProperty({ enum: ['started', 'merged', 'filtered', 'broken', 'superseded'], example: 'started' })
  readonly outcome!: DecisionOutcome;

  @ApiProperty({ type: String, example: 'push to main' })
  readonly reason!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: nothing was started yet.', example: null })
  readonly runId!: null;

  @ApiProperty({ type: RunPreviewDto, nullable: true, description: 'The run that would start; null for none.' })
  readonly run!: RunPreviewDto | null;

  @ApiProperty({
    type: RunPreviewDto,
    nullable: true,
    description: 'A second run of the pipeline, when pull_request and pull_request_target both start it.',
  })
  readonly also!: RunPreviewDto | null;
}

/** Of a dry run what would start; else the event that was made. */
export class ReplayDto {
  @ApiProperty({ type: Boolean, example: false })
  readonly dryRun!: boolean;

  @ApiProperty({ type: 'integer', description: 'The event that is repeated.', example: 12 })
  readonly replayOf!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The event that was made; null of a dry run.',
    example: 13,
  })
  readonly eventId!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'About the event as a whole, for people.', example: null })
  readonly note!: string | null;

  @ApiProperty({
    type: [ReplayDecisionDto],
    description: 'Of a dry run: one for every pipeline. Else empty: those of the event that was made follow.',
  })
  readonly decisions!: readonly ReplayDecisionDto[];
}

export function releasedEventDto({ eventId, actor, createdAt }: Omit<EventAction, 'id'>): ReleasedEventDto {
  return { eventId, releasedBy: actor, releasedAt: isoTime(createdAt) };
}

export function replayDto(replayOf: number, eventId: number): ReplayDto {
  return { dryRun: false, replayOf, eventId, note: null, decisions: [] };
}

export function replayPreviewDto(replayOf: number, { note, decided }: ReplayPreview): ReplayDto {
  const decisions = decided.map(({ pipelineKey, pipelineName, outcome, reason, run, also }) => {
    return { pipeline: pipelineKey, name: pipelineName, outcome, reason, runId: null, run, also };
  });
  return { dryRun: true, replayOf, eventId: null, note, decisions };
}
