/** TRUST.md §4: as long as jobs run as the server's own user, one installation serves one project, unless it says otherwise. */
import { Refusal } from '../kernel/errors.js';
import type { Projects } from '../store/projects.js';

export const SECOND_PROJECT =
  'jobs run as the user of this server (executor host), so whoever can push to one project could read the keys and code ' +
  'of every other: set server.host_shares_everything to true if they may, or disable the other project';

export class HostRule {
  constructor(
    private readonly projects: Projects,
    readonly hostSharesEverything: boolean,
  ) {}

  /** Call it in the commit that enables a project. Throws a Refusal when another one is enabled. */
  async refuseSecond(ownId: number | null): Promise<void> {
    if (this.hostSharesEverything) return;
    const others = (await this.projects.list()).filter((project) => project.enabled && project.id !== ownId);
    if (others.length > 0)
      throw new Refusal('conflict', 'second-project', `A second project is refused: ${SECOND_PROJECT}.`);
  }
}
