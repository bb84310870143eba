/** The commits of pull-requests: apart from the project's own, from wherever they may be fetched (TRUST.md §3, FACTS §3). */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/kernel/errors.js';
import type { Command } from '../../src/process/running-process.js';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { StillClock } from '../kernel/still-clock.js';
import { gitHttpHandler } from '../stand-in/git-http.js';
import { commitFiles, GitWorld, sourceOf } from './git-world.js';

const MAIN = 'refs/heads/main';
const STORE = { projectId: 1, number: 2 };
const NOW = Date.UTC(2026, 10, 24);
const DAY = 24 * 3_600_000;

let world: GitWorld;
let project: string;
let fork: string;
beforeEach(() => {
  world = new GitWorld();
  project = world.repository('lab');
  fork = world.repository('forks/bob/lab');
  commitFiles(project, MAIN, { 'a.txt': 'a' });
  gitIn(fork, 'fetch', '--quiet', project, `${MAIN}:${MAIN}`);
});
afterEach(() => world.close());

/** One more commit of the fork's branch. */
const commitToFork = (text: string) =>
  commitFiles(fork, 'refs/heads/fix', { 'b.txt': text }, [gitIn(fork, 'rev-parse', MAIN)]);
/** What Pagure does some seconds after it told of the pull-request. */
const show = (commit: string) => gitIn(project, 'fetch', '--quiet', fork, `+${commit}:refs/pull/2/head`);

function opened(change: { from?: string; clock?: StillClock; commands?: Command[] } = {}) {
  const { commands = [] } = change;
  const git = world.git({
    ...(change.clock && { clock: change.clock }),
    start: (command, output) => (commands.push(command), world.start(command, output)),
  });
  const source = {
    ...sourceOf(project, 1, 'Basic c2VjcmV0'),
    ...(change.from && { pullRequestFrom: { url: change.from, branch: 'fix' } }),
  };
  return { git, source };
}

describe('the pull-request ref race (trap 9)', () => {
  it('what the project does not show yet is not there, and is as soon as it shows it', async () => {
    const { git, source } = opened();
    await git.fetch(source);
    const commit = commitToFork('one');
    expect(await git.fetchPullRequest(source, STORE, commit)).toBe(false);
    show(commit);
    expect(await git.fetchPullRequest(source, STORE, commit)).toBe(true);
  });

  it('a ref that still shows the commit before is not taken for the one that is meant', async () => {
    const { git, source } = opened();
    await git.fetch(source);
    show(commitToFork('one'));
    const second = commitToFork('two');
    expect(await git.fetchPullRequest(source, STORE, second)).toBe(false);
    show(second);
    expect(await git.fetchPullRequest(source, STORE, second)).toBe(true);
  });

  it('is not waited for where the source can be fetched: there the commit stands already', async () => {
    const { git, source } = opened({ from: pathToFileURL(fork).href });
    await git.fetch(source);
    const commit = commitToFork('one');
    expect(await git.fetchPullRequest(source, STORE, commit)).toBe(true);
    expect(await git.readPullRequestFile(STORE, { commit, path: 'b.txt' }, 100)).toEqual(Buffer.from('one'));
  });
});

describe('a source outside the project', () => {
  it('is never shown the credential of the project', async () => {
    const commands: Command[] = [];
    const seen: (string | undefined)[] = [];
    const handle = gitHttpHandler(world.forge);
    const url = await world.serve((request, response) => {
      seen.push(request.headers.authorization);
      handle(request, response);
    });
    const { git, source } = opened({ from: `${url}/forks/bob/lab.git`, commands });
    await git.fetch(source);
    const commit = commitToFork('one');
    expect(await git.fetchPullRequest(source, STORE, commit)).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((header) => header === undefined)).toBe(true);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://10.0.0.1/x.git',
    'ssh://git@example.org/x.git',
    'ext::sh -c touch% /tmp/x',
    'https://user:password@example.org/x.git',
    'file:///etc',
  ])('remote_git %s is asked only as the egress policy says', async (from) => {
    const commands: Command[] = [];
    const { git, source } = opened({ from, commands });
    await git.fetch(source);
    const before = commands.length;
    const refusal = await git.fetchPullRequest(source, STORE, commitToFork('one')).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    const asked = commands.slice(before).filter(({ argv }) => argv.includes('fetch'));
    expect(asked.map(({ argv }) => argv.some((part) => part.includes(project)))).toEqual([true]);
  });

  it('a branch that no branch can be called is not asked for', async () => {
    const { git, source } = opened();
    await git.fetch(source);
    const pullRequestFrom = { url: pathToFileURL(fork).href, branch: '../x:refs/heads/main' };
    expect(await git.fetchPullRequest({ ...source, pullRequestFrom }, STORE, commitToFork('one'))).toBe(false);
  });
});

