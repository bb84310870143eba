/** What steps point out about the project's files, as the API shows it. */
import { ApiProperty } from '@nestjs/swagger';
import { ANNOTATION_LEVELS, type Annotation } from '../model/annotation.js';
import { MayBeMissing, Must } from '../projects/must.js';
import type { AnnotationRow } from '../store/step-reports.js';
import { ListQuery } from './list-query.js';
import { MOST_ID, someOf, wholeNumber } from './live/query-values.js';
import { ID, NEXT, textOrNull } from './shown.js';

/** Characters of a message that is shown with its run; the list of annotations has it whole. */
const SHOWN_MESSAGE = 2_000;

const PLACE = { type: 'integer', minimum: 0, nullable: true, example: 3 } as const;

export class AnnotationDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty(ID)
  readonly jobId!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Number of the step.', example: 1 })
  readonly step!: number;

  @ApiProperty({ enum: ANNOTATION_LEVELS, example: 'error' })
  readonly level!: Annotation['level'];

  @ApiProperty({ type: String, example: "';' expected" })
  readonly message!: string;

  @ApiProperty(textOrNull('TS1005'))
  readonly title!: string | null;

  @ApiProperty(textOrNull('src/main.ts', 'As the job gave it, mostly relative to the workspace.'))
  readonly file!: string | null;

  @ApiProperty({ ...PLACE, description: 'From 1.' })
  readonly line!: number | null;

  @ApiProperty(PLACE)
  readonly endLine!: number | null;

  @ApiProperty({ ...PLACE, description: 'From 1.' })
  readonly column!: number | null;

  @ApiProperty(PLACE)
  readonly endColumn!: number | null;
}

export class AnnotationListDto {
  @ApiProperty({ type: [AnnotationDto], description: 'Newest first.' })
  readonly items!: readonly AnnotationDto[];

  @ApiProperty(NEXT)
  readonly next!: string | null;
}

export class AnnotationListQuery extends ListQuery {
  @ApiProperty({ type: 'integer', required: false, minimum: 1, example: 1, description: 'Those of one job.' })
  @MayBeMissing()
  @Must(wholeNumber(1, MOST_ID))
  readonly job?: string;

  @ApiProperty({ required: false, enum: ANNOTATION_LEVELS, example: 'error', description: 'Those of one level.' })
  @MayBeMissing()
  @Must((value) =>
    typeof value === 'string' && value.includes(',') ? 'must be one level' : someOf(ANNOTATION_LEVELS)(value),
  )
  readonly level?: Annotation['level'];
}

export function annotationDto(row: AnnotationRow): AnnotationDto {
  const { id, jobId, step, level, message, title, file, line, endLine, column, endColumn } = row;
  return { id, jobId, step, level, message, title, file, line, endLine, column, endColumn };
}

/** As it is shown with its run. */
export function shortAnnotationDto(row: AnnotationRow): AnnotationDto {
  const whole = annotationDto(row);
  if (whole.message.length <= SHOWN_MESSAGE) return whole;
  return { ...whole, message: `${whole.message.slice(0, SHOWN_MESSAGE - 1).replace(/[\ud800-\udbff]$/, '')}…` };
}
