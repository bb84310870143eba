/** Server-side pipelines, their versions and the difference of two texts, as the API shows them. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import type { Problem } from '../kernel/errors.js';
import type { DiffHunk, DiffLine, LineDiff } from '../kernel/line-diff.js';
import type { StoredPipeline } from '../model/project.js';
import { PIPELINE_EXAMPLE } from '../projects/pipeline-input.js';
import type { PipelineVersion } from '../store/pipelines.js';
import { ProblemDto } from './problem.dto.js';
import { ID } from './shown.js';

const TIME = { type: String, format: 'date-time', example: '2026-11-24T12:00:00.000Z' };
const TEXT = { type: String, description: 'YAML.', example: PIPELINE_EXAMPLE };
const VERSION = { type: 'integer' as const, minimum: 1, description: 'Counts the texts that ever stood.', example: 2 };
const NEXT = { type: String, nullable: true, description: 'The cursor of the next page.', example: null };

export class PipelineSummaryDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly projectId!: number;

  @ApiProperty({ type: String, description: 'Unique in the project.', example: 'ci' })
  readonly name!: string;

  @ApiProperty({ type: Boolean, description: 'A pipeline that is switched off starts nothing.', example: true })
  readonly enabled!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The configuration file that declares it: it is changed there, and read-only here.',
    example: null,
  })
  readonly declaredBy!: string | null;

  @ApiProperty(VERSION)
  readonly version!: number;

  @ApiProperty(TIME)
  readonly updatedAt!: string;
}

export class PipelineDto extends PipelineSummaryDto {
  @ApiProperty(TEXT)
  readonly text!: string;
}

/** A pipeline that was just set. */
export class ChangedPipelineDto extends PipelineDto {
  @ApiProperty({ type: [ProblemDto], description: 'Warnings: what is wrong and stops nothing.' })
  readonly problems!: readonly Problem[];
}

/** What the language says about a text. */
export class LintDto {
  @ApiProperty({
    type: Boolean,
    description: 'Would it be stored, and start? False when a problem is an error.',
    example: true,
  })
  readonly accepted!: boolean;

  @ApiProperty({ type: [ProblemDto], description: 'Errors and warnings, by line and column; at most 1,001.' })
  readonly problems!: readonly Problem[];
}

export class PipelineListDto {
  @ApiProperty({ type: [PipelineSummaryDto], description: 'Newest first.' })
  readonly items!: readonly PipelineSummaryDto[];

  @ApiProperty(NEXT)
  readonly next!: string | null;
}

export class VersionSummaryDto {
  @ApiProperty(VERSION)
  readonly version!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Name of the token that wrote it, or the file that declares it; null: it was not kept.',
    example: 'alice',
  })
  readonly author!: string | null;

  @ApiProperty(TIME)
  readonly createdAt!: string;

  @ApiProperty({ type: 'integer', description: 'Of the text, in UTF-8.', example: 120 })
  readonly sizeBytes!: number;
}

export class VersionDto extends VersionSummaryDto {
  @ApiProperty(TEXT)
  readonly text!: string;
}

export class VersionListDto {
  @ApiProperty({ type: [VersionSummaryDto], description: 'Newest first.' })
  readonly items!: readonly VersionSummaryDto[];

  @ApiProperty(NEXT)
  readonly next!: string | null;
}

export class DiffLineDto implements DiffLine {
  @ApiProperty({ enum: ['same', 'removed', 'added'], example: 'added' })
  readonly kind!: DiffLine['kind'];

  @ApiProperty({ type: String, description: 'Without its line end.', example: '    runs-on: host' })
  readonly text!: string;

  @ApiProperty({ type: Boolean, description: 'The last line of a text that ends without a line end.', example: false })
  readonly isOpen!: boolean;
}

export class DiffHunkDto implements DiffHunk {
  @ApiProperty({ type: 'integer', description: 'From 1; of an empty side the line before.', example: 3 })
  readonly fromLine!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly fromCount!: number;

  @ApiProperty({ type: 'integer', example: 3 })
  readonly toLine!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  readonly toCount!: number;

  @ApiProperty({ type: [DiffLineDto] })
  readonly lines!: readonly DiffLine[];
}

export class DiffDto {
  @ApiProperty({ type: 'integer', description: 'The version that is compared.', example: 1 })
  readonly from!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The other version; null: the proposed text.',
    example: 2,
  })
  readonly to!: number | null;

  @ApiProperty({ type: 'integer', description: 'Lines.', example: 0 })
  readonly removed!: number;

  @ApiProperty({ type: 'integer', description: 'Lines.', example: 1 })
  readonly added!: number;

  @ApiProperty({ type: [DiffHunkDto], description: 'None for texts that are the same.' })
  readonly hunks!: readonly DiffHunk[];
}

export function pipelineSummaryDto(pipeline: StoredPipeline): PipelineSummaryDto {
  const { id, projectId, name, enabled, declaredBy, version, updatedAt } = pipeline;
  return { id, projectId, name, enabled, declaredBy, version, updatedAt: isoTime(updatedAt) };
}

export function pipelineDto(pipeline: StoredPipeline): PipelineDto {
  return { ...pipelineSummaryDto(pipeline), text: pipeline.text };
}

export function versionSummaryDto({ version, author, createdAt, text }: PipelineVersion): VersionSummaryDto {
  return { version, author, createdAt: isoTime(createdAt), sizeBytes: Buffer.byteLength(text) };
}

export function versionDto(version: PipelineVersion): VersionDto {
  return { ...versionSummaryDto(version), text: version.text };
}

export function diffDto(versions: Pick<DiffDto, 'from' | 'to'>, { removed, added, hunks }: LineDiff): DiffDto {
  return { ...versions, removed, added, hunks };
}
