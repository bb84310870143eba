/** A new API token as the API shows it, this once with its text. */
import { isoTime } from '../kernel/clock.js';
import type { Role } from '../model/token.js';
import type { IssuedToken } from '../projects/issue-token.js';

export class NewTokenDto {
  readonly id!: number;
  readonly name!: string;
  readonly role!: Role;
  /** Ids of the projects it is limited to; null for all. */
  readonly projects!: readonly number[] | null;
  readonly createdAt!: string;
  readonly expiresAt!: string | null;
  /** To be sent as `Authorization: Bearer …`; it is not kept and cannot be told again. */
  readonly token!: string;
}

export function newTokenDto({ id, text, token }: IssuedToken): NewTokenDto {
  return {
    id,
    name: token.name,
    role: token.role,
    projects: token.projects,
    createdAt: isoTime(token.createdAt),
    expiresAt: token.expiresAt === null ? null : isoTime(token.expiresAt),
    token: text,
  };
}
