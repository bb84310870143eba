/** How a job's workspace is filled from a folder that somebody works in: one script, run by the executor as the job. */
import type { JobSource, WorkingTree } from '../../model/job-order.js';
import { NO_COMMIT } from '../../model/event.js';
import { branchOf } from '../names.js';

/**
 * The workspace gets a `.git` of its own whose alternate is the repository of the tree, HEAD and index as the commit has them:
 * `git status` shows there what it shows in the tree, but for what was staged. Then the files are copied, links as links. Of a
 * path that is listed and gone, or a folder (a repository in the repository), nothing is copied.
 */
const SCRIPT = `set -eu
workspace=$1 tree=$2 files=$3 without=$4 pattern=$5 repository=$6 commit=$7 url=$8 branch=$9
mkdir -p -- "$workspace"
found=$(ls -A -- "$workspace")
if [ -n "$repository" ]; then
  cd -- "$workspace"
  git init --quiet --template= .
  printf '%s\\n' "$repository/objects" >.git/objects/info/alternates
  if [ -f "$repository/shallow" ]; then cp -- "$repository/shallow" .git/shallow; fi
  git remote add -- origin "$url" 2>/dev/null || git config --replace-all remote.origin.url "$url"
  if [ -n "$commit" ]; then git read-tree --reset "$commit"; fi
  if [ -n "$branch" ]; then
    printf 'ref: refs/heads/%s\\n' "$branch" >.git/HEAD
    if [ -n "$commit" ]; then printf 'update HEAD %s\\n' "$commit" | git update-ref --stdin; fi
  elif [ -n "$commit" ]; then
    printf '%s\\n' "$commit" >.git/HEAD
  fi
fi
cd -- "$tree"
list() {
  if [ "$files" = git ]; then
    set -- .
    if [ -n "$without" ]; then set -- . ":(exclude,literal)$without"; fi
    git ls-files --cached --others --exclude-standard --deduplicate -z -- "$@"
  elif [ -n "$without" ]; then find . -path "$pattern" -prune -o '(' -type f -o -type l ')' -print0
  else find . '(' -type f -o -type l ')' -print0
  fi
}
failed=$workspace/.copy-failed
files() {
  { list || : >"$failed"; } |
    xargs -0r sh -c 'for file; do if [ -f "$file" ] || [ -L "$file" ]; then printf "%s\\0" "$file"; fi; done' list
}
# cp forgets to remove what is there when it has just made a folder.
if [ -n "$found" ]; then files | (cd -- "$workspace" && xargs -0r rm -rf --); fi
files |
  xargs -0r cp -P --parents --preserve=mode --remove-destination -t "$workspace" --
if [ -e "$failed" ]; then rm -- "$failed"; exit 1; fi
`;

export interface TreeCopy {
  readonly tree: WorkingTree;
  readonly workspace: string;
  /** Recorded as `origin`. */
  readonly url: string;
}

/** Pure. `workspace` is absolute and exists; what a second copy finds there is overwritten, and nothing is taken away. */
export function treeCommand(
  source: JobSource,
  { tree, workspace, url }: TreeCopy,
): { readonly argv: readonly string[] } {
  const commit = source.commit === NO_COMMIT ? '' : source.commit;
  const without = within(tree);
  const pattern = without.replace(/[[\]*?\\]/g, '\\$&');
  const values = [workspace, tree.folder, tree.files, without, pattern, source.mirror, commit, url];
  return { argv: ['sh', '-c', SCRIPT, 'copy', ...values, branchOf(source.ref) ?? ''] };
}

function within({ folder, without }: WorkingTree): string {
  return without?.startsWith(`${folder}/`) ? `.${without.slice(folder.length)}` : '';
}
