/** Which changes a reader of the stream wants. */
import { ApiProperty } from '@nestjs/swagger';
import { TOLD_KINDS } from '../../model/change.js';
import { MayBeMissing, Must } from '../../projects/must.js';
import { projectIdOrName } from '../query-checks.js';
import { MOST_ID, someOf, wholeNumber } from './query-values.js';

const NUMBER = { type: 'integer', required: false, minimum: 1, maximum: MOST_ID } as const;

export class StreamQuery {
  @ApiProperty({ type: String, required: false, example: 'lab', description: 'Id or full name of a project.' })
  @MayBeMissing()
  @Must(projectIdOrName)
  readonly project?: string;

  @ApiProperty({ ...NUMBER, example: 7, description: 'Only of this run: itself, its jobs and its flag.' })
  @MayBeMissing()
  @Must(wholeNumber(1, MOST_ID))
  readonly run?: string;

  @ApiProperty({
    type: String,
    required: false,
    example: 'run,job',
    description: `Only these kinds of change: some of ${TOLD_KINDS.join(', ')}. All of them where it is left out.`,
  })
  @MayBeMissing()
  @Must(someOf(TOLD_KINDS))
  readonly kinds?: string;
}
