/** Which changes a reader of the stream wants. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { TOLD_KINDS } from '../../model/change.js';
import { MayBeMissing, Must } from '../../projects/must.js';
import { someOf, wholeNumber } from './query-values.js';

export const MOST_ID = 999_999_999_999_999;

export class StreamQuery {
  @ApiPropertyOptional({ type: String, example: '1', description: 'Only of this project, by its id.' })
  @MayBeMissing()
  @Must(wholeNumber(1, MOST_ID))
  readonly project?: string;

  @ApiPropertyOptional({ type: String, example: '7', description: 'Only of this run: itself, its jobs and its flag.' })
  @MayBeMissing()
  @Must(wholeNumber(1, MOST_ID))
  readonly run?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'run,job',
    description: `Only these kinds of change: some of ${TOLD_KINDS.join(', ')}. All of them where it is left out.`,
  })
  @MayBeMissing()
  @Must(someOf(TOLD_KINDS))
  readonly kinds?: string;
}
