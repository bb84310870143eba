/** Turns a message of Pagure into facts: pure, and never throws, whatever the message holds. */
import type { JsonObject } from '../../kernel/json.js';
import type { EventFacts, EventKind, FlagFacts, PullRequestFacts } from '../../model/event.js';
import type { ForgeMessage, ForgeProject } from '../forge.js';
import { commitAt, countAt, listAt, nameAt, objectAt, textAt } from './fields.js';
import { encodePath, projectUrl } from './paths.js';
import { readPullRequest } from './pull-request.js';
import { readRefMove, type RefMove } from './ref-move.js';
import { isCommit, shortRef } from './refs.js';
import { summarise } from './summary.js';
import { meaningOf } from './topics.js';

/** Flags are compared with stored urls, never opened: a longer one cannot be ours. */
const LONGEST_URL = 2_000;

export function readFacts({ topic, msg }: ForgeMessage, project: ForgeProject): EventFacts {
  const meaning = meaningOf(topic, msg);
  const notification = meaning.kind === 'comment' && latestComment(msg)?.['notification'] === true;
  const noted = notification ? notedAction(msg) : null;
  const move = readRefMove(topic, msg);
  const pullRequest = readPullRequest(msg, project);
  const flag = readFlag(msg);
  const actor = readActor(topic, msg, pullRequest);
  return {
    topic,
    // What a comment notes of an update is that update, told once more: it may be the only one to arrive.
    kind: noted === null ? meaning.kind : 'pull-request',
    action: notification ? noted : meaning.action,
    ...move,
    commit: move.commit ?? pullRequest?.head ?? null,
    pullRequest,
    flag,
    notification,
    actor,
    url: pageOf({ kind: meaning.kind, msg, project, move, pullRequest, flag }),
    summary: summarise({ topic, msg, actor, move, pullRequest }),
  };
}

/** The comment a message is about: its own, or the last of all (FACTS §2: the new one is the last). */
export function latestComment(msg: JsonObject): JsonObject | null {
  const comments = ['pullrequest', 'issue'].flatMap((key) => listAt(msg, key, 'comments').slice(-1));
  return objectAt(msg, 'comment') ?? objectAt(comments[0]);
}

/** Pagure's own comment that a pull-request got commits belongs to that update; any other of its comments has no action. */
function notedAction(msg: JsonObject): string | null {
  const text = textAt(latestComment(msg) ?? undefined, 'comment') ?? '';
  return /^(\*\*\d+ new commits? added\*\*|rebased onto [0-9a-f]{40}$)/.test(text) ? 'synchronize' : null;
}

/** Of an update Pagure says that `pagure` did it: the author of the pull-request then stands for whoever pushed. */
function readActor(topic: string, msg: JsonObject, pullRequest: PullRequestFacts | null): string | null {
  const agent = nameAt(msg, 'agent');
  const isUpdate = topic === 'pull-request.updated' || topic === 'pull-request.rebased';
  return isUpdate && (agent === 'pagure' || agent === null) ? (pullRequest?.author ?? null) : agent;
}

function readFlag(msg: JsonObject): FlagFacts | null {
  const commit = commitAt(msg, 'flag', 'commit_hash');
  const url = textAt(msg, 'flag', 'url');
  return commit !== null && url !== null && url.length <= LONGEST_URL ? { commit, url } : null;
}

interface Subject {
  readonly kind: EventKind;
  readonly msg: JsonObject;
  readonly project: ForgeProject;
  readonly move: RefMove;
  readonly pullRequest: PullRequestFacts | null;
  readonly flag: FlagFacts | null;
}

/** The page to look at, built from the registration: an address from a message is never shown as a link. */
function pageOf({ kind, msg, project, move, pullRequest, flag }: Subject): string {
  const home = projectUrl(project);
  const comment = kind === 'comment' ? countAt(latestComment(msg) ?? undefined, 'id') : null;
  const anchor = comment === null ? '' : `#comment-${comment}`;
  const issue = countAt(msg, 'issue', 'id');
  if (pullRequest !== null) return `${home}/pull-request/${pullRequest.number}${anchor}`;
  if (issue !== null) return `${home}/issue/${issue}${anchor}`;
  if (flag !== null) return `${home}/c/${flag.commit}`;
  if (kind === 'create' && move.ref !== null) return `${home}/tree/${encodePath(shortRef(move.ref))}`;
  return isCommit(move.commit) ? `${home}/c/${move.commit}` : home;
}
