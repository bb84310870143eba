/** What is read out of a mirror: commits, files, reachability, changed paths, on the recorded repositories and on odd ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Git } from '../../src/git/git.js';
import { NO_COMMIT } from '../../src/model/event.js';
import {
  gitIn,
  RECORDED_PROJECTS,
  type RecordedProject,
  restoreRepository,
  setRef,
} from '../fixtures/repositories/restore.js';
import { commitFiles, GitWorld, sourceOf } from './git-world.js';
import { writeCommit, writeTree } from './raw-objects.js';

const MAIN = 'refs/heads/main';
const MISSING = 'feedfacefeedfacefeedfacefeedfacefeedface';

const world = new GitWorld();
const git: Git = world.git();
afterAll(() => world.close());

/** Project ids of this file: the recorded ones count from 0, made ones from 10. */
function idOf(project: RecordedProject): number {
  return RECORDED_PROJECTS.indexOf(project);
}

/** Makes project `id` from a repository that `make` fills. */
async function project(id: number, make: (repository: string) => void): Promise<string> {
  const repository = world.repository(`made-${id}`);
  make(repository);
  await git.fetch(sourceOf(repository, id));
  return repository;
}

beforeAll(async () => {
  for (const fullname of RECORDED_PROJECTS) {
    await git.fetch(sourceOf(restoreRepository(fullname, world.forge), idOf(fullname)));
  }
});

describe('the commit of a name', () => {
  it('of a branch is its tip', async () => {
    expect(await git.commitOf(idOf('lab'), MAIN)).toBe('2b048f5ed6cb4953623d0aeb7ae5cd035f3ddcaa');
  });

  it('of an annotated tag is the tagged commit, by the ref and by the tag object of the delivery', async () => {
    const commit = 'dd3022256e5a80671fe54090d3e15ca16253832f';
    expect(await git.commitOf(idOf('lab'), 'refs/tags/v1.3')).toBe(commit);
    expect(await git.commitOf(idOf('lab'), '3c5b4bd791b62574a3d2c105d161b6b8b3675825')).toBe(commit);
  });

  it('of a plain tag is its commit', async () => {
    expect(await git.commitOf(idOf('lab'), 'refs/tags/v1.2')).toBe('d65990400903747a51faff6f7d12def28da199b6');
  });

  it('of a tag of a tag is the commit at the end', async () => {
    let commit = '';
    await project(10, (repository) => {
      commit = commitFiles(repository, MAIN, { a: 'a' });
      gitIn(repository, 'tag', '-a', '-m', 'one', 'inner', commit);
      gitIn(repository, 'tag', '-a', '-m', 'two', 'outer', 'inner');
    });
    expect(await git.commitOf(10, 'refs/tags/outer')).toBe(commit);
  });

  it('of a tag of something else is null', async () => {
    await project(11, (repository) => {
      const commit = commitFiles(repository, MAIN, { a: 'a' });
      gitIn(repository, 'tag', 'tree', `${commit}^{tree}`);
      gitIn(repository, 'tag', '-a', '-m', 'x', 'blob', `${commit}:a`);
    });
    expect(await git.commitOf(11, 'refs/tags/tree')).toBeNull();
    expect(await git.commitOf(11, 'refs/tags/blob')).toBeNull();
  });

  it.each([
    'main',
    'HEAD',
    'FETCH_HEAD',
    'refs/heads/none',
    'refs/recorded/x',
    MISSING,
    MISSING.toUpperCase(),
    '2b048f5',
  ])('%s is null', async (rev) => {
    expect(await git.commitOf(idOf('lab'), rev)).toBeNull();
  });

  it('of many objects are found at once, those that lead to none left out', async () => {
    const [tag, commit] = ['3c5b4bd791b62574a3d2c105d161b6b8b3675825', 'd65990400903747a51faff6f7d12def28da199b6'];
    const tree = gitIn(git.mirrorPath(idOf('lab')), 'rev-parse', `${commit}^{tree}`);
    const found = await git.commitsOf(idOf('lab'), [tag, MISSING, 'main', tree, commit]);
    expect([...found]).toEqual([
      [tag, 'dd3022256e5a80671fe54090d3e15ca16253832f'],
      [commit, commit],
    ]);
    expect(await git.commitsOf(99, [tag])).toEqual(new Map());
  });

  it('is null where no mirror is', async () => {
    expect(await git.commitOf(99, MAIN)).toBeNull();
    expect(await git.commitOf(99, MISSING)).toBeNull();
    expect(await git.defaultBranch(99)).toBeNull();
    expect(await git.listFolder(99, MISSING, '')).toEqual([]);
  });

  it('is literal: refs/heads/refs/heads/x never stands in for refs/heads/x', async () => {
    const repository = await project(12, (made) => commitFiles(made, MAIN, { a: 'a' }));
    const commit = gitIn(repository, 'rev-parse', MAIN);
    setRef(git.mirrorPath(12), 'refs/heads/refs/heads/release', commit);
    expect(await git.commitOf(12, 'refs/heads/release')).toBeNull();
    expect(await git.isReachable(12, commit, 'refs/heads/release')).toBe(false);
  });
});

