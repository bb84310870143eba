/** Registering and changing projects, and their server-side pipelines. */
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../src/kernel/errors.js';
import {
  BROKEN_PIPELINE,
  GOOD_PIPELINE,
  keyOf,
  openProjects,
  pausedFlag,
  projectInput,
  WRITER,
} from './open-projects.js';

async function registered(options = {}) {
  const house = await openProjects(options);
  const id = await house.register.register(projectInput());
  const project = async () => (await house.projects.byId(id))!;
  return { ...house, id, project };
}

describe('registering a project', () => {
  it('stores it normalised, private until the forge says otherwise', async () => {
    const { project } = await registered();
    expect(await project()).toMatchObject({
      instance: 'https://pagure.example.org',
      fullname: 'lab',
      public: false,
      enabled: true,
      declaredBy: null,
      settings: { allowSha1: false, checkout: true },
    });
  });

  it('stores keys and token sealed, for those who open them', async () => {
    const house = await openProjects();
    const token = 't'.repeat(64);
    const id = await house.register.register({ ...projectInput(), token, settings: { allowSha1: true } });
    expect(await house.projects.openToken(id)).toBe(token);
    expect(await house.projects.openHookKeys()).toMatchObject([{ keys: [keyOf('lab')], allowSha1: true }]);
  });

  it('keeps each alias once, normalised, without the instance', async () => {
    const house = await openProjects();
    const instanceAliases = [
      'http://PAGURE.example.org:80/',
      'http://pagure.example.org',
      'https://pagure.example.org',
    ];
    const id = await house.register.register({ ...projectInput(), instanceAliases });
    expect((await house.projects.byId(id))?.instanceAliases).toEqual(['http://pagure.example.org']);
  });

  it('refuses a second project because the host executor shares everything (TRUST §4)', async () => {
    const { register } = await registered();
    await expect(register.register(projectInput('other'))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'second-project',
      message: expect.stringContaining('server.host_shares_everything') as string,
    });
  });

  it('lets only one of two registrations at the same time through (TRUST §4)', async () => {
    const house = await openProjects();
    const both = await Promise.allSettled(['a', 'b'].map((name) => house.register.register(projectInput(name))));
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await house.projects.list()).toHaveLength(1);
  });

  it('takes a second project where the host may share everything', async () => {
    const { register, projects } = await registered({ hostSharesEverything: true });
    await register.register(projectInput('other'));
    expect(await projects.list()).toHaveLength(2);
  });

  it('refuses the same project twice, in whatever spelling of the instance', async () => {
    const { register } = await registered({ hostSharesEverything: true });
    const again = { ...projectInput(), instance: 'HTTPS://Pagure.example.org:443', keys: [keyOf('fresh')] };
    await expect(register.register(again)).rejects.toMatchObject({ kind: 'conflict', code: 'project-exists' });
  });

  it('refuses a key that another project uses, and keeps nothing of the project (TRUST §1)', async () => {
    const { register, projects } = await registered({ hostSharesEverything: true });
    const shared = { ...projectInput('other'), keys: [keyOf('lab')] };
    await expect(register.register(shared)).rejects.toMatchObject({ kind: 'conflict', code: 'key-in-use' });
    expect(await projects.list()).toHaveLength(1);
  });
});

describe('visibility', () => {
  it('is what the forge says', async () => {
    const { visibility, id, project, forge } = await registered();
    expect(await visibility.refresh(id)).toBeNull();
    expect((await project()).public).toBe(true);
    forge.answer = 'private';
    await visibility.refresh(id);
    expect((await project()).public).toBe(false);
    expect(forge.asked[0]).toBe('https://pagure.example.org lab');
  });

  it('stays private when the forge does not answer, and says so', async () => {
    const { visibility, id, project, forge } = await registered();
    forge.answer = 'silent';
    expect(await visibility.refresh(id)).toMatch(/counts as private.*: no answer in 10 s\.$/);
    expect((await project()).public).toBe(false);
  });

  it('of all enabled projects is asked without ever rejecting', async () => {
    const { visibility, forge, project } = await registered();
    forge.answer = 'silent';
    await visibility.refreshAll();
    forge.answer = 'public';
    await visibility.refreshAll();
    expect((await project()).public).toBe(true);
  });

  it('is not asked about further when the store is closed meanwhile', async () => {
    const { visibility, store, forge } = await registered();
    await store.close();
    await expect(visibility.refreshAll()).resolves.toBeUndefined();
    expect(forge.asked).toEqual([]);
  });
});

