/** Why a run is red and why pipelines started, as the API shows it. */
import { ApiProperty } from '@nestjs/swagger';
import { ANNOTATION_LEVELS } from '../model/annotation.js';
import type {
  EventExplanation,
  ExplainedCommand,
  ExplainedDecision,
  ExplainedError,
  ExplainedFailure,
  ExplainedNote,
  ExplainedRun,
  RunExplanation,
  SinceGreen,
} from '../model/explanation.js';
import type { Result, State } from '../model/result.js';
import { COMMIT_OR_NULL, ID, textOrNull } from './shown.js';
import { RESULTS, STATES } from './words.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const NUMBER = { type: 'integer', minimum: 1 } as const;

export class ExplainedRunDto implements ExplainedRun {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ ...NUMBER, description: 'Per pipeline from 1.', example: 12 })
  readonly number!: number;

  @ApiProperty({ type: String, example: 'ci' })
  readonly pipeline!: string;

  @ApiProperty({ type: String, example: 'rpms/bash' })
  readonly project!: string;

  @ApiProperty({ enum: STATES, example: 'done' })
  readonly state!: State;

  @ApiProperty({ enum: RESULTS, nullable: true, description: 'Null until it is done.', example: 'failure' })
  readonly result!: Result | null;

  @ApiProperty(textOrNull('refs/heads/main'))
  readonly ref!: string | null;

  @ApiProperty(COMMIT_OR_NULL)
  readonly commit!: string | null;

  @ApiProperty({ type: String, example: 'Read the second argument' })
  readonly title!: string;
}

export class ExplainedJobDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ type: String, example: 'test (3.12)' })
  readonly name!: string;

  @ApiProperty(textOrNull('Run make test: exit code 2'))
  readonly reason!: string | null;
}

export class ExplainedStepDto {
  @ApiProperty({ ...COUNT, description: 'From 1; 0 is the set-up before the first step.', example: 2 })
  readonly number!: number;

  @ApiProperty({ type: String, example: 'Run make test' })
  readonly name!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  readonly exitCode!: number | null;
}

export class ExplainedErrorDto implements ExplainedError {
  @ApiProperty({ ...NUMBER, description: 'Of the first of `lines`, among those of the step.', example: 31 })
  readonly firstLine!: number;

  @ApiProperty({ ...NUMBER, description: 'Of the error, among those of the step.', example: 32 })
  readonly errorLine!: number;

  @ApiProperty({
    type: [String],
    description: 'Up to ten lines before the error and after it, masked, without what a terminal would obey.',
    example: ['cc -c src/main.c', 'src/main.c:12:7: error: expected expression', 'make: *** [main.o] Error 1'],
  })
  readonly lines!: readonly string[];
}

export class ExplainedNoteDto implements ExplainedNote {
  @ApiProperty({ enum: ANNOTATION_LEVELS, example: 'error' })
  readonly level!: (typeof ANNOTATION_LEVELS)[number];

  @ApiProperty(textOrNull('src/main.c:12', 'File and line, as the job gave them.'))
  readonly place!: string | null;

  @ApiProperty({ type: String, example: 'expected expression' })
  readonly message!: string;
}

export class ExplainedFailureDto implements ExplainedFailure {
  @ApiProperty({ type: ExplainedJobDto, description: 'The first that failed and may not.' })
  readonly job!: ExplainedJobDto;

  @ApiProperty({ type: ExplainedStepDto, nullable: true, description: 'Null where no step failed.' })
  readonly step!: ExplainedStepDto | null;

  @ApiProperty({ type: ExplainedErrorDto, nullable: true, description: 'Null where its log tells of none.' })
  readonly error!: ExplainedErrorDto | null;

  @ApiProperty({ type: [ExplainedNoteDto], description: 'What the step points out, errors first.' })
  readonly annotations!: readonly ExplainedNoteDto[];
}

export class GreenRunDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ ...NUMBER, example: 11 })
  readonly number!: number;

  @ApiProperty(COMMIT_OR_NULL)
  readonly commit!: string | null;
}