describe('every commit that a recorded push names', () => {
  const pushes = readPushes();

  it('is reachable from its ref while the ref stands there', async () => {
    for (const { fullname, ref, commit } of pushes) {
      setRef(git.mirrorPath(idOf(fullname)), ref, null);
      const forge = join(world.forge, `${fullname}.git`);
      const wanted = gitIn(forge, 'rev-parse', '--verify', `refs/recorded/${commit}`);
      gitIn(
        git.mirrorPath(idOf(fullname)),
        'fetch',
        '--quiet',
        '--no-write-fetch-head',
        forge,
        `+refs/recorded/${wanted}:${ref}`,
      );
      expect(await git.isReachable(idOf(fullname), commit, ref)).toBe(true);
      expect(await git.isReachable(idOf(fullname), MISSING, ref)).toBe(false);
    }
  });

  it('changes the paths that the delivery lists', async () => {
    for (const { fullname, commit, before, paths } of pushes) {
      const changed = await git.changedPaths(idOf(fullname), before, commit, 'two');
      expect([...changed].sort()).toEqual([...paths].sort());
    }
  });
});

describe('reachability', () => {
  it('holds for the tip and its ancestors, not for descendants or another branch', async () => {
    await project(13, (repository) => {
      const root = commitFiles(repository, MAIN, { a: 'a' });
      const tip = commitFiles(repository, MAIN, { a: 'b' }, [root]);
      commitFiles(repository, 'refs/heads/side', { a: 'c' }, [root]);
      commitFiles(repository, 'refs/heads/other', { a: 'd' });
      gitIn(repository, 'tag', 'v1', tip);
    });
    const [tip, side, other] = await Promise.all(
      [MAIN, 'refs/heads/side', 'refs/heads/other'].map((ref) => git.commitOf(13, ref)),
    );
    const root = gitIn(git.mirrorPath(13), 'rev-parse', `${tip}^`);
    const reachable = (commit: string | null | undefined, ref: string) => git.isReachable(13, commit ?? '', ref);
    expect(await reachable(tip, MAIN)).toBe(true);
    expect(await reachable(root, MAIN)).toBe(true);
    expect(await reachable(tip, 'refs/tags/v1')).toBe(true);
    expect(await reachable(side, MAIN)).toBe(false);
    expect(await reachable(other, MAIN)).toBe(false);
    expect(await reachable(tip, 'refs/heads/side')).toBe(false);
    expect(await reachable(tip, 'refs/heads/none')).toBe(false);
    expect(await reachable(tip, 'HEAD')).toBe(false);
    expect(await reachable('', MAIN)).toBe(false);
  });
});

