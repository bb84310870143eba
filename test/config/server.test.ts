/** The server's settings: where each may come from, what each refuses, how faults are told. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Scene } from './scene.js';

let scene: Scene;
beforeEach(() => (scene = new Scene()));
afterEach(() => scene.remove());

describe('where a setting comes from', () => {
  it('without a file, everything has its default', () => {
    const { file, server, projects, masterKey } = scene.read(null);
    expect({ file, projects, masterKey }).toEqual({ file: null, projects: [], masterKey: null });
    expect(server).toEqual({
      dataDir: join(scene.folder, 'data'),
      stateDir: join(scene.folder, 'home/.local/state/pagure-actions'),
      address: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      allowedHosts: ['127.0.0.1', 'localhost', '[::1]'],
      slots: 2,
      drainMs: 30_000,
      hostSharesEverything: false,
      staleAfterMs: 7 * 86_400_000,
      aheadMs: 600_000,
      mirrorBytes: 16 * 1024 ** 3,
      logBytes: 256 * 2 ** 20,
      logLevel: 'info',
      metricsPublic: false,
      nodes: {},
      toolCacheMs: 90 * 86_400_000,
      egress: { allow: [], fileRoot: null },
    });
  });

  it('an option beats a variable, a variable beats the file', () => {
    const text = 'server: {port: 1001, slots: 11, address: 10.0.0.1}';
    scene.env.PAGURE_ACTIONS_PORT = '1002';
    scene.env.PAGURE_ACTIONS_SLOTS = '12';
    const { server } = scene.read(text, ['--port', '1003']);
    expect([server.port, server.slots, server.address]).toEqual([1003, 12, '10.0.0.1']);
  });

  it('a nested setting and a list are read from all three places', () => {
    expect(scene.read('server: {egress: {allow: [a.example, 10.0.0.0/8]}}').server.egress.allow).toEqual([
      'a.example',
      '10.0.0.0/8',
    ]);
    scene.env.PAGURE_ACTIONS_EGRESS_ALLOW = 'b.example, ::1';
    expect(scene.read(null).server.egress.allow).toEqual(['b.example', '::1']);
    expect(scene.read(null, ['--egress-allow', 'c', '--egress-allow=d,e']).server.egress.allow).toEqual([
      'c',
      'd',
      'e',
    ]);
  });

  it('other Nodes are named by the word of `using`, each with a path', () => {
    const text = 'server: {nodes: [node20=/opt/node 20/bin/node, node24=/opt/a=b]}';
    expect(scene.read(text).server.nodes).toEqual({ node20: '/opt/node 20/bin/node', node24: '/opt/a=b' });
    for (const wrong of ['node20', '/opt/node', 'node20=node', 'python3=/usr/bin/python3'])
      expect(() => scene.read(`server: {nodes: [${wrong}]}`)).toThrow('node20=/opt/node20/bin/node');
  });

  it('a path of the file is relative to the file, one of an option to where the program starts', () => {
    scene.write('etc/other.yml', 'server: {data_dir: ./here}');
    expect(scene.read(null, ['--config', 'etc/other.yml']).server.dataDir).toBe(join(scene.folder, 'etc/here'));
    expect(scene.read(null, ['--config', 'etc/other.yml', '--data-dir', 'there']).server.dataDir).toBe(
      join(scene.folder, 'there'),
    );
    expect(scene.read(null, ['--data-dir', '~/there']).server.dataDir).toBe(join(scene.folder, 'home/there'));
  });

  it('the variable names the file too', () => {
    scene.env.PAGURE_ACTIONS_CONFIG = scene.write('etc/other.yml', 'server: {slots: 9}');
    expect(scene.read(null).server.slots).toBe(9);
  });

  it('an absolute XDG_STATE_HOME is used, a relative one ignored', () => {
    scene.env.XDG_STATE_HOME = '/var/states';
    expect(scene.read(null).server.stateDir).toBe('/var/states/pagure-actions');
    scene.env.XDG_STATE_HOME = 'states';
    expect(scene.read(null).server.stateDir).toBe(join(scene.folder, 'home/.local/state/pagure-actions'));
  });

  it('an empty file and an empty value mean the default', () => {
    expect(scene.read('# nothing yet\n').server.port).toBe(8080);
    expect(scene.read('server:\n  port:\n').server.port).toBe(8080);
  });
});

describe('the Host allow-list', () => {
  it('holds the public host, the further names and the loopback names', () => {
    const { allowedHosts } = scene.read(
      'server: {public_url: "https://CI.example.org:8443/ci/", allowed_hosts: [Ci]}',
    ).server;
    expect(allowedHosts).toEqual(['ci', 'ci.example.org', '127.0.0.1', 'localhost', '[::1]']);
  });
});

describe('public_url', () => {
  it.each([
    ['https://ci.example.org/', 'https://ci.example.org'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/ci/', 'http://127.0.0.1:8080/ci'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is taken', (text, url) => {
    expect(scene.read(`server: {public_url: "${text}"}`).server.publicUrl).toBe(url);
  });

  it.each([
    'http://ci:8080',
    'ci.example.org',
    'ftp://ci.example.org',
    'https://u:p@ci.example.org',
    'https://ci.example.org/?a',
    'http://ci./',
  ])('%s is refused: Pagure would refuse its links, or it is no plain address', (text) => {
    expect(scene.faults(`server:\n  public_url: "${text}"\n`)).toEqual([
      expect.stringMatching(/^pagure-actions\.yml:2: server\.public_url must be an http or https URL/),
    ]);
  });
});

describe('faults', () => {
  it('are shown all at once, with line and key', () => {
    const text = 'server:\n  prot: 80\n  slots: many\n  egress:\n    alow: []\n  allowed_hosts: one\nproject: []\n';
    scene.env.PAGURE_ACTIONS_DRAIN = 'soon';
    expect(scene.faults(text, ['--adress', '::1', 'stray', '--log-limit'])).toEqual([
      'command line: --adress is no option; did you mean --address?',
      'command line: has a word that belongs to no option',
      'command line: has a word that belongs to no option',
      'command line: --log-limit needs a value',
      'pagure-actions.yml:7: project is no setting; did you mean projects?',
      'pagure-actions.yml:2: server.prot is no setting; did you mean port?',
      'pagure-actions.yml:5: server.egress.alow is no setting; did you mean allow?',
      'pagure-actions.yml:6: server.allowed_hosts must be a list, each item a host name or an IP address, without a port',
      'pagure-actions.yml:3: server.slots must be a whole number from 1 to 64',
      'environment: PAGURE_ACTIONS_DRAIN must be a duration such as 30s, 10m, 12h or 7d',
    ]);
  });

  it.each([
    ['port', '65536'],
    ['port', '-1'],
    ['port', '8080.5'],
    ['port', '[8080]'],
    ['slots', '0'],
    ['host_shares_everything', 'yes'],
    ['drain', '30'],
    ['log_limit', '64MB'],
    ['address', '"http://x"'],
    ['allowed_hosts', '["a:80"]'],
    ['data_dir', '""'],
  ])('%s: %s is one', (key, text) => {
    expect(scene.faults(`server:\n  ${key}: ${text}\n`)).toEqual([
      expect.stringContaining(`pagure-actions.yml:2: server.${key} must be `),
    ]);
  });

  it('an empty variable is one: it may be a value that got lost', () => {
    scene.env.PAGURE_ACTIONS_MASTER_KEY = '';
    expect(scene.faults(null)).toEqual([
      expect.stringContaining('environment: PAGURE_ACTIONS_MASTER_KEY must be 32 bytes'),
    ]);
  });

  it('a named file that is not there is one', () => {
    expect(scene.faults(null, ['--config', 'gone.yml'])).toEqual([
      'gone.yml: is no UTF-8 file of at most 4 MiB that can be read',
    ]);
  });

  it('broken YAML is one, with its line', () => {
    expect(scene.faults('server:\n  port: [1\n')).toEqual([
      expect.stringMatching(/^pagure-actions\.yml:\d: is no valid YAML here \(/),
    ]);
  });

  it.each(['constructor', '__proto__', 'toString'])('the key %s is an ordinary unknown one', (key) => {
    expect(scene.faults(`server:\n  ${key}: 1\n`)).toEqual([`pagure-actions.yml:2: server.${key} is no setting`]);
  });

  it('an alias that holds itself ends as one', () => {
    expect(scene.faults('server: &a\n  egress: *a\n').length).toBeGreaterThan(0);
  });

  it('a state folder inside the data folder is one', () => {
    const text = 'server: {data_dir: /srv/data, state_dir: /srv/data/state}';
    expect(scene.faults(text)).toEqual([expect.stringContaining('state_dir must not lie inside data_dir')]);
    expect(scene.faults('server: {data_dir: /srv/data, state_dir: /srv/data-state}')).toEqual([]);
  });
});

describe('the master key in the environment', () => {
  const bytes = Buffer.alloc(32, 7);

  it.each([bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])('is taken as %s', (text) => {
    scene.env.PAGURE_ACTIONS_MASTER_KEY = text;
    expect(scene.read(null).masterKey).toEqual(bytes);
  });

  it.each(['secret', bytes.toString('hex').slice(1), Buffer.alloc(31).toString('base64')])(
    'is refused as %s, unnamed',
    (text) => {
      scene.env.PAGURE_ACTIONS_MASTER_KEY = text;
      const faults = scene.faults(null);
      expect(faults).toEqual([expect.stringContaining('PAGURE_ACTIONS_MASTER_KEY must be 32 bytes')]);
      expect(faults.join()).not.toContain(text);
    },
  );

  it('is no setting of the file and no option', () => {
    expect(scene.faults('server: {master_key: x}', ['--master-key', 'x'])).toHaveLength(3);
  });
});
