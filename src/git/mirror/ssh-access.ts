/** How git reaches a repository by ssh: with the project's own key, to the host whose key is known, and nothing else of here. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { EgressTarget } from '../../egress/egress.js';
import { Refusal } from '../../kernel/errors.js';
import type { SshAccess } from '../git.js';
import type { GitEnvironment } from './environment.js';

/**
 * No configuration of the machine or of its people, no agent, no other key, no password, no host that is not known, nothing
 * forwarded and nothing run beside it.
 */
const CLOSED_SSH: readonly (readonly [string, string])[] = [
  ['BatchMode', 'yes'],
  ['IdentitiesOnly', 'yes'],
  ['IdentityAgent', 'none'],
  ['AddKeysToAgent', 'no'],
  ['PreferredAuthentications', 'publickey'],
  ['StrictHostKeyChecking', 'yes'],
  ['GlobalKnownHostsFile', '/dev/null'],
  ['CheckHostIP', 'no'],
  ['UpdateHostKeys', 'no'],
  ['VerifyHostKeyDNS', 'no'],
  ['CanonicalizeHostname', 'no'],
  ['ProxyCommand', 'none'],
  ['ProxyJump', 'none'],
  ['ControlMaster', 'no'],
  ['ControlPath', 'none'],
  ['ForwardAgent', 'no'],
  ['ForwardX11', 'no'],
  ['ClearAllForwardings', 'yes'],
  ['PermitLocalCommand', 'no'],
  ['ConnectTimeout', '30'],
  ['ServerAliveInterval', '15'],
  ['ServerAliveCountMax', '4'],
];

/** The files of a key while git needs them; one for all mirrors below `root`. */
export class SshFiles {
  private tidied: Promise<void> | null = null;
  private used = 0;

  /** @param root absolute. */
  constructor(private readonly root: string) {}

  /**
   * Gives the variables for what goes by ssh, none for what goes otherwise. Their files, which only we may read, are gone when
   * the work has ended, however it ended; those that a killed program left go before the first work. Throws as `demandKey` does.
   */
  async during<T>(
    target: EgressTarget,
    access: SshAccess | undefined,
    work: (variables: GitEnvironment) => Promise<T>,
  ): Promise<T> {
    demandKey(target.url.href, access);
    if (target.url.protocol !== 'ssh:' || access === undefined) return work({});
    this.tidied ??= rm(this.folder(), { recursive: true, force: true });
    await this.tidied;
    const folder = `${this.folder()}/${(this.used += 1)}`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${folder}/key`, `${plainLines(access.privateKey)}\n`, { mode: 0o600, flag: 'wx' });
      await writeFile(`${folder}/hosts`, knownHosts(target, access.hostKeys), { mode: 0o600, flag: 'wx' });
      return await work(sshVariables(target, folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private folder(): string {
    return `${this.root}/ssh`;
  }
}

/** Throws a Refusal for an ssh URL without access: such a host is not even looked up. */
export function demandKey(url: string, access: SshAccess | undefined): void {
  if (/^ssh:/i.test(url) && access === undefined)
    throw new Refusal('forbidden', 'ssh-key-missing', 'an ssh URL needs a key of the project');
}

/** Pure. `HostName` is the address that was checked, `HostKeyAlias` the name under which its key is known. */
export function sshVariables(target: EgressTarget, folder: string): GitEnvironment {
  const [address] = target.addresses ?? [];
  const options = [
    ['IdentityFile', pathWord(`${folder}/key`)],
    ['UserKnownHostsFile', pathWord(`${folder}/hosts`)],
    ['HostKeyAlias', hostAlias(target)],
    ...(address === undefined ? [] : [['HostName', address.address]]),
    ...CLOSED_SSH,
  ];
  const words = ['ssh', '-F', '/dev/null', ...options.flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  return { GIT_SSH_COMMAND: words.map(shellWord).join(' '), GIT_SSH_VARIANT: 'ssh' };
}

/** Lines of known_hosts for this host alone; what stands before or behind a key (a name, a comment) does not count. */
function knownHosts(target: EgressTarget, hostKeys: readonly string[]): string {
  return hostKeys.map((line) => `${hostAlias(target)} ${keyOf(line)}\n`).join('');
}

function keyOf(line: string): string {
  const words = line.trim().split(/ +/);
  const at = words.findIndex((word) => word.startsWith('AAAA'));
  return words.slice(Math.max(0, at - 1), at + 1).join(' ');
}

/** As ssh itself writes it to known_hosts. */
function hostAlias({ url }: EgressTarget): string {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return url.port === '' || url.port === '22' ? host : `[${host}]:${url.port}`;
}

/** One word of a configuration of ssh, which knows `%` and quotes. */
function pathWord(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
}

/** git gives the command to a shell. */
function shellWord(word: string): string {
  return /^[\w./=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
