/** Git as a model: mirrors are values that survive a crash, and a fetch copies what stands in the forge at its end. */
import { createHash } from 'node:crypto';
import {
  type CommitFacts,
  type FetchSource,
  Git,
  type PullRequestDiff,
  type PullRequestStore,
  type TreeFile,
} from '../../src/git/git.js';
import { Fault } from '../../src/kernel/errors.js';
import { NO_COMMIT } from '../../src/model/event.js';
import type { Life } from './life.js';
import { changedFiles, type ModelCommit, POISON, Repository } from './repository.js';
import type { Trouble } from './trouble.js';

/** What the disk of the server holds of git: by project id, whatever lives and dies. */
export type Mirrors = Map<number, Repository>;

const HEAD = 'refs/heads/main';

export class ModelGit extends Git {
  constructor(
    private readonly life: Life,
    private readonly trouble: Trouble,
    private readonly mirrors: Mirrors,
    /** What the forge serves at a URL. */
    private readonly remote: (url: string) => Repository | null,
  ) {
    super();
  }

  override fetch({ projectId, url }: FetchSource): Promise<void> {
    return this.life.call(this.life.chance.between(10, 3_000), () => {
      const remote = this.remote(url);
      if (this.trouble.is('git down') || remote === null) throw new Fault('git cannot fetch', { retryable: true });
      const mirror = this.mirror(projectId);
      mirror.refs.clear();
      for (const [ref, id] of remote.refs) {
        if (!/^refs\/(heads|tags)\//.test(ref)) continue;
        mirror.refs.set(ref, id);
        for (const commit of remote.ancestors(id)) mirror.commits.set(commit.id, commit);
      }
    });
  }

  override mirrorPath(projectId: number): string {
    return `/mirrors/${projectId}`;
  }

  override commitOf(projectId: number, rev: string): Promise<string | null> {
    return this.read(() => this.find(projectId, rev)?.id ?? null);
  }

  override commitsOf(projectId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.read(() => new Map(ids.filter((id) => this.find(projectId, id)).map((id) => [id, id])));
  }

  override isReachable(projectId: number, commit: string, ref: string): Promise<boolean> {
    return this.read(() => {
      const tip = this.mirror(projectId).refs.get(ref);
      return tip !== undefined && this.mirror(projectId).isAncestor(commit, tip);
    });
  }

  override defaultBranch(projectId: number): Promise<string | null> {
    return this.read(() => (this.mirror(projectId).refs.has(HEAD) ? HEAD : null));
  }

  override listFolder(projectId: number, commit: string, folder: string): Promise<readonly TreeFile[]> {
    return this.read(() => {
      const files = Object.entries(this.find(projectId, commit)?.files ?? {});
      return files
        .filter(([path]) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
        .map(([path, text]) => ({ path, mode: '100644', blob: blobOf(text), sizeBytes: text.length }));
    });
  }

  override readBlob(projectId: number, blob: string, limitBytes: number): Promise<Buffer | null> {
    return this.read(() => {
      for (const { files } of this.mirror(projectId).commits.values()) {
        const text = Object.values(files).find((one) => blobOf(one) === blob);
        if (text === POISON) throw new Fault('the object is damaged', { retryable: false });
        if (text !== undefined) return text.length > limitBytes ? null : Buffer.from(text);
      }
      throw new Fault('there is no such blob', { retryable: false });
    });
  }

  override commitFacts(projectId: number, commit: string): Promise<CommitFacts | null> {
    return this.read(() => {
      const found = this.find(projectId, commit);
      if (found === null) return null;
      const { id, message } = found;
      const author = { authorName: 'Ann', authorEmail: 'ann@example.org', committedAt: '2026-01-01T00:00:00Z' };
      return { commit: id, message, ...author };
    });
  }

  override commitsSince(): Promise<null> {
    return Promise.resolve(null);
  }

  override pushedCommits(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  override changedPaths(
    projectId: number,
    from: string,
    to: string,
    dots: 'two' | 'three',
  ): Promise<readonly string[]> {
    return this.read(() => {
      const base = dots === 'three' ? this.mirror(projectId).mergeBase(from, to) : from;
      const before = base === null || base === NO_COMMIT ? {} : (this.find(projectId, base)?.files ?? {});
      return changedFiles(before, this.find(projectId, to)?.files ?? {});
    });
  }

  override newBranchBase(projectId: number, commit: string, ref: string): Promise<string | null> {
    return this.read(() => {
      const mirror = this.mirror(projectId);
      const others = [...mirror.refs].filter(([name]) => name !== ref && name.startsWith('refs/heads/'));
      for (const { id, parent } of mirror.ancestors(commit)) {
        if (others.some(([, tip]) => mirror.isAncestor(id, tip))) return id;
        if (parent === null) return null;
      }
      return null;
    });
  }

  /** What stands in pull-requests is of no account here, only that it can be had. */
  override maintain(): Promise<void> {
    return Promise.resolve();
  }

  override fetchPullRequest({ url }: FetchSource): Promise<boolean> {
    return this.life.call(this.life.chance.between(10, 3_000), () => {
      if (this.trouble.is('git down') || this.remote(url) === null)
        throw new Fault('git cannot fetch', { retryable: true });
      return true;
    });
  }

  override pullRequestPath({ projectId, number }: PullRequestStore): Promise<string> {
    return this.read(() => `/mirrors/${projectId}/${number}`);
  }

  override diffPullRequest(_: PullRequestStore, target: string): Promise<PullRequestDiff> {
    return this.read(() => ({ mergeBase: target, files: [{ path: 'build.sh', added: 1, removed: 0 }] }));
  }

  override readPullRequestFile(): Promise<null> {
    return Promise.resolve(null);
  }

  /** What is read out of a mirror takes no time that matters, but the server may die beside it. */
  private read<T>(work: () => T): Promise<T> {
    return this.life.call(1, work);
  }

  private find(projectId: number, rev: string): ModelCommit | null {
    const mirror = this.mirror(projectId);
    return mirror.commits.get(mirror.refs.get(rev) ?? rev) ?? null;
  }

  private mirror(projectId: number): Repository {
    const known = this.mirrors.get(projectId) ?? new Repository();
    this.mirrors.set(projectId, known);
    return known;
  }
}

function blobOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
