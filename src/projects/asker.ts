/** Who asks: what a valid API token says about its holder. */
import type { ApiToken, Role } from '../model/token.js';

export interface Asker {
  readonly tokenId: number;
  readonly name: string;
  readonly role: Role;
  /** Ids of the projects the token is limited to; null for all. */
  readonly projects: readonly number[] | null;
  /** Milliseconds; null for a token that does not expire. */
  readonly expiresAt: number | null;
}

/** A token limited to projects sees only those limited to some of these. */
export function seesToken({ projects: held }: Asker, { projects }: Pick<ApiToken, 'projects'>): boolean {
  return held === null || (projects?.every((id) => held.includes(id)) ?? false);
}

/** What a token does not see is answered as what is not there. */
export function seesProject(asker: Asker, projectId: number): boolean {
  return asker.projects === null || asker.projects.includes(projectId);
}