describe('the files of a folder', () => {
  it('are its blobs with mode, id and size, not what lies deeper', async () => {
    const files = await git.listFolder(idOf('lab'), '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3', 'src');
    expect(files.map(({ path }) => path)).toEqual(['src/a.txt', 'src/m0.txt', 'src/m1.txt', 'src/m2.txt']);
    expect(files[0]).toMatchObject({ mode: '100644', sizeBytes: expect.any(Number) });
    const bytes = await git.readBlob(idOf('lab'), files[0]?.blob ?? '', 1_000);
    expect(bytes?.length).toBe(files[0]?.sizeBytes);
  });

  it('of the root carry no slash, and names are read as UTF-8', async () => {
    const files = await git.listFolder(idOf('lab'), '2b048f5ed6cb4953623d0aeb7ae5cd035f3ddcaa', '');
    expect(files.map(({ path }) => path)).toContain('feat \u00e9.txt');
    expect(files.some(({ path }) => path.includes('/'))).toBe(false);
  });

  it.each([
    'none',
    'README.md',
    'src/a.txt',
    '..',
    '../src',
    './src',
    '/src',
    'src/',
    ':',
    '-x',
    '--long',
    'src\n',
    ':/add',
  ])('%j is empty', async (folder) => {
    expect(await git.listFolder(idOf('lab'), '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3', folder)).toEqual([]);
  });

  it('of a missing commit, a branch name or an option are none', async () => {
    for (const commit of [MISSING, 'main', MAIN, '--help', '']) {
      expect(await git.listFolder(idOf('lab'), commit, '')).toEqual([]);
    }
  });

  it('may have any name: newline, tab, quote, a leading dash, bytes that are no UTF-8', async () => {
    const names = ['a\nb', 'a\tb', '"', '-x', '--all', '\\', ':(glob)**', ' ', '\u00fc', '${HOME}'];
    await project(14, (repository) => {
      const first = commitFiles(repository, MAIN, Object.fromEntries(names.map((name) => [`dir/${name}`, name])));
      const blob = gitIn(repository, 'rev-parse', `${first}:dir/-x`);
      gitIn(
        repository,
        'tag',
        'odd',
        writeTree(repository, [{ mode: '100644', name: Buffer.from([0xff, 0xfe]), id: blob }]),
      );
    });
    const commit = (await git.commitOf(14, MAIN)) ?? '';
    const files = await git.listFolder(14, commit, 'dir');
    expect(files.map(({ path }) => path).sort()).toEqual(names.map((name) => `dir/${name}`).sort());
    expect((await git.changedPaths(14, NO_COMMIT, commit, 'two')).length).toBe(names.length);
    const tree = gitIn(git.mirrorPath(14), 'rev-parse', 'refs/tags/odd');
    expect((await git.listFolder(14, tree, '')).map(({ path }) => path)).toEqual(['\ufffd\ufffd']);
  });

  it('are links and programs by their mode, and never submodules', async () => {
    await project(15, (repository) => {
      const commit = commitFiles(repository, MAIN, { a: 'a' });
      const blob = gitIn(repository, 'rev-parse', `${commit}:a`);
      const tree = writeTree(repository, [
        { mode: '120000', name: 'link', id: blob },
        { mode: '160000', name: 'module', id: commit },
        { mode: '100755', name: 'program', id: blob },
      ]);
      setRef(repository, MAIN, writeCommit(repository, tree));
    });
    const files = await git.listFolder(15, (await git.commitOf(15, MAIN)) ?? '', '');
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      ['link', '120000'],
      ['program', '100755'],
    ]);
  });
});

describe('a blob', () => {
  it('is given byte for byte, and empty ones too', async () => {
    const bytes = '\0\r\n\u00fc'.repeat(50_000);
    await project(16, (repository) => commitFiles(repository, MAIN, { big: bytes, empty: '' }));
    const files = await git.listFolder(16, (await git.commitOf(16, MAIN)) ?? '', '');
    const [big, empty] = ['big', 'empty'].map((name) => files.find(({ path }) => path === name)?.blob ?? '');
    expect(await git.readBlob(16, big ?? '', 1_000_000)).toEqual(Buffer.from(bytes));
    expect(await git.readBlob(16, empty ?? '', 0)).toEqual(Buffer.alloc(0));
  });

  it('is null when it is larger than the limit, missing, or no blob', async () => {
    const [file] = await git.listFolder(idOf('lab'), '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3', 'src');
    expect(await git.readBlob(idOf('lab'), file?.blob ?? '', (file?.sizeBytes ?? 0) - 1)).toBeNull();
    expect(await git.readBlob(idOf('lab'), MISSING, 1_000)).toBeNull();
    expect(await git.readBlob(idOf('lab'), '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3', 1_000)).toBeNull();
    expect(await git.readBlob(idOf('lab'), '--batch', 1_000)).toBeNull();
  });
});

