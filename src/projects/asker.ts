/** Who asks: what a valid API token says about its holder. */
import type { Role } from '../model/token.js';

export interface Asker {
  readonly tokenId: number;
  readonly name: string;
  readonly role: Role;
  /** Ids of the projects the token is limited to; null for all. */
  readonly projects: readonly number[] | null;
}

/** What a token does not see is answered as what is not there. */
export function seesProject(asker: Asker, projectId: number): boolean {
  return asker.projects === null || asker.projects.includes(projectId);
}
