/** The bare mirrors on disk: made, fetched into, mended. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Egress, EgressTarget } from '../../egress/egress.js';
import type { Clock } from '../../kernel/clock.js';
import { Fault } from '../../kernel/errors.js';
import type { FetchSource } from '../git.js';
import { branchOf } from '../names.js';
import { CLOSED, type GitEnvironment } from './environment.js';
import { failureKind, fetchFault } from './failure.js';
import { assertGitVersion } from './git-version.js';
import { fetchCommand, headCommand, networkEnvironment } from './fetch-command.js';
import { MirrorFolders } from './mirror-folders.js';
import type { GitOutput, RunGit } from './run-git.js';
import { clearUnfinished, limited, refuseLarger, tooLarge } from './size-limit.js';

/** HEAD of a mirror whose remote has no default branch (an empty repository): a ref that never exists. */
export const NO_BRANCH = 'refs/none';

const MOST_BYTES = 16 * 1024 * 1024 * 1024;
const MAINTAINED_EVERY_MS = 24 * 3_600_000;
/** The file of this name in a mirror says when, in milliseconds. */
const MAINTAINED_AT = 'maintained-at';

export interface MirrorPlaces {
  /** Absolute path of the folder that holds all mirrors. */
  readonly root: string;
  /** Larger mirrors are fetched no further; left out: 16 GiB. */
  readonly mostBytes?: number;
  /** PATH, and what TLS needs; nothing else of the server's environment reaches git. */
  readonly baseEnv: GitEnvironment;
}

/** A remote as it may be contacted now. */
interface Remote {
  readonly target: EgressTarget;
  readonly network: GitEnvironment;
}

/** Only one process at a time may hold the root; calls for one mirror must not overlap. */
export class Mirrors {
  private readonly folders: MirrorFolders;
  private versionIsRight = false;

  constructor(
    private readonly places: MirrorPlaces,
    private readonly egress: Egress,
    private readonly work: { readonly run: RunGit; readonly clock: Clock },
  ) {
    this.folders = new MirrorFolders(places.root);
  }

  /** What it names stays as long as this program runs; later calls may name another. */
  path(projectId: number): string {
    return this.folders.newest(projectId);
  }

  async fetch({ projectId, url, authorization }: FetchSource): Promise<void> {
    const target = await this.egress.check(url);
    await this.checkVersion();
    await this.folders.tidy(projectId);
    const remote = { target, network: networkEnvironment(target, authorization) };
    const mirror = this.path(projectId);
    const isUsable = (await headOf(mirror)) !== null && (await this.update(mirror, remote));
    if (!isUsable) await this.remake(projectId, remote);
  }

  /** Nothing that a job may still read is dropped: packs are joined, and what no ref leads to stays. */
  async maintain(projectId: number): Promise<void> {
    const mirror = this.path(projectId);
    const nowMs = this.work.clock.now();
    // A clock that was ahead puts it off by no more than a day.
    const isRecent = Math.abs(nowMs - (await maintainedAt(mirror))) < MAINTAINED_EVERY_MS;
    if ((await headOf(mirror)) === null || isRecent) return;
    for (const argv of MAINTENANCE) await this.local(mirror, argv);
    await writeFile(`${mirror}/${MAINTAINED_AT}`, String(nowMs));
  }

  /** False when the mirror is damaged, so that only another one helps. */
  private async update(mirror: string, remote: Remote): Promise<boolean> {
    const [isFetched, head] = await bothEnded(this.fetchRefs(mirror, remote), this.remoteHead(remote));
    if (isFetched && (await headOf(mirror)) !== head) await this.local(mirror, ['symbolic-ref', 'HEAD', head]);
    return isFetched;
  }

  /** Fills another mirror beside what is there. */
  private async remake(projectId: number, remote: Remote): Promise<void> {
    const fresh = await this.folders.begin(projectId);
    await this.local(fresh, ['init', '--bare', '--quiet', '--template=']);
    await this.local(fresh, ['symbolic-ref', 'HEAD', NO_BRANCH]);
    if (!(await this.update(fresh, remote)))
      throw new Fault('a mirror was damaged while it was made', { retryable: true });
    await this.folders.finish(projectId);
  }

