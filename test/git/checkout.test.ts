/** The checkout of a job: the exact commit, a repository of its own, nothing run and nothing shared that can be written. */
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkoutCommands } from '../../src/git/checkout.js';
import type { MirrorGit } from '../../src/git/mirror-git.js';
import { Fault } from '../../src/kernel/errors.js';
import type { JobSource } from '../../src/model/job-order.js';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { commitFiles, GitWorld, sourceOf } from './git-world.js';
import { writeCommit, writeObject, writeTree } from './raw-objects.js';
import { runCheckout } from './run-checkout.js';

const MAIN = 'refs/heads/main';
const HEAD = '2b048f5ed6cb4953623d0aeb7ae5cd035f3ddcaa';

let world: GitWorld;
let git: MirrorGit;
let workspace: string;
beforeEach(() => {
  world = new GitWorld();
  git = world.git();
  workspace = join(world.folder, 'work space');
});
afterEach(() => world.close());

async function lab(overrides: Partial<JobSource> = {}): Promise<JobSource> {
  await git.fetch(sourceOf(restoreRepository('lab', world.forge)));
  return { mirror: git.mirrorPath(1), commit: HEAD, ref: MAIN, url: 'https://src.example.org/lab.git', ...overrides };
}

/** The source of a repository whose main is a commit of these files. */
async function made(files: Readonly<Record<string, string>>): Promise<JobSource> {
  const commit = commitFiles(world.repository('made'), MAIN, files);
  await git.fetch(sourceOf(join(world.forge, 'made.git')));
  return { mirror: git.mirrorPath(1), commit, ref: MAIN, url: 'https://src.example.org/made.git' };
}

async function checkOut(source: JobSource): Promise<void> {
  expect(await runCheckout(world.start, source, workspace)).toEqual({ code: 0, output: '' });
}

describe('a checkout', () => {
  it('of a branch is on that branch, at the exact commit, clean, with its history', async () => {
    await checkOut(await lab());
    expect(gitIn(workspace, 'status', '--porcelain', '--branch')).toBe('## main');
    expect(gitIn(workspace, 'rev-parse', 'HEAD')).toBe(HEAD);
    expect(gitIn(workspace, 'log', '--format=%H').split('\n')).toHaveLength(14);
    expect(readFileSync(join(workspace, 'src/t.txt'), 'utf8')).not.toBe('');
    expect(gitIn(workspace, 'fsck', '--no-dangling')).toBe('');
  });

  it('of a commit that the branch has left behind is that commit', async () => {
    await checkOut(await lab({ commit: '561b351ee85cad936499e97d2e293c0a4fd62034' }));
    expect(gitIn(workspace, 'rev-parse', MAIN, 'refs/remotes/origin/main')).toBe(
      '561b351ee85cad936499e97d2e293c0a4fd62034\n561b351ee85cad936499e97d2e293c0a4fd62034',
    );
    expect(gitIn(workspace, 'status', '--porcelain')).toBe('');
  });

  it.each(['refs/tags/v1.2', 'refs/pull/3/merge', 'refs/heads/a..b', 'main', '--x', ''])(
    'of %j has a detached HEAD',
    async (ref) => {
      await checkOut(await lab({ ref }));
      expect(gitIn(workspace, 'rev-parse', 'HEAD')).toBe(HEAD);
      expect(() => gitIn(workspace, 'symbolic-ref', 'HEAD')).toThrow();
      expect(gitIn(workspace, 'for-each-ref')).toBe('');
      expect(gitIn(workspace, 'status', '--porcelain')).toBe('');
    },
  );

  it.each([
    '-x',
    '--upload-pack=touch',
    'feature/one',
    '$(touch pwned)',
    "'; touch pwned; '",
    '`touch pwned`',
    '\u00fc',
  ])('of a branch named %j is on it', async (branch) => {
    const valid = branch.replaceAll(' ', '_');
    await checkOut(await lab({ ref: `refs/heads/${valid}` }));
    expect(gitIn(workspace, 'symbolic-ref', 'HEAD')).toBe(`refs/heads/${valid}`);
    expect(existsSync(join(workspace, 'pwned'))).toBe(false);
  });

  it('keeps links as the tree has them, and programs executable', async () => {
    const forge = world.repository('links');
    const blob = writeObject(forge, 'blob', '../outside');
    const tree = writeTree(forge, [
      { mode: '120000', name: 'link', id: blob },
      { mode: '100755', name: 'program', id: blob },
    ]);
    setRef(forge, MAIN, writeCommit(forge, tree));
    await git.fetch(sourceOf(forge));
    const commit = (await git.commitOf(1, MAIN)) ?? '';
    await checkOut({ mirror: git.mirrorPath(1), commit, ref: MAIN, url: 'https://src.example.org/links.git' });
    expect(readlinkSync(join(workspace, 'link'))).toBe('../outside');
    expect(lstatSync(join(workspace, 'program')).mode & 0o111).not.toBe(0);
    expect(gitIn(workspace, 'status', '--porcelain')).toBe('');
  });

  it('of an empty tree works', async () => {
    await checkOut(await made({}));
    expect(readdirSync(workspace)).toEqual(['.git']);
  });

  it('again into the same workspace replaces what is there', async () => {
    const source = await lab();
    await checkOut(source);
    writeFileSync(join(workspace, 'README.md'), 'changed');
    await checkOut({ ...source, commit: '561b351ee85cad936499e97d2e293c0a4fd62034', ref: 'refs/tags/x' });
    expect(gitIn(workspace, 'rev-parse', 'HEAD')).toBe('561b351ee85cad936499e97d2e293c0a4fd62034');
    expect(gitIn(workspace, 'status', '--porcelain')).toBe('');
  });

  it('of a commit that the mirror lacks fails and says so', async () => {
    const end = await runCheckout(
      world.start,
      await lab({ commit: 'feedfacefeedfacefeedfacefeedfacefeedface' }),
      workspace,
    );
    expect(end.code).not.toBe(0);
    expect(end.output).toContain('feedface');
  });

  it('is refused for what is no full commit id', () => {
    const source = { mirror: '/m', ref: MAIN, url: 'https://src.example.org/x.git' };
    for (const commit of ['main', '', '-x', '2b048f5', `${HEAD}\n`]) {
      expect(() => checkoutCommands({ ...source, commit }, workspace)).toThrow(Fault);
    }
  });
});

