/** What somebody who re-runs a run may say. */
import { ApiProperty } from '@nestjs/swagger';
import type { Repeated } from '../model/run-attempt.js';
import { MayBeMissing, Must } from '../projects/must.js';

const WHICH: readonly unknown[] = ['all', 'failed'] satisfies readonly Repeated[];

function repeated(value: unknown): string | null {
  return WHICH.includes(value) ? null : 'must be all or failed';
}

function attempt(value: unknown): string | null {
  const isAttempt = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000;
  return isAttempt ? null : 'must be a number from 1';
}

export class RerunInput {
  @ApiProperty({
    enum: ['all', 'failed'],
    required: false,
    default: 'all',
    description:
      '`failed`: the jobs that failed or were stopped, and those that need them; the others keep their results.',
    example: 'failed',
  })
  @MayBeMissing()
  @Must(repeated)
  readonly jobs?: Repeated;

  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: 1_000_000,
    description:
      'The attempt that is to be repeated. When it was repeated already, nothing is done: a request whose answer was lost can be sent again.',
    example: 1,
  })
  @MayBeMissing()
  @Must(attempt)
  readonly attempt?: number;
}
