/** The `projects:` part: what it names is read, what is wrong is told without a secret. */
import { mkfifoSync } from './fifo.js';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Scene } from './scene.js';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.env.LAB_KEY = 'K'.repeat(40);
  scene.write('keys/old', `${'O'.repeat(40)}\n`);
  scene.write('keys/deploy', 'line one\nline two\n');
  scene.write('keys/token', 'T'.repeat(64));
  scene.write('ci.yml', 'on: push\njobs: {}\n');
});
afterEach(() => scene.remove());

const LAB = `
projects:
  - instance: https://Pagure.example.org/
    instance_aliases: [http://pagure.example.org:15000/]
    fullname: rpms/bash
    keys: [{env: LAB_KEY}, {file: keys/old}]
    token: {file: keys/token}
    settings:
      {allow_sha1: true, checkout: false, flags: job, required: [ci], strangers: never, untrusted_jobs: 6, untrusted_jobs_per_pull_request: 1}
    pipelines:
      - {name: ci, path: ci.yml}
    repository:
      {url: 'ssh://git@pagure.example.org/rpms/bash.git', ssh_key: {file: keys/deploy}, host_keys: [ssh-ed25519 AAAA]}
    secrets:
      - {name: DEPLOY_KEY, value: {file: keys/deploy}, refs: [release/*]}
      - {name: WORD, value: {env: LAB_KEY}}
`;

const project = (lines: string) => `projects:\n  - instance: https://p.example\n    fullname: lab\n${lines}`;

describe('a declared project', () => {
  it('comes with its keys, token and texts as plain values', () => {
    expect(scene.read(LAB).projects).toEqual([
      {
        where: 'pagure-actions.yml:3',
        instance: 'https://pagure.example.org',
        instanceAliases: ['http://pagure.example.org:15000'],
        fullname: 'rpms/bash',
        keys: ['K'.repeat(40), 'O'.repeat(40)],
        token: 'T'.repeat(64),
        settings: {
          ...{ allowSha1: true, checkout: false, flags: 'job', required: ['ci'] },
          ...{ strangers: 'never', untrustedJobs: 6, untrustedJobsPerPullRequest: 1 },
        },
        pipelines: [{ name: 'ci', path: 'ci.yml', text: 'on: push\njobs: {}\n' }],
        repository: {
          url: 'ssh://git@pagure.example.org/rpms/bash.git',
          sshKey: 'line one\nline two',
          hostKeys: ['ssh-ed25519 AAAA'],
        },
        secrets: [
          { name: 'DEPLOY_KEY', value: 'line one\nline two', refs: ['release/*'] },
          { name: 'WORD', value: 'K'.repeat(40), refs: [] },
        ],
      },
    ]);
  });

  it('needs only instance, fullname and keys', () => {
    expect(scene.read(project('    keys: [{env: LAB_KEY}]')).projects).toEqual([
      expect.objectContaining({
        instanceAliases: [],
        token: null,
        settings: { allowSha1: false, checkout: true },
        pipelines: [],
        secrets: [],
      }),
    ]);
  });

  it('a name that YAML would take for a number stays the text that was written', () => {
    const text = 'projects: [{instance: "https://p.example", fullname: 0o17, keys: [{env: LAB_KEY}]}]';
    expect(scene.read(text).projects[0]?.fullname).toBe('0o17');
  });
});

