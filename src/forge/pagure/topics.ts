/** What each topic of Pagure means in our words (FACTS §2): kind, and the action that GitHub's event names match on. */
import type { JsonObject } from '../../kernel/json.js';
import type { EventKind } from '../../model/event.js';
import { textAt, textsAt } from './fields.js';

export interface Meaning {
  readonly kind: EventKind;
  /** Null where GitHub has no word: such a topic is matched by its own name alone. */
  readonly action: string | null;
}

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  (
    [
      ['git.receive', 'push', null],
      ['git.branch.creation', 'create', null],
      ['git.tag.creation', 'create', null],
      ['git.branch.deletion', 'delete', null],
      ['git.tag.deletion', 'delete', null],
      ['pull-request.new', 'pull-request', 'opened'],
      ['pull-request.updated', 'pull-request', 'synchronize'],
      ['pull-request.rebased', 'pull-request', 'synchronize'],
      ['pull-request.reopened', 'pull-request', 'reopened'],
      ['pull-request.closed', 'pull-request', 'closed'],
      ['pull-request.tag.added', 'pull-request', 'labeled'],
      ['pull-request.tag.removed', 'pull-request', 'unlabeled'],
      ['pull-request.assigned.added', 'pull-request', 'assigned'],
      ['pull-request.assigned.reset', 'pull-request', 'unassigned'],
      ['pull-request.initial_comment.edited', 'pull-request', 'edited'],
      // Deprecated doubles of pull-request.assigned.*: without an action they start nothing twice.
      ['request.assigned.added', 'pull-request', null],
      ['request.assigned.reset', 'pull-request', null],
      ['pull-request.comment.added', 'comment', 'created'],
      ['pull-request.comment.edited', 'comment', 'edited'],
      ['pull-request.flag.added', 'flag', null],
      ['pull-request.flag.updated', 'flag', null],
      ['commit.flag.added', 'flag', null],
      ['commit.flag.updated', 'flag', null],
      ['issue.new', 'issue', 'opened'],
      ['issue.edit', 'issue', 'edited'],
      ['issue.comment.added', 'comment', 'created'],
      ['issue.comment.edited', 'comment', 'edited'],
      ['issue.tag.added', 'issue', 'labeled'],
      ['issue.tag.removed', 'issue', 'unlabeled'],
      ['issue.assigned.added', 'issue', 'assigned'],
      ['issue.assigned.reset', 'issue', 'unassigned'],
      ['issue.dependency.added', 'issue', null],
      ['issue.dependency.removed', 'issue', null],
      ['issue.drop', 'issue', null],
      ['project.edit', 'project', null],
      ['project.user.added', 'project', null],
      ['project.user.access.updated', 'project', null],
      ['project.user.removed', 'project', null],
      ['project.group.added', 'project', null],
      ['project.group.access.updated', 'project', null],
      ['project.group.removed', 'project', null],
      ['project.tag.edited', 'project', null],
      ['project.tag.removed', 'project', null],
      ['Test.notification', 'other', null],
    ] as const
  ).map(([topic, kind, action]) => [topic, { kind, action }]),
);

/** The topics of FACTS §2, all of which reach a web-hook. */
export const LISTED_TOPICS: readonly string[] = [...MEANINGS.keys()];

/** A topic that nobody listed is `other`. */
export function meaningOf(topic: string, msg: JsonObject): Meaning {
  const meaning = MEANINGS.get(topic) ?? { kind: 'other', action: null };
  return topic === 'issue.edit' ? { ...meaning, action: issueEdit(msg) } : meaning;
}

/** A change of an issue's status comes as an edit of the field `status`. */
function issueEdit(msg: JsonObject): string {
  if (!textsAt(msg, 'fields').includes('status')) return 'edited';
  return textAt(msg, 'issue', 'status') === 'Open' ? 'reopened' : 'closed';
}
