/**
 * git CVE-2024-32020, CVE-2024-32021 (objects shared with a clone by links), CVE-2025-48384 (a carriage return in a submodule's
 * path) and their like: what a job does to its workspace never reaches the mirror or the next job, and no tree, however
 * hostile, runs anything or writes outside of the workspace.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/errors.js';
import type { MirrorGit } from '../../src/git/mirror-git.js';
import type { JobSource } from '../../src/model/job-order.js';
import { gitIn, setRef } from '../fixtures/repositories/restore.js';
import { commitFiles, GitWorld, sourceOf } from '../git/git-world.js';
import { type RawEntry, writeCommit, writeObject, writeTree } from '../git/raw-objects.js';
import { runCheckout } from '../git/run-checkout.js';

const MAIN = 'refs/heads/main';

let world: GitWorld;
let git: MirrorGit;
beforeEach(() => {
  world = new GitWorld();
  git = world.git();
});
afterEach(() => world.close());

function sourceAt(commit: string): JobSource {
  return { mirror: git.mirrorPath(1), commit, ref: MAIN, url: 'https://src.example.org/x.git' };
}

/** Every path below a folder with what it is and holds, but for those that begin with one of `except`. */
function snapshot(folder: string, except: readonly string[] = []): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  const kept = paths.filter((path) => !except.some((each) => path.startsWith(each)));
  return Object.fromEntries(kept.map((path) => [path, describeFile(path)]));
}

function describeFile(path: string): string {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (!found.isFile()) return 'folder';
  return `${found.mode} ${sha256(readFileSync(path))}`;
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('what a job does to the objects of its workspace', () => {
  let source: JobSource;
  let blob: string;
  let workspace: string;
  beforeEach(async () => {
    const forge = world.repository('lab');
    const commit = commitFiles(forge, MAIN, { 'build.sh': 'genuine\n' });
    blob = gitIn(forge, 'rev-parse', `${commit}:build.sh`);
    await git.fetch(sourceOf(forge));
    source = sourceAt(commit);
    workspace = join(world.folder, 'workspace');
    await runCheckout(world.start, source, workspace);
  });

  async function nextCheckout(): Promise<string> {
    const next = join(world.folder, 'next');
    expect((await runCheckout(world.start, source, next)).code).toBe(0);
    return readFileSync(join(next, 'build.sh'), 'utf8');
  }

  it('an object written in place under the name of another stays in the workspace', async () => {
    const before = snapshot(world.mirrors);
    const file = join(workspace, '.git/objects', blob.slice(0, 2), blob.slice(2));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, deflateSync('blob 8\0hostile\n'));
    gitIn(workspace, 'checkout', '--force', 'HEAD');
    expect(await nextCheckout()).toBe('genuine\n');
    expect(snapshot(world.mirrors)).toEqual(before);
  });

  it('no file of the workspace is a second name of a file of the mirror', () => {
    const inode = (path: string) => `${lstatSync(path).dev}:${lstatSync(path).ino}`;
    const filesOf = (folder: string) =>
      readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)))
        .filter((path) => lstatSync(path).isFile());
    const mirrored = new Set(filesOf(world.mirrors).map(inode));
    expect(mirrored.size).toBeGreaterThan(3);
    expect(filesOf(workspace).filter((path) => mirrored.has(inode(path)))).toEqual([]);
  });

  it.each([
    ['gc', '--prune=now', '--quiet'],
    ['repack', '-a', '-d', '-q'],
    ['prune', '--expire=now'],
    ['pack-refs', '--all', '--prune'],
    ['update-ref', '-d', MAIN],
    ['replace', '--force', 'HEAD^{tree}', '4b825dc642cb6eb9a060e54bf8d69288fbee4904'],
    ['config', 'core.hooksPath', '/tmp'],
  ])('git %s changes nothing in the mirror', async (...argv) => {
    const before = snapshot(world.mirrors);
    gitIn(workspace, ...argv.filter((each) => each !== undefined));
    expect(snapshot(world.mirrors)).toEqual(before);
    expect(await nextCheckout()).toBe('genuine\n');
  });

  it('links that lie among the objects of a served repository are not taken over by a fetch', async () => {
    const forge = world.repository('linked');
    commitFiles(forge, MAIN, { a: 'a' });
    const secret = join(world.folder, 'secret');
    writeFileSync(secret, 'secret');
    for (const name of ['objects/secret', 'objects/pack/secret', 'refs/secret']) symlinkSync(secret, join(forge, name));
    await git.fetch(sourceOf(forge, 2));
    const found = Object.values(snapshot(git.mirrorPath(2)));
    expect(found.length).toBeGreaterThan(3);
    expect(found.filter((each) => each.startsWith('link') || each.endsWith(sha256('secret')))).toEqual([]);
  });
});

