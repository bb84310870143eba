/** The commits of pull-requests: a bare repository for each, which borrows the objects of the mirror (TRUST.md §3). */
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import type { Egress } from '../../egress/egress.js';
import type { Clock } from '../../kernel/clock.js';
import { Fault } from '../../kernel/errors.js';
import type { FetchSource, PullRequestDiff, PullRequestStore, SshAccess } from '../git.js';
import { isObjectId, isRefName } from '../names.js';
import { CLOSED, type GitEnvironment } from './environment.js';
import { failureKind, fetchFault, lacksRef } from './failure.js';
import { networkEnvironment, pullRequestCommand } from './fetch-command.js';
import type { History } from './history.js';
import { InTurn } from './in-turn.js';
import { MirrorFolders } from './mirror-folders.js';
import type { MirrorPlaces } from './mirrors.js';
import type { Objects } from './objects.js';
import type { GitOutput, RunGit } from './run-git.js';
import { demandKey, type SshFiles } from './ssh-access.js';
import { clearUnfinished, limited, refuseLarger, type SizeLimit, tooLarge } from './size-limit.js';

export interface PullStoreGit {
  readonly run: RunGit;
  readonly objects: Objects;
  readonly history: History;
  readonly clock: Clock;
  readonly ssh: SshFiles;
  /** The mirror of a project as it is now. */
  readonly mirror: (projectId: number) => string;
}

/** Of one pull-request: strangers fill it. */
const LIMIT: SizeLimit = { bytes: 1024 * 1024 * 1024, setting: null };
/** One that nobody asked for so long is deleted: its commits can be fetched again while the forge has them. */
const UNUSED_MS = 90 * 24 * 3_600_000;

/** Where a ref of it may be fetched from. */
interface Place {
  readonly url: string;
  readonly authorization: string | null;
  readonly ssh?: SshAccess;
  /** Full ref. */
  readonly ref: string;
}

/** Calls for one store wait for each other. */
export class PullStores {
  private readonly turns = new InTurn<string>();
  private readonly folders = new Map<number, MirrorFolders>();

  constructor(
    private readonly places: MirrorPlaces,
    private readonly egress: Egress,
    private readonly git: PullStoreGit,
  ) {}

  /** Made if need be; what it borrows from is written anew when the mirror has moved. */
  path(store: PullRequestStore): Promise<string> {
    return this.turns.run(keyOf(store), () => this.open(store));
  }

  /** Is `head` there afterwards? It is looked for where the project shows it, then where it comes from. */
  fetch(source: FetchSource, store: PullRequestStore, head: string): Promise<boolean> {
    return this.turns.run(keyOf(store), async () => {
      if (await this.holds(await this.open(store), head)) return true;
      for (const place of placesOf(source, store)) if (await this.fetchFrom(place, store, head)) return true;
      return false;
    });
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

  /** Deletes those of a project that nobody has asked for for a long time. */
  async forgetUnused(projectId: number): Promise<void> {
    const names = await readdir(this.rootOf(projectId)).catch(() => []);
    for (const number of names.filter((name) => /^\d+$/.test(name)).map(Number)) {
      const store = { projectId, number };
      await this.turns.run(keyOf(store), async () => {
        const usedAt = await stat(`${this.newest(store)}/HEAD`).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        );
        if (this.git.clock.now() - usedAt < UNUSED_MS) return;
        await rm(`${this.rootOf(projectId)}/${number}`, { recursive: true, force: true });
      });
    }
  }

  private async open(store: PullRequestStore): Promise<string> {
    const folders = this.foldersOf(store);
    await folders.tidy(store.number);
    const folder = folders.newest(store.number);
    const isThere = await stat(`${folder}/HEAD`).then(
      () => true,
      () => false,
    );
    if (!isThere) await this.make(store);
    await this.borrow(store, this.newest(store));
    return this.newest(store);
  }

