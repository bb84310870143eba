/** Mirrors over ssh: a key per project, a host that is known, and nothing of the machine's own (TRUST §3, §5). */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sshVariables } from '../../src/git/mirror/ssh-access.js';
import type { FetchSource } from '../../src/git/git.js';
import { commitFiles, GitWorld } from './git-world.js';

const MAIN = 'refs/heads/main';
const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0b3VnaCBsdWNrIGFuZCBhIGhvc3Qga2V5IGZvciBh';
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\r\nAAAA\r\n-----END OPENSSH PRIVATE KEY-----';

let world: GitWorld;
let repository: string;
beforeEach(() => {
  world = new GitWorld();
  repository = world.repository('lab');
  commitFiles(repository, MAIN, { a: 'a' });
});
afterEach(() => world.close());

/** An `ssh` on PATH that notes how it was called, then runs what it was to run there, here. */
function notingSsh(): { readonly path: string; noted(name: string): string } {
  const folder = join(world.folder, 'bin');
  mkdirSync(folder);
  const script = `#!/bin/sh
printf '%s\\n' "$@" >'${folder}/arguments'
env >'${folder}/environment'
for option; do
  case $option in
    IdentityFile=*) file=\${option#IdentityFile=}; file=\${file#?}; file=\${file%?}; cp "$file" '${folder}/key'; stat -c %a "$file" >'${folder}/mode' ;;
    UserKnownHostsFile=*) file=\${option#*=}; file=\${file#?}; file=\${file%?}; cp "$file" '${folder}/hosts' ;;
  esac
  last=$option
done
exec sh -c "$last"
`;
  writeFileSync(join(folder, 'ssh'), script);
  chmodSync(join(folder, 'ssh'), 0o755);
  return {
    path: `${folder}:${process.env['PATH']}`,
    noted: (name) => readFileSync(join(folder, name), 'utf8'),
  };
}

function sourceAt(url: string, access: Partial<FetchSource['ssh']> = {}): FetchSource {
  const ssh = { privateKey: KEY, hostKeys: [HOST_KEY], ...access };
  return { projectId: 1, url, authorization: 'token never shown', ssh };
}

const leftovers = () => (existsSync(join(world.mirrors, 'ssh')) ? readdirSync(join(world.mirrors, 'ssh')) : []);

describe('a fetch over ssh', () => {
  it('shows the key of the project to the host that is known, and forgets it', async () => {
    const ssh = notingSsh();
    const git = world.git({ path: ssh.path });
    await git.fetch(sourceAt(`ssh://git@127.0.0.1:2222${repository}`));
    expect(await git.commitOf(1, MAIN)).not.toBeNull();
    expect(ssh.noted('mode')).toBe('600\n');
    expect(ssh.noted('key')).toBe(`${KEY.replaceAll('\r', '')}\n`);
    expect(ssh.noted('hosts')).toBe(`[127.0.0.1]:2222 ${HOST_KEY}\n`);
    expect(leftovers()).toEqual([]);
  });

  it('reads no configuration, asks no agent and nobody, and takes no host that is not known', async () => {
    const ssh = notingSsh();
    await world.git({ path: ssh.path }).fetch(sourceAt(`ssh://git@127.0.0.1${repository}`));
    const argv = ssh.noted('arguments').split('\n');
    expect(argv.slice(0, 2)).toEqual(['-F', '/dev/null']);
    expect(argv).toEqual(
      expect.arrayContaining([
        ...['BatchMode=yes', 'IdentitiesOnly=yes', 'IdentityAgent=none', 'StrictHostKeyChecking=yes'],
        ...['GlobalKnownHostsFile=/dev/null', 'ProxyCommand=none', 'ForwardAgent=no', 'HostName=127.0.0.1'],
      ]),
    );
    expect(ssh.noted('environment')).not.toMatch(/SSH_AUTH_SOCK|SSH_ASKPASS|token never shown/);
  });

  it('leaves no key when it fails', async () => {
    const failing = world.git({ path: notingSsh().path }).fetch(sourceAt(`ssh://git@127.0.0.1${repository}x`));
    await expect(failing).rejects.toThrow('git fetch failed');
    expect(leftovers()).toEqual([]);
  });

  it('takes away what a killed program left of an earlier one', async () => {
    mkdirSync(join(world.mirrors, 'ssh/7'), { recursive: true });
    writeFileSync(join(world.mirrors, 'ssh/7/key'), 'old');
    await world.git({ path: notingSsh().path }).fetch(sourceAt(`ssh://git@127.0.0.1${repository}`));
    expect(leftovers()).toEqual([]);
  });

  it('without a key of the project starts nothing', async () => {
    const url = `ssh://git@127.0.0.1${repository}`;
    const fetched = world.git().fetch({ projectId: 1, url, authorization: null });
    await expect(fetched).rejects.toMatchObject({ code: 'ssh-key-missing' });
  });
});

it('odd folders and names change nothing of the command', () => {
  const target = { url: new URL('ssh://git@Src.example.org:22/lab.git'), addresses: null };
  const { GIT_SSH_COMMAND: command } = sshVariables(target, `/a b/it's "so" %h`);
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' }).split('\n');
  expect(words).toContain(`IdentityFile="/a b/it's \\"so\\" %%h/key"`);
  expect(words).toContain('HostKeyAlias=src.example.org');
});
