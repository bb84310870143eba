/** Which part of a job's log is wanted. */
import { ApiProperty } from '@nestjs/swagger';
import { MayBeMissing, Must } from '../../projects/must.js';
import { isOn, MOST_ID, NotBelow, NotWith, wholeNumber } from './query-values.js';

const MOST_LINES = 1_000_000;
const MOST_STEPS = 65_535;
const NUMBER = { type: 'integer', required: false, minimum: 1, maximum: MOST_ID } as const;

export class LogQuery {
  @ApiProperty({ ...NUMBER, example: 1, description: 'Which attempt of the job; left out: the newest.' })
  @MayBeMissing()
  @Must(wholeNumber(1, 1_000_000))
  readonly attempt?: string;

  @ApiProperty({
    ...NUMBER,
    minimum: 0,
    maximum: MOST_STEPS,
    example: 1,
    description: 'Only what this step printed; lines are then counted among its own.',
  })
  @MayBeMissing()
  @Must(wholeNumber(0, MOST_STEPS))
  @NotWith('follow', 'from_byte')
  readonly step?: string;

  @ApiProperty({ ...NUMBER, example: 10, description: 'From this line on, the first one is 1.' })
  @MayBeMissing()
  @Must(wholeNumber(1, MOST_ID))
  @NotWith('follow')
  readonly from_line?: string;

  @ApiProperty({ ...NUMBER, example: 20, description: 'Up to this line, itself included.' })
  @MayBeMissing()
  @Must(wholeNumber(1, MOST_ID))
  @NotBelow('from_line')
  @NotWith('follow')
  readonly to_line?: string;

  @ApiProperty({ ...NUMBER, minimum: 0, maximum: MOST_LINES, example: 50, description: 'So many of the last lines.' })
  @MayBeMissing()
  @Must(wholeNumber(0, MOST_LINES))
  @NotWith('from_line', 'to_line')
  readonly tail?: string;

  @ApiProperty({ ...NUMBER, minimum: 0, example: 4096, description: 'From this byte on, the first one is 0.' })
  @MayBeMissing()
  @Must(wholeNumber(0, MOST_ID))
  @NotWith('from_line', 'to_line', 'tail')
  readonly from_byte?: string;

  @ApiProperty({
    type: String,
    required: false,
    enum: ['1'],
    example: '1',
    description: 'Send what is there and then what comes, until the attempt has ended.',
  })
  @MayBeMissing()
  @Must(isOn)
  readonly follow?: '1';
}
