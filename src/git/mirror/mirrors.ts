/** The bare mirrors on disk: made, fetched into, mended. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Egress, EgressTarget } from '../../egress/egress.js';
import type { Clock } from '../../kernel/clock.js';
import { Fault } from '../../kernel/errors.js';
import type { FetchSource } from '../git.js';
import { branchOf } from '../names.js';
import { CLOSED, type GitEnvironment } from './environment.js';
import { failureKind, fetchFault, lacksRef } from './failure.js';
import { assertGitVersion } from './git-version.js';
import { fetchCommand, fetchWithHeadCommand, headCommand, networkEnvironment, REMOTE_HEAD } from './fetch-command.js';
import { isLocked, removeLocks } from './locks.js';
import { MirrorFolders } from './mirror-folders.js';
import { isOnlyBranchAt } from './ref-file.js';
import type { GitOutput, RunGit } from './run-git.js';
import { clearUnfinished, limited, refuseLarger, tooLarge } from './size-limit.js';

import type { SshFiles } from './ssh-access.js';

/** HEAD of a mirror whose remote has no default branch (an empty repository): a ref that never exists. */
export const NO_BRANCH = 'refs/none';

const LIMIT_SETTING = 'server.mirror_limit';
const MAINTAINED_EVERY_MS = 24 * 3_600_000;
/** The file of this name in a mirror says when, in milliseconds. */
const MAINTAINED_AT = 'maintained-at';

export interface MirrorPlaces {
  /** Absolute path of the folder that holds all mirrors. */
  readonly root: string;
  /** Larger mirrors are fetched no further. */
  readonly mostBytes: number;
  /** PATH, and what TLS needs; nothing else of the server's environment reaches git. */
  readonly baseEnv: GitEnvironment;
}

/** A remote as it may be contacted now. */
interface Remote {
  readonly target: EgressTarget;
  readonly network: GitEnvironment;
}

type MakeCommand = (target: EgressTarget) => readonly string[];
type Fetched = 'done' | 'no HEAD' | 'damaged';

/** Only one process at a time may hold the root; calls for one mirror must not overlap. */
export class Mirrors {
  private readonly folders: MirrorFolders;
  private versionIsRight = false;

  constructor(
    private readonly places: MirrorPlaces,
    private readonly egress: Egress,
    private readonly work: { readonly run: RunGit; readonly clock: Clock; readonly ssh: SshFiles },
  ) {
    this.folders = new MirrorFolders(places.root);
  }

  /** What it names stays as long as this program runs; later calls may name another. */
  path(projectId: number): string {
    return this.folders.newest(projectId);
  }

  async fetch({ projectId, url, authorization, ssh }: FetchSource): Promise<void> {
    const target = await this.egress.check(url);
    await this.work.ssh.during(target, ssh, async (opened) => {
      await this.checkVersion();
      await this.folders.tidy(projectId);
      await this.fetchFrom(projectId, { target, network: { ...networkEnvironment(target, authorization), ...opened } });
    });
  }

  private async fetchFrom(projectId: number, remote: Remote): Promise<void> {
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
    const known = await headOf(mirror);
    if (known === null || known === NO_BRANCH) return this.updateWithHead(mirror, remote);
    const fetched = await this.fetchRefs(mirror, remote, fetchWithHeadCommand);
    if (fetched !== 'done') return fetched === 'no HEAD' && this.updateWithHead(mirror, remote);
    const isKnown = await isOnlyBranchAt(mirror, known, REMOTE_HEAD);
    if (!isKnown) await this.keepHead(mirror, await this.remoteHead(remote));
    return true;
  }

  /** The default branch is asked for by a connection of its own beside that of the fetch. */
  private async updateWithHead(mirror: string, remote: Remote): Promise<boolean> {
    const [fetched, head] = await bothEnded(this.fetchRefs(mirror, remote, fetchCommand), this.remoteHead(remote));
    if (fetched === 'done') await this.keepHead(mirror, head);
    return fetched === 'done';
  }

  private async keepHead(mirror: string, head: string): Promise<void> {
    if ((await headOf(mirror)) !== head) await this.local(mirror, ['symbolic-ref', 'HEAD', head]);
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

  private async fetchRefs(mirror: string, { target, network }: Remote, command: MakeCommand): Promise<Fetched> {
    const limit = { bytes: this.places.mostBytes, setting: LIMIT_SETTING };
    await refuseLarger(mirror, limit);
    const fetchOnce = () => this.run(mirror, limited(command(target), limit), network);
    const first = await fetchOnce();
    const done = isLocked(first) && (await removeLocks(mirror)) ? await fetchOnce() : first;
    if (done.code === 0) return 'done';
    if (lacksRef(done.stderr)) return 'no HEAD';
    if (await clearUnfinished(mirror, limit)) throw tooLarge(limit);
    if (failureKind(done.stderr) === 'unknown' && !(await this.isWhole(mirror))) return 'damaged';
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