describe('changing a project', () => {
  it('changes what is given and leaves the rest', async () => {
    const { change, project } = await registered();
    const before = await project();
    await change.change(before, { settings: { checkout: false } }, WRITER);
    expect(await project()).toMatchObject({
      settings: { allowSha1: false, checkout: false },
      version: before.version + 1,
    });
  });

  it('replaces the keys', async () => {
    const { change, project, projects } = await registered();
    await change.change(await project(), { keys: [keyOf('new'), keyOf('lab')] }, WRITER);
    expect(await projects.openHookKeys()).toMatchObject([{ keys: [keyOf('new'), keyOf('lab')] }]);
  });

  it('sets a token and takes it away', async () => {
    const { change, project, projects, id } = await registered();
    await change.change(await project(), { token: 't'.repeat(64) }, WRITER);
    expect(await projects.openToken(id)).toBe('t'.repeat(64));
    await change.change(await project(), { token: null }, WRITER);
    expect(await projects.openToken(id)).toBeNull();
  });

  it.each([{ token: 't'.repeat(64) }, { keys: [keyOf('new')] }, {}])('%j resumes paused flags', async (input) => {
    const house = await registered();
    const flagId = await pausedFlag(house, house.id);
    await house.change.change(await house.project(), input, WRITER);
    expect(await house.flags.byId(flagId)).toMatchObject({ pausedReason: null, dueAt: house.clock.now() });
  });

  it('refuses to enable a second project (TRUST §4)', async () => {
    const { change, register, project, projects } = await registered();
    await change.change(await project(), { enabled: false }, WRITER);
    await register.register(projectInput('other'));
    await expect(change.change(await project(), { enabled: true }, WRITER)).rejects.toMatchObject({
      code: 'second-project',
    });
    expect((await projects.list()).map((one) => one.enabled)).toEqual([false, true]);
  });

  it('refuses a change of what somebody else changed meanwhile, keys included', async () => {
    const { change, project, projects } = await registered();
    const stale = await project();
    await change.change(stale, { settings: { checkout: false } }, WRITER);
    const late = change.change(stale, { keys: [keyOf('late')] }, WRITER);
    await expect(late).rejects.toMatchObject({ kind: 'conflict', code: 'changed-meanwhile' });
    expect(await projects.openHookKeys()).toMatchObject([{ keys: [keyOf('lab')] }]);
  });
});

describe('server-side pipelines', () => {
  it('are kept in every version', async () => {
    const { setPipeline, project, pipelines, id } = await registered();
    expect(await setPipeline.create(await project(), { name: 'ci', text: GOOD_PIPELINE }, WRITER)).toMatchObject({
      isNew: true,
    });
    const text = GOOD_PIPELINE.replace('hello', 'again');
    expect(await setPipeline.replace(await project(), 'ci', { text }, WRITER)).toMatchObject({ isNew: false });
    const stored = (await pipelines.byName(id, 'ci'))!;
    expect(stored).toMatchObject({ version: 2, text });
    expect((await pipelines.versions(stored.id)).map((one) => one.text)).toEqual([text, GOOD_PIPELINE]);
  });

  it('make no version of a text that stands already', async () => {
    const { setPipeline, project, pipelines, id } = await registered();
    await setPipeline.replace(await project(), 'ci', { text: GOOD_PIPELINE }, WRITER);
    await setPipeline.replace(await project(), 'ci', { text: GOOD_PIPELINE }, WRITER);
    expect((await pipelines.byName(id, 'ci'))?.version).toBe(1);
  });

  it('can be switched off and on', async () => {
    const { setPipeline, project, pipelines, id } = await registered();
    await setPipeline.replace(await project(), 'ci', { text: GOOD_PIPELINE, enabled: false }, WRITER);
    expect((await pipelines.byName(id, 'ci'))?.enabled).toBe(false);
    await setPipeline.replace(await project(), 'ci', { text: GOOD_PIPELINE }, WRITER);
    expect((await pipelines.byName(id, 'ci'))?.enabled).toBe(true);
  });

  it('are refused with all their problems and places when they have errors', async () => {
    const { setPipeline, project, pipelines, id } = await registered();
    const text = BROKEN_PIPELINE.replace('on: push', 'on: pusch');
    const thrown: unknown = await setPipeline
      .create(await project(), { name: 'ci', text }, WRITER)
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ kind: 'unprocessable', code: 'pipeline-broken' });
    const problems = (thrown as Refusal).detail.problems ?? [];
    expect(problems.map((problem) => problem.line)).toEqual(expect.arrayContaining([1, 5]));
    expect(problems.every((problem) => problem.file === 'ci' && problem.column > 0)).toBe(true);
    expect(await pipelines.ofProject(id)).toEqual([]);
  });

  it('refuse a name that is taken, and another name than the address has', async () => {
    const { setPipeline, project } = await registered();
    await setPipeline.create(await project(), { name: 'ci', text: GOOD_PIPELINE }, WRITER);
    const twice = setPipeline.create(await project(), { name: 'ci', text: GOOD_PIPELINE }, WRITER);
    await expect(twice).rejects.toMatchObject({ kind: 'conflict', code: 'pipeline-exists' });
    const renamed = setPipeline.replace(await project(), 'ci', { name: 'other', text: GOOD_PIPELINE }, WRITER);
    await expect(renamed).rejects.toMatchObject({ kind: 'invalid', detail: { faults: [{ path: 'name' }] } });
  });
});
