/** What somebody who cancels a run may say. */
import { ApiProperty } from '@nestjs/swagger';
import { lineOfText } from '../projects/checks.js';
import { MayBeMissing, Must } from '../projects/must.js';

export class CancelInput {
  @ApiProperty({
    type: String,
    required: false,
    minLength: 1,
    maxLength: 200,
    description: 'Shown on the run, in one line.',
    example: 'the branch is gone',
  })
  @MayBeMissing()
  @Must(lineOfText)
  readonly reason?: string;
}
