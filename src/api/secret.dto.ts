/** Secrets as the API shows them: never a value. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import type { ShownSecret } from '../store/project-secrets.js';

export class SecretDto {
  @ApiProperty({ type: String, description: 'Jobs read it as `secrets.NAME`.', example: 'DEPLOY_KEY' })
  readonly name!: string;

  @ApiProperty({
    type: [String],
    description: 'Patterns of refs, added in order to the default branch and tags; `!` takes away.',
    example: ['release/*'],
  })
  readonly refs!: readonly string[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The configuration file that declares it: it is changed there.',
    example: null,
  })
  readonly declaredBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-11-24T12:00:00.000Z' })
  readonly updatedAt!: string;
}

export class SecretListDto {
  @ApiProperty({ type: [SecretDto], description: 'By name.' })
  readonly items!: readonly SecretDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null: there is one page.', example: null })
  readonly next!: null;
}

export function secretDto({ name, refs, declaredBy, updatedAt }: ShownSecret): SecretDto {
  return { name, refs, declaredBy, updatedAt: isoTime(updatedAt) };
}
