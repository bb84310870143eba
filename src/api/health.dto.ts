/** What the server says of its own state. */
import { ApiProperty } from '@nestjs/swagger';
import { CHECKS } from './readiness.js';

export class HealthDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  readonly status!: 'ok';
}

export class ReadinessDto {
  @ApiProperty({ enum: ['ready'], example: 'ready' })
  readonly status!: 'ready';

  @ApiProperty({ enum: CHECKS, isArray: true, description: 'What was tried.', example: CHECKS })
  readonly checks!: readonly (typeof CHECKS)[number][];
}
