/** What a maintainer says about a new API token. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { Role } from '../model/token.js';
import { lineOfText, rowId, time } from './checks.js';
import { EachMust, MayBeMissing, Must } from './must.js';

export const ROLES: readonly Role[] = ['read', 'write', 'maintain'];

export class TokenInput {
  /** For people: who or what holds it. */
  @ApiProperty({
    type: String,
    minLength: 1,
    maxLength: 200,
    description: 'For people: who or what holds it.',
    example: 'dashboard',
  })
  @Must(lineOfText)
  readonly name!: string;

  @ApiProperty({ enum: ROLES, description: 'Each includes the one before it.', example: 'read' })
  @IsIn([...ROLES], { message: `must be ${ROLES.join(', ')}` })
  readonly role!: Role;

  /** Ids of the projects it is limited to; left out: all. */
  @ApiProperty({
    type: 'array',
    items: { type: 'integer', minimum: 1 },
    required: false,
    minItems: 1,
    maxItems: 100,
    description: 'Ids of the projects that it is limited to; left out: all.',
    example: [1],
  })
  @MayBeMissing()
  @EachMust(rowId, { min: 1, max: 100 })
  readonly projects?: readonly number[];

  /** Left out: it does not expire. */
  @ApiProperty({
    type: String,
    format: 'date-time',
    required: false,
    description: 'In UTC; left out: it does not expire.',
    example: '2030-01-31T12:00:00Z',
  })
  @MayBeMissing()
  @Must(time)
  readonly expiresAt?: string;
}
