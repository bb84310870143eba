/** The bare mirrors on disk: made, fetched into, mended. */
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import type { Egress, EgressTarget } from '../../egress/egress.js';
import { Fault } from '../../kernel/errors.js';
import type { FetchSource } from '../git.js';
import { branchOf } from '../names.js';
import { CLOSED, type GitEnvironment } from './environment.js';
import { failureKind, fetchFault } from './failure.js';
import { assertGitVersion } from './git-version.js';
import { fetchCommand, headCommand, networkEnvironment } from './fetch-command.js';
import type { GitOutput, RunGit } from './run-git.js';

/** HEAD of a mirror whose remote has no default branch (an empty repository): a ref that never exists. */
export const NO_BRANCH = 'refs/none';

export interface MirrorPlaces {
  /** Absolute path of the folder that holds all mirrors. */
  readonly root: string;
  /** PATH, and what TLS needs; nothing else of the server's environment reaches git. */
  readonly baseEnv: GitEnvironment;
}

/** Only one process at a time may hold the root; calls for one mirror must not overlap. */
export class Mirrors {
  private versionIsRight = false;

  constructor(
    private readonly places: MirrorPlaces,
    private readonly egress: Egress,
    private readonly git: RunGit,
  ) {}

  path(projectId: number): string {
    return `${this.places.root}/${projectId}.git`;
  }

  async fetch(source: FetchSource): Promise<void> {
    const target = await this.egress.check(source.url);
    await this.checkVersion();
    const mirror = this.path(source.projectId);
    if ((await headOf(mirror)) === null) await this.make(mirror);
    const network = networkEnvironment(target, source.authorization);
    const [, head] = await bothEnded(this.fetchRefs(mirror, target, network), this.remoteHead(target, network));
    if ((await headOf(mirror)) !== head) await this.local(mirror, ['symbolic-ref', 'HEAD', head]);
  }

  private async checkVersion(): Promise<void> {
    if (this.versionIsRight) return;
    await mkdir(this.places.root, { recursive: true, mode: 0o700 });
    assertGitVersion((await this.run(this.places.root, ['git', 'version'], CLOSED)).stdout);
    this.versionIsRight = true;
  }

  private async fetchRefs(mirror: string, target: EgressTarget, network: GitEnvironment): Promise<void> {
    const fetchOnce = () => this.run(mirror, fetchCommand(target), network);
    const first = await fetchOnce();
    if (first.code === 0) return;
    const last = (await this.mend(mirror, first)) ? await fetchOnce() : first;
    if (last.code !== 0) throw fetchFault(last.stderr);
  }

  /** Outside of any repository, since the mirror may be made anew meanwhile. */
  private async remoteHead(target: EgressTarget, network: GitEnvironment): Promise<string> {
    const asked = await this.run('/nonexistent', headCommand(target), network);
    if (asked.code !== 0) throw fetchFault(asked.stderr);
    const ref = /^ref: (\S+)\tHEAD$/m.exec(asked.stdout)?.[1] ?? '';
    return branchOf(ref) === null ? NO_BRANCH : ref;
  }

  /** True when something was mended, so that another try may succeed. */
  private async mend(mirror: string, failed: GitOutput): Promise<boolean> {
    const kind = failureKind(failed.stderr);
    if (kind === 'locked') return removeLocks(mirror);
    if (kind !== 'unknown' || (await this.isWhole(mirror))) return false;
    await this.make(mirror);
    return true;
  }

  private async isWhole(mirror: string): Promise<boolean> {
    const argv = ['git', 'fsck', '--connectivity-only', '--no-dangling', '--no-progress'];
    return (await this.run(mirror, argv, CLOSED)).code === 0;
  }

  /** Makes an empty mirror in the place of whatever is there; it appears complete or not at all. */
  private async make(mirror: string): Promise<void> {
    const fresh = `${mirror}.new`;
    await rm(fresh, { recursive: true, force: true });
    await this.local(fresh, ['init', '--bare', '--quiet', '--template=']);
    await this.local(fresh, ['symbolic-ref', 'HEAD', NO_BRANCH]);
    await rm(mirror, { recursive: true, force: true });
    await rename(fresh, mirror);
  }

  private async local(mirror: string, argv: readonly string[]): Promise<void> {
    const done = await this.run(mirror, ['git', ...argv], CLOSED);
    if (done.code !== 0) throw new Fault(`git ${argv[0]} failed: ${done.stderr.slice(0, 300)}`, { retryable: true });
  }

  private run(mirror: string, argv: readonly string[], env: GitEnvironment): Promise<GitOutput> {
    const whole = { ...this.places.baseEnv, ...env, GIT_DIR: mirror };
    return this.git.run({ argv, cwd: this.places.root, env: whole });
  }
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
