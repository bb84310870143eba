/** Which commit a checkout means that names a ref of its own: only what the project's branches and tags lead to (TRUST.md §2). */
import type { JobSource } from '../model/job-order.js';
import { CHECKOUT_ENVIRONMENT, projectMirror } from './checkout.js';
import type { GitEnvironment } from './mirror/environment.js';
import { isObjectId, isRefName } from './names.js';

/** A command that prints what `judge` reads, to be run by the executor as the job. */
export interface RefQuestion {
  readonly argv: readonly string[];
  readonly env: GitEnvironment;
  /** Null when the project has no such ref. */
  readonly judge: (printed: string) => Pick<JobSource, 'commit' | 'ref'> | null;
}

/** `own`: the commit of the run itself, whatever leads to it. `none`: no name that a project's own commit can have. */
export type WantedCheckout =
  { readonly kind: 'own' } | { readonly kind: 'none' } | ({ readonly kind: 'ask' } & RefQuestion);

/**
 * Objects that no branch or tag leads to lie in a mirror too: what was forced away, what a pull-request brought. So a commit is
 * asked for by what contains it, a name only below the project's own refs. Prints `<commit> <ref>`, and nothing for what is not there.
 */
const SCRIPT = `set -eu
mirror=$1 commit=$2
shift 2
if [ -n "$commit" ]; then
  git --git-dir="$mirror" for-each-ref --count=1 --contains="$commit" --format="$commit %(refname)" "$@" || :
  exit
fi
for ref; do
  if commit=$(git --git-dir="$mirror" rev-parse --verify --quiet "$ref^{commit}"); then
    printf '%s %s\\n' "$commit" "$ref"
    exit
  fi
done
`;

/**
 * Pure. `wanted`: a branch, a tag, a full ref or 40 hex digits, from outside. A branch of the name goes before a tag, and is
 * where the mirror has it now, as GitHub takes the newest; only a working tree stands for its own branch.
 */
export function wantedCheckout(wanted: string, source: JobSource): WantedCheckout {
  if (isOwn(wanted, source)) return { kind: 'own' };
  const commit = wanted.toLowerCase();
  if (isObjectId(commit)) return questionOf(source, commit, roots(source));
  const refs = (wanted.startsWith('refs/') ? [wanted] : roots(source).map((root) => `${root}/${wanted}`)).filter(
    (ref) => isRefName(ref) && roots(source).some((root) => ref.startsWith(`${root}/`)),
  );
  return refs.length === 0 ? { kind: 'none' } : questionOf(source, '', refs);
}

/** A working tree's repository has no branches of a project but those that were fetched. */
function roots({ tree }: JobSource): readonly string[] {
  return ['refs/heads', 'refs/tags', ...(tree ? ['refs/remotes/origin'] : [])];
}

function isOwn(wanted: string, { commit, ref, tree }: JobSource): boolean {
  if (wanted.toLowerCase() === commit) return true;
  const pull = /^refs\/pull\/\d+\//.exec(ref)?.[0];
  if (pull !== undefined) return [`${pull}head`, `${pull}merge`].includes(wanted);
  return tree !== undefined && [ref, ref.replace(/^refs\/(heads|tags)\//, '')].includes(wanted);
}

function questionOf(source: JobSource, commit: string, refs: readonly string[]): WantedCheckout {
  const argv = ['sh', '-c', SCRIPT, 'wanted', projectMirror(source), commit, ...refs];
  return { kind: 'ask', argv, env: CHECKOUT_ENVIRONMENT, judge: (printed) => judge(printed, commit) };
}

/** HEAD is a branch only where a branch was named. */
function judge(printed: string, commit: string): Pick<JobSource, 'commit' | 'ref'> | null {
  const found = /^([0-9a-f]{40}) (refs\/\S+)$/m.exec(printed);
  if (!found?.[1] || !found[2]) return null;
  const ref = found[2].replace(/^refs\/remotes\/origin\//, 'refs/heads/');
  return { commit: found[1], ref: commit === '' ? ref : found[1] };
}