describe('the workspace has its own .git', () => {
  it('whose only way to the mirror is the alternate', async () => {
    const source = await lab();
    await checkOut(source);
    expect(readFileSync(join(workspace, '.git/objects/info/alternates'), 'utf8')).toBe(`${source.mirror}/objects\n`);
    const own = readdirSync(join(workspace, '.git'), { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    );
    expect(own.length).toBeGreaterThan(3);
    for (const file of own) expect(lstatSync(join(file.parentPath, file.name)).nlink).toBe(1);
    expect(own.filter((file) => file.parentPath.includes('worktrees'))).toEqual([]);
  });

  it('with a plain configuration, no hooks and no credential', async () => {
    await checkOut(await lab({ url: 'https://bob:secret@src.example.org/lab.git' }));
    const keys = gitIn(workspace, 'config', '--local', '--name-only', '--list').split('\n').sort();
    const plain = ['core.bare', 'core.filemode', 'core.logallrefupdates', 'core.repositoryformatversion'];
    expect(keys).toEqual([...plain, 'remote.origin.fetch', 'remote.origin.url']);
    expect(gitIn(workspace, 'config', 'remote.origin.url')).toBe('https://src.example.org/lab.git');
    expect(readdirSync(join(workspace, '.git')).filter((name) => name === 'hooks')).toEqual([]);
  });

  it('and fetches from origin as any clone does', async () => {
    const source = await lab();
    const forge = join(world.forge, 'lab.git');
    await checkOut({ ...source, url: `file://${forge}` });
    gitIn(workspace, 'fetch', '--quiet', 'origin');
    expect(gitIn(workspace, 'rev-parse', 'refs/remotes/origin/drop')).toBe('00bb36d0ee672fc65dd95e59454ab94dde472219');
  });

  it('although the mirror is read-only and belongs to another user', async () => {
    const source = await lab();
    for (const entry of ['', ...readdirSync(source.mirror, { recursive: true }).map(String)]) {
      const path = join(source.mirror, entry);
      chmodSync(path, lstatSync(path).isDirectory() ? 0o555 : 0o444);
      if (process.getuid?.() === 0) lchownSync(path, 65_534, 65_534);
    }
    await checkOut(source);
    expect(gitIn(workspace, 'log', '--format=%H').split('\n')).toHaveLength(14);
    for (const entry of readdirSync(world.mirrors, { recursive: true }))
      chmodSync(join(world.mirrors, String(entry)), 0o755);
  });
});

describe('nothing of the tree or of the home is run by the checkout', () => {
  it('filters of .gitattributes do nothing, and the tree stays clean', async () => {
    const attributes = '* filter=evil diff=evil merge=evil text=auto\n*.bin filter=lfs diff=lfs merge=lfs -text\n';
    await checkOut(await made({ '.gitattributes': attributes, 'a.txt': 'a', 'b.bin': 'pointer' }));
    expect(readFileSync(join(workspace, 'b.bin'), 'utf8')).toBe('pointer');
    expect(gitIn(workspace, 'status', '--porcelain')).toBe('');
  });

  it('configuration, attributes and hooks of the home are not read', async () => {
    const home = join(world.folder, 'home');
    const canary = join(world.folder, 'canary');
    mkdirSync(join(home, 'hooks'), { recursive: true });
    mkdirSync(join(home, '.config/git'), { recursive: true });
    const run = `touch ${canary}; cat`;
    writeFileSync(join(home, '.config/git/attributes'), '* filter=evil\n');
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
      writeFileSync(join(home, 'hooks', hook), `#!/bin/sh\n${run}\n`, { mode: 0o755 });
    }
    const config = `[core]\nhooksPath = ${home}/hooks\nfsmonitor = "${run}"\n[filter "evil"]\nsmudge = "${run}"\n`;
    for (const name of ['.gitconfig', '.config/git/config']) writeFileSync(join(home, name), config);
    const source = await made({ '.gitattributes': '* filter=evil\n', a: 'a' });
    expect(await runCheckout(world.start, source, workspace, home)).toEqual({ code: 0, output: '' });
    expect(existsSync(canary)).toBe(false);
    expect(readFileSync(join(workspace, 'a'), 'utf8')).toBe('a');
    rmSync(home, { recursive: true });
  });

  it('submodules stay empty folders', async () => {
    const forge = world.repository('modules');
    const commit = commitFiles(forge, MAIN, { a: 'a' });
    const modules = writeObject(forge, 'blob', `[submodule "m"]\n\tpath = m\n\turl = ${forge}\n`);
    const tree = writeTree(forge, [
      { mode: '100644', name: '.gitmodules', id: modules },
      { mode: '160000', name: 'm', id: commit },
    ]);
    setRef(forge, MAIN, writeCommit(forge, tree));
    await git.fetch(sourceOf(forge));
    const head = (await git.commitOf(1, MAIN)) ?? '';
    await checkOut({ mirror: git.mirrorPath(1), commit: head, ref: MAIN, url: 'https://src.example.org/m.git' });
    expect(readdirSync(join(workspace, 'm'))).toEqual([]);
    expect(gitIn(workspace, 'status', '--porcelain')).toBe('');
  });
});

describe('the commands hold no text of a shell', () => {
  it('all that varies is an argument of one fixed script', () => {
    const one = checkoutCommands({ mirror: '/a', commit: HEAD, ref: MAIN, url: 'https://a.org/' }, '/w');
    const other = checkoutCommands({ mirror: '/b', commit: '0'.repeat(40), ref: 'refs/heads/$(x)', url: '-x' }, '/v');
    expect(one.commands.map(({ argv }) => argv.slice(0, 4))).toEqual(
      other.commands.map(({ argv }) => argv.slice(0, 4)),
    );
    const varying = ['/v', '/b/objects', '0'.repeat(40), './-x', '$(x)', '/b', 'false', '', 'whole'];
    expect(other.commands[0]?.argv.slice(4)).toEqual(varying);
    expect(one.env).toEqual(other.env);
  });
});
