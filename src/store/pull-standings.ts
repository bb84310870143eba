/** How pull-requests stand by what the forge's messages told last. */
import { type EntityManager, In } from 'typeorm';
import { events } from './schema/tables.js';
import type { Store } from './store.js';

export interface PullStanding {
  readonly isOpen: boolean;
  /** Null when no message named it. */
  readonly head: string | null;
}

/** Of what a pull-request may be told, what says how it stands. */
const TELLING = ['opened', 'synchronize', 'reopened', 'closed'];

export class PullStandings {
  constructor(private readonly store: Store) {}

  /** Null for a pull-request of which nothing was told. `manager`: that of a commit, to read inside it. */
  async of(
    projectId: number,
    pullRequest: number,
    manager: EntityManager = this.store.reader,
  ): Promise<PullStanding | null> {
    const event = await manager.findOne(events, {
      select: { id: true, action: true, commit: true },
      where: { projectId, pullRequest, kind: 'pull-request', action: In(TELLING), verdict: 'ok' },
      order: { id: 'DESC' },
    });
    return event && { isOpen: event.action !== 'closed', head: event.commit };
  }
}