describe('a store of a pull-request', () => {
  it('borrows from the mirror and lends it nothing', async () => {
    const { git, source } = opened();
    await git.fetch(source);
    const commit = commitToFork('one');
    show(commit);
    await git.fetchPullRequest(source, STORE, commit);
    await git.fetch(source);
    const store = await git.pullRequestPath(STORE);
    expect(readFileSync(join(store, 'objects/info/alternates'), 'utf8')).toBe(`${git.mirrorPath(1)}/objects\n`);
    expect(await git.commitOf(1, commit)).toBeNull();
    expect(readdirSync(join(git.mirrorPath(1), 'objects/info'))).not.toContain('alternates');
  });

  it('is filled by several calls at once without one of them failing', async () => {
    const { git, source } = opened();
    await git.fetch(source);
    const commit = commitToFork('one');
    show(commit);
    const calls = Array.from({ length: 5 }, () => git.fetchPullRequest(source, STORE, commit));
    expect(await Promise.all(calls)).toEqual([true, true, true, true, true]);
  });

  it('that was damaged is made anew beside the old one', async () => {
    const { git, source } = opened();
    await git.fetch(source);
    show(commitToFork('one'));
    await git.fetchPullRequest(source, STORE, gitIn(fork, 'rev-parse', 'refs/heads/fix'));
    const old = await git.pullRequestPath(STORE);
    writeFileSync(join(old, 'config'), '[core');
    rmSync(join(old, 'objects/pack'), { recursive: true, force: true });
    const commit = commitToFork('two');
    show(commit);
    expect(await git.fetchPullRequest(source, STORE, commit)).toBe(true);
    expect(await git.pullRequestPath(STORE)).not.toBe(old);
    expect(readdirSync(old)).toContain('HEAD');
  });

  it('is deleted when nobody has asked for it for 90 days', async () => {
    const clock = new StillClock(NOW);
    const { git, source } = opened({ clock });
    await git.fetch(source);
    const store = await git.pullRequestPath(STORE);
    clock.advance(89 * DAY);
    await git.maintain(1);
    expect(readdirSync(store)).toContain('HEAD');
    clock.advance(2 * DAY);
    await git.maintain(1);
    expect(() => readdirSync(store)).toThrow();
  });
});

describe('the maintenance of a mirror', () => {
  const packs = (mirror: string) => readdirSync(join(mirror, 'objects/pack')).filter((name) => name.endsWith('.pack'));

  it('joins what many fetches have left, once a day, and loses nothing, forced away or not', async () => {
    const clock = new StillClock(NOW);
    const commands: Command[] = [];
    const { git, source } = opened({ clock, commands });
    restoreRepository('lab', join(world.folder, 'recorded'));
    const commits: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) {
      commits.push(commitFiles(project, MAIN, { 'a.txt': text }, []));
      await git.fetch(source);
    }
    await git.maintain(1);
    const repacks = () => commands.filter(({ argv }) => argv.includes('repack')).length;
    expect([packs(git.mirrorPath(1)).length, repacks()]).toEqual([1, 1]);
    for (const commit of commits) expect(await git.commitFacts(1, commit)).not.toBeNull();
    clock.advance(DAY - 1);
    await git.maintain(1);
    expect(repacks()).toBe(1);
    clock.advance(1);
    await git.maintain(1);
    expect(repacks()).toBe(2);
    const next = commitFiles(project, MAIN, { 'a.txt': 'five' }, []);
    await git.fetch(source);
    expect(await git.commitOf(1, MAIN)).toBe(next);
  });

  it('of a project that was never fetched does nothing', async () => {
    await expect(opened().git.maintain(7)).resolves.toBeUndefined();
  });
});

describe('the size limit of a mirror', () => {
  it('ends a fetch that brings more, with the reason, and what is there stays readable', async () => {
    const git = world.git({ mostBytes: 64 * 1024 });
    const source = sourceOf(project);
    await git.fetch(source);
    const small = await git.commitOf(1, MAIN);
    const large = Array.from({ length: 200 }, (_, at) => [`f${at}`, noise(at)] as const);
    commitFiles(project, MAIN, Object.fromEntries(large), [small!]);
    await expect(git.fetch(source)).rejects.toThrow(
      'the repository is larger than 1 MiB, and no more of it is fetched; the setting server.mirror_limit allows more',
    );
    expect(await git.commitOf(1, MAIN)).toBe(small);
    setRef(project, MAIN, small);
    await git.fetch(source);
  });

  /** Does not compress. */
  function noise(seed: number): string {
    let state = seed + 1;
    return Array.from({ length: 1_500 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return String.fromCharCode(33 + (state % 90));
    }).join('');
  }
});
