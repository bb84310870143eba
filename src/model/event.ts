/** What happened on the forge, in our words. */
import type { PushedCommit } from './pushed-commit.js';
import type { Verdict } from './delivery.js';

export type EventSource = 'webhook' | 'reconcile' | 'schedule' | 'manual' | 'replay' | 'bus' | 'chain';

/** Neutral kinds that GitHub's event names match on; `run` tells of a run of ours, `other` is any topic nobody listed. */
export type EventKind =
  | 'push'
  | 'create'
  | 'delete'
  | 'pull-request'
  | 'comment'
  | 'issue'
  | 'flag'
  | 'project'
  | 'schedule'
  | 'dispatch'
  | 'run'
  | 'other';

/** A pull-request as a delivery describes it. */
export interface PullRequestFacts {
  readonly number: number;
  readonly title: string;
  /** Branch it wants to go to, bare name. */
  readonly targetBranch: string;
  /** Bare name; '' when the message has none. */
  readonly sourceBranch: string;
  /** Where its commits come from: a branch of the project itself, another project, or any URL (`remote_git`). */
  readonly source: 'own' | 'fork' | 'remote';
  /** Fullname of the source project, null for a remote. */
  readonly sourceProject: string | null;
  /** Of a remote the URL that its author typed; left out elsewhere. */
  readonly remoteUrl?: string;
  /** `commit_stop`; null where the message has none. */
  readonly head: string | null;
  readonly author: string | null;
}

/** A flag that a message reports. */
export interface FlagFacts {
  readonly commit: string;
  readonly url: string;
}

/** What a message says, read without git and without trust: every field came from outside. */
export interface EventFacts {
  /** Verbatim, as the forge spells it. */
  readonly topic: string;
  readonly kind: EventKind;
  /**
   * GitHub's word for what happened (`opened`, `synchronize`, `created`); null where it has none. A comment that the forge
   * wrote about new commits of a pull-request reads `synchronize`, its other notifications null.
   */
  readonly action: string | null;
  /**
   * Full name (`refs/heads/main`), or null. A `git.receive` of a tag names it without `refs/tags/`, so it reads
   * `refs/heads/v1.3` here until `triage/` has asked git (FACTS trap 5).
   */
  readonly ref: string | null;
  /** 40 hex; of a creation forty zeros; a leading `^` is dropped. Null where nothing moved. */
  readonly before: string | null;
  /** 40 hex (a tag OBJECT for an annotated tag, FACTS trap 4); of a deletion forty zeros. */
  readonly after: string | null;
  readonly forced: boolean;
  /** The commit that the message is about, when it names one of a push, tag or pull-request. */
  readonly commit: string | null;
  readonly pullRequest: PullRequestFacts | null;
  readonly flag: FlagFacts | null;
  /** True for a comment that the forge itself wrote (`notification: true`). */
  readonly notification: boolean;
  readonly actor: string | null;
  readonly url: string | null;
  /** One line for people, control characters removed. */
  readonly summary: string;
}

/** `due`: waits for triage; `done`; `parked`: failed three times; `idle`: its verdict starts nothing. */
export type EventState = 'due' | 'done' | 'parked' | 'idle';

/** A stored event: the columns of its facts that are searched or joined on. The message stays in the delivery's body. */
export interface Event extends Omit<EventFacts, 'pullRequest' | 'flag' | 'notification'> {
  readonly id: number;
  readonly projectId: number;
  readonly deliveryId: number | null;
  readonly source: EventSource;
  /** Its number. */
  readonly pullRequest: number | null;
  readonly verdict: Verdict;
  readonly state: EventState;
  /** Why it is parked or was dropped whole, for people. */
  readonly note: string | null;
  /** How often it was looked at and we broke. */
  readonly tries: number;
  /** How often the world (network, forge) was not ready for it. */
  readonly waits: number;
  /** When it is to be looked at (again); null when nothing is due. */
  readonly dueAt: number | null;
  readonly receivedAt: number;
}

/** Forty zeros: "no commit" on one side of a ref's move. */
export const NO_COMMIT = '0'.repeat(40);

/** What triage has found out about an event by asking git; kept on the run, so that its contexts can be made again. */
export interface ResolvedEvent {
  /** GitHub's event name (`push`, `pull_request`) or the topic. */
  readonly eventName: string;
  readonly action: string | null;
  /** As in `github.ref`: `refs/heads/main`, `refs/tags/v1`, `refs/pull/3/merge`. */
  readonly ref: string;
  /** Of a pull-request the bare name of its source branch; left out elsewhere. */
  readonly headBranch?: string;
  /** The number of the pull-request that it is about, or that the run was about which it follows; left out elsewhere. */
  readonly pullRequest?: number;
  /** Who asked for a re-run, or for the start by hand; left out elsewhere. */
  readonly triggeringActor?: string;
  /** Its commits are not the project's own: they are kept in a store of the pull-request. Left out elsewhere. */
  readonly isForeign?: true;
  /** The commit that is tested; null for a held run whose message names none. */
  readonly commit: string | null;
  readonly before: string | null;
  /** Bare name. */
  readonly defaultBranch: string;
  /** Message of the tested commit, '' when unknown. */
  readonly headMessage: string;
  /** Of a push to a branch what it brought, the newest last; left out where it is not known. */
  readonly commits?: readonly PushedCommit[];
}

/** The bare name of the branch that it is about, of a pull-request its source; of a tag the tag. */
export function headNameOf({ headBranch, ref }: Pick<ResolvedEvent, 'headBranch' | 'ref'>): string {
  return headBranch ?? ref.replace(/^refs\/(heads|tags)\//, '');
}
