/** What somebody who replays an event may say. */
import { ApiProperty } from '@nestjs/swagger';
import { flag } from '../projects/checks.js';
import { MayBeMissing, Must } from '../projects/must.js';

export class ReplayInput {
  @ApiProperty({
    type: Boolean,
    required: false,
    default: false,
    description: 'Only tell what a replay would start: nothing runs and nothing is stored.',
    example: true,
  })
  @MayBeMissing()
  @Must(flag)
  readonly dryRun?: boolean;
}
