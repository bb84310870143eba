/** Fetching into mirrors: over http and from files, only what is the project's own, whatever happened before (TRUST §3). */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault, Refusal } from '../../src/kernel/errors.js';
import type { StartProcess } from '../../src/git/mirror/run-git.js';
import type { Command } from '../../src/process/running-process.js';
import { gitIn, RECORDED_PROJECTS, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { StillClock } from '../kernel/still-clock.js';
import { gitHttpHandler, type GitHttpOptions } from '../stand-in/git-http.js';
import { commitFiles, GitWorld, sourceOf } from './git-world.js';
import { writeCommit, writeObject, writeTree } from './raw-objects.js';

const MAIN = 'refs/heads/main';

let world: GitWorld;
beforeEach(() => {
  world = new GitWorld();
});
afterEach(() => world.close());

/** A git server over the world's forge that keeps the requests it saw. */
async function serveForge(options: GitHttpOptions = {}): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const handle = gitHttpHandler(world.forge, options);
  const url = await world.serve((request, response) => {
    requests.push(request);
    if (!handle(request, response)) response.writeHead(404).end();
  });
  return { url, requests };
}

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const thrown = await promise.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Fault);
  return thrown as Fault;
}

function refsOf(repository: string): string[] {
  return gitIn(repository, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n').filter(Boolean);
}

describe('a fetch', () => {
  it.each(['v0', 'v2'] as const)(
    'over http, protocol %s, brings all heads and tags of the recorded projects',
    async (protocol) => {
      const { url } = await serveForge({ protocol });
      const git = world.git();
      for (const [index, fullname] of RECORDED_PROJECTS.entries()) {
        const forge = restoreRepository(fullname, world.forge);
        await git.fetch(sourceOf(`${url}/${fullname}.git`, index));
        const own = refsOf(forge).filter((line) => /^refs\/(heads|tags)\//.test(line));
        expect(refsOf(git.mirrorPath(index))).toEqual(own);
      }
    },
  );

  it('from a file below the allowed folder brings the same', async () => {
    const forge = restoreRepository('lab', world.forge);
    const git = world.git();
    await git.fetch(sourceOf(forge));
    expect(refsOf(git.mirrorPath(1))).toEqual(refsOf(forge).filter((line) => /^refs\/(heads|tags)\//.test(line)));
  });

  it('sees what was pushed, moved by force and deleted since the last one', async () => {
    const forge = restoreRepository('lab', world.forge);
    const git = world.git();
    await git.fetch(sourceOf(forge));
    setRef(forge, MAIN, '561b351ee85cad936499e97d2e293c0a4fd62034');
    setRef(forge, 'refs/heads/feature/one', null);
    setRef(forge, 'refs/heads/feature', '82632dc3dee01841e1cd73093734f015a00859df');
    setRef(forge, 'refs/tags/v1.2', 'd8499be033c99e8b0a7a74a5954ce14c387b3a7e');
    await git.fetch(sourceOf(forge));
    expect(await git.commitOf(1, MAIN)).toBe('561b351ee85cad936499e97d2e293c0a4fd62034');
    expect(await git.commitOf(1, 'refs/heads/feature/one')).toBeNull();
    expect(await git.commitOf(1, 'refs/heads/feature')).toBe('82632dc3dee01841e1cd73093734f015a00859df');
    expect(await git.commitOf(1, 'refs/tags/v1.2')).toBe('d8499be033c99e8b0a7a74a5954ce14c387b3a7e');
  });

  it('of a new project without a commit works, and its first push is seen', async () => {
    const forge = world.repository('new');
    const { url } = await serveForge();
    const git = world.git();
    await git.fetch(sourceOf(`${url}/new.git`));
    expect(await git.defaultBranch(1)).toBeNull();
    expect(await git.commitOf(1, MAIN)).toBeNull();
    const commit = commitFiles(forge, MAIN, { a: 'a' });
    await git.fetch(sourceOf(`${url}/new.git`));
    expect(await git.commitOf(1, MAIN)).toBe(commit);
    expect(await git.defaultBranch(1)).toBe(MAIN);
  });

  it.each(['v0', 'v2'] as const)(
    'over protocol %s records the default branch, also after it was changed',
    async (protocol) => {
      const forge = restoreRepository('rpms/bash', world.forge);
      const { url } = await serveForge({ protocol });
      const git = world.git();
      const source = sourceOf(`${url}/rpms/bash.git`);
      await git.fetch(source);
      expect(await git.defaultBranch(1)).toBe('refs/heads/rawhide');
      setRef(forge, 'refs/heads/f42', '832e02b6655cdbe3f8c74b98e8b59da2e7b9ba44');
      gitIn(forge, 'symbolic-ref', 'HEAD', 'refs/heads/f42');
      await git.fetch(source);
      expect(await git.defaultBranch(1)).toBe('refs/heads/f42');
    },
  );

  it('asks for the default branch by a connection of its own only when its commit does not tell which one it is', async () => {
    const repository = world.repository('lab');
    const first = commitFiles(repository, MAIN, { a: '0' });
    const commands: (readonly string[])[] = [];
    const start: StartProcess = (command, output) => (commands.push(command.argv), world.start(command, output));
    const asked = async (git = world.git({ start })) => {
      commands.length = 0;
      await git.fetch(sourceOf(repository));
      return [commands.some((argv) => argv.includes('ls-remote')), await git.defaultBranch(1)];
    };
    expect([await asked(), await asked()]).toEqual([
      [true, MAIN],
      [false, MAIN],
    ]);
    commitFiles(repository, MAIN, { a: '1' }, [first]);
    expect(await asked()).toEqual([false, MAIN]);
    setRef(repository, 'refs/heads/next', gitIn(repository, 'rev-parse', MAIN));
    gitIn(repository, 'symbolic-ref', 'HEAD', 'refs/heads/next');
    expect(await asked()).toEqual([true, 'refs/heads/next']);
    commitFiles(repository, 'refs/heads/next', { a: '2' }, [first]);
    expect(await asked()).toEqual([false, 'refs/heads/next']);
    gitIn(repository, 'symbolic-ref', 'HEAD', MAIN);
    expect(await asked()).toEqual([true, MAIN]);
    gitIn(repository, 'symbolic-ref', 'HEAD', 'refs/heads/unborn');
    expect(await asked()).toEqual([true, null]);
  });

  it('leaves no FETCH_HEAD, remote or hook in the mirror', async () => {
    const git = world.git();
    await git.fetch(sourceOf(restoreRepository('lab', world.forge)));
    const known = ['HEAD', 'config', 'objects', 'packed-refs', 'refs'];
    expect(readdirSync(git.mirrorPath(1)).filter((name) => !known.includes(name))).toEqual([]);
    expect(readFileSync(join(git.mirrorPath(1), 'config'), 'utf8')).not.toContain('remote');
  });
});

describe('only heads and tags are fetched, never +refs/*', () => {
  it('refs/replace, refs/pull and refs/recorded stay away', async () => {
    const forge = restoreRepository('lab', world.forge);
    const [one, other] = ['561b351ee85cad936499e97d2e293c0a4fd62034', '82632dc3dee01841e1cd73093734f015a00859df'];
    setRef(forge, `refs/replace/${one}`, other);
    const git = world.git();
    await git.fetch(sourceOf(forge));
    expect(refsOf(git.mirrorPath(1)).filter((line) => !/^refs\/(heads|tags)\//.test(line))).toEqual([]);
  });

  it('a replacement inside the mirror changes nothing that is read', async () => {
    const git = world.git();
    await git.fetch(sourceOf(restoreRepository('lab', world.forge)));
    const [one, other] = ['561b351ee85cad936499e97d2e293c0a4fd62034', '82632dc3dee01841e1cd73093734f015a00859df'];
    const before = await git.commitFacts(1, one);
    setRef(git.mirrorPath(1), `refs/replace/${one}`, other);
    expect(await git.commitFacts(1, one)).toEqual(before);
  });

  it('branches and tags that are named like full refs stay away', async () => {
    const forge = world.repository('nested');
    const commit = commitFiles(forge, MAIN, { a: 'a' });
    setRef(forge, 'refs/heads/refs/heads/release', commit);
    setRef(forge, 'refs/tags/refs/heads/release', commit);
    const git = world.git();
    await git.fetch(sourceOf(forge));
    expect(refsOf(git.mirrorPath(1))).toEqual([`${MAIN} ${commit}`]);
  });
});

describe('a credential', () => {
  const SECRET = 'Basic Ym9iOnRva2Vu';
  const options: GitHttpOptions = { authorize: (_, authorization) => authorization === SECRET };

  it('opens a private repository as a header', async () => {
    restoreRepository('lab', world.forge);
    const { url, requests } = await serveForge(options);
    const git = world.git();
    await git.fetch(sourceOf(`${url}/lab.git`, 1, SECRET));
    expect(await git.defaultBranch(1)).toBe(MAIN);
    expect(requests.every(({ url: path }) => !path?.includes('Ym9i'))).toBe(true);
  });

  it('is in no argument and no file of the mirror', async () => {
    restoreRepository('lab', world.forge);
    const { url } = await serveForge(options);
    const commands: Command[] = [];
    const git = world.git({ start: (command, output) => (commands.push(command), world.start(command, output)) });
    await git.fetch(sourceOf(`${url}/lab.git`, 1, SECRET));
    expect(JSON.stringify(commands.map(({ argv }) => argv))).not.toContain('Ym9i');
    const files = readdirSync(world.mirrors, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const holders = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes('Ym9i'));
    expect(files.length).toBeGreaterThan(3);
    expect(holders).toEqual([]);
  });

  it('that is missing or wrong ends in a fault that is not worth a retry', async () => {
    restoreRepository('lab', world.forge);
    const { url } = await serveForge(options);
    for (const authorization of [null, 'Basic bm8=']) {
      const fault = await faultOf(world.git().fetch(sourceOf(`${url}/lab.git`, 1, authorization)));
      expect(fault.retryable).toBe(false);
      expect(fault.message).toContain('not found');
      expect(fault.message).not.toContain('bm8=');
    }
  });
});

describe('what git says of a fetch that failed', () => {
  it('tells nothing of where our folders are', async () => {
    restoreRepository('lab', world.forge);
    const words = ['sh', '-c', 'echo "fatal: unable to access $GIT_DIR" >&2; exit 128'];
    const start: StartProcess = (command, output) =>
      world.start(command.argv.includes('fetch') ? { ...command, argv: words } : command, output);
    const failure = world.git({ start }).fetch(sourceOf(pathToFileURL(`${world.forge}/lab.git`).href));
    await expect(failure).rejects.toThrow(/^git fetch failed: fatal: unable to access mirrors\/1\//);
  });
});

describe('the server is contacted as the egress policy says', () => {
  it('a refused URL starts no process', async () => {
    const commands: Command[] = [];
    const git = world.git({ start: (command, output) => (commands.push(command), world.start(command, output)) });
    for (const url of [
      'https://10.0.0.1/lab.git',
      'ext::sh -c true',
      'ssh://git@10.0.0.1/lab.git',
      '--upload-pack=x',
      'file:///etc',
    ]) {
      await expect(git.fetch({ projectId: 1, url, authorization: null })).rejects.toBeInstanceOf(Refusal);
    }
    expect(commands).toEqual([]);
  });

  it('at the address that was checked, without asking the name service again', async () => {
    restoreRepository('lab', world.forge);
    const { url } = await serveForge();
    const asked: string[] = [];
    const lookup = async (host: string) => (asked.push(host), [{ address: '127.0.0.1', family: 4 as const }]);
    const git = world.git({ lookup });
    await git.fetch(sourceOf(`${url.replace('127.0.0.1', 'Forge.INVALID.')}/lab.git`));
    expect(await git.defaultBranch(1)).toBe(MAIN);
    expect(asked).toEqual(['forge.invalid']);
  });

  it('also when the checked addresses are of both families', async () => {
    restoreRepository('lab', world.forge);
    const { url } = await serveForge();
    const both = [
      { address: '::1', family: 6 as const },
      { address: '127.0.0.1', family: 4 as const },
    ];
    const git = world.git({ lookup: async () => both });
    await git.fetch(sourceOf(`${url.replace('127.0.0.1', 'forge.invalid')}/lab.git`));
    expect(await git.defaultBranch(1)).toBe(MAIN);
  });

  it('a redirect is not followed', async () => {
    restoreRepository('lab', world.forge);
    const { url, requests } = await serveForge();
    const door = await world.serve((request, response) => {
      response.writeHead(302, { location: `${url}${request.url}` }).end();
    });
    const fault = await faultOf(world.git().fetch(sourceOf(`${door}/lab.git`)));
    expect(fault.retryable).toBe(false);
    expect(requests).toEqual([]);
  });

  it('other protocols than that of the URL are closed to the git that runs', async () => {
    const commands: Command[] = [];
    const git = world.git({ start: (command, output) => (commands.push(command), world.start(command, output)) });
    await git.fetch(sourceOf(restoreRepository('lab', world.forge)));
    expect(commands.find(({ argv }) => argv.includes('fetch'))?.env['GIT_ALLOW_PROTOCOL']).toBe('file');
  });
});

describe('a forge that does not answer', () => {
  it('is a retryable fault when nobody listens', async () => {
    const url = await world.serve(() => undefined);
    await world.close();
    world = new GitWorld();
    expect((await faultOf(world.git().fetch(sourceOf(`${url}/lab.git`)))).retryable).toBe(true);
  });

  it('is a retryable fault when it answers 502', async () => {
    const url = await world.serve((_, response) => void response.writeHead(502).end());
    const fault = await faultOf(world.git().fetch(sourceOf(`${url}/lab.git`)));
    expect(fault.retryable).toBe(true);
    expect(fault.message).toContain('502');
  });

  it('is ended with its whole tree when the time is over, and leaves a mirror that works', async () => {
    const forge = restoreRepository('lab', world.forge);
    const clock = new StillClock(0);
    const url = await world.serve(() => clock.advance(60_000));
    const git = world.git({ clock, timeoutMs: 60_000 });
    const fault = await faultOf(git.fetch(sourceOf(`${url}/lab.git`)));
    expect(fault.retryable).toBe(true);
    expect(fault.message).toContain('longer than 60 s');
    expect(clock.pending).toBe(0);
    await git.fetch(sourceOf(forge));
    expect(await git.defaultBranch(1)).toBe(MAIN);
  });

  it('is ended when the program stops', async () => {
    const git = world.git();
    const url = await world.serve(() => git.stop());
    const fault = await faultOf(git.fetch(sourceOf(`${url}/lab.git`)));
    expect(fault.retryable).toBe(true);
    expect(fault.message).toContain('stops');
  });
});

describe('fetches of one project', () => {
  it('that are asked for during one share the one that follows it', async () => {
    const forge = restoreRepository('lab', world.forge);
    const { url } = await serveForge();
    const commands: Command[] = [];
    const git = world.git({ start: (command, output) => (commands.push(command), world.start(command, output)) });
    const source = sourceOf(`${url}/lab.git`);
    const first = git.fetch(source);
    setRef(forge, MAIN, '561b351ee85cad936499e97d2e293c0a4fd62034');
    await Promise.all([first, git.fetch(source), git.fetch(source), git.fetch(source)]);
    expect(commands.filter(({ argv }) => argv.includes('fetch'))).toHaveLength(2);
    expect(await git.commitOf(1, MAIN)).toBe('561b351ee85cad936499e97d2e293c0a4fd62034');
  });
});

describe('a mirror that was damaged is mended by the next fetch', () => {
  const damages: readonly (readonly [string, (mirror: string) => void])[] = [
    ['whose folder is empty', (mirror) => rmSync(mirror, { recursive: true })],
    ['without HEAD', (mirror) => rmSync(join(mirror, 'HEAD'))],
    ['with an empty HEAD', (mirror) => writeFileSync(join(mirror, 'HEAD'), '')],
    ['without objects', (mirror) => rmSync(join(mirror, 'objects'), { recursive: true })],
    ['with an unreadable configuration', (mirror) => writeFileSync(join(mirror, 'config'), '[core')],
    ['with empty objects', (mirror) => emptyFiles(join(mirror, 'objects'))],
    ['with a broken ref', (mirror) => writeFileSync(join(mirror, 'refs/heads/main'), '\0\0\0\0')],
    ['with the locks of a killed git', leaveLocks],
  ];

  it.each(damages)('%s', async (_, damage) => {
    const forge = restoreRepository('lab', world.forge);
    const git = world.git();
    await git.fetch(sourceOf(forge));
    damage(git.mirrorPath(1));
    const commit = commitFiles(forge, MAIN, { new: 'new' });
    await git.fetch(sourceOf(forge));
    expect(await git.commitOf(1, MAIN)).toBe(commit);
    expect(await git.defaultBranch(1)).toBe(MAIN);
    expect(await git.listFolder(1, commit, '')).toHaveLength(1);
  });

  it('and a fetch that was killed half-way leaves nothing that stops the next', async () => {
    const forge = restoreRepository('lab', world.forge);
    const git = world.git();
    const killed = world.git({
      start: async (command, output) => {
        const child = await world.start(command, output);
        if (command.argv.includes('fetch')) child.kill();
        return child;
      },
    });
    await faultOf(killed.fetch(sourceOf(forge)));
    await git.fetch(sourceOf(forge));
    expect(await git.defaultBranch(1)).toBe(MAIN);
  });

  function emptyFiles(folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      rmSync(path);
      writeFileSync(path, '');
    }
  }

  function leaveLocks(mirror: string): void {
    for (const name of ['packed-refs.lock', 'refs/heads/main.lock', 'HEAD.lock']) writeFileSync(join(mirror, name), '');
  }
});

describe('what a repository may hold', () => {
  /** Makes main a commit of this tree. */
  function commitTree(repository: string, tree: string, person?: string): string {
    const commit = writeCommit(repository, tree, person);
    setRef(repository, MAIN, commit);
    return commit;
  }

  function treeOf(repository: string, mode: string, name: string, id = writeObject(repository, 'blob', 'x')): string {
    return writeTree(repository, [{ mode, name, id }]);
  }

  it.each([
    ['a missing space before the date', 'Ada <a@example.org>1772366400 +0000'],
    ['a zero-padded date', 'Ada <a@example.org> 01772366400 +0000'],
    ['a date beyond time', 'Ada <a@example.org> 99999999999999999999 +0000'],
    ['no date', 'Ada <a@example.org> never +0000'],
    ['a time zone of another age', 'Ada <a@example.org> 1772366400 -51'],
    ['no name before the address', '<a@example.org> 1772366400 +0000'],
    ['no blank before the address', 'Ada<a@example.org> 1772366400 +0000'],
    ['no address', 'Ada 1772366400 +0000'],
  ])('old histories with %s are accepted', async (_, person) => {
    const forge = world.repository('old');
    const commit = commitTree(forge, treeOf(forge, '100644', 'a'), person);
    const git = world.git();
    await git.fetch(sourceOf(forge));
    expect(await git.commitOf(1, MAIN)).toBe(commit);
    expect((await git.commitFacts(1, commit))?.message).toBe('raw');
  });

  it('old trees with zero-padded modes are accepted', async () => {
    const forge = world.repository('old');
    const inner = treeOf(forge, '100644', 'a');
    const commit = commitTree(forge, treeOf(forge, '040000', 'folder', inner));
    const git = world.git();
    await git.fetch(sourceOf(forge));
    expect((await git.listFolder(1, commit, 'folder')).map(({ path }) => path)).toEqual(['folder/a']);
  });

  it.each(['.git', '.GIT', '.Git', 'git~1', '..', '.', '.g\u200cit'])(
    'an entry %j is refused for good',
    async (name) => {
      const forge = world.repository('hostile');
      commitTree(forge, treeOf(forge, '100644', name));
      const git = world.git();
      const fault = await faultOf(git.fetch(sourceOf(forge)));
      expect(fault.retryable).toBe(false);
      expect(fault.message).toContain('objects that are refused');
      expect(await git.commitOf(1, MAIN)).toBeNull();
    },
  );
});
