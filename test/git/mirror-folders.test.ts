/** A mirror that is made anew: nobody who reads from the old one notices. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MirrorGit } from '../../src/git/mirror-git.js';
import type { JobSource } from '../../src/model/job-order.js';
import { gitIn } from '../fixtures/repositories/restore.js';
import { commitFiles, GitWorld, sourceOf } from './git-world.js';
import { runCheckout } from './run-checkout.js';

const MAIN = 'refs/heads/main';

let world: GitWorld;
let forge: string;
let workspace: string;
beforeEach(() => {
  world = new GitWorld();
  forge = world.repository('lab');
  workspace = join(world.folder, 'workspace');
});
afterEach(() => world.close());

const checkOut = (source: JobSource) => runCheckout(world.start, source, workspace);

/** A mirror with one commit, as the order of a job names it. */
async function mirrored(git: MirrorGit): Promise<JobSource> {
  const commit = commitFiles(forge, MAIN, { a: 'a' });
  await git.fetch(sourceOf(forge));
  return { mirror: git.mirrorPath(1), commit, ref: MAIN, url: 'https://src.example.org/lab.git' };
}

/** The next fetch makes another mirror. */
function damage(git: MirrorGit): void {
  rmSync(join(git.mirrorPath(1), 'HEAD'));
}

describe('a mirror that is made anew', () => {
  it('leaves a job that runs its objects, also those that no branch leads to any more', async () => {
    const git = world.git();
    const source = await mirrored(git);
    await checkOut(source);
    damage(git);
    const other = commitFiles(forge, MAIN, { b: 'b' });
    await git.fetch(sourceOf(forge));
    expect(gitIn(workspace, 'log', '--format=%H')).toBe(source.commit);
    expect(gitIn(workspace, 'fsck', '--no-dangling')).toBe('');
    expect(await git.commitOf(1, MAIN)).toBe(other);
    expect(await git.commitOf(1, source.commit)).toBeNull();
  });

  it('is not seen before it is whole: a checkout meanwhile reads the old one', async () => {
    let duringFetch = async () => undefined as unknown;
    const git = world.git({
      start: async (command, output) => {
        if (command.argv.includes('fetch')) await duringFetch();
        return world.start(command, output);
      },
    });
    const source = await mirrored(git);
    damage(git);
    const ends: unknown[] = [];
    duringFetch = async () => ends.push(await checkOut({ ...source, mirror: git.mirrorPath(1) }));
    await git.fetch(sourceOf(forge));
    expect(ends).toEqual([{ code: 0, output: '' }]);
  });

  it('is not taken when the forge cannot fill it', async () => {
    const git = world.git();
    const source = await mirrored(git);
    damage(git);
    rmSync(forge, { recursive: true });
    await expect(git.fetch(sourceOf(forge))).rejects.toThrow();
    expect(git.mirrorPath(1)).toBe(source.mirror);
    expect((await checkOut(source)).code).toBe(0);
  });

  it('is the only one that is left after the next start', async () => {
    const git = world.git();
    const { mirror } = await mirrored(git);
    damage(git);
    await git.fetch(sourceOf(forge));
    expect(existsSync(mirror)).toBe(true);
    const next = world.git();
    const newest = next.mirrorPath(1);
    await next.fetch(sourceOf(forge));
    expect(newest).not.toBe(mirror);
    expect(readdirSync(join(world.mirrors, '1')).map((name) => join(world.mirrors, '1', name))).toEqual([newest]);
  });
});

describe('the first fetch after a start', () => {
  it('deletes mirrors of an earlier layout, and nothing else', async () => {
    const mirrors = world.git();
    await mirrored(mirrors);
    const root = join(mirrors.mirrorPath(1), '../..');
    for (const name of ['1.git', '22.git', 'x.git', '3.git.bak'])
      mkdirSync(join(root, name, 'objects'), { recursive: true });
    await world.git().fetch(sourceOf(forge));
    expect(readdirSync(root).sort()).toEqual(['1', '3.git.bak', 'x.git']);
  });
});
