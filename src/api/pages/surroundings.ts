/** What pages need that is no row: the time, and addresses on the forge. */
import { Inject, Injectable } from '@nestjs/common';
import { Forges } from '../../forge/forges.js';
import { Clock } from '../../kernel/clock.js';
import type { Event } from '../../model/event.js';
import type { Project } from '../../model/project.js';
import type { ForgePages } from './run-view.js';

const COMMIT = /^[0-9a-f]{40,64}$/;

@Injectable()
export class Surroundings {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Forges) private readonly forges: Forges,
  ) {}

  get nowMs(): number {
    return this.clock.now();
  }

  /** Made from the registration: nothing of a message becomes an address. */
  pages(project: Project, commit: string | null, event: Pick<Event, 'pullRequest'> | null): ForgePages {
    const forge = this.forges.of(project.instance);
    const number = event?.pullRequest ?? null;
    return {
      project: forge.pageUrl(project, { kind: 'project' }),
      commit: commit === null || !COMMIT.test(commit) ? null : forge.pageUrl(project, { kind: 'commit', commit }),
      pullRequest: number === null ? null : forge.pageUrl(project, { kind: 'pull-request', number }),
    };
  }
}
