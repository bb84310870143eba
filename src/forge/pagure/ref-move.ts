/** How a message says that a ref moved. */
import type { JsonObject } from '../../kernel/json.js';
import { NO_COMMIT, type EventFacts } from '../../model/event.js';
import { textAt } from './fields.js';
import { fullRef, isCommit, movedCommit } from './refs.js';

export type RefMove = Pick<EventFacts, 'ref' | 'before' | 'after' | 'forced' | 'commit'>;

const NO_MOVE: RefMove = { ref: null, before: null, after: null, forced: false, commit: null };

export function readRefMove(topic: string, msg: JsonObject): RefMove {
  const branch = fullRef('refs/heads/', textAt(msg, 'branch'));
  const tag = fullRef('refs/tags/', textAt(msg, 'tag'));
  const rev = movedCommit(textAt(msg, 'rev'));
  if (topic === 'git.receive') return received(branch, msg);
  if (topic === 'git.branch.creation') return created(branch, rev);
  if (topic === 'git.tag.creation') return created(tag, rev);
  if (topic === 'git.branch.deletion') return deleted(branch, rev);
  return topic === 'git.tag.deletion' ? deleted(tag, rev) : NO_MOVE;
}

/** `branch` is a bare name, of a tag too, or a full ref where a tag was moved by force (FACTS trap 5). */
function received(ref: string | null, msg: JsonObject): RefMove {
  const after = movedCommit(textAt(msg, 'end_commit'));
  return {
    ref,
    before: movedCommit(textAt(msg, 'old_commit')),
    after,
    forced: msg['forced'] === true,
    commit: isCommit(after) ? after : null,
  };
}

/** `rev` of an annotated tag is the tag object (FACTS trap 4). */
function created(ref: string | null, rev: string | null): RefMove {
  return { ref, before: NO_COMMIT, after: rev, forced: false, commit: rev };
}

function deleted(ref: string | null, rev: string | null): RefMove {
  return { ref, before: rev, after: NO_COMMIT, forced: false, commit: null };
}
