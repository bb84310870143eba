/** What `pagure-actions.yml` declares, applied at each start. */
import { describe, expect, it } from 'vitest';
import type { ProjectDeclaration } from '../../src/config/project-declarations.js';
import {
  BROKEN_PIPELINE,
  GOOD_PIPELINE,
  keyOf,
  openProjects,
  pausedFlag,
  projectInput,
  WRITER,
} from './open-projects.js';

const FILE = '/etc/pagure-actions.yml';

function declare(fullname: string, change: Partial<ProjectDeclaration> = {}): ProjectDeclaration {
  return {
    where: 'pagure-actions.yml:3',
    instance: 'https://pagure.example.org',
    instanceAliases: [],
    fullname,
    keys: [keyOf(fullname)],
    token: 't'.repeat(64),
    settings: { allowSha1: false, checkout: true },
    pipelines: [{ name: 'ci', path: 'ci.yml', text: GOOD_PIPELINE }],
    secrets: [],
    ...change,
  };
}

async function applied(...declarations: ProjectDeclaration[]) {
  const house = await openProjects({ hostSharesEverything: declarations.length > 1 });
  await house.apply.apply(FILE, declarations);
  const project = async (fullname = 'lab') => (await house.projects.byName('https://pagure.example.org', fullname))!;
  return { ...house, project };
}

describe('a declared project', () => {
  it('stands after the start with keys, token and pipelines', async () => {
    const { project, projects, pipelines } = await applied(declare('lab'));
    const { id } = await project();
    expect(await project()).toMatchObject({ declaredBy: FILE, enabled: true, public: false });
    expect(await projects.openHookKeys()).toMatchObject([{ keys: [keyOf('lab')] }]);
    expect(await projects.openToken(id)).toBe('t'.repeat(64));
    expect(await pipelines.byName(id, 'ci')).toMatchObject({ declaredBy: FILE, text: GOOD_PIPELINE, version: 1 });
  });

  it('is not changed by the same file again', async () => {
    const { apply, project, keys, pipelines, clock } = await applied(declare('lab'));
    const state = async () => {
      const now = await project();
      return [now, (await keys.of([now.id])).map(({ createdAt }) => createdAt), await pipelines.ofProject(now.id)];
    };
    const before = await state();
    clock.advance(1_000);
    await apply.apply(FILE, [declare('lab')]);
    expect(await state()).toEqual(before);
  });

  it('whose sealed token was damaged has it again, and keeps no start from going on', async () => {
    const { apply, project, projects, store } = await applied(declare('lab'));
    await store.commit((tx) => tx.manager.query(`UPDATE "project_token" SET "sealedToken" = x'0102'`));
    await apply.apply(FILE, [declare('lab')]);
    expect(await projects.openToken((await project()).id)).toBe('t'.repeat(64));
  });

  it('follows the file', async () => {
    const { apply, project, projects, pipelines } = await applied(declare('lab'));
    const text = GOOD_PIPELINE.replace('hello', 'again');
    const next = { keys: [keyOf('new')], token: null, settings: { allowSha1: true, checkout: true } };
    await apply.apply(FILE, [declare('lab', { ...next, pipelines: [{ name: 'ci', path: 'ci.yml', text }] })]);
    const { id, settings } = await project();
    expect(settings.allowSha1).toBe(true);
    expect(await projects.openToken(id)).toBeNull();
    expect(await projects.openHookKeys()).toMatchObject([{ keys: [keyOf('new')] }]);
    expect(await pipelines.byName(id, 'ci')).toMatchObject({ text, version: 2 });
  });

  it('is disabled when it leaves the file, never deleted, and enabled when it comes back', async () => {
    const { apply, project, pipelines } = await applied(declare('lab'));
    const { id } = await project();
    await apply.apply(FILE, []);
    expect(await project()).toMatchObject({ id, enabled: false, declaredBy: null });
    expect(await pipelines.byName(id, 'ci')).toMatchObject({ enabled: false, declaredBy: null, text: GOOD_PIPELINE });
    await apply.apply(FILE, [declare('lab')]);
    expect(await project()).toMatchObject({ id, enabled: true, declaredBy: FILE });
    expect(await pipelines.byName(id, 'ci')).toMatchObject({ enabled: true, declaredBy: FILE, version: 1 });
  });

  it('may be declared under a corrected name with the same key', async () => {
    const { apply, project, projects } = await applied(declare('lba', { keys: [keyOf('lab')] }));
    await apply.apply(FILE, [declare('lab')]);
    expect((await project('lba')).enabled).toBe(false);
    expect(await projects.openHookKeys()).toMatchObject([{ fullname: 'lab', keys: [keyOf('lab')] }]);
  });

  it('takes over a project that the API made', async () => {
    const house = await openProjects();
    const id = await house.register.register({ ...projectInput(), keys: [keyOf('old')] });
    await house.setPipeline.create((await house.projects.byId(id))!, { name: 'ci', text: GOOD_PIPELINE }, WRITER);
    await house.apply.apply(FILE, [declare('lab')]);
    expect(await house.projects.byId(id)).toMatchObject({ declaredBy: FILE });
    expect(await house.projects.openHookKeys()).toMatchObject([{ keys: [keyOf('lab')] }]);
    expect(await house.pipelines.byName(id, 'ci')).toMatchObject({ declaredBy: FILE });
  });

  it('leaves alone what the API made beside it', async () => {
    const { apply, setPipeline, project, pipelines } = await applied(declare('lab'));
    await setPipeline.create(await project(), { name: 'mine', text: GOOD_PIPELINE }, WRITER);
    await apply.apply(FILE, [declare('lab', { pipelines: [] })]);
    const standing = await pipelines.ofProject((await project()).id);
    expect(standing.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['ci', false],
      ['mine', true],
    ]);
  });

  it.each([
    ['another token resumes', { token: 'u'.repeat(64) }, null],
    ['another key resumes', { keys: [keyOf('new')] }, null],
    ['the same file leaves alone', {}, '401'],
  ])('%s paused flags', async (_, change, pausedReason) => {
    const house = await applied(declare('lab'));
    const flagId = await pausedFlag(house, (await house.project()).id);
    await house.apply.apply(FILE, [declare('lab', change)]);
    expect(await house.flags.byId(flagId)).toMatchObject({ pausedReason });
  });

  it('is read-only for the API, which names the file and the key', async () => {
    const { change, project } = await applied(declare('lab'));
    const refused = async () => change.change(await project(), { keys: [keyOf('new')], enabled: false }, WRITER);
    await expect(refused()).rejects.toMatchObject({
      kind: 'conflict',
      code: 'declared-in-file',
      message: `${FILE} declares this project: change projects: lab: keys, projects: lab: enabled there.`,
    });
  });

  it('has pipelines that are read-only for the API', async () => {
    const { setPipeline, project } = await applied(declare('lab'));
    await expect(setPipeline.replace(await project(), 'ci', { text: GOOD_PIPELINE }, WRITER)).rejects.toMatchObject({
      code: 'declared-in-file',
      message: `${FILE} declares this pipeline: change projects: lab: pipelines: ci there.`,
    });
  });
});

