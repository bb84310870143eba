/** API tokens as the API shows them; the text of a new one this once. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import type { ApiToken, Role } from '../model/token.js';
import type { IssuedToken } from '../projects/issue-token.js';
import { ROLES } from '../projects/token-input.js';
import { isoOrNull } from './shown.js';

const TIME = { type: String, format: 'date-time', example: '2026-11-24T12:00:00.000Z' };
const ID = { type: 'integer' as const, example: 2 };
const NAME = { type: String, description: 'For people: who or what holds it.', example: 'dashboard' };
const ROLE = { enum: ROLES, example: 'read' };
const PROJECTS = {
  type: 'array' as const,
  items: { type: 'integer' },
  nullable: true,
  description: 'Ids of the projects that it is limited to; null: all.',
  example: [1],
};
const EXPIRES = {
  ...TIME,
  nullable: true,
  description: 'Null: it does not expire.',
  example: '2030-01-31T12:00:00.000Z',
};

/** What is said of a token wherever it is shown. */
class TokenFacts {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty(NAME)
  readonly name!: string;

  @ApiProperty(ROLE)
  readonly role!: Role;

  @ApiProperty(PROJECTS)
  readonly projects!: readonly number[] | null;

  @ApiProperty(TIME)
  readonly createdAt!: string;

  @ApiProperty(EXPIRES)
  readonly expiresAt!: string | null;
}

export class TokenDto extends TokenFacts {
  @ApiProperty({
    enum: ['valid', 'expired', 'revoked'],
    description: 'Only a valid one opens anything.',
    example: 'valid',
  })
  readonly state!: 'valid' | 'expired' | 'revoked';

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Name of the token that made it; null: the server itself, at its first start.',
    example: 'first token',
  })
  readonly createdBy!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'To within a minute; null: never.' })
  readonly lastUsedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: null })
  readonly revokedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Name of the token that revoked it.', example: null })
  readonly revokedBy!: string | null;
}

export class TokenListDto {
  @ApiProperty({ type: [TokenDto], description: 'Newest first, those that have ended included.' })
  readonly items!: readonly TokenDto[];

  @ApiProperty({ type: String, nullable: true, description: 'The cursor of the next page.', example: null })
  readonly next!: string | null;
}

export class NewTokenDto extends TokenFacts {
  @ApiProperty({
    type: String,
    description: 'To be sent as `Authorization: Bearer …`; it is not kept and cannot be told again.',
    example: 'pa_0123456789abcdef0123456789abcdef01234567',
  })
  readonly token!: string;
}

export function tokenDto(token: ApiToken, nowMs: number): TokenDto {
  const { id, name, role, projects, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt, revokedBy } = token;
  return {
    ...{ id, name, role, projects, state: stateOf(token, nowMs), createdAt: isoTime(createdAt), createdBy },
    expiresAt: isoOrNull(expiresAt),
    lastUsedAt: isoOrNull(lastUsedAt),
    revokedAt: isoOrNull(revokedAt),
    revokedBy,
  };
}

export function newTokenDto({ id, text, token }: IssuedToken): NewTokenDto {
  const { name, role, projects, createdAt, expiresAt } = token;
  return { id, name, role, projects, createdAt: isoTime(createdAt), expiresAt: isoOrNull(expiresAt), token: text };
}

function stateOf({ revokedAt, expiresAt }: ApiToken, nowMs: number): TokenDto['state'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= nowMs ? 'expired' : 'valid';
}
