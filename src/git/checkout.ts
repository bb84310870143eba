/** How a job's workspace is filled from the mirror: command lines that the executor runs as the job (TRUST.md §3, §4). */
import { Fault } from '../kernel/errors.js';
import type { JobSource, WorkingTree } from '../model/job-order.js';
import { treeCommand } from './mirror/copy-tree.js';
import { CLOSED, configVariables, type GitConfig, type GitEnvironment } from './mirror/environment.js';
import { branchOf, isObjectId } from './names.js';

export interface CheckoutCommands {
  /** To be run one after another with the workspace as folder, until one fails. */
  readonly commands: readonly { readonly argv: readonly string[] }[];
  /** On top of the session's own environment, for these commands only. */
  readonly env: GitEnvironment;
}

/**
 * One script, so that a checkout costs one start of a process. All that varies comes in as an argument. The workspace gets a
 * `.git` of its own whose alternate is the mirror: no hard links, through which a job could rewrite the mirror's objects, no
 * worktree, no reading of the mirror's configuration (so it may belong to another user). `read-tree` runs no hook; `init`
 * without a template brings none; filters that the tree's attributes name are configured nowhere, so they do nothing.
 */
const SCRIPT = `set -eu
workspace=$1 objects=$2 commit=$3 url=$4 branch=$5 own=$6 clean=$7 refs=$8 cone=$9
shift 9
mkdir -p -- "$workspace"
cd -- "$workspace"
if [ "$clean" = true ]; then
  if [ -d .git ] && [ "$(git config --get remote.origin.url)" = "$url" ]; then git clean -ffdxq
  else find . -mindepth 1 -maxdepth 1 -exec rm -rf -- {} +
  fi
fi
git init --quiet --template= .
printf '%s\\n' "$objects" >.git/objects/info/alternates
git remote add -- origin "$url" 2>/dev/null || git config --replace-all remote.origin.url "$url"
if [ "$cone" != whole ]; then printf '%s\\n' "$@" | git sparse-checkout set "$cone" --stdin
elif [ -f .git/info/sparse-checkout ]; then git sparse-checkout disable
fi
git read-tree -u --reset "$commit"
if [ -n "$refs" ]; then
  git --git-dir="$own" for-each-ref --format='%(refname) %(objectname)' $refs |
    sed 's|^refs/heads/|refs/remotes/origin/|; s|^|update |' | git update-ref --stdin
fi
if [ -n "$branch" ]; then
  printf 'ref: refs/heads/%s\\n' "$branch" >.git/HEAD
  printf 'update %s %s\\n' HEAD "$commit" "refs/remotes/origin/$branch" "$commit" | git update-ref --stdin
else
  printf '%s\\n' "$commit" >.git/HEAD
fi
`;

const SAFE: GitConfig = [
  ['core.hooksPath', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.symlinks', 'true'],
  // Spellings of .git that only other systems take for it are refused here as well.
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['submodule.recurse', 'false'],
  // The workspace may have been made by another user than the one that the job runs as.
  ['safe.directory', '*'],
];

/** Of every git that reads or fills a workspace. */
export const CHECKOUT_ENVIRONMENT: GitEnvironment = {
  ...CLOSED,
  GIT_ALLOW_PROTOCOL: '',
  GIT_LFS_SKIP_SMUDGE: '1',
  ...configVariables(SAFE),
};

/** Each left out means no. */
export interface CheckoutOptions {
  /** Takes away what git does not know, and in a folder that is no checkout of this repository everything. */
  readonly clean?: boolean;
  /** The project's tags, and its branches as `origin/<name>`, as the mirror has them. */
  readonly tags?: boolean;
  readonly branches?: boolean;
  /** Which files are written; `cone`: the patterns are folders. */
  readonly sparse?: { readonly patterns: readonly string[]; readonly cone: boolean };
}

/**
 * Pure. `workspace` is absolute, as the job sees it, and is made if need be; a second checkout into it replaces the first. HEAD is the
 * branch when `source.ref` is one, else detached; submodules and LFS files are left as the tree has them (empty folders,
 * pointers). Throws a Fault for a source that no plan can hold.
 */
export function checkoutCommands(
  source: JobSource,
  workspace: string,
  options: CheckoutOptions = {},
): CheckoutCommands {
  if (!isObjectId(source.commit)) throw new Fault('a checkout needs a full commit id', { retryable: false });
  if (/[\n"]/.test(source.mirror))
    throw new Fault('the path of a mirror holds a quote or newline', { retryable: false });
  const { tree } = source;
  const url = plainUrl(source.url);
  if (tree) return { commands: [treeCommand(source, { tree, workspace, url })], env: treeEnvironment(tree) };
  const own = projectMirror(source);
  const place = [workspace, `${source.mirror}/objects`, source.commit, url, branchOf(source.ref) ?? '', own];
  const values = [...place, ...optionValues(options)];
  return { commands: [{ argv: ['sh', '-c', SCRIPT, 'checkout', ...values] }], env: CHECKOUT_ENVIRONMENT };
}

function optionValues({ clean, tags, branches, sparse }: CheckoutOptions): readonly string[] {
  const refs = [...(tags ? ['refs/tags'] : []), ...(branches ? ['refs/heads'] : [])];
  const cone = sparse?.cone ? '--cone' : '--no-cone';
  return [clean ? 'true' : 'false', refs.join(' '), sparse ? cone : 'whole', ...(sparse?.patterns ?? [])];
}

/** What a log calls the checkout. Pure. */
export function checkoutTitle({ tree, commit }: JobSource): string {
  return tree ? `Copy the working tree ${tree.folder}` : `Check out ${commit}`;
}

/** Folders outside the workspace that a checkout reads. Pure. */
export function checkoutReads({ mirror, project = '', tree }: JobSource): readonly string[] {
  return [mirror, project, tree?.folder ?? ''].filter((folder) => folder !== '');
}

/** The repository whose branches and tags are those of the project itself. Pure. */
export function projectMirror({ mirror, project }: JobSource): string {
  return project ?? mirror;
}

function treeEnvironment({ excludes }: WorkingTree): GitEnvironment {
  const ignored: GitConfig = excludes === null ? [] : [['core.excludesFile', excludes]];
  return { ...CHECKOUT_ENVIRONMENT, ...configVariables([...SAFE, ...ignored]) };
}

/** The URL without user name and password; what is no URL is a path (a local run) and must not be read as an option. */
function plainUrl(url: string): string {
  if (!URL.canParse(url)) return url.startsWith('-') ? `./${url}` : url;
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
