/** What may be asked of lists and differences of pipelines. */
import { ApiProperty } from '@nestjs/swagger';
import { readRowId } from '../kernel/row-id.js';
import { MayBeMissing, Must } from '../projects/must.js';
import { ListQuery } from './list-query.js';

export class PipelineListQuery extends ListQuery {
  @ApiProperty({ type: 'integer', required: false, minimum: 1, description: 'Only those of this project.', example: 1 })
  @MayBeMissing()
  @Must(idText)
  readonly project?: string;
}

export class DiffQuery {
  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    description: 'A version; left out: the one before "to".',
    example: 1,
  })
  @MayBeMissing()
  @Must(idText)
  readonly from?: string;

  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    description: 'Another version; left out: the one that stands.',
    example: 2,
  })
  @MayBeMissing()
  @Must(idText)
  readonly to?: string;
}

function idText(value: unknown): string | null {
  return readRowId(value) !== null ? null : 'must be a whole number from 1';
}