describe('the facts of a commit', () => {
  it('are its message, author and time', async () => {
    expect(await git.commitFacts(idOf('lab'), '561b351ee85cad936499e97d2e293c0a4fd62034')).toEqual({
      commit: '561b351ee85cad936499e97d2e293c0a4fd62034',
      message: 'add src/a.txt',
      authorName: expect.any(String),
      authorEmail: expect.stringContaining('@'),
      committedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/),
    });
  });

  it('are null for what is no commit', async () => {
    for (const id of [MISSING, '3c5b4bd791b62574a3d2c105d161b6b8b3675825', 'main', '-1']) {
      expect(await git.commitFacts(idOf('lab'), id)).toBeNull();
    }
  });
});

describe('changed paths', () => {
  let root = '';
  let main = '';
  let side = '';
  beforeAll(async () => {
    await project(20, (repository) => {
      root = commitFiles(repository, MAIN, {
        keep: 'k',
        moved: 'a long text that git takes for the same file',
        gone: 'g',
      });
      main = commitFiles(repository, MAIN, { 'only-main': 'm' }, [root]);
      const tree = { keep: 'k', 'new/moved': 'a long text that git takes for the same file', 'a b': 'x' };
      commitFiles(repository, 'refs/heads/alone', tree);
      const made = gitIn(repository, 'commit-tree', '-p', root, '-m', 'side', 'refs/heads/alone^{tree}');
      setRef(repository, 'refs/heads/side', made);
      side = made;
    });
  });

  it('of two commits name both sides of a rename', async () => {
    expect(await git.changedPaths(20, root, side, 'two')).toEqual(['a b', 'gone', 'moved', 'new/moved']);
  });

  it('two-dot compare the two trees, three-dot begin at the merge base', async () => {
    expect(await git.changedPaths(20, main, side, 'two')).toContain('only-main');
    expect(await git.changedPaths(20, main, side, 'three')).toEqual(['a b', 'gone', 'moved', 'new/moved']);
  });

  it('from forty zeros are the whole tree', async () => {
    expect(await git.changedPaths(20, NO_COMMIT, main, 'two')).toEqual(['gone', 'keep', 'moved', 'only-main']);
    expect(await git.changedPaths(20, NO_COMMIT, main, 'three')).toEqual(['gone', 'keep', 'moved', 'only-main']);
  });

  it('of histories without a common commit are those of the two trees', async () => {
    const alone = (await git.commitOf(20, 'refs/heads/alone')) ?? '';
    expect(await git.changedPaths(20, root, alone, 'three')).toEqual(await git.changedPaths(20, root, alone, 'two'));
  });

  it('of the same commit, or of one that is missing, are none', async () => {
    expect(await git.changedPaths(20, main, main, 'two')).toEqual([]);
    expect(await git.changedPaths(20, MISSING, main, 'two')).toEqual([]);
    expect(await git.changedPaths(20, main, MISSING, 'three')).toEqual([]);
    expect(await git.changedPaths(20, '--output=x', main, 'two')).toEqual([]);
  });
});