/** What a hostile tree is made with: blobs by text, folders by entries, and a script that betrays that it was run. */
interface Forge {
  readonly outside: string;
  blob(text: string): string;
  tree(...entries: readonly RawEntry[]): string;
  /** A blob that is a shell script which touches the canary. */
  readonly script: string;
  /** A blob that is a git configuration which runs that script wherever git would run one. */
  readonly config: string;
}

interface Hostile {
  readonly title: string;
  readonly tree: (forge: Forge) => string;
}

const file = (name: string | Buffer, id: string): RawEntry => ({ mode: '100755', name, id });
const link = (name: string, id: string): RawEntry => ({ mode: '120000', name, id });
const folder = (name: string, id: string): RawEntry => ({ mode: '40000', name, id });
const module = (name: string): RawEntry => ({ mode: '160000', name, id: 'feedfacefeedfacefeedfacefeedfacefeedface' });

/** A folder with this name that holds hooks and a configuration, as `.git` would. */
const gitFolder = (name: string): Hostile => ({
  title: `a folder ${JSON.stringify(name)} with hooks and configuration`,
  tree: (f) =>
    f.tree(
      folder(name, f.tree(file('config', f.config), folder('hooks', f.tree(file('post-checkout', f.script))))),
      file('zz', f.script),
    ),
});

/** A `.gitmodules` with this text, and what else the tree holds. */
const modules = (
  title: string,
  text: (f: Forge) => string,
  rest: (f: Forge) => readonly RawEntry[] = () => [],
): Hostile => ({
  title,
  tree: (f) => f.tree(file('.gitmodules', f.blob(text(f))), ...rest(f)),
});