export class ChangedCommitDto {
  @ApiProperty({ type: String, description: 'Its first 12 digits.', example: '6d3f1c0b2a49' })
  readonly commit!: string;

  @ApiProperty({ type: String, description: 'As the commit says.', example: 'Alice' })
  readonly author!: string;

  @ApiProperty({ type: String, example: 'Read the second argument' })
  readonly title!: string;
}

export class SinceGreenDto implements SinceGreen {
  @ApiProperty({ type: GreenRunDto, nullable: true, description: 'Null when it has not passed there yet.' })
  readonly run!: GreenRunDto | null;

  @ApiProperty(textOrNull(null, 'What is to be known about the comparison.'))
  readonly note!: string | null;

  @ApiProperty({ type: [ChangedCommitDto], description: 'The newest first.' })
  readonly commits!: readonly ChangedCommitDto[];

  @ApiProperty({ ...COUNT, description: 'All of them; 1,000 stands for more as well.', example: 1 })
  readonly commitCount!: number;

  @ApiProperty({ type: [String], example: ['src/main.c'] })
  readonly files!: readonly string[];

  @ApiProperty({ ...COUNT, example: 1 })
  readonly fileCount!: number;
}

export class RunExplanationDto implements RunExplanation {
  @ApiProperty({ type: String, example: '3 of 7 jobs passed; test (3.12) failed: 2 errors' })
  readonly says!: string;

  @ApiProperty({ type: ExplainedRunDto })
  readonly run!: ExplainedRunDto;

  @ApiProperty({ type: ExplainedFailureDto, nullable: true, description: 'Null when nothing failed.' })
  readonly failure!: ExplainedFailureDto | null;

  @ApiProperty({ type: [String], description: 'Names of other jobs that failed.', example: ['test (3.11)'] })
  readonly alsoFailed!: readonly string[];

  @ApiProperty({ type: [String], description: 'What is wrong with the text of the pipeline.', example: [] })
  readonly problems!: readonly string[];

  @ApiProperty({
    type: SinceGreenDto,
    nullable: true,
    description: 'What changed since the pipeline last passed on this ref; null for a run that is not red.',
  })
  readonly since!: SinceGreenDto | null;

  @ApiProperty({
    type: [String],
    description: 'What can be done now, and by whom.',
    example: ['Mend it and push again (its author)'],
  })
  readonly next!: readonly string[];

  @ApiProperty({ type: Boolean, description: 'Something was left out to keep it short.', example: false })
  readonly shortened!: boolean;
}

export class ExplainedDecisionDto implements ExplainedDecision {
  @ApiProperty({ type: String, example: 'ci' })
  readonly pipeline!: string;

  @ApiProperty({ ...ID, nullable: true, description: 'The run that it started, or null.' })
  readonly runId!: number | null;

  @ApiProperty({ type: String, example: 'ci started (run 7): on push matches git.receive' })
  readonly says!: string;
}

export class ExplainedCommandDto implements ExplainedCommand {
  @ApiProperty({ type: String, description: 'The whole comment.', example: '/rerun failed' })
  readonly text!: string;

  @ApiProperty({ type: String, example: 'alice' })
  readonly author!: string;

  @ApiProperty({ enum: ['due', 'done', 'parked'], description: '`parked`: given up.', example: 'done' })
  readonly state!: ExplainedCommand['state'];

  @ApiProperty(textOrNull('done', 'What came of it, or why nothing did.'))
  readonly outcome!: string | null;
}

export class EventExplanationDto implements EventExplanation {
  @ApiProperty({ type: String, example: 'alice pushed 2 commits to main: 1 of 2 pipelines started.' })
  readonly says!: string;

  @ApiProperty({ type: [ExplainedDecisionDto], description: 'What started comes first.' })
  readonly pipelines!: readonly ExplainedDecisionDto[];

  @ApiProperty({ ...COUNT, description: 'Pipelines left out to keep it short.', example: 0 })
  readonly more!: number;

  @ApiProperty({
    type: ExplainedCommandDto,
    nullable: true,
    description: 'What became of the command that its comment gives; null for an event that gives none.',
  })
  readonly command!: ExplainedCommandDto | null;
}
