/** Which texts from outside may be given to git as a commit, a ref or a folder; all else is answered as missing. */

const LONGEST_NAME = 1_000;

/** 40 lower-case hex digits. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/**
 * A full ref (`refs/heads/main`) by git's own rules (git-check-ref-format): no part that is empty, begins with a dot or
 * ends in `.lock`, no `..`, `@{`, blank, control character or one of `~^:?*[\`, no dot at the end.
 */
export function isRefName(text: string): boolean {
  if (!text.startsWith('refs/') || text.length > LONGEST_NAME) return false;
  if (/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\.$/.test(text)) return false;
  return text.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/** The branch that a full ref names, or null when it names none. */
export function branchOf(ref: string): string | null {
  return isRefName(ref) && ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}

/** A folder of a tree, '' for its root: relative, without `.`, `..`, empty parts or control characters. */
export function isFolder(text: string): boolean {
  if (text === '') return true;
  if (/[\x00-\x1f\x7f]/.test(text) || text.length > LONGEST_NAME) return false;
  return text.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