describe('a file with faults', () => {
  const faultsOf = async (...declarations: ProjectDeclaration[]) => {
    const house = await openProjects({ hostSharesEverything: true });
    const thrown: unknown = await house.apply.apply(FILE, declarations).catch((error: unknown) => error);
    expect(await house.projects.list()).toEqual([]);
    return (thrown as { faults: { where: string; message: string }[] }).faults;
  };

  it('is refused with all of them at once, and nothing of it is written', async () => {
    const broken = { name: 'ci', path: 'ci.yml', text: BROKEN_PIPELINE };
    const faults = await faultsOf(
      declare('lab', { pipelines: [broken] }),
      declare('a/b/c', { where: 'pagure-actions.yml:9', keys: ['short'] }),
    );
    expect(faults.map((fault) => fault.where)).toEqual(
      expect.arrayContaining(['pagure-actions.yml:9', 'pagure-actions.yml:9', expect.stringMatching(/^ci\.yml:5:/)]),
    );
    expect(JSON.stringify(faults)).not.toContain('short');
  });

  it('may not declare a second project unless the host shares everything (TRUST §4)', async () => {
    const house = await openProjects();
    const refused = house.apply.apply(FILE, [declare('lab'), declare('other')]);
    await expect(refused).rejects.toThrow(/2 projects would be enabled, but jobs run as the user of this server/);
    expect(await house.projects.list()).toEqual([]);
  });

  it('may not declare one beside one that the API made (TRUST §4)', async () => {
    const house = await openProjects();
    await house.register.register(projectInput('other'));
    await expect(house.apply.apply(FILE, [declare('lab')])).rejects.toThrow('(other by the API)');
  });

  it('names the place of a key that another project uses', async () => {
    const house = await openProjects({ hostSharesEverything: true });
    await house.register.register({ ...projectInput('other'), keys: [keyOf('lab')] });
    await expect(house.apply.apply(FILE, [declare('lab')])).rejects.toMatchObject({
      faults: [{ where: 'pagure-actions.yml:3', message: expect.stringContaining('Another project') as string }],
    });
  });
});
