/** What is decided about: an event with its project and message, and what it stands on. */
import type { ForgeMessage } from '../forge/forge.js';
import type { Event, EventFacts } from '../model/event.js';
import type { PushedCommit } from '../model/pushed-commit.js';
import type { Project } from '../model/project.js';
import type { Run } from '../model/run.js';
import type { TriggerChoice } from './pull-request-target.js';
import type { Replayed } from './replayed.js';
import type { Situation } from './situation.js';

/** What is decided about: the mirror has been fetched after the event was stored. */
export interface EventToDecide {
  readonly event: Event;
  readonly message: ForgeMessage;
  readonly facts: EventFacts;
  readonly project: Project;
  /** The default branch as the fetch for it found it, as a full ref; null for an empty repository. */
  readonly defaultBranch: string | null;
  /** What it repeats; null for an event of its own. */
  readonly replayed: Replayed | null;
  /** The run that it tells of; null for an event of any other source. */
  readonly chained: Chained | null;
}

/** What an event of a chain tells of. */
export interface Chained {
  readonly run: Run;
  /** 1 for the first that follows. */
  readonly depth: number;
}

/** The same, with what git says of it: what every pipeline of the project is compared with. */
export interface Scene extends EventToDecide {
  readonly situation: Situation;
  /** Which triggers are looked at: `pull_request_target` stands on the default branch, whatever its event is about. */
  readonly triggers: TriggerChoice;
  /** First line for people, and what skip tokens are looked for in. */
  readonly headMessage: string;
  /** Of a push to a branch what it brought, the newest last; null where it is not known. */
  readonly commits: readonly PushedCommit[] | null;
}
