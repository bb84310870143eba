/** Names of branches and tags from messages, as full refs. */
import { NO_COMMIT } from '../../model/event.js';

/** What git allows in no ref: control characters, blanks, `~^:?*[\`, and the sequences that mean something else to it. */
const REFUSED = /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[/.]$|^[./]/u;

/** `folder` + `name` unless it is a full ref already; null when git would refuse the name or it is neither branch nor tag. */
export function fullRef(folder: 'refs/heads/' | 'refs/tags/', name: string | null): string | null {
  if (name === null || name === '' || name.length > 1_000 || REFUSED.test(name)) return null;
  if (!name.startsWith('refs/')) return folder + name;
  return /^refs\/(heads|tags)\//.test(name) ? name : null;
}

/** `main` of `refs/heads/main`, `v1` of `refs/tags/v1`, `3/merge` of `refs/pull/3/merge`; any other ref as it is. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|pull)\//, '');
}

/** A commit id of a message; the `^` before the zeros of a new branch (FACTS trap 1) is dropped. */
export function movedCommit(text: string | null): string | null {
  const bare = text?.replace(/^\^/, '').toLowerCase() ?? '';
  return /^[0-9a-f]{40}$/.test(bare) ? bare : null;
}

export function isCommit(commit: string | null): commit is string {
  return commit !== null && commit !== NO_COMMIT;
}
