/** Fetches the mirror of a project from the project's own URL, once for all events that were told of before. */
import type { Forges } from '../forge/forges.js';
import type { FetchSource, Git } from '../git/git.js';
import { Fault, messageOf } from '../kernel/errors.js';
import type { Event } from '../model/event.js';
import type { ProjectRepository } from '../model/project-repository.js';
import type { Project } from '../model/project.js';
import type { Events } from '../store/events.js';
import type { Projects } from '../store/projects.js';

export interface FetchedProject {
  /** As a full ref; null for an empty repository. */
  readonly defaultBranch: string | null;
}

/** The last fetch of a project that an event has begun. */
interface BegunFetch {
  readonly url: string;
  /** Read before it began: it shows what any event up to this one tells of. */
  readonly newestEventId: Promise<number>;
  readonly fetched: Promise<FetchedProject>;
}

export class FetchProject {
  private readonly begun = new Map<number, BegunFetch>();

  constructor(
    private readonly projects: Projects,
    private readonly events: Pick<Events, 'newestId'>,
    private readonly forges: Forges,
    private readonly git: Git,
  ) {}

  /**
   * What was pushed before the call is there when it resolves. Throws a retryable Fault: whatever stands between us and the
   * repository (a 404, a refused address, a bad object) may be mended.
   */
  async fetch(project: Project): Promise<FetchedProject> {
    return this.fetchFrom(await this.sourceOf(project));
  }

  private async fetchFrom(source: FetchSource): Promise<FetchedProject> {
    try {
      await this.git.fetch(source);
    } catch (cause) {
      throw new Fault(messageOf(cause), { cause, retryable: true });
    }
    return { defaultBranch: await this.git.defaultBranch(source.projectId) };
  }

  /**
   * What was pushed before the event was stored is there when it resolves. An event that is looked at for the first time is
   * answered by a fetch that began after it was stored, failed or not; what is tried again asks again.
   */
  async fetchFor(project: Project, event: Event): Promise<FetchedProject> {
    const source = await this.sourceOf(project);
    const last = this.begun.get(project.id);
    if (last?.url === source.url && isFirstLook(event) && event.id <= (await last.newestEventId)) return last.fetched;
    // By the order of ids, not by a clock, which may be set back.
    const newestEventId = this.events.newestId();
    const fetched = newestEventId.then(() => this.fetchFrom(source));
    this.begun.set(project.id, { url: source.url, newestEventId, fetched });
    return fetched;
  }

  /** Where git fetches it from, with the credential that a private one or an ssh URL needs. */
  async sourceOf(project: Project): Promise<FetchSource> {
    const own = await this.projects.repositories.open(project.id);
    if (own !== null) return ownSource(project.id, own);
    const forge = this.forges.of(project.instance);
    const token = await this.projects.readToken(project);
    return { projectId: project.id, url: forge.cloneUrl(project), authorization: forge.gitAuthorization(token) };
  }
}

/** The token of the forge is not shown there. */
function ownSource(projectId: number, { url, sshKey, hostKeys }: ProjectRepository): FetchSource {
  const ssh = sshKey === null ? {} : { ssh: { privateKey: sshKey, hostKeys } };
  return { projectId, url, authorization: null, ...ssh };
}

function isFirstLook({ state, tries, waits }: Event): boolean {
  return state === 'due' && tries <= 1 && waits === 0;
}