const HOSTILE: readonly Hostile[] = [
  gitFolder('.git'),
  gitFolder('.GIT'),
  gitFolder('.gIt'),
  gitFolder('git~1'),
  gitFolder('GIT~1'),
  gitFolder('.git '),
  gitFolder('.git.'),
  gitFolder('.g\u200cit'),
  gitFolder('.git::$INDEX_ALLOCATION'),
  gitFolder('..'),
  gitFolder('.'),
  { title: 'names with backslashes', tree: (f) => f.tree(file('.git\\hooks\\post-checkout', f.script)) },
  { title: 'a file .git that leads elsewhere', tree: (f) => f.tree(file('.git', f.blob(`gitdir: ${f.outside}\n`))) },
  { title: 'a link .git', tree: (f) => f.tree(link('.git', f.blob(f.outside))) },
  { title: 'a submodule .git', tree: (f) => f.tree(module('.git')) },
  { title: 'a name with a way up', tree: (f) => f.tree(file('../outside/file', f.script)) },
  { title: 'an absolute name', tree: (f) => f.tree(file(`${f.outside}/file`, f.script)) },
  {
    title: 'a link and a folder of one name, the folder inside .git/hooks',
    tree: (f) => f.tree(link('a', f.blob('.git/hooks')), folder('a', f.tree(file('post-checkout', f.script)))),
  },
  {
    title: 'a link and a folder of one name, the folder outside',
    tree: (f) => f.tree(link('a', f.blob('../outside')), folder('a', f.tree(file('file', f.script)))),
  },
  {
    title: 'a link and a folder that differ in case',
    tree: (f) => f.tree(link('A', f.blob('.git/hooks')), folder('a', f.tree(file('post-checkout', f.script)))),
  },
  {
    title: 'links to .git, to itself, to the outside',
    tree: (f) => {
      const targets = ['.git', '.git/config', 'loop', '../outside', '/etc', '.git/hooks/post-checkout'];
      return f.tree(...targets.map((target, index) => link(index === 2 ? 'loop' : `l${index}`, f.blob(target))));
    },
  },
  {
    title: 'names with newlines, escapes, dashes and commands',
    tree: (f) => {
      const names = ['\n', '\r', '$(touch canary)', '--output=canary', '-rf', '\x1b[2J', '`touch canary`', 'a\nb'];
      return f.tree(...names.sort().map((name) => file(name, f.script)));
    },
  },
  { title: 'a name that is no UTF-8', tree: (f) => f.tree(file(Buffer.from([0x2e, 0x67, 0xff, 0xfe]), f.script)) },
  { title: 'a name of 300 characters', tree: (f) => f.tree(file('x'.repeat(300), f.script)) },
  {
    title: '300 folders in each other',
    tree: (f) => Array.from({ length: 300 }).reduce((tree: string) => f.tree(folder('d', tree)), f.tree()),
  },
  modules(
    'a submodule whose path ends in a carriage return, and a link there',
    (f) => `[submodule "m"]\n\tpath = "sub\r"\n\turl = ${f.outside}\n`,
    (f) => [link('sub', f.blob('.git/modules/m/hooks')), module('sub\r')],
  ),
  modules(
    'a submodule with an option as URL',
    (f) => `[submodule "m"]\n\tpath = m\n\turl = --upload-pack=${f.outside}\n`,
  ),
  modules(
    'a submodule with an option as path',
    (f) => `[submodule "m"]\n\tpath = -u${f.outside}\n\turl = ${f.outside}\n`,
  ),
  modules(
    'a submodule with a command as update',
    () => '[submodule "m"]\n\tpath = m\n\turl = x\n\tupdate = !touch canary\n',
  ),
  modules(
    'a submodule named as a way up',
    (f) => `[submodule "../../x"]\n\tpath = m\n\turl = ${f.outside}\n`,
    () => [module('m')],
  ),
  { title: '.gitmodules as a link', tree: (f) => f.tree(link('.gitmodules', f.blob('../outside/file'))) },
  {
    title: 'attributes that name filters, drivers and encodings',
    tree: (f) => {
      const text = '* filter=evil diff=evil merge=evil ident working-tree-encoding=UTF-16 text eol=crlf\n';
      return f.tree(file('.gitattributes', f.blob(text)), file('.gitconfig', f.config), file('a', f.blob('$Id$ a\n')));
    },
  },
  { title: 'attributes as a link', tree: (f) => f.tree(link('.gitattributes', f.blob('../outside/file'))) },
  {
    title: 'large-file settings and pointers',
    tree: (f) => {
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 5\n`;
      const attributes = f.blob('*.bin filter=lfs diff=lfs merge=lfs -text\n');
      const settings = f.blob(`[lfs]\n\turl = http://127.0.0.1:1/\n\tstandalonetransferagent = x\n`);
      return f.tree(file('.gitattributes', attributes), file('.lfsconfig', settings), file('a.bin', f.blob(pointer)));
    },
  },
  {
    title: 'a tree that is itself a bare repository',
    tree: (f) =>
      f.tree(
        file('HEAD', f.blob('ref: refs/heads/main\n')),
        file('config', f.config),
        folder('hooks', f.tree(file('post-checkout', f.script), file('reference-transaction', f.script))),
        folder('objects', f.tree(file('x', f.script))),
        folder('refs', f.tree(file('x', f.script))),
      ),
  },
];

