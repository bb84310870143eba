/** Git behind the port: bare mirrors, fetched by processes of our own, read through simple-git. */
import type { Egress } from '../egress/egress.js';
import type { Clock } from '../kernel/clock.js';
import type { PushedCommit } from '../model/pushed-commit.js';
import {
  Git,
  type CommitFacts,
  type FetchSource,
  type PullRequestDiff,
  type PullRequestStore,
  type TreeFile,
} from './git.js';
import { History } from './mirror/history.js';
import { headOf, type MirrorPlaces, Mirrors, NO_BRANCH } from './mirror/mirrors.js';
import { Objects } from './mirror/objects.js';
import { PullStores } from './mirror/pull-stores.js';
import { InTurn } from './mirror/in-turn.js';
import { ReadGit } from './mirror/read-git.js';
import { RunGit, type StartProcess } from './mirror/run-git.js';
import { SshFiles } from './mirror/ssh-access.js';
import { SharedCalls } from './mirror/shared-calls.js';

export interface MirrorGitOptions extends MirrorPlaces {
  readonly egress: Egress;
  readonly start: StartProcess;
  readonly clock: Clock;
  /** A fetch that takes longer is ended, and counts as a retryable Fault. */
  readonly fetchTimeoutMs: number;
}

/** One per process and root. Needs git 2.37 or newer: older ones cannot be told at which address to connect. */
export class MirrorGit extends Git {
  private readonly run: RunGit;
  private readonly mirrors: Mirrors;
  private readonly objects: Objects;
  private readonly history: History;
  private readonly pulls: PullStores;
  private readonly fetches: SharedCalls<FetchSource>;
  /** One git writes into a mirror at a time. */
  private readonly turns = new InTurn<number>();

  constructor(options: MirrorGitOptions) {
    super();
    const read = new ReadGit(options.baseEnv, options.clock);
    this.run = new RunGit(options.start, options.clock, options.fetchTimeoutMs);
    const ssh = new SshFiles(options.root);
    this.mirrors = new Mirrors(options, options.egress, { run: this.run, clock: options.clock, ssh });
    this.objects = new Objects(read);
    this.history = new History(read, this.objects);
    const mirror = (projectId: number) => this.mirrorPath(projectId);
    const git = { run: this.run, objects: this.objects, history: this.history, clock: options.clock, ssh, mirror };
    this.pulls = new PullStores(options, options.egress, git);
    this.fetches = new SharedCalls((source) => this.turns.run(source.projectId, () => this.mirrors.fetch(source)));
  }

  /** Also throws the egress policy's Refusal. Calls that wait together use the source of the last of them. */
  fetch(source: FetchSource): Promise<void> {
    return this.fetches.call(source.projectId, source);
  }

  async maintain(projectId: number): Promise<void> {
    await this.turns.run(projectId, () => this.mirrors.maintain(projectId));
    await this.pulls.forgetUnused(projectId);
  }

  /** Ends running fetches with a retryable Fault; the mirrors stay readable. Safe to call twice. */
  stop(): void {
    this.run.stop();
  }

  mirrorPath(projectId: number): string {
    return this.mirrors.path(projectId);
  }

  commitOf(projectId: number, rev: string): Promise<string | null> {
    return this.objects.commitOf(this.mirrorPath(projectId), rev);
  }

  commitsOf(projectId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.objects.commitsOf(this.mirrorPath(projectId), ids);
  }

  isReachable(projectId: number, commit: string, ref: string): Promise<boolean> {
    return this.history.isReachable(this.mirrorPath(projectId), commit, ref);
  }

  async defaultBranch(projectId: number): Promise<string | null> {
    const head = await headOf(this.mirrorPath(projectId));
    return head === NO_BRANCH ? null : head;
  }

  listFolder(projectId: number, commit: string, folder: string): Promise<readonly TreeFile[]> {
    return this.objects.listFolder(this.mirrorPath(projectId), commit, folder);
  }

  readBlob(projectId: number, blob: string, limitBytes: number): Promise<Buffer | null> {
    return this.objects.readBlob(this.mirrorPath(projectId), blob, limitBytes);
  }

  commitFacts(projectId: number, commit: string): Promise<CommitFacts | null> {
    return this.objects.commitFacts(this.mirrorPath(projectId), commit);
  }

  changedPaths(projectId: number, from: string, to: string, dots: 'two' | 'three'): Promise<readonly string[]> {
    return this.history.changedPaths(this.mirrorPath(projectId), from, to, dots);
  }

  commitsSince(projectId: number, from: string, to: string, limit: number): Promise<readonly string[] | null> {
    return this.history.commitsSince(this.mirrorPath(projectId), from, to, limit);
  }

  pushedCommits(projectId: number, from: string, to: string, limit: number): Promise<readonly PushedCommit[]> {
    return this.history.pushedCommits(this.mirrorPath(projectId), { from, to, limit });
  }

  newBranchBase(projectId: number, commit: string, ref: string): Promise<string | null> {
    return this.history.newBranchBase(this.mirrorPath(projectId), commit, ref);
  }

  fetchPullRequest(source: FetchSource, store: PullRequestStore, head: string): Promise<boolean> {
    return this.pulls.fetch(source, store, head);
  }

  pullRequestPath(store: PullRequestStore): Promise<string> {
    return this.pulls.path(store);
  }

  diffPullRequest(store: PullRequestStore, target: string, head: string): Promise<PullRequestDiff | null> {
    return this.pulls.diff(store, target, head);
  }

  readPullRequestFile(
    store: PullRequestStore,
    file: { readonly commit: string; readonly path: string },
    limitBytes: number,
  ): Promise<Buffer | null> {
    return this.pulls.file(store, file, limitBytes);
  }
}
