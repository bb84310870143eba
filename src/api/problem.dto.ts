/** What is wrong with a pipeline, as the API shows it. */
import { ApiProperty } from '@nestjs/swagger';
import type { Problem } from '../kernel/errors.js';

export class ProblemDto implements Problem {
  @ApiProperty({ type: String, description: 'Path of the file, or name of the pipeline.', example: 'ci' })
  readonly file!: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 5 })
  readonly line!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 9 })
  readonly column!: number;

  @ApiProperty({ enum: ['error', 'warning'], description: 'Only an error stops a file.', example: 'error' })
  readonly severity!: Problem['severity'];

  @ApiProperty({ type: String, description: 'Stable.', example: 'unknown-key' })
  readonly code!: string;

  @ApiProperty({ type: String, example: 'runn is not known here; did you mean run?' })
  readonly message!: string;
}
