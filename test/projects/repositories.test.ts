/** Where a project is fetched from when not from its forge's own URL: what may be said, and what stands then. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../../src/projects/check-input.js';
import { ProjectChangeInput } from '../../src/projects/project-input.js';
import { keyOf, openProjects, projectInput, WRITER } from './open-projects.js';

/** Made by `ssh-keygen` for these tests alone; `…phrase` are sealed. */
const made = (name: string) => readFileSync(join(import.meta.dirname, 'ssh-keys', name), 'utf8');

const SSH = 'ssh://git@pagure.example.org/lab.git';
const overSsh = (change = {}) => ({ url: SSH, sshKey: made('plain'), hostKeys: [made('plain.pub').trim()], ...change });

function faultsOf(repository: unknown): readonly string[] {
  const checked = checkInput(ProjectChangeInput, { repository });
  return checked.kind === 'good' ? [] : checked.faults.map(({ path, message }) => `${path} ${message}`);
}

describe('what may be said of a repository', () => {
  it('is nothing, an ssh URL with a key and the keys of its host, or a file URL', () => {
    expect(faultsOf(null)).toEqual([]);
    expect(faultsOf(overSsh())).toEqual([]);
    expect(faultsOf(overSsh({ sshKey: made('pem'), url: 'ssh://git@[::1]:2222/~x/lab.git' }))).toEqual([]);
    expect(faultsOf(overSsh({ hostKeys: [`pagure.example.org ${made('plain.pub').trim()}`] }))).toEqual([]);
    expect(faultsOf({ url: 'file:///srv/git/lab.git' })).toEqual([]);
  });

  it.each([
    'https://pagure.example.org/lab.git',
    'git@pagure.example.org:lab.git',
    'ssh://git:word@pagure.example.org/lab.git',
    'ssh://-oProxyCommand=x/lab.git',
    'ssh://git@pagure.example.org/-x',
    'ssh://git@pagure.example.org/a b',
    'file://host/srv/lab.git',
    'ext::sh',
    7,
  ])('but not %j', (url) => {
    expect(faultsOf(overSsh({ url }))[0]).toMatch(/^repository\.url must be an ssh URL/);
  });

  it('nor a key that somebody would have to open, or that is none', () => {
    for (const name of ['phrase', 'pem-phrase'])
      expect(faultsOf(overSsh({ sshKey: made(name) }))).toEqual([
        'repository.sshKey must be a private key without a passphrase: nobody is there to type it',
      ]);
    expect(faultsOf(overSsh({ sshKey: made('plain.pub') }))).toEqual([
      'repository.sshKey must be a private key as ssh-keygen writes it',
    ]);
  });

  it('nor an ssh URL without a key or without a host that is known', () => {
    expect(faultsOf({ url: SSH })).toEqual([
      'repository.sshKey must be given for an ssh URL',
      'repository.hostKeys must be given for an ssh URL',
    ]);
    expect(faultsOf(overSsh({ hostKeys: [] }))).toEqual(['repository.hostKeys must be a list of 1 to 10']);
    expect(faultsOf(overSsh({ hostKeys: ['*'] }))).toEqual([
      'repository.hostKeys must be keys of a host such as ssh-ed25519 AAAA…',
    ]);
  });

  it('nor a key beside a file URL', () => {
    expect(faultsOf(overSsh({ url: 'file:///srv/git/lab.git', hostKeys: undefined }))).toEqual([
      'repository.sshKey is for ssh URLs alone',
    ]);
  });
});

describe('the repository of a project', () => {
  it('stands when it was registered, changed and taken away', async () => {
    const { register, change, projects } = await openProjects();
    const id = await register.register({ ...projectInput(), repository: overSsh() });
    expect(await projects.repositories.open(id)).toEqual(overSsh());
    expect(await projects.repositories.shown([id])).toEqual(
      new Map([[id, { url: SSH, hostKeys: overSsh().hostKeys }]]),
    );
    const project = async () => (await projects.byId(id))!;
    await change.change(await project(), { repository: { url: 'file:///srv/git/lab.git' } }, WRITER);
    expect(await projects.repositories.open(id)).toEqual({
      url: 'file:///srv/git/lab.git',
      sshKey: null,
      hostKeys: [],
    });
    await change.change(await project(), { enabled: true }, WRITER);
    expect(await projects.repositories.open(id)).not.toBeNull();
    await change.change(await project(), { repository: null }, WRITER);
    expect(await projects.repositories.open(id)).toBeNull();
  });

  it('is what the configuration file says at each start', async () => {
    const { apply, projects } = await openProjects();
    const declared = {
      ...{ where: 'pagure-actions.yml:3', instance: 'https://pagure.example.org', instanceAliases: [] },
      ...{ fullname: 'lab', keys: [keyOf('lab')], token: null, pipelines: [], secrets: [] },
      settings: { allowSha1: false, checkout: true },
    };
    await apply.apply('/etc/pagure-actions.yml', [{ ...declared, repository: overSsh() }]);
    expect(await projects.repositories.open(1)).toEqual(overSsh());
    await apply.apply('/etc/pagure-actions.yml', [declared]);
    expect(await projects.repositories.open(1)).toBeNull();
  });
});
