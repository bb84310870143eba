/** Flags of pipelines that a path filter skips, and of single jobs, where the project's settings want them. */
import { describe, expect, it } from 'vitest';
import type { ProjectSettings } from '../../src/model/project.js';
import { DEFAULT_PROJECT_SETTINGS } from '../../src/model/project.js';
import { projects } from '../../src/store/schema/tables.js';
import { Store } from '../../src/store/store.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const JOBS = `jobs:
  test: { runs-on: host, steps: [{ run: 'echo "::error::first"; echo "::error::second"; exit 1' }] }
  lint: { runs-on: host, continue-on-error: true, steps: [{ run: exit 1 }] }
`;
const quiet = (name: string) =>
  `name: ${name}\non: { push: { paths: [none/**] } }\njobs: { one: { runs-on: host, steps: [{ run: 'true' }] } }\n`;

async function houseWith(settings: Partial<ProjectSettings>, pipelines: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const clock = new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  const id = await house.register('lab', PUSH.key, pipelines);
  const wanted = { settings: { ...DEFAULT_PROJECT_SETTINGS, ...settings } };
  await house.get(Store).commit(async (tx) => void (await tx.manager.update(projects, { id }, wanted)));
  await house.post(PUSH);
  await house.settle();
  return house;
}

describe('a pipeline that a path filter skips', () => {
  it('reports success where the project requires it, and nothing else', async () => {
    const house = await houseWith({ required: ['docs'] }, { docs: quiet('docs'), other: quiet('other') });
    await house.untilFlagged(HEAD, 'success');
    expect(house.pagure.flagsOf(HEAD)).toMatchObject([
      { username: 'pagure-actions: docs', status: 'success', comment: 'skipped: no changed file matches' },
    ]);
    expect((await house.decisions(1)).map(({ outcome, runId }) => [outcome, runId])).toEqual([
      ['filtered', 1],
      ['filtered', null],
    ]);
    const [run] = await house.runs();
    expect(run).toMatchObject({ state: 'done', result: 'skipped', jobs: [] });
    const page = await house.browse(new URL(house.pagure.flagsOf(HEAD)[0]!.url).pathname);
    expect(page).toContain('no changed file matches');
  });
});

describe('flags of single jobs', () => {
  it('stand beside that of the pipeline where the project wants them', async () => {
    const house = await houseWith({ flags: 'job' }, { ci: `name: ci\non: push\n${JOBS}` });
    await house.untilDone(1);
    await house.settle();
    const shown = house.pagure.flagsOf(HEAD).map(({ username, status, comment }) => [username, status, comment]);
    expect(shown.sort((a, b) => (a[0]! < b[0]! ? -1 : 1))).toEqual([
      ['pagure-actions: ci', 'failure', expect.stringMatching(/^0 of 2 jobs passed; test failed: [23] errors$/)],
      ['pagure-actions: ci / lint', 'success', expect.stringMatching(/^failed, as it may: /)],
      ['pagure-actions: ci / test', 'failure', expect.stringMatching(/^failed: [23] errors$/)],
    ]);
    expect(new Set(house.pagure.flagsOf(HEAD).map(({ uid }) => uid)).size).toBe(3);
  });
});
