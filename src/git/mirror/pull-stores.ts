/** The commits of pull-requests: a bare repository for each, which borrows the objects of the mirror (TRUST.md §3). */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Egress } from '../../egress/egress.js';
import { Fault } from '../../kernel/errors.js';
import type { FetchSource, PullRequestDiff, PullRequestStore } from '../git.js';
import { isObjectId } from '../names.js';
import { CLOSED, type GitEnvironment } from './environment.js';
import { fetchFault } from './failure.js';
import { networkEnvironment, pullRequestCommand } from './fetch-command.js';
import type { History } from './history.js';
import type { MirrorPlaces } from './mirrors.js';
import type { Objects } from './objects.js';
import type { RunGit } from './run-git.js';

export interface PullStoreGit {
  readonly run: RunGit;
  readonly objects: Objects;
  readonly history: History;
  /** The mirror of a project as it is now. */
  readonly mirror: (projectId: number) => string;
}

/** What `git fetch` says of a ref that the other side does not have (yet). */
const NO_REF = /couldn't find remote ref/i;

export class PullStores {
  constructor(
    private readonly places: MirrorPlaces,
    private readonly egress: Egress,
    private readonly git: PullStoreGit,
  ) {}

  /** Made if need be; what it borrows from is written anew, since a mirror may have moved. */
  async path(store: PullRequestStore): Promise<string> {
    const folder = `${this.places.root}/${store.projectId}/pulls/${store.number}.git`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const made = await this.run(folder, ['git', 'init', '--bare', '--quiet', '--template='], CLOSED);
    if (made.code !== 0) throw new Fault(`git init failed: ${made.stderr.slice(0, 300)}`, { retryable: true });
    await mkdir(`${folder}/objects/info`, { recursive: true });
    await writeFile(`${folder}/objects/info/alternates`, `${this.git.mirror(store.projectId)}/objects\n`);
    return folder;
  }

  /** Is `head` there afterwards? */
  async fetch(source: FetchSource, store: PullRequestStore, head: string): Promise<boolean> {
    const folder = await this.path(store);
    if ((await this.git.objects.commitOf(folder, head)) !== null) return true;
    const target = await this.egress.check(source.url);
    const env = networkEnvironment(target, source.authorization);
    const done = await this.run(folder, pullRequestCommand(target, store.number), env);
    if (done.code !== 0 && !NO_REF.test(done.stderr)) throw fetchFault(done.stderr);
    return done.code === 0 && (await this.git.objects.commitOf(folder, head)) !== null;
  }

  async diff(store: PullRequestStore, target: string, head: string): Promise<PullRequestDiff | null> {
    const folder = await this.path(store);
    const found = await Promise.all([target, head].map((commit) => this.git.objects.commitOf(folder, commit)));
    return found.includes(null) ? null : this.git.history.diffStat(folder, target, head);
  }

  async file(
    store: PullRequestStore,
    { commit, path }: { readonly commit: string; readonly path: string },
    limitBytes: number,
  ): Promise<Buffer | null> {
    if (!isObjectId(commit)) return null;
    const mirror = await this.path(store);
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const file = (await this.git.objects.listFolder(mirror, commit, folder)).find((one) => one.path === path);
    if (file === undefined || !file.mode.startsWith('100')) return null;
    return this.git.objects.readBlob(mirror, file.blob, limitBytes);
  }

  private async run(folder: string, argv: readonly string[], env: GitEnvironment) {
    const whole = { ...this.places.baseEnv, ...env, GIT_DIR: folder };
    const done = await this.git.run.run({ argv, cwd: this.places.root, env: whole });
    return { ...done, stderr: done.stderr.replaceAll(this.places.root, 'mirrors') };
  }
}
