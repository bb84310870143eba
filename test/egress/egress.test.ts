/** The egress policy (TRUST §5): which URLs may be contacted, however they are written. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/egress/addresses.js';
import { Egress } from '../../src/egress/egress.js';
import { systemLookup } from '../../src/egress/system-lookup.js';
import { realPath } from '../../src/git/real-path.js';
import { Fault, Refusal } from '../../src/kernel/errors.js';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'src.example.org': ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
  'inside.example.org': ['10.1.2.3'],
  'mixed.example.org': ['93.184.216.34', '127.0.0.1'],
  localhost: ['127.0.0.1', '::1'],
  'metadata.example.org': ['169.254.169.254'],
  'mapped.example.org': ['::ffff:10.0.0.1'],
  'zoned.example.org': ['fe80::1%eth0'],
  'nothing.example.org': [],
};

function egress(allow: readonly string[] = [], fileRoot: string | null = null): Egress {
  const lookup = async (host: string) => {
    const found = NAMES[host];
    if (!found) throw new Error(`ENOTFOUND ${host}`);
    return found.map((text) => parseAddress(text) ?? { address: text, family: 6 as const });
  };
  return new Egress({ allow, fileRoot }, { lookup, realPath });
}

async function refusalOf(policy: Egress, url: string): Promise<Refusal> {
  const thrown = await policy.check(url).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Refusal);
  return thrown as Refusal;
}

describe('an https URL of a public host', () => {
  it('passes with all its addresses pinned', async () => {
    const target = await egress().check('https://src.example.org/rpms/bash.git');
    expect(target.url.href).toBe('https://src.example.org/rpms/bash.git');
    expect(target.addresses).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:2800:220:1:248:1893:25c8:1946', family: 6 },
    ]);
  });

  it.each([
    ['HTTPS://SRC.Example.ORG/a.git', 'https://src.example.org/a.git'],
    ['https://src.example.org./a.git', 'https://src.example.org/a.git'],
    ['https://src.example.org:443/a.git', 'https://src.example.org/a.git'],
    ['https://src.example.org:8443/a.git', 'https://src.example.org:8443/a.git'],
  ])('%s is read as %s', async (written, read) => {
    expect((await egress().check(written)).url.href).toBe(read);
  });

  it('needs no name service when it names an address', async () => {
    expect((await egress().check('https://93.184.216.34/')).addresses).toEqual([
      { address: '93.184.216.34', family: 4 },
    ]);
    const six = await egress().check('https://[2606:2800:220:1:248:1893:25c8:1946]/');
    expect(six.addresses).toEqual([{ address: '2606:2800:220:1:248:1893:25c8:1946', family: 6 }]);
  });
});

describe('private and loopback ranges are refused unless allowed', () => {
  it.each([
    'https://inside.example.org/',
    'https://mixed.example.org/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://localhost../',
    'https://metadata.example.org/latest/meta-data/',
    'https://mapped.example.org/',
    'https://zoned.example.org/',
    'https://127.0.0.1/',
    'https://127.0.0.1./',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://127\u30020\u30020\u30021/',
    'https://\u2460\u2461\u2466.0.0.1/',
    'https://%31%32%37.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://10.255.0.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://172.31.255.255/',
    'https://192.0.0.170/',
    'https://192.168.1.1/',
    'https://198.19.0.1/',
    'https://224.0.0.251/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
    'https://[2001:0:7f00:1::]/',
    'https://[2001:db8::1]/',
    'https://[2002:7f00:1::]/',
  ])('%s', async (url) => {
    expect((await refusalOf(egress(), url)).code).toBe('egress-refused');
  });

  it('172.32.0.1, 100.128.0.1 and 11.0.0.1 lie outside of them', async () => {
    for (const host of ['172.32.0.1', '100.128.0.1', '11.0.0.1', '223.255.255.254']) {
      await expect(egress().check(`https://${host}/`)).resolves.toBeDefined();
    }
  });

  it('the message says which setting allows it', async () => {
    const refusal = await refusalOf(egress(), 'https://inside.example.org/');
    expect(refusal.kind).toBe('forbidden');
    expect(refusal.message).toContain('10.1.2.3 of inside.example.org');
    expect(refusal.message).toContain('add inside.example.org to server.egress.allow');
  });

  it.each([
    ['inside.example.org', 'https://inside.example.org/'],
    ['INSIDE.example.org.', 'https://inside.example.org/'],
    ['10.0.0.0/8', 'https://inside.example.org/'],
    ['10.1.2.3', 'https://inside.example.org/'],
    ['127.0.0.1', 'https://mixed.example.org/'],
    ['[::1]', 'https://[::1]/'],
    ['fd00::/8', 'https://[fd12::1]/'],
  ])('%s allows %s', async (allow, url) => {
    await expect(egress([allow]).check(url)).resolves.toBeDefined();
  });

  it.each([
    ['127.0.0.1', 'https://localhost/'],
    ['127.0.0.1', 'https://[::ffff:127.0.0.1]/'],
    ['127.0.0.1', 'https://127.0.0.2/'],
    ['example.org', 'https://inside.example.org/'],
    ['10.0.0.0/33', 'https://inside.example.org/'],
    ['10.0.0.0/8/8', 'https://inside.example.org/'],
    ['*', 'https://inside.example.org/'],
    ['0.0.0.0/0', 'https://[::1]/'],
  ])('%s does not allow %s', async (allow, url) => {
    await refusalOf(egress([allow]), url);
  });
});

describe('plain http', () => {
  it('is refused, and the message says which setting allows it', async () => {
    const refusal = await refusalOf(egress(), 'http://src.example.org/lab.git');
    expect(refusal.message).toContain('add src.example.org to server.egress.allow');
  });

  it('is refused when only one of the addresses is allowed', async () => {
    await refusalOf(egress(['127.0.0.1']), 'http://mixed.example.org/');
  });

  it('passes to a host that is allowed by name, address or range', async () => {
    for (const allow of ['127.0.0.1', '127.0.0.0/8']) {
      const target = await egress([allow]).check('http://127.0.0.1:15000/lab.git');
      expect(target.addresses).toEqual([{ address: '127.0.0.1', family: 4 }]);
    }
    await expect(egress(['localhost']).check('http://LocalHost:15000/lab.git')).resolves.toBeDefined();
  });
});

describe('what is no plain web address is refused', () => {
  it.each([
    'https://bob@src.example.org/',
    'https://bob:secret@src.example.org/',
    'https://:secret@src.example.org/',
    'ssh://git:secret@src.example.org/lab.git',
    'ssh://-oProxyCommand=x@src.example.org/lab.git',
    'ssh://-oProxyCommand=x/lab.git',
    'ssh://git@0x7f%2e1/lab.git',
    'ssh://git@src.example.org/-x',
    "ssh://git@src.example.org/lab'.git",
    'ssh://git@src.example.org/lab.git?x=y',
    'ssh://git@src.example.org/lab.git#x',
    'ssh://git@/lab.git',
    'ssh:lab.git',
    'git@src.example.org:lab.git',
    'git://src.example.org/lab.git',
    'ext::sh -c touch% pwned',
    'EXT::sh',
    'fd::17',
    'ftp://src.example.org/',
    'data:text/plain,x',
    'javascript:1',
    'http+unix://x/',
    '/srv/git/lab.git',
    '--upload-pack=touch pwned',
    '',
    ' https://src.example.org/',
    'https://src.example.org/\n',
    'ht\ttps://src.example.org/',
    'https://src.example.org\\@127.0.0.1/',
    'https:\\\\src.example.org/',
    'https://',
    'https://./',
    'file:///etc',
    'FILE:///etc',
  ])('%j', async (url) => {
    expect((await refusalOf(egress(), url)).code).toBe('egress-refused');
  });

  it('and the message never repeats a password', async () => {
    expect((await refusalOf(egress(), 'https://bob:secret@src.example.org/')).message).not.toContain('secret');
  });
});

describe('an ssh URL', () => {
  it('of a public host passes with its addresses, user and port', async () => {
    const { url, addresses } = await egress().check('ssh://git@src.example.org:2222/rpms/bash.git');
    expect(url.href).toBe('ssh://git@src.example.org:2222/rpms/bash.git');
    expect(addresses?.map(({ address }) => address)).toEqual(NAMES['src.example.org']);
  });

  it.each(['inside', 'mixed', 'metadata', 'mapped'])(
    'of the private host %s is refused like any other',
    async (name) => {
      const refusal = await refusalOf(egress(), `ssh://git@${name}.example.org/lab.git`);
      expect(refusal.message).toContain('server.egress.allow');
    },
  );

  it('to a private host that is allowed passes', async () => {
    const { addresses } = await egress(['inside.example.org']).check('ssh://git@inside.example.org/lab.git');
    expect(addresses).toEqual([{ address: '10.1.2.3', family: 4 }]);
  });
});

describe('a host that cannot be resolved', () => {
  it.each(['https://unknown.example.org/', 'https://nothing.example.org/'])('%s is a retryable fault', async (url) => {
    const thrown = await egress()
      .check(url)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Fault);
    expect((thrown as Fault).retryable).toBe(true);
  });

  it('and the real name service knows localhost', async () => {
    const real = new Egress({ allow: ['localhost'], fileRoot: null }, { lookup: systemLookup, realPath });
    const { addresses } = await real.check('http://localhost:1/');
    expect(addresses?.some(({ address }) => address === '127.0.0.1' || address === '::1')).toBe(true);
  });
});

describe('file: only under one configured root, by real path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'egress-'));
  const root = join(folder, 'git');
  for (const name of ['git/lab 100%.git', 'git2/other.git']) mkdirSync(join(folder, name), { recursive: true });
  symlinkSync(join(folder, 'git2'), join(root, 'link-out'));
  symlinkSync(join(root, 'lab 100%.git'), join(root, 'link-in'));
  symlinkSync(root, join(folder, 'root-link'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('a repository below it passes, by its real path and without an address', async () => {
    const target = await egress([], join(folder, 'root-link')).check(pathToFileURL(join(root, 'link-in')).href);
    expect(target).toEqual({ url: pathToFileURL(join(root, 'lab 100%.git')), addresses: null });
  });

  it.each([
    ['another folder', `file://${folder}/git2/other.git`],
    ['a folder whose name begins alike', `file://${folder}/git2`],
    ['the root itself', `file://${folder}/git`],
    ['a way out by dots', `file://${folder}/git/../git2/other.git`],
    ['a way out by encoded dots', `file://${folder}/git/%2e%2e/git2/other.git`],
    ['a way out by a link', `file://${folder}/git/link-out/other.git`],
    ['what does not exist', `file://${folder}/git/none.git`],
    ['an encoded slash', `file://${folder}/git/link-out%2fother.git`],
    ['an encoded NUL', `file://${folder}/git/link-in%00`],
    ['a host', `file://host${folder}/git/link-in`],
  ])('%s is refused', async (_, url) => {
    await refusalOf(egress(['host'], root), url);
  });

  it('the message says which setting allows it', async () => {
    const refusal = await refusalOf(egress(), `file://${folder}/git/link-in`);
    expect(refusal.message).toContain('server.egress.file_root');
  });
});
