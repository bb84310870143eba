/** Fetches the mirror of a project from the project's own URL. */
import type { Forges } from '../forge/forges.js';
import type { FetchSource, Git } from '../git/git.js';
import { Fault, messageOf } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import type { Projects } from '../store/projects.js';

export interface FetchedProject {
  /** As a full ref; null for an empty repository. */
  readonly defaultBranch: string | null;
}

export class FetchProject {
  constructor(
    private readonly projects: Projects,
    private readonly forges: Forges,
    private readonly git: Git,
  ) {}

  /**
   * What was pushed before the call is there when it resolves. Throws a retryable Fault: whatever stands between us and the
   * repository (a 404, a refused address, a bad object) may be mended.
   */
  async fetch(project: Project): Promise<FetchedProject> {
    const source = await this.sourceOf(project);
    try {
      await this.git.fetch(source);
    } catch (cause) {
      throw new Fault(messageOf(cause), { cause, retryable: true });
    }
    return { defaultBranch: await this.git.defaultBranch(project.id) };
  }

  /** Where git fetches it from, with the credential that a private one needs. */
  async sourceOf(project: Project): Promise<FetchSource> {
    const forge = this.forges.of(project.instance);
    const token = await this.projects.readToken(project);
    return { projectId: project.id, url: forge.cloneUrl(project), authorization: forge.gitAuthorization(token) };
  }
}
