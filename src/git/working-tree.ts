/** What a folder that somebody works in is to git: asked with that person's own git configuration. */
import type { Clock } from '../kernel/clock.js';
import { Fault } from '../kernel/errors.js';
import { NO_COMMIT } from '../model/event.js';
import { runToEnd } from '../process/run-to-end.js';
import type { StartProcess } from './mirror/run-git.js';

export interface TreeFacts {
  /** Root of the repository, absolute; null when the folder stands in none. */
  readonly root: string | null;
  /** Its git folder, which linked working trees share, absolute; null without a repository. */
  readonly repository: string | null;
  /** Full ref that is checked out; null for a detached HEAD and without a repository. */
  readonly branch: string | null;
  /** 40 hex; forty zeros when there is no commit yet. */
  readonly head: string;
  /** Bare name of the branch that the remote shows first, as the clone remembers it; else `main`. */
  readonly mainBranch: string;
  /** Of HEAD, '' without one. */
  readonly message: string;
  /** What a push would find there: where the branch stands at its remote, else the parent of HEAD; forty zeros for none. */
  readonly before: string;
  /** Of the remote `origin`, or null. */
  readonly url: string | null;
  /** The user's own list of ignored files, or null. */
  readonly excludes: string | null;
}

export interface AskGit {
  readonly start: StartProcess;
  readonly clock: Clock;
  /** The environment of the person who asks. */
  readonly env: Readonly<Record<string, string>>;
}

/** One process for all questions; each answer ends with a NUL. */
const QUESTIONS = `cd -- "$1" || exit 1
ask() { printf '%s\\0' "$("$@" 2>/dev/null || :)"; }
ask git rev-parse --show-toplevel
ask git rev-parse --path-format=absolute --git-common-dir
ask git symbolic-ref --quiet HEAD
ask git log -1 --format='%H %P%n%B' HEAD
ask git rev-parse --verify --quiet '@{upstream}^{commit}'
ask git config --get remote.origin.url
ask git config --type=path --get core.excludesFile
ask git symbolic-ref --quiet refs/remotes/origin/HEAD
`;

/** What git tells its hooks: here the folder alone says which repository is meant. */
const OF_HOOKS = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES)$/;

const LIMITS = { limitBytes: 16 * 1024 * 1024, timeoutMs: 30_000 };

/** Throws a Fault when the folder cannot be entered or git hangs; without git there is no repository. */
export async function readTreeFacts(folder: string, asking: AskGit): Promise<TreeFacts> {
  const answer = await ask(['sh', '-c', QUESTIONS, 'ask', folder], folder, asking);
  const [root = '', repository = '', branch = '', log = '', upstream = '', ...more] = answer.split('\0');
  const [url = '', excludes = '', first = ''] = more;
  const [, head = NO_COMMIT, parent = NO_COMMIT, message = ''] =
    /^([0-9a-f]{40})(?: ([0-9a-f]{40}))?[^\n]*\n([^]*)$/.exec(log) ?? [];
  const isAhead = upstream !== '' && upstream !== head;
  return {
    ...{ root: root || null, repository: repository || null, branch: branch || null, url: url || null },
    ...{ mainBranch: first.replace(/^refs\/remotes\/origin\//, '') || 'main' },
    ...{ head, message, before: isAhead ? upstream : parent, excludes: excludes || usualExcludes(asking.env) },
  };
}

/** Paths that differ between two commits; `from` may be forty zeros: all. Throws a Fault when git cannot tell. */
export async function changedInTree(
  folder: string,
  { from, to }: { readonly from: string; readonly to: string },
  asking: AskGit,
): Promise<readonly string[]> {
  if (to === NO_COMMIT) return [];
  const argv =
    from === NO_COMMIT
      ? ['git', 'ls-tree', '-r', '-z', '--name-only', '--full-tree', to]
      : ['git', 'diff', '--name-only', '--no-renames', '-z', from, to];
  return named(await ask(argv, folder, asking));
}

/** Is the commit there? Throws a Fault when git cannot tell. */
export async function hasCommit(folder: string, commit: string, asking: AskGit): Promise<boolean> {
  const argv = ['sh', '-c', 'git cat-file -e "$1^{commit}" 2>/dev/null && echo yes || :', 'has', commit];
  return (await ask(argv, folder, asking)) !== '';
}

/** Those of the paths, which are relative to the folder, that git ignores. */
export async function ignoredIn(
  folder: string,
  paths: readonly string[],
  asking: AskGit,
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const script = `printf '%s\\0' "$@" | git check-ignore -z --stdin || [ $? -eq 1 ]`;
  const argv = ['sh', '-c', script, 'ignored', ...paths];
  return new Set(named(await ask(argv, folder, asking)));
}

/** Folders that hold only what git ignores, relative, without a slash at their end. */
export async function ignoredFolders(folder: string, asking: AskGit): Promise<readonly string[]> {
  const argv = ['git', 'ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'];
  const found = named(await ask(argv, folder, asking));
  return found.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1));
}

async function ask(argv: readonly string[], cwd: string, { start, clock, env }: AskGit): Promise<string> {
  const kept = Object.entries(env).filter(([name]) => !OF_HOOKS.test(name));
  const own = { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  const done = await runToEnd((output) => start({ argv, cwd, env: own }, output), LIMITS, clock);
  const said = done.stderr.toString().trim().split('\n').at(-1);
  if (done.endedBy !== 'itself' || done.code !== 0)
    throw new Fault(`git cannot read ${cwd}: ${said || `exit code ${done.code}`}`, { retryable: false });
  return done.stdout.toString();
}

function named(text: string): readonly string[] {
  return text.split('\0').filter((path) => path !== '');
}

/** Git's own default of `core.excludesFile`. */
function usualExcludes({ XDG_CONFIG_HOME, HOME }: Readonly<Record<string, string | undefined>>): string | null {
  if (XDG_CONFIG_HOME) return `${XDG_CONFIG_HOME}/git/ignore`;
  return HOME ? `${HOME}/.config/git/ignore` : null;
}