  private async checkVersion(): Promise<void> {
    if (this.versionIsRight) return;
    await mkdir(this.places.root, { recursive: true, mode: 0o700 });
    assertGitVersion((await this.run(this.places.root, ['git', 'version'], CLOSED)).stdout);
    this.versionIsRight = true;
  }

  /** False when the mirror is damaged. */
  private async fetchRefs(mirror: string, { target, network }: Remote): Promise<boolean> {
    const { mostBytes = MOST_BYTES } = this.places;
    await refuseLarger(mirror, mostBytes);
    const fetchOnce = () => this.run(mirror, limited(fetchCommand(target), mostBytes), network);
    const first = await fetchOnce();
    const done = isLocked(first) && (await removeLocks(mirror)) ? await fetchOnce() : first;
    if (done.code === 0) return true;
    if (await clearUnfinished(mirror, mostBytes)) throw tooLarge(mostBytes);
    if (failureKind(done.stderr) === 'unknown' && !(await this.isWhole(mirror))) return false;
    throw fetchFault(done.stderr);
  }

  /** Outside of any repository: what it says does not depend on the mirror. */
  private async remoteHead({ target, network }: Remote): Promise<string> {
    const asked = await this.run('/nonexistent', headCommand(target), network);
    if (asked.code !== 0) throw fetchFault(asked.stderr);
    const ref = /^ref: (\S+)\tHEAD$/m.exec(asked.stdout)?.[1] ?? '';
    return branchOf(ref) === null ? NO_BRANCH : ref;
  }

  private async isWhole(mirror: string): Promise<boolean> {
    const argv = ['git', 'fsck', '--connectivity-only', '--no-dangling', '--no-progress'];
    return (await this.run(mirror, argv, CLOSED)).code === 0;
  }

  private async local(mirror: string, argv: readonly string[]): Promise<void> {
    const done = await this.run(mirror, ['git', ...argv], CLOSED);
    if (done.code !== 0) throw new Fault(`git ${argv[0]} failed: ${done.stderr.slice(0, 300)}`, { retryable: true });
  }

  /** What git says is shown to whoever may see the event: not where our folders are. */
  private async run(mirror: string, argv: readonly string[], env: GitEnvironment): Promise<GitOutput> {
    const whole = { ...this.places.baseEnv, ...env, GIT_DIR: mirror };
    const done = await this.work.run.run({ argv, cwd: this.places.root, env: whole });
    return { ...done, stderr: done.stderr.replaceAll(this.places.root, 'mirrors') };
  }
}

const MAINTENANCE = [
  ['pack-refs', '--all'],
  ['repack', '-d', '-l', '-q', '--geometric=2'],
  ['commit-graph', 'write', '--reachable', '--no-progress'],
] as const;

async function maintainedAt(mirror: string): Promise<number> {
  return Number(await readFile(`${mirror}/${MAINTAINED_AT}`, 'utf8').catch(() => '0')) || 0;
}

/** What the mirror's HEAD names, or null when there is no mirror. */
export async function headOf(mirror: string): Promise<string | null> {
  const head = await readFile(`${mirror}/HEAD`, 'utf8').catch(() => null);
  return head === null ? null : head.replace(/^ref: /, '').trimEnd();
}

/** Both results, or the first's error; neither is left running. */
async function bothEnded<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

function isLocked({ code, stderr }: GitOutput): boolean {
  return code !== 0 && failureKind(stderr) === 'locked';
}

/** Locks are only ever left by a git that was killed: one process holds the mirrors, and it fetches one at a time into each. */
async function removeLocks(mirror: string): Promise<boolean> {
  const names = [...(await readdir(mirror)), ...(await readdir(`${mirror}/refs`, { recursive: true })).map(inRefs)];
  const locks = names.filter((name) => name.endsWith('.lock'));
  await Promise.all(locks.map((name) => rm(`${mirror}/${name}`, { force: true })));
  return locks.length > 0;
}

function inRefs(name: string): string {
  return `refs/${name}`;
}
