/** Git as a port: the project's bare mirrors, found by project id, and what is read out of them (TRUST.md §3). */

import type { PushedCommit } from '../model/pushed-commit.js';

/** Where a mirror is fetched from; the credential travels as a header, never in the URL. */
export interface FetchSource {
  readonly projectId: number;
  readonly url: string;
  /** Value of an `Authorization` header, or null. */
  readonly authorization: string | null;
  /** What an ssh URL is opened with. */
  readonly ssh?: SshAccess;
  /** Of a pull-request: where its commits come from, asked without a credential when the project does not show them yet. */
  readonly pullRequestFrom?: { readonly url: string; readonly branch: string };
}

/** A key of the project, and the keys of the one host that it is shown to. */
export interface SshAccess {
  /** As `ssh-keygen` writes it, without a passphrase. */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA…`, a name before it or not. */
  readonly hostKeys: readonly string[];
}

/** A pull-request whose commits are kept apart from the project's own (TRUST.md §3). */
export interface PullRequestStore {
  readonly projectId: number;
  readonly number: number;
}

/** What a pull-request changes since it left the branch that it wants to go to. */
export interface PullRequestDiff {
  /** Null where they have no commit in common: then all of its tree counts. */
  readonly mergeBase: string | null;
  readonly files: readonly DiffFile[];
}

export interface DiffFile {
  readonly path: string;
  /** Lines; null for a binary file. */
  readonly added: number | null;
  readonly removed: number | null;
}

export interface TreeFile {
  readonly path: string;
  /** `100644`, `100755`, `120000` … */
  readonly mode: string;
  readonly blob: string;
  readonly sizeBytes: number;
}

export interface CommitFacts {
  readonly commit: string;
  readonly message: string;
  readonly authorName: string;
  readonly authorEmail: string;
  /** ISO 8601. */
  readonly committedAt: string;
}

/**
 * Every function takes untrusted refs and paths and passes them as data, never as options. Commits are 40 hex digits.
 * A missing object is null or an empty list, never an error; a broken git is a Fault.
 */
export abstract class Git {
  /**
   * Makes the mirror if need be and fetches all heads and tags (pruned). Calls for one project share one fetch that starts
   * AFTER the call, so that what was pushed before the call is seen. Throws a Fault: retryable for the network.
   */
  abstract fetch(source: FetchSource): Promise<void>;

  /** Packs what fetches have left, once a day at most, and deletes stores of pull-requests that nobody asks for. Throws a Fault. */
  abstract maintain(projectId: number): Promise<void>;

  /**
   * Absolute path of the bare mirror. When a damaged one is made anew this names another folder from then on; the one that was
   * named before stays as it is while the program runs, so that a job can go on reading from it.
   */
  abstract mirrorPath(projectId: number): string;

  /** The commit that a full ref or an object id leads to, tags peeled; null when there is none. */
  abstract commitOf(projectId: number, rev: string): Promise<string | null>;

  /** Of many object ids at once, which commits they lead to, tags peeled; those that lead to none are left out. */
  abstract commitsOf(projectId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** Is `commit` the tip of `ref` or one of its ancestors? False when either is missing. */
  abstract isReachable(projectId: number, commit: string, ref: string): Promise<boolean>;

  /** The remote's default branch as a full ref, as of the last fetch; null for an empty repository. */
  abstract defaultBranch(projectId: number): Promise<string | null>;

  /** Blobs directly in `folder` of the commit's tree. */
  abstract listFolder(projectId: number, commit: string, folder: string): Promise<readonly TreeFile[]>;

  /** A blob's bytes, or null when it is larger than `limitBytes`. */
  abstract readBlob(projectId: number, blob: string, limitBytes: number): Promise<Buffer | null>;

  abstract commitFacts(projectId: number, commit: string): Promise<CommitFacts | null>;

  /** Paths that differ: two-dot (`from` to `to`) or three-dot (from their merge base). `from` may be 40 zeros: the whole tree. */
  abstract changedPaths(projectId: number, from: string, to: string, dots: 'two' | 'three'): Promise<readonly string[]>;

  /** Commits of `to` that `from` does not hold, the newest first, at most `limit`; null when either is missing. */
  abstract commitsSince(projectId: number, from: string, to: string, limit: number): Promise<readonly string[] | null>;

  /** What `commitsSince` names, the newest last; `from` may be 40 zeros: all its history. None when one is missing. */
  abstract pushedCommits(projectId: number, from: string, to: string, limit: number): Promise<readonly PushedCommit[]>;

  /** For a new branch: the parent of the oldest commit of `commit` that no other branch has; `commit` itself when it has none; null at a root. */
  abstract newBranchBase(projectId: number, commit: string, ref: string): Promise<string | null>;

  /**
   * Fetches what `refs/pull/<number>/head` of the project holds into a store of its own, which borrows from the mirror and never
   * lends to it; while `head` is not there (the ref follows its web-hook some seconds late, FACTS trap 9), what
   * `pullRequestFrom` holds. False when neither has it. Throws as `fetch` does; calls for one pull-request wait for each other.
   */
  abstract fetchPullRequest(source: FetchSource, store: PullRequestStore, head: string): Promise<boolean>;

  /** Absolute path of that store, to be checked out from as from a mirror. It is made if need be. */
  abstract pullRequestPath(store: PullRequestStore): Promise<string>;

  /** Between `target`, a commit of the project, and `head`, which was fetched. Null when one of them is missing. */
  abstract diffPullRequest(store: PullRequestStore, target: string, head: string): Promise<PullRequestDiff | null>;

  /** A file of a tree that was fetched; null when there is none, when it is no plain file, or larger than `limitBytes`. */
  abstract readPullRequestFile(
    store: PullRequestStore,
    file: { readonly commit: string; readonly path: string },
    limitBytes: number,
  ): Promise<Buffer | null>;
}