describe('a hostile tree is refused or harmless, at the fetch and at the checkout', () => {
  let canary: string;
  let workspace: string;
  beforeEach(() => {
    canary = join(world.folder, 'canary');
    workspace = join(world.folder, 'workspace');
    mkdirSync(join(world.folder, 'outside'));
    writeFileSync(join(world.folder, 'outside/file'), 'untouched');
  });

  function plant(hostile: Hostile): { forge: string; commit: string } {
    const forge = world.repository('hostile');
    const blob = (text: string) => writeObject(forge, 'blob', text);
    const script = `#!/bin/sh\ntouch '${canary}'\n`;
    const run = `"touch '${canary}'"`;
    const config = `[core]\nhooksPath = hooks\nfsmonitor = ${run}\nsshCommand = ${run}\n[filter "evil"]\nsmudge = ${run}\nclean = ${run}\n`;
    const tree = hostile.tree({
      outside: join(world.folder, 'outside'),
      blob,
      tree: (...entries) => writeTree(forge, entries),
      script: blob(script),
      config: blob(config),
    });
    const commit = writeCommit(forge, tree);
    setRef(forge, MAIN, commit);
    return { forge, commit };
  }

  /** Nothing ran, nothing outside of the workspace changed, and the workspace's repository is as plain as ever. */
  function expectHarmless(before: Record<string, string>): void {
    expect(existsSync(canary)).toBe(false);
    expect(snapshot(world.folder, [workspace, join(world.folder, 'pipes')])).toEqual(before);
    expect(existsSync(join(workspace, '.git/hooks'))).toBe(false);
    expect(lstatSync(join(workspace, '.git')).isDirectory()).toBe(true);
    expect(gitIn(workspace, 'config', '--local', '--list')).not.toMatch(/filter|fsmonitor|hookspath|submodule/i);
  }

  /** As the first step of a job may do. */
  function lookAround(): void {
    for (const argv of [['status'], ['log', '--oneline'], ['diff', 'HEAD'], ['add', '--all', '--force']]) {
      try {
        gitIn(workspace, ...argv);
      } catch {
        expect(existsSync(canary)).toBe(false);
      }
    }
  }

  /** As if an older or laxer git had let it into the mirror. */
  function letIn(forge: string): void {
    gitIn('/', 'init', '--bare', '--quiet', '--template=', git.mirrorPath(1));
    gitIn(git.mirrorPath(1), 'fetch', '--quiet', '--no-write-fetch-head', forge, `+${MAIN}:${MAIN}`);
  }

  it.each(HOSTILE.map((each) => [each.title, each] as const))('%s', async (_, hostile) => {
    const { forge, commit } = plant(hostile);
    const fetched = await git.fetch(sourceOf(forge)).catch((error: unknown) => error);
    if (fetched !== undefined) expect(fetched).toBeInstanceOf(Fault);
    letIn(forge);
    const before = snapshot(world.folder, [workspace, join(world.folder, 'pipes')]);
    const end = await runCheckout(world.start, sourceAt(commit), workspace);
    expectHarmless(before);
    if (end.code === 0) lookAround();
    expectHarmless(before);
  });

  it.each(['.git', '.GIT', 'git~1', '.g\u200cit', '..', '.'])(
    'a folder %j is refused at the fetch and at the checkout',
    async (name) => {
      const { forge, commit } = plant(gitFolder(name));
      await expect(git.fetch(sourceOf(forge))).rejects.toBeInstanceOf(Fault);
      letIn(forge);
      expect((await runCheckout(world.start, sourceAt(commit), workspace)).code).not.toBe(0);
    },
  );

  it('and the canary would tell: a hook that does lie in .git is run by a plain checkout', async () => {
    const commit = commitFiles(world.repository('plain'), MAIN, { a: 'a' });
    await git.fetch(sourceOf(join(world.forge, 'plain.git')));
    await runCheckout(world.start, sourceAt(commit), workspace);
    mkdirSync(join(workspace, '.git/hooks'));
    writeFileSync(join(workspace, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch '${canary}'\n`, { mode: 0o755 });
    gitIn(workspace, 'checkout', '--force', 'HEAD', '--');
    expect(existsSync(canary)).toBe(true);
  });
});
