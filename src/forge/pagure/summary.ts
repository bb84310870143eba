/** Says in one line what a message means, for people. */
import { oneLine } from '../../kernel/one-line.js';
import type { JsonObject } from '../../kernel/json.js';
import { NO_COMMIT, type PullRequestFacts } from '../../model/event.js';
import { countAt, textAt, textsAt } from './fields.js';
import type { RefMove } from './ref-move.js';
import { shortRef } from './refs.js';

export interface Told {
  readonly topic: string;
  readonly msg: JsonObject;
  readonly actor: string | null;
  readonly move: RefMove;
  readonly pullRequest: PullRequestFacts | null;
}

type Sentence = (told: Told) => string;

/** At most 300 characters, without control characters and bidi marks. A topic that nobody listed is named as it is. */
export function summarise(told: Told): string {
  const sentence = SENTENCES.get(told.topic);
  const text = sentence ? `${told.actor ?? 'somebody'} ${sentence(told)}` : unlisted(told);
  return oneLine(text, 300);
}

function unlisted({ topic, actor }: Told): string {
  return actor === null ? topic : `${topic} by ${actor}`;
}

const SENTENCES: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['git.receive', pushed],
  ['git.branch.creation', (told) => `created branch ${refOf(told)}`],
  ['git.branch.deletion', (told) => `deleted branch ${refOf(told)}`],
  ['git.tag.creation', (told) => `created tag ${refOf(told)}`],
  ['git.tag.deletion', (told) => `deleted tag ${refOf(told)}`],
  ['pull-request.new', (told) => `opened ${pull(told)}`],
  ['pull-request.updated', (told) => `updated ${pull(told)}`],
  ['pull-request.rebased', (told) => `rebased ${pull(told)}`],
  ['pull-request.reopened', (told) => `reopened ${pull(told)}`],
  ['pull-request.closed', (told) => `${told.msg['merged'] === true ? 'merged' : 'closed'} ${pull(told)}`],
  ['pull-request.comment.added', (told) => `commented on ${pull(told)}`],
  ['pull-request.comment.edited', (told) => `edited a comment on ${pull(told)}`],
  ['pull-request.initial_comment.edited', (told) => `edited ${pull(told)}`],
  ['pull-request.tag.added', (told) => `tagged ${pull(told)} with ${tags(told)}`],
  ['pull-request.tag.removed', (told) => `removed ${tags(told)} from ${pull(told)}`],
  ['pull-request.assigned.added', (told) => `assigned ${pull(told)} to ${assignee(told, 'pullrequest')}`],
  ['pull-request.assigned.reset', (told) => `unassigned ${pull(told)}`],
  ['request.assigned.added', (told) => `assigned ${pull(told)} to ${assignee(told, 'pullrequest')}`],
  ['request.assigned.reset', (told) => `unassigned ${pull(told)}`],
  ['pull-request.flag.added', flagged],
  ['pull-request.flag.updated', flagged],
  ['commit.flag.added', flagged],
  ['commit.flag.updated', flagged],
  ['issue.new', (told) => `opened ${issue(told)}`],
  ['issue.edit', (told) => `edited ${texts(told, 'fields')} of ${issue(told)}`],
  ['issue.comment.added', (told) => `commented on ${issue(told)}`],
  ['issue.comment.edited', (told) => `edited a comment on ${issue(told)}`],
  ['issue.assigned.added', (told) => `assigned ${issue(told)} to ${assignee(told, 'issue')}`],
  ['issue.assigned.reset', (told) => `unassigned ${issue(told)}`],
  ['issue.tag.added', (told) => `tagged ${issue(told)} with ${tags(told)}`],
  ['issue.tag.removed', (told) => `removed ${tags(told)} from ${issue(told)}`],
  ['issue.dependency.added', (told) => `added a dependency to ${issue(told)}`],
  ['issue.dependency.removed', (told) => `removed a dependency from ${issue(told)}`],
  ['issue.drop', (told) => `deleted ${issue(told)}`],
  ['project.edit', (told) => `changed ${texts(told, 'fields')} of the project`],
  ['project.user.added', (told) => `gave ${text(told, 'new_user')} ${text(told, 'access')} access`],
  ['project.user.access.updated', (told) => `gave ${text(told, 'new_user')} ${text(told, 'new_access')} access`],
  ['project.user.removed', (told) => `removed the access of ${text(told, 'removed_user')}`],
  ['project.group.added', (told) => `gave group ${text(told, 'new_group')} ${text(told, 'access')} access`],
  [
    'project.group.access.updated',
    (told) => `gave group ${text(told, 'new_group')} ${text(told, 'new_access')} access`,
  ],
  ['project.group.removed', (told) => `removed the access of group ${texts(told, 'removed_groups')}`],
  ['project.tag.edited', (told) => `changed tag ${text(told, 'old_tag')}`],
  ['project.tag.removed', (told) => `removed tag ${tags(told)} from the project`],
  ['Test.notification', () => 'pressed the test button'],
]);

/** Of a new ref no number is told: where the default branch's name is a part of its own, Pagure counts the whole history (FACTS trap 6). */
function pushed(told: Told): string {
  const count = told.move.before === NO_COMMIT ? null : countAt(told.msg, 'total_commits');
  const what = count === null ? 'commits' : `${count} commit${count === 1 ? '' : 's'}`;
  return `${told.move.forced ? 'force-pushed' : 'pushed'} ${what} to ${refOf(told)}`;
}

function flagged(told: Told): string {
  const on = told.pullRequest ? pull(told) : (textAt(told.msg, 'flag', 'commit_hash') ?? 'a commit').slice(0, 10);
  return `flagged ${on}: ${text(told, 'flag', 'username')} says ${text(told, 'flag', 'status')}`;
}

function pull({ pullRequest }: Told): string {
  return pullRequest ? `pull-request #${pullRequest.number}: ${pullRequest.title}` : 'a pull-request';
}

function issue({ msg }: Told): string {
  const number = countAt(msg, 'issue', 'id');
  return number === null ? 'an issue' : `issue #${number}: ${textAt(msg, 'issue', 'title') ?? ''}`;
}

function assignee({ msg }: Told, key: string): string {
  return textAt(msg, key, 'assignee', 'name') ?? 'somebody';
}

function refOf({ move }: Told): string {
  return move.ref === null ? '?' : shortRef(move.ref);
}

function tags(told: Told): string {
  return texts(told, 'tags');
}

function texts({ msg }: Told, key: string): string {
  return textsAt(msg, key).join(', ') || '?';
}

function text({ msg }: Told, ...path: readonly string[]): string {
  return textAt(msg, ...path) ?? '?';
}
