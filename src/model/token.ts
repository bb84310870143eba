/** Who may use the API. */

export type Role = 'read' | 'write' | 'maintain';

const ORDER: readonly Role[] = ['read', 'write', 'maintain'];

/** Does `held` include `wanted`? */
export function roleIncludes(held: Role, wanted: Role): boolean {
  return ORDER.indexOf(held) >= ORDER.indexOf(wanted);
}

/** A stored token: its text is never kept, only its SHA-256. */
export interface ApiToken {
  readonly id: number;
  readonly name: string;
  /** SHA-256 of the token's text, hex. */
  readonly hash: string;
  readonly role: Role;
  /** Ids of the projects it is limited to; null for all. */
  readonly projects: readonly number[] | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Written at most once a minute. */
  readonly lastUsedAt: number | null;
  /** Name of the token that made it; null for the first one. */
  readonly createdBy: string | null;
  readonly revokedBy: string | null;
}
