/** The forge as a port: what a message of it means, and what this program may ask of it and tell it. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { Thread } from '../model/comment-command.js';
import type { EventFacts, PullRequestFacts, ResolvedEvent } from '../model/event.js';
import type { FlagStatus } from '../model/flag.js';

export type { ResolvedEvent };

/** What a forge needs to know of a project to find it. */
export interface ForgeProject {
  /** Normalised instance URL, no trailing slash. */
  readonly instance: string;
  readonly fullname: string;
}

/** A message whose signature held. Both values came from outside. */
export interface ForgeMessage {
  readonly topic: string;
  readonly msg: JsonObject;
}

/** The contexts whose names and shapes the forge gives; `github` lacks what only a run knows (run_id, workflow, job …). */
export interface ForgeContexts {
  readonly github: JsonObject;
  /** The signed message as it came. */
  readonly event: Json;
  readonly pagure: JsonObject;
}

/** A flag as it is to be shown. */
export interface WantedFlag {
  readonly commit: string;
  /** 32 hex digits: the same (commit, uid) updates. */
  readonly uid: string;
  readonly username: string;
  readonly status: FlagStatus;
  readonly comment: string;
  readonly url: string;
  /** 0 to 100, of what is under way; left out or null when nothing is to be said of it. */
  readonly percent?: number | null;
}

/** A flag as the forge shows it; Pagure's reading gives no uid. */
export interface ShownFlag {
  readonly username: string;
  readonly status: string;
  readonly comment: string;
  readonly url: string;
}

/**
 * `sent`: the forge has it. `refused`: it will never take it as it is (401, 403, 404, 400): pause until a person mends it.
 * Anything else (time-out, 429, 5xx, no answer) is a retryable Fault; after a time-out read the flags back.
 */
export type SendFlagAnswer = { readonly kind: 'sent' } | { readonly kind: 'refused'; readonly reason: string };

/** A new comment as a message tells of it. */
export interface ToldComment extends Thread {
  readonly commentId: number;
  readonly author: string;
  readonly text: string;
}

/** A comment as the forge shows it when it is asked. */
export interface ShownComment {
  readonly id: number;
  readonly author: string | null;
  readonly text: string;
  /** Did the forge write it itself? */
  readonly isNotification: boolean;
}

/** A pull-request as the forge shows it when it is asked, whatever messages said of it. */
export interface ShownPullRequest extends PullRequestFacts {
  readonly isOpen: boolean;
}

/** What people may look at on the forge. */
export type ForgePage =
  | { readonly kind: 'project' }
  | { readonly kind: 'commit'; readonly commit: string }
  | { readonly kind: 'pull-request'; readonly number: number };

/**
 * One implementation per kind of forge, one object per process. Pure functions are safe to call at any time;
 * network functions have a time limit of their own, contact only addresses that the egress policy allows, follow no redirect.
 */
export abstract class Forge {
  /** Pure. Any value of any field may be missing or of the wrong type: unknown ones become null. Never throws. */
  abstract facts(message: ForgeMessage, project: ForgeProject): EventFacts;

  /** Pure. The payload is shaped as GitHub shapes that of `eventName`. */
  abstract contexts(message: ForgeMessage, project: ForgeProject, resolved: ResolvedEvent): ForgeContexts;

  /** Where git fetches the project from. */
  abstract cloneUrl(project: ForgeProject): string;

  /** Pure. Where people look at it: made from the registration, so it stands under the project's instance. */
  abstract pageUrl(project: ForgeProject, page: ForgePage): string;

  /** The value of git's extra `Authorization` header for a token, or null without one. */
  abstract gitAuthorization(token: string | null): string | null;

  /** Asks without a token. Throws a retryable Fault when the forge does not answer. */
  abstract isPublic(project: ForgeProject): Promise<boolean>;

  abstract sendFlag(project: ForgeProject, token: string, flag: WantedFlag): Promise<SendFlagAnswer>;

  /** All flags of a commit. Throws a retryable Fault when the forge does not answer. */
  abstract readFlags(project: ForgeProject, token: string | null, commit: string): Promise<readonly ShownFlag[]>;

  /**
   * May this user push to this branch, by groups and branch limits too? False for a user that the forge does not know. Throws a
   * retryable Fault when it does not answer, a Refusal when the egress policy says no.
   */
  abstract mayCommit(
    project: ForgeProject,
    token: string | null,
    asked: { readonly user: string; readonly branch: string },
  ): Promise<boolean>;

  /**
   * The key that it signs the project's web-hooks with; null when it tells none to this token. Throws as `mayCommit` does.
   */
  abstract readHookKey(project: ForgeProject, token: string): Promise<string | null>;

  /** As it stands now; null when the forge knows none of this number (yet). Throws as `mayCommit` does. */
  abstract readPullRequest(
    project: ForgeProject,
    token: string | null,
    number: number,
  ): Promise<ShownPullRequest | null>;

  /** Pure. A comment that somebody has just written; null for any other message, for what the forge wrote, and when its author did not send it. */
  abstract toldComment(message: ForgeMessage): ToldComment | null;

  /** All comments of a thread, oldest first; null when there is no such thread. Throws as `mayCommit` does. */
  abstract readComments(
    project: ForgeProject,
    token: string | null,
    thread: Thread,
  ): Promise<readonly ShownComment[] | null>;

  /** As `sendFlag`; after a time-out look among the comments before it is sent again. */
  abstract sendComment(
    project: ForgeProject,
    token: string,
    comment: Thread & { readonly text: string },
  ): Promise<SendFlagAnswer>;

  /** Name of the user that the token is of; null when the forge does not take it. Throws as `mayCommit` does. */
  abstract userOf(project: ForgeProject, token: string): Promise<string | null>;
}