describe('the commits of a push', () => {
  let c: Record<'root' | 'one' | 'two', string>;
  beforeAll(async () => {
    await project(23, (repository) => {
      const root = commitFiles(repository, MAIN, { a: '0' });
      const one = commitFiles(repository, MAIN, { a: '1' }, [root]);
      c = { root, one, two: commitFiles(repository, MAIN, { a: '2' }, [one]) };
    });
  });
  const ids = async (from: string, to: string, limit = 10) =>
    (await git.pushedCommits(23, from, to, limit)).map(({ id }) => id);

  it('are those that were not there before, the newest last', async () => {
    expect(await ids(c.root, c.two)).toEqual([c.one, c.two]);
    expect(await ids(c.two, c.two)).toEqual([]);
  });

  it('of a branch that begins at a root are its whole history', async () => {
    expect(await ids(NO_COMMIT, c.two)).toEqual([c.root, c.one, c.two]);
  });

  it('are the newest where there are more than are asked for', async () => {
    expect(await ids(NO_COMMIT, c.two, 2)).toEqual([c.one, c.two]);
  });

  it('come with their tree, people, time and message', async () => {
    const tree = gitIn(git.mirrorPath(23), 'rev-parse', `${c.two}^{tree}`);
    expect(await git.pushedCommits(23, c.one, c.two, 1)).toEqual([
      {
        ...{ id: c.two, tree, message: 'change', committedAt: '2026-03-01T12:00:00+00:00' },
        ...{ authorName: 'Ada', authorEmail: 'ada@example.org' },
        ...{ committerName: 'Ada', committerEmail: 'ada@example.org' },
      },
    ]);
  });

  it('are none when one is missing or no commit id', async () => {
    expect(await ids(MISSING, c.two)).toEqual([]);
    expect(await ids(c.one, MISSING)).toEqual([]);
    expect(await ids('--all', c.two)).toEqual([]);
  });
});

describe('where a new branch began', () => {
  const NEW = 'refs/heads/new';
  let c: Record<'root' | 'one' | 'two' | 'merged', string>;
  beforeAll(async () => {
    await project(21, (repository) => {
      const root = commitFiles(repository, MAIN, { a: '0' });
      const main = commitFiles(repository, MAIN, { a: '1' }, [root]);
      const one = commitFiles(repository, NEW, { b: '1' }, [main]);
      const two = commitFiles(repository, NEW, { b: '2' }, [one]);
      const old = commitFiles(repository, 'refs/heads/gone', { c: '1' }, [root]);
      const merged = commitFiles(repository, 'refs/heads/merging', { c: '1' }, [main, old]);
      setRef(repository, 'refs/heads/gone', null);
      setRef(repository, 'refs/heads/same', main);
      setRef(repository, 'refs/heads/new-er', root);
      c = { root, one: main, two, merged };
    });
  });

  it('is the parent of the oldest commit that no other branch has', async () => {
    expect(await git.newBranchBase(21, c.two, NEW)).toBe(c.one);
  });

  it('is the commit itself when the branch brings none of its own', async () => {
    expect(await git.newBranchBase(21, c.one, 'refs/heads/same')).toBe(c.one);
  });

  it('is not moved back by a merge of older work', async () => {
    expect(await git.newBranchBase(21, c.merged, 'refs/heads/merging')).toBe(c.one);
  });

  it('is null when the branch begins at a root, as the first branch of a project does', async () => {
    await project(22, (repository) => commitFiles(repository, MAIN, { a: 'a' }));
    expect(await git.newBranchBase(22, (await git.commitOf(22, MAIN)) ?? '', MAIN)).toBeNull();
  });

  it('is null for what is no branch or no commit', async () => {
    expect(await git.newBranchBase(21, c.two, 'refs/tags/x')).toBeNull();
    expect(await git.newBranchBase(21, MISSING, NEW)).toBeNull();
    expect(await git.newBranchBase(21, c.two, '--all')).toBeNull();
  });
});

interface RecordedPush {
  readonly fullname: RecordedProject;
  readonly ref: string;
  readonly commit: string;
  readonly before: string;
  readonly paths: readonly string[];
}

/** The recorded `git.receive` deliveries. */
function readPushes(): readonly RecordedPush[] {
  const folder = join(import.meta.dirname, '../fixtures/deliveries');
  const names = readdirSync(folder).filter((name) => name.endsWith('git.receive.json'));
  return names.map((name) => {
    const { body_base64: body } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { body_base64: string };
    const { msg } = JSON.parse(Buffer.from(body, 'base64').toString()) as { msg: Record<string, string> };
    const { branch = '', old_commit: before = '', end_commit: commit = '', changed_files: paths = {} } = msg;
    const ref = branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
    const fullname = msg['project_fullname'] as RecordedProject;
    return { fullname, ref, commit, before: before.replace('^', ''), paths: Object.keys(paths) };
  });
}