  /** Beside what is there: a job may still read from that. */
  private async make(store: PullRequestStore): Promise<void> {
    const folders = this.foldersOf(store);
    const fresh = await folders.begin(store.number);
    const made = await this.run(fresh, ['git', 'init', '--bare', '--quiet', '--template='], CLOSED);
    if (made.code !== 0) throw new Fault(`git init failed: ${made.stderr.slice(0, 300)}`, { retryable: true });
    await this.borrow(store, fresh);
    await folders.finish(store.number);
  }

  private async borrow({ projectId }: PullRequestStore, folder: string): Promise<void> {
    const alternates = `${folder}/objects/info/alternates`;
    const wanted = `${this.git.mirror(projectId)}/objects\n`;
    await mkdir(`${folder}/objects/info`, { recursive: true });
    if ((await readFile(alternates, 'utf8').catch(() => '')) !== wanted) await writeFile(alternates, wanted);
    const nowSeconds = this.git.clock.now() / 1000;
    await utimes(`${folder}/HEAD`, nowSeconds, nowSeconds);
  }

  /** A store that is damaged is made anew, once. */
  private async fetchFrom(place: Place, store: PullRequestStore, head: string): Promise<boolean> {
    const first = await this.fetchOnce(place, store);
    const done = isDamage(first) ? await this.fetchAnew(place, store) : first;
    if (done.code !== 0 && !lacksRef(done.stderr)) throw fetchFault(done.stderr);
    return done.code === 0 && this.holds(this.newest(store), head);
  }

  private async fetchAnew(place: Place, store: PullRequestStore): Promise<GitOutput> {
    await this.make(store);
    return this.fetchOnce(place, store);
  }

  private async fetchOnce({ url, authorization, ref, ssh }: Place, store: PullRequestStore): Promise<GitOutput> {
    const folder = this.newest(store);
    demandKey(url, ssh);
    const target = await this.egress.check(url);
    await refuseLarger(folder, LIMIT);
    const argv = limited(pullRequestCommand(target, ref), LIMIT);
    const done = await this.git.ssh.during(target, ssh, (opened) =>
      this.run(folder, argv, { ...networkEnvironment(target, authorization), ...opened }),
    );
    if (done.code !== 0 && (await clearUnfinished(folder, LIMIT))) throw tooLarge(LIMIT);
    return done;
  }

  /** A store that cannot be read is one that holds nothing: the fetch then finds out why. */
  private async holds(folder: string, head: string): Promise<boolean> {
    return (await this.git.objects.commitOf(folder, head).catch(() => null)) !== null;
  }

  private newest(store: PullRequestStore): string {
    return this.foldersOf(store).newest(store.number);
  }

  private foldersOf({ projectId }: PullRequestStore): MirrorFolders {
    const known = this.folders.get(projectId) ?? new MirrorFolders(this.rootOf(projectId));
    this.folders.set(projectId, known);
    return known;
  }

  private rootOf(projectId: number): string {
    return `${this.places.root}/${projectId}/pulls`;
  }

  private async run(folder: string, argv: readonly string[], env: GitEnvironment): Promise<GitOutput> {
    const whole = { ...this.places.baseEnv, ...env, GIT_DIR: folder };
    const done = await this.git.run.run({ argv, cwd: this.places.root, env: whole });
    return { ...done, stderr: done.stderr.replaceAll(this.places.root, 'mirrors') };
  }
}

/** Only the project itself is shown its credential. */
function placesOf(source: FetchSource, { number }: PullRequestStore): Place[] {
  const { url, authorization, ssh, pullRequestFrom: from } = source;
  const shown = { url, authorization, ref: `refs/pull/${number}/head`, ...(ssh && { ssh }) };
  if (from === undefined || !isRefName(`refs/heads/${from.branch}`)) return [shown];
  return [shown, { url: from.url, authorization: null, ref: `refs/heads/${from.branch}` }];
}

function keyOf({ projectId, number }: PullRequestStore): string {
  return `${projectId} ${number}`;
}

function isDamage({ code, stderr }: GitOutput): boolean {
  return code !== 0 && !lacksRef(stderr) && ['unknown', 'locked'].includes(failureKind(stderr));
}
