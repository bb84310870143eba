/** What the history of a mirror says: reachability, changed paths, where a new branch began. */
import { NO_COMMIT } from '../../model/event.js';
import type { PushedCommit } from '../../model/pushed-commit.js';
import type { DiffFile, PullRequestDiff } from '../git.js';
import { branchOf, isObjectId } from '../names.js';
import { KeptAnswers } from './kept-answers.js';
import type { Objects } from './objects.js';
import type { ReadGit } from './read-git.js';

/** The tree without files, which git knows without having it. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const KEPT_BASES = 2_000;

/** Each ends in a NUL, which no part can hold. */
const COMMIT_PARTS = ['%H', '%T', '%an', '%ae', '%cn', '%ce', '%cI', '%B'] as const;
const COMMIT_FORMAT = COMMIT_PARTS.join('%x00');

export class History {
  /** Of two commits that are there it never changes. */
  private readonly bases = new KeptAnswers<string>(KEPT_BASES);

  constructor(
    private readonly git: ReadGit,
    private readonly objects: Objects,
  ) {}

  async isReachable(mirror: string, commit: string, ref: string): Promise<boolean> {
    if (!isObjectId(commit)) return false;
    const tip = await this.objects.commitOf(mirror, ref);
    if (tip === null || tip === commit) return tip === commit;
    return (await this.mergeBase(mirror, commit, tip)) === commit;
  }

  /** Renames are a deletion and an addition here, so that both paths are named. */
  async changedPaths(mirror: string, from: string, to: string, dots: 'two' | 'three'): Promise<readonly string[]> {
    if (!isObjectId(from) || !isObjectId(to)) return [];
    const base = await this.diffBase(mirror, from, to, dots);
    const options = ['-r', '-z', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv'];
    const names = await this.git.text(mirror, ['diff-tree', ...options, base, to]);
    return (names ?? '').split('\0').filter((name) => name !== '');
  }

  async commitsSince(mirror: string, from: string, to: string, limit: number): Promise<readonly string[] | null> {
    if (!isObjectId(from) || !isObjectId(to)) return null;
    const ids = await this.git.text(mirror, ['rev-list', `--max-count=${limit}`, to, `^${from}`]);
    return ids === null ? null : ids.split('\n').filter((id) => id !== '');
  }

  async pushedCommits(
    mirror: string,
    { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
  ): Promise<readonly PushedCommit[]> {
    if (!isObjectId(from) || !isObjectId(to)) return [];
    const without = from === NO_COMMIT ? [] : [`^${from}`];
    const options = ['-z', '--reverse', '--no-show-signature', '--no-notes', `--max-count=${limit}`];
    const text = await this.git.text(mirror, ['log', ...options, `--format=${COMMIT_FORMAT}`, to, ...without]);
    const parts = (text ?? '').split('\0');
    const count = Math.floor(parts.length / COMMIT_PARTS.length);
    return Array.from({ length: count }, (_, at) => readCommit(parts.slice(at * COMMIT_PARTS.length)));
  }

  /**
   * Along first parents, so that a merge of older work into the new branch does not move its beginning back. Other branches
   * count with all their history, tags do not count.
   */
  async newBranchBase(mirror: string, commit: string, ref: string): Promise<string | null> {
    const branch = branchOf(ref);
    if (!isObjectId(commit) || branch === null) return null;
    const others = ['--not', `--exclude=${branch}`, '--branches'];
    const options = ['--first-parent', '--topo-order', '--reverse', '--parents'];
    const own = await this.git.text(mirror, ['rev-list', ...options, commit, ...others]);
    if (own === null) return null;
    const [oldest, parent] = firstLine(own).split(' ');
    return oldest === '' ? commit : (parent ?? null);
  }

  /** From where `head` left `target`; both are there. */
  async diffStat(mirror: string, target: string, head: string): Promise<PullRequestDiff> {
    const mergeBase = await this.mergeBase(mirror, target, head);
    const options = ['-r', '-z', '--numstat', '--no-renames', '--no-ext-diff', '--no-textconv'];
    const lines = await this.git.text(mirror, ['diff-tree', ...options, mergeBase ?? EMPTY_TREE, head]);
    return { mergeBase, files: (lines ?? '').split('\0').flatMap(readNumbers) };
  }

  private async diffBase(mirror: string, from: string, to: string, dots: 'two' | 'three'): Promise<string> {
    if (from === NO_COMMIT) return EMPTY_TREE;
    if (dots === 'two') return from;
    return (await this.mergeBase(mirror, from, to)) ?? from;
  }

  /** The best common ancestor: the commit itself where it is an ancestor of the other; null without one. */
  private async mergeBase(mirror: string, one: string, other: string): Promise<string | null> {
    return this.bases.of(mirror, `${one} ${other}`, async () => {
      const found = firstLine((await this.git.text(mirror, ['merge-base', one, other])) ?? '');
      return isObjectId(found) ? found : null;
    });
  }
}

function readCommit(parts: readonly string[]): PushedCommit {
  const [id = '', tree = '', authorName = '', authorEmail = '', ...rest] = parts;
  const [committerName = '', committerEmail = '', committedAt = '', message = ''] = rest;
  const author = { authorName, authorEmail };
  return { id, tree, ...author, committerName, committerEmail, committedAt, message: message.trimEnd() };
}

/** `<added>\t<removed>\t<path>`, with dashes for a binary file. */
function readNumbers(line: string): readonly DiffFile[] {
  const [, added, removed, path] = /^(\d+|-)\t(\d+|-)\t(.+)$/s.exec(line) ?? [];
  if (path === undefined) return [];
  const linesOf = (text: string | undefined) => (text === undefined || text === '-' ? null : Number(text));
  return [{ path, added: linesOf(added), removed: linesOf(removed) }];
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}
