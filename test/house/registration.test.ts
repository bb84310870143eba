/** A project that is registered: what of its default branch waits for the clock is read before anything is pushed. */
import { describe, expect, it } from 'vitest';
import { ApplyDeclared } from '../../src/projects/apply-declared.js';
import { ArmedTables } from '../../src/store/armed-tables.js';
import { Sweep } from '../../src/sweep/sweep.js';
import { restoreRepository } from '../fixtures/repositories/restore.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const FOLDER = '.pagure/pipelines';
const JOBS = `jobs: { one: { runs-on: host, steps: [{ run: 'true' }] } }\n`;
const NIGHTLY = `on: { schedule: [{ cron: '0 4 * * *' }] }\n${JOBS}`;
const GREEDY = `on: ['*', 'project.*', registered.*]\n${JOBS}`;

async function houseOfLab() {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  commitFile(lab, 'main', `${FOLDER}/nightly.yml`, NIGHTLY);
  commitFile(lab, 'main', `${FOLDER}/greedy.yml`, GREEDY);
  const house = await openHouse({ clock: new ShiftedClock(Date.UTC(2026, 5, 1)), repositories });
  house.pagure.addProject({ fullname: 'lab', key: 'k'.repeat(32) });
  const input = { instance: house.pagure.instance, fullname: 'lab', keys: ['k'.repeat(32)] };
  const register = async () => {
    const answer = await house.ask('POST', '/projects', { role: 'maintain', body: input });
    expect(answer.status).toBe(201);
    await house.settle();
  };
  return { house, input, register };
}

async function lines(house: TestHouse) {
  return (await house.get(ArmedTables).schedulesOf(1)).map(({ cron }) => cron);
}

describe('a project', () => {
  it('that is registered has its schedules, and nothing was started by that', async () => {
    const { house, register } = await houseOfLab();
    await register();
    expect(await lines(house)).toEqual(['0 4 * * *']);
    const told = { topic: 'registered', source: 'manual', kind: 'project', summary: 'lab was registered here' };
    const ended = { state: 'done', note: 'the pipelines of the default branch were read' };
    expect(await house.stores.events.byId(1)).toMatchObject({ ...told, ...ended });
    expect([await house.decisions(1), await house.runs()]).toEqual([[], []]);
  });

  it('whose repository is not reached yet says so, and is read when it is', async () => {
    const { house, register } = await houseOfLab();
    house.world.isGitDown = true;
    await register();
    expect(await lines(house)).toEqual([]);
    const waiting = await house.stores.events.byId(1);
    expect(waiting).toMatchObject({ state: 'due', waits: 1, tries: 0 });
    expect(waiting!.note).toContain('503');
    house.world.isGitDown = false;
    await expect.poll(() => lines(house), { timeout: 20_000 }).toEqual(['0 4 * * *']);
  });

  it('that a file declares is read once, and again when it was switched off between', async () => {
    const { house, input } = await houseOfLab();
    const declared = [{ where: 'projects[0]', ...input, pipelines: [] }];
    const apply = async (projects: typeof declared) => {
      await house.get(ApplyDeclared).apply('pagure-actions.yml', projects as never);
      await house.get(Sweep).once();
      await house.settle();
    };
    await apply(declared);
    await apply(declared);
    expect(await lines(house)).toEqual(['0 4 * * *']);
    expect(await house.stores.events.byId(2)).toBeNull();
    await apply([]);
    await apply(declared);
    expect(await house.stores.events.byId(2)).toMatchObject({ summary: 'lab was enabled here', state: 'done' });
  });

  it('that was registered is read again by a replay, and starts nothing then either', async () => {
    const { house, register } = await houseOfLab();
    await register();
    expect((await house.ask('POST', '/events/1/replay', { role: 'write' })).status).toBe(202);
    await house.settle();
    expect(await house.stores.events.byId(2)).toMatchObject({ source: 'replay', state: 'done' });
    expect(await house.runs()).toEqual([]);
  });
});
