/** May this URL be contacted, and at which pinned address (TRUST.md §5). */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Fault, Refusal } from '../kernel/errors.js';
import { type Address, AddressRanges, parseAddress, parseRange, privateRanges } from './addresses.js';

/** What the administrator allows beyond https to public addresses. */
export interface EgressPolicy {
  /** Host names, addresses or CIDR ranges that may be private or loopback and may be contacted by plain http. */
  readonly allow: readonly string[];
  /** Absolute path of the one folder below which `file:` URLs may lie; null refuses all of them. */
  readonly fileRoot: string | null;
}

/** What the policy must ask the machine: `systemLookup` here, `realPath` of git/, which may open files. */
export interface EgressResolver {
  /** All addresses of a host name; rejects when there are none. */
  readonly lookup: (host: string) => Promise<readonly Address[]>;
  /** The path without links, or null when nothing is there. */
  readonly realPath: (path: string) => Promise<string | null>;
}

/** A URL that may be contacted: use `url` (normalised), never the text that was asked about. */
export interface EgressTarget {
  readonly url: URL;
  /** Connect to these only; null for a file. */
  readonly addresses: readonly Address[] | null;
}

/** Names of the settings that a message points to. */
const ALLOW_SETTING = 'server.egress.allow';
const ROOT_SETTING = 'server.egress.file_root';

/** One per process; safe to ask concurrently. It keeps nothing between two questions. */
export class Egress {
  private readonly hosts: ReadonlySet<string>;
  private readonly allowed: AddressRanges;
  private readonly private = privateRanges();

  constructor(
    private readonly policy: EgressPolicy,
    private readonly resolver: EgressResolver,
  ) {
    const ranges = policy.allow.map(parseRange);
    this.allowed = new AddressRanges(ranges.filter((range) => range !== null));
    this.hosts = new Set(policy.allow.filter((_, index) => ranges[index] === null).map(plainHost));
  }

  /**
   * Throws Refusal `egress-refused` (its message names the setting that would allow it), and a retryable Fault when the host
   * name cannot be resolved.
   */
  async check(url: string): Promise<EgressTarget> {
    const parsed = parseUrl(url);
    if (parsed.protocol === 'file:') return this.checkFile(parsed);
    if (parsed.protocol === 'ssh:') return this.checkHost(demandPlainSsh(parsed));
    if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw refused(`the scheme ${parsed.protocol}`);
    if (parsed.username !== '' || parsed.password !== '') throw refused('a user name or password in a URL');
    return this.checkHost(parsed);
  }

  private async checkHost(url: URL): Promise<EgressTarget> {
    const host = dropTrailingDots(url);
    const addresses = await this.addressesOf(host);
    const open = this.hosts.has(host) || addresses.every((address) => this.allowed.has(address));
    if (!open && url.protocol === 'http:') throw refused(`plain http to ${host}`, `add ${host} to ${ALLOW_SETTING}`);
    const closed = open ? undefined : addresses.find((each) => this.private.has(each) && !this.allowed.has(each));
    if (closed) throw refused(`the private address ${closed.address} of ${host}`, `add ${host} to ${ALLOW_SETTING}`);
    return { url, addresses };
  }

  private async addressesOf(host: string): Promise<readonly Address[]> {
    const literal = parseAddress(host.replace(/^\[(.*)\]$/, '$1'));
    if (literal) return [literal];
    const found = await this.lookup(host);
    const addresses = found.map((each) => parseAddress(each.address)).filter((each) => each !== null);
    if (addresses.length < found.length) throw refused(`an address of ${host} that is none`);
    return addresses;
  }

  private async lookup(host: string): Promise<readonly Address[]> {
    const found = await this.resolver.lookup(host).catch((cause: unknown) => {
      throw new Fault(`the host name ${host} cannot be resolved`, { cause, retryable: true });
    });
    if (found.length === 0) throw new Fault(`the host name ${host} has no address`, { retryable: true });
    return found;
  }

  private async checkFile(url: URL): Promise<EgressTarget> {
    if (this.policy.fileRoot === null) throw refused('a file: URL', `set ${ROOT_SETTING} to the folder it lies in`);
    const [root, path] = await Promise.all([
      this.resolver.realPath(this.policy.fileRoot),
      this.resolver.realPath(filePath(url)),
    ]);
    const inside = root !== null && path !== null && path.startsWith(`${root.replace(/\/$/, '')}/`);
    if (!inside) throw refused('a file: URL that does not lead below the allowed folder', `see ${ROOT_SETTING}`);
    return { url: pathToFileURL(path), addresses: null };
  }
}

/** WHATWG parsing drops tabs and newlines and turns `\` into `/`: other programs would read another URL, so both are refused. */
function parseUrl(url: string): URL {
  if (/[\s\\\x00-\x1f\x7f]/.test(url) || !URL.canParse(url)) throw refused('what is not a plain URL');
  return new URL(url);
}

/** Other programs read an ssh URL by rules of their own: only what all of them read alike passes. */
function demandPlainSsh(url: URL): URL {
  const { hostname, username, password, pathname, search, hash } = url;
  const isHost = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?$/i.test(hostname) || /^\[[0-9a-f:.]+\]$/i.test(hostname);
  const isPlain = isHost && /^(\w[\w.-]*)?$/.test(username) && /^\/[\w.~/+-]+$/.test(pathname);
  if (!isPlain || pathname.startsWith('/-') || `${password}${search}${hash}` !== '')
    throw refused('an ssh URL that is not plainly ssh://user@host:port/path');
  return url;
}

/** Sets the host without the dots of its end (`localhost.` is localhost) and gives it. */
function dropTrailingDots(url: URL): string {
  const bare = url.hostname.replace(/\.+$/, '');
  if (bare === '') throw refused('a URL without a host');
  url.hostname = bare;
  return url.hostname;
}

/** A host name of the configuration as `URL` spells it. */
function plainHost(host: string): string {
  const bare = host.trim().replace(/\.+$/, '');
  return URL.canParse(`https://${bare}/`) ? new URL(`https://${bare}/`).hostname : bare.toLowerCase();
}

function filePath(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw refused('a file: URL with a host or an encoded slash');
  }
}

function refused(what: string, remedy?: string): Refusal {
  const end = remedy === undefined ? '' : `; to allow it, ${remedy}`;
  return new Refusal('forbidden', 'egress-refused', `the egress policy refuses ${what}${end}`);
}
