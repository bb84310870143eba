/** Schedules through the whole house: from the text on the default branch to a run, by the clock alone. */
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { ArmedTables } from '../../src/store/armed-tables.js';
import { Sweep } from '../../src/sweep/sweep.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const HOUR = 3_600_000;
const FILE = '.pagure/pipelines/nightly.yml';

/** Runs at the machine's pace, and jumps when it is told to. */
class JumpingClock extends SystemClock {
  constructor(public shiftMs: number) {
    super();
  }

  override now(): number {
    return super.now() + this.shiftMs;
  }
}

const nightly = (cron: string, run = 'true') =>
  `name: Nightly\non: {schedule: [{cron: '${cron}', timezone: Europe/Berlin}]}\njobs: {one: {runs-on: host, steps: [{run: '${run}'}]}}\n`;

async function houseOfLab(pipelines: Readonly<Record<string, string>> = {}) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const clock = new JumpingClock(PUSH.message.timestamp * 1000 + 60_000 - Date.now());
  const house = await openHouse({ clock, repositories });
  const projectId = await house.register('lab', PUSH.key, pipelines);
  return { house, lab, clock, projectId };
}

/** Tells of a push to main as the forge does. */
async function tell(house: TestHouse, before: string, after: string): Promise<void> {
  const msg = { ...PUSH.message.msg, old_commit: before, end_commit: after, pagure_instance: house.pagure.appUrl };
  expect(await house.deliver('lab', 'git.receive', msg)).toBe(202);
  await house.settle();
}

async function sweep(house: TestHouse): Promise<void> {
  await house.get(Sweep).once();
  await house.settle();
}

describe('a schedule on the default branch', () => {
  it('starts a trusted run of its head when its time has come, with its line in github.event', async () => {
    const { house, lab, clock } = await houseOfLab();
    const commit = commitFile(lab, 'main', FILE, nightly('0 4 * * *', 'echo line ${{ github.event.schedule }}'));
    await tell(house, HEAD, commit);
    expect(await house.runs()).toEqual([]);
    clock.shiftMs += 25 * HOUR;
    await sweep(house);
    await house.untilDone(1);
    const [run, ...more] = await house.runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({
      pipelineKey: `repo:${FILE}`,
      trust: 'trusted',
      result: 'success',
      pipelineCommit: commit,
    });
    expect(run!.resolved).toMatchObject({ eventName: 'schedule', ref: 'refs/heads/main', commit });
    expect(await house.log({ id: 1, attempt: 1 })).toContain('line 0 4 * * *');
  });

  it('follows the branch: a line that is taken away never comes, one of another branch neither', async () => {
    const { house, lab, projectId } = await houseOfLab();
    const lines = async () => (await house.get(ArmedTables).schedulesOf(projectId)).map(({ cron }) => cron);
    const first = commitFile(lab, 'main', FILE, nightly('0 4 * * *'));
    setRef(lab, 'refs/heads/dev', first);
    commitFile(lab, 'dev', FILE, nightly('0 5 * * *'));
    await tell(house, HEAD, first);
    expect(await lines()).toEqual(['0 4 * * *']);
    await tell(house, first, commitFile(lab, 'main', FILE, 'on: create\njobs: {}\n'));
    expect(await lines()).toEqual([]);
  });
});

describe('a schedule of a server-side pipeline', () => {
  it('is read without any push, and starts its own pipeline alone', async () => {
    const { house, clock } = await houseOfLab({ ours: nightly('0 4 * * *'), other: nightly('0 4 1 1 *') });
    await sweep(house);
    clock.shiftMs += 25 * HOUR;
    await sweep(house);
    await house.untilDone(1);
    expect((await house.runs()).map(({ pipelineKey }) => pipelineKey)).toEqual(['server:ours']);
    expect(await house.decisions(1)).toMatchObject([
      {
        pipelineKey: 'server:other',
        outcome: 'filtered',
        reason: 'the time of server:ours has come, not of this pipeline',
      },
      { pipelineKey: 'server:ours', outcome: 'started', reason: 'on schedule matches schedule' },
    ]);
  });

  it('is never started by a message of the forge that calls itself schedule', async () => {
    const { house } = await houseOfLab({ ours: nightly('0 4 * * *') });
    await house.deliver('lab', 'schedule', {
      schedule: '0 4 * * *',
      pipeline: 'server:ours',
      agent: 'bob',
      pagure_instance: house.pagure.appUrl,
    });
    await house.settle();
    expect(await house.runs()).toEqual([]);
  });
});
