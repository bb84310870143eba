/** Mirrors over ssh from a real sshd: the key of the project, and a host that is known. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FetchSource } from '../../src/git/git.js';
import { commitFiles, GitWorld } from '../git/git-world.js';

const MAIN = 'refs/heads/main';
/** sshd wants to be called by its whole path. */
const SSHD = '/usr/sbin/sshd';

let world: GitWorld;
let repository: string;
beforeEach(() => {
  world = new GitWorld();
  repository = world.repository('lab');
  commitFiles(repository, MAIN, { a: 'a' });
});
afterEach(() => world.close());

function sourceAt(url: string, ssh: NonNullable<FetchSource['ssh']>): FetchSource {
  return { projectId: 1, url, authorization: null, ssh };
}

describe('a real sshd', () => {
  async function serveSsh() {
    const folder = join(world.folder, 'sshd');
    mkdirSync(folder, { mode: 0o700 });
    const make = (name: string) =>
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)], { stdio: 'ignore' });
    for (const name of ['host', 'user', 'other']) make(name);
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, 'authorized'), text('user.pub'), { mode: 0o600 });
    const port = await freePort();
    const lines = [
      ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, `PidFile ${folder}/pid`],
      ...[`AuthorizedKeysFile ${folder}/authorized`, 'StrictModes no', 'UsePAM no', 'PermitRootLogin yes'],
    ];
    writeFileSync(join(folder, 'config'), `${lines.join('\n')}\n`);
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const server = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void server.kill());
    for await (const chunk of server.stderr) if (String(chunk).includes('Server listening')) break;
    const url = `ssh://${userInfo().username}@127.0.0.1:${port}${repository}`;
    return { url, text };
  }

  it('is fetched from with the key that it knows', async () => {
    const { url, text } = await serveSsh();
    const git = world.git();
    await git.fetch(sourceAt(url, { privateKey: text('user'), hostKeys: [text('host.pub')] }));
    expect(await git.commitOf(1, MAIN)).not.toBeNull();
  });

  it('that has another key than the one that is known is not talked to', async () => {
    const { url, text } = await serveSsh();
    const fetched = world.git().fetch(sourceAt(url, { privateKey: text('user'), hostKeys: [text('other.pub')] }));
    await expect(fetched).rejects.toThrow('Host key verification failed');
  });

  it('that does not know the key says no, and nothing else is tried', async () => {
    const { url, text } = await serveSsh();
    const fetched = world.git().fetch(sourceAt(url, { privateKey: text('other'), hostKeys: [text('host.pub')] }));
    await expect(fetched).rejects.toThrow('Permission denied (publickey');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