describe('a fault', () => {
  const one = (text: string) => {
    const faults = scene.faults(text);
    expect(faults).toHaveLength(1);
    return faults[0];
  };

  it.each([
    ['settings: {strangers: sometimes}', 'settings.strangers must be approval or never'],
    ['settings: {untrusted_jobs: 0}', 'settings.untrusted_jobs must be a whole number from 1 to 64'],
    ['secrets: [{name: A, value: s3cret}]', 'secrets[0].value must be {env: NAME} or {file: PATH}'],
    ['secrets: [{name: A}]', 'secrets[0].value is missing'],
    ['secrets: [{name: A, value: {env: LAB_KEY}}, {name: a, value: {env: LAB_KEY}}]', 'gives one name to two secrets'],
  ])('of %s is told without a value', (line, says) => {
    const fault = one(project(`    keys: [{env: LAB_KEY}]\n    ${line}`));
    expect(fault).toContain(says);
    expect(fault).not.toContain('s3cret');
  });

  it('of every project is shown at once', () => {
    expect(scene.faults('projects:\n  - {}\n  - {fullnam: x}\n')).toEqual([
      'pagure-actions.yml:2: projects[0].instance is missing',
      'pagure-actions.yml:2: projects[0].fullname is missing',
      'pagure-actions.yml:2: projects[0].keys is missing',
      'pagure-actions.yml:3: projects[1].fullnam is no setting; did you mean fullname?',
      'pagure-actions.yml:3: projects[1].instance is missing',
      'pagure-actions.yml:3: projects[1].fullname is missing',
      'pagure-actions.yml:3: projects[1].keys is missing',
    ]);
  });

  it('is a key that stands in the file itself', () => {
    expect(one(project('    keys: [abc]'))).toContain(
      'pagure-actions.yml:4: projects[0].keys[0] must be {env: NAME} or {file: PATH}',
    );
  });

  it('is a variable that is not set', () => {
    expect(one(project('    keys: [{env: NO_KEY}]'))).toBe(
      'pagure-actions.yml:4: projects[0].keys[0] names an environment variable that is not set',
    );
  });

  it('is both a variable and a file', () => {
    expect(one(project('    keys: [{env: LAB_KEY, file: keys/old}]'))).toContain(
      'must be one of {env: NAME} and {file: PATH}',
    );
  });

  it('is a pipe in place of a key file, and nothing waits for it', () => {
    mkfifoSync(join(scene.folder, 'keys/pipe'));
    expect(one(project('    keys: [{file: keys/pipe}]'))).toContain('names a file that cannot be read');
  });

  it('is a fourth key', () => {
    const key = '{env: LAB_KEY}';
    expect(one(project(`    keys: [${key}, ${key}, ${key}, ${key}]`))).toContain('must hold one to three keys');
  });

  it('is a pipeline whose file is not there', () => {
    expect(one(project('    keys: [{env: LAB_KEY}]\n    pipelines:\n      - {name: ci, path: gone.yml}'))).toContain(
      'pagure-actions.yml:6: projects[0].pipelines[0].path names no UTF-8 file',
    );
  });

  it('is one name for two pipelines', () => {
    const both = '    pipelines: [{name: ci, path: ci.yml}, {name: ci, path: ci.yml}]';
    expect(one(project(`    keys: [{env: LAB_KEY}]\n${both}`))).toContain('gives one name to two pipelines');
  });

  it('is a project that is declared twice, and a key that two projects share', () => {
    const entry = (name: string, url: string) =>
      `  - {instance: "${url}", fullname: ${name}, keys: [{env: LAB_KEY}]}\n`;
    const text = `projects:\n${entry('lab', 'https://p.example')}${entry('lab', 'https://P.example/')}`;
    expect(scene.faults(text)).toEqual([
      'pagure-actions.yml:3: declares a project that pagure-actions.yml:2 declares already',
      'pagure-actions.yml:3: has a key in common with another project; each needs its own',
    ]);
  });

  it.each(['"../x"', '"a b"', '/lab', 'a/b/c/d/e'])('is the full name %s', (name) => {
    expect(one(`projects: [{instance: "https://p.example", fullname: ${name}, keys: [{env: LAB_KEY}]}]`)).toContain(
      "projects[0].fullname must be a project's full name",
    );
  });

  it('never shows a value, wherever somebody put it', () => {
    const secret = 'sEcReT5';
    scene.env[secret] = `two ${secret}`;
    scene.env.PAGURE_ACTIONS_PORT = secret;
    const text = `
server: {slots: ${secret}, public_url: ${secret}, egress: ${secret}, allowed_hosts: ["${secret}:1"]}
projects:
  - ${secret}
  - instance: ${secret}
    fullname: "${secret} ${secret}"
    keys: [${secret}, {env: ${secret}}, {file: ${secret}}, {env: "${secret} ${secret}"}]
    token: ${secret}
    settings: {checkout: ${secret}}
    pipelines: [${secret}, {name: ${secret}, path: ${secret}}]
`;
    const faults = scene.faults(text, ['--drain', secret, `--slots=${secret}`, secret]);
    expect(faults.length).toBeGreaterThan(14);
    expect(faults.join('\n')).not.toContain(secret);
    expect(scene.faults(`server: [${secret}\n  ${secret}: *${secret}`).join('\n')).not.toContain(secret);
  });
});
