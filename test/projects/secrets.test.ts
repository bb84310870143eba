/** Secrets of projects: set and removed by people, declared by the file, sealed in the store. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../../src/projects/check-input.js';
import { MOST_SECRETS } from '../../src/projects/set-secret.js';
import { SecretInput } from '../../src/projects/secret-input.js';
import { GOOD_PIPELINE, keyOf, type OpenProjects, openProjects, projectInput } from './open-projects.js';

const FILE = '/etc/pagure-actions.yml';

async function withProject() {
  const house = await openProjects();
  const id = await house.register.register(projectInput('lab'));
  return { house, project: (await house.projects.byId(id))! };
}

const opened = (house: OpenProjects, projectId: number, ...names: string[]) =>
  house.secrets.open(projectId, () => names);

function declare(secrets: { name: string; value: string; refs: readonly string[] }[]) {
  const texts = { pipelines: [{ name: 'ci', path: 'ci.yml', text: GOOD_PIPELINE }] };
  const place = { where: 'pagure-actions.yml:3', instance: 'https://pagure.example.org', instanceAliases: [] };
  const settings = { allowSha1: false, checkout: true };
  return [{ ...place, ...texts, fullname: 'lab', keys: [keyOf('lab')], token: null, settings, secrets }];
}

describe('a secret', () => {
  it('is set under one spelling of its name, replaced and removed', async () => {
    const { house, project } = await withProject();
    expect(await house.setSecret.set(project, 'deploy_key', { value: 'one-value' })).toBe('new');
    expect(await house.setSecret.set(project, 'DEPLOY_KEY', { value: 'other-value', refs: ['x'] })).toBe('replaced');
    expect(await house.secrets.ofProject(project.id)).toMatchObject([{ name: 'DEPLOY_KEY', refs: ['x'] }]);
    expect(await opened(house, project.id, 'DEPLOY_KEY')).toEqual({ DEPLOY_KEY: 'other-value' });
    await house.setSecret.remove(project, 'Deploy_Key');
    expect(await house.secrets.ofProject(project.id)).toEqual([]);
    await expect(house.setSecret.remove(project, 'DEPLOY_KEY')).rejects.toMatchObject({ code: 'no-such-secret' });
  });

  it('is sealed: its value stands in no file of the data folder', async () => {
    const { house, project } = await withProject();
    await house.setSecret.set(project, 'A', { value: 'a-value-that-is-nowhere' });
    const path = (await house.store.reader.query<{ file: string }[]>('PRAGMA database_list'))[0]!.file;
    for (const file of [path, `${path}-wal`])
      expect(readFileSync(file).includes('a-value-that-is-nowhere')).toBe(false);
  });

  it('of one project does not open for another', async () => {
    const { house, project } = await withProject();
    await house.setSecret.set(project, 'A', { value: 'value' });
    expect(await opened(house, project.id + 1, 'A')).toEqual({});
    await house.store.commit((tx) => tx.manager.query('UPDATE "project_secret" SET "projectId" = "projectId" + 1'));
    await expect(opened(house, project.id + 1, 'A')).rejects.toThrow('does not open');
  });

  it('is refused when there are as many as may be', async () => {
    const { house, project } = await withProject();
    for (let at = 0; at < MOST_SECRETS; at++) await house.setSecret.set(project, `S${at}`, { value: 'v' });
    await expect(house.setSecret.set(project, 'MORE', { value: 'v' })).rejects.toMatchObject({
      code: 'too-many-secrets',
    });
    expect(await house.setSecret.set(project, 'S0', { value: 'w' })).toBe('replaced');
  });

  it.each([
    [{ value: '' }, 'value'],
    [{ value: 'a\0b' }, 'value'],
    [{ value: 'é'.repeat(40_000) }, 'value'],
    [{ value: 'x', refs: ['['] }, 'refs[0]'],
    [{ value: 'x', refs: ['!['] }, 'refs[0]'],
  ])('like %j is refused by the path of what is wrong', (input, path) => {
    const checked = checkInput(SecretInput, input);
    expect(checked).toMatchObject({ kind: 'bad', faults: [{ path }] });
  });
});

describe('a declared secret', () => {
  it('follows the file, and is changed nowhere else', async () => {
    const house = await openProjects({ hostSharesEverything: true });
    await house.apply.apply(FILE, declare([{ name: 'key', value: 'line one\nline two', refs: [] }]));
    const project = (await house.projects.list())[0]!;
    expect(await opened(house, project.id, 'KEY')).toEqual({ KEY: 'line one\nline two' });
    await expect(house.setSecret.set(project, 'KEY', { value: 'v' })).rejects.toMatchObject({
      code: 'declared-in-file',
    });
    await expect(house.setSecret.remove(project, 'KEY')).rejects.toMatchObject({ code: 'declared-in-file' });
    await house.setSecret.set(project, 'BY_HAND', { value: 'mine' });
    await house.apply.apply(FILE, declare([{ name: 'OTHER', value: 'new', refs: ['x'] }]));
    const names = (await house.secrets.ofProject(project.id)).map(({ name, declaredBy }) => [name, declaredBy]);
    expect(names).toEqual([
      ['BY_HAND', null],
      ['OTHER', FILE],
    ]);
  });

  it('that stands already is left alone', async () => {
    const house = await openProjects({ hostSharesEverything: true });
    const declared = declare([{ name: 'KEY', value: 'value', refs: [] }]);
    await house.apply.apply(FILE, declared);
    const project = (await house.projects.list())[0]!;
    const [before] = await house.secrets.ofProject(project.id);
    house.clock.advance(60_000);
    await house.apply.apply(FILE, declared);
    expect(await house.secrets.ofProject(project.id)).toEqual([before]);
  });

  it('whose name is none ends the start', async () => {
    const house = await openProjects({ hostSharesEverything: true });
    const wrong = house.apply.apply(FILE, declare([{ name: 'GITHUB_X', value: 'v', refs: [] }]));
    await expect(wrong).rejects.toThrow('secrets[0].name');
  });
});
