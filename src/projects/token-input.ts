/** What a maintainer says about a new API token. */
import { IsIn } from 'class-validator';
import type { Role } from '../model/token.js';
import { lineOfText, rowId, time } from './checks.js';
import { EachMust, MayBeMissing, Must } from './must.js';

export const ROLES: readonly Role[] = ['read', 'write', 'maintain'];

export class TokenInput {
  /** For people: who or what holds it. */
  @Must(lineOfText)
  readonly name!: string;

  @IsIn([...ROLES], { message: `must be ${ROLES.join(', ')}` })
  readonly role!: Role;

  /** Ids of the projects it is limited to; left out: all. */
  @MayBeMissing()
  @EachMust(rowId, { min: 1, max: 100 })
  readonly projects?: readonly number[];

  /** Left out: it does not expire. */
  @MayBeMissing()
  @Must(time)
  readonly expiresAt?: string;
}
