/** Runs and jobs that take turns, through the whole house: who waits, who is replaced, and that no stop loses a turn. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CancelRun } from '../../src/runs/cancel-run.js';
import { Store } from '../../src/store/store.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;

async function houseWith(pipelines: (folder: string) => Readonly<Record<string, string>>) {
  const [repositories, folder] = [temporaryFolder('repositories'), temporaryFolder('turns')];
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const clock = new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', PUSH.key, pipelines(folder));
  return { house, open: () => writeFileSync(join(folder, 'gate'), ''), file: join(folder, 'seen') };
}

/** Waits at a gate that the test opens. (The log holds the script itself too: `ready` is said only by running it.) */
const gated = (folder: string) => `echo rea"dy"; until [ -e ${folder}/gate ]; do sleep 0.02; done`;
const taking = (concurrency: string, script: string) =>
  `on: deploy.requested\nconcurrency: ${concurrency}\njobs: { one: { runs-on: host, steps: [{ run: '${script}' }] } }\n`;

/** One more run, of the same pipelines. */
async function ask(house: TestHouse, runId: number) {
  const msg = { agent: 'bob', repo: { fullname: 'lab' }, pagure_instance: house.pagure.appUrl };
  expect(await house.deliver('lab', 'deploy.requested', msg)).toBe(202);
  await vi.waitUntil(() => house.stores.runs.byId(runId), { timeout: 60_000, interval: 20 });
}

async function isLike(house: TestHouse, runId: number, wanted: object) {
  await vi.waitFor(async () => expect(await house.stores.runs.byId(runId)).toMatchObject(wanted), {
    timeout: 60_000,
    interval: 20,
  });
}

describe('runs of one group', () => {
  it('run one after the other; of those that wait the newest stays, and each says why', async () => {
    const { house, open } = await houseWith((folder) => ({ ci: taking('Deploy', gated(folder)) }));
    await ask(house, 1);
    await house.untilLogged(1, 'ready');
    await ask(house, 2);
    await isLike(house, 2, { state: 'waiting', reason: 'waits for run #1 in group deploy', reasonRunId: 1 });
    await ask(house, 3);
    const replaced = { result: 'canceled', reason: 'replaced by run #3 in group deploy', reasonRunId: 3 };
    await isLike(house, 2, replaced);
    await isLike(house, 3, { state: 'waiting', reason: 'waits for run #1 in group deploy' });
    expect((await house.ask('GET', '/runs/2', { role: 'read' })).json).toMatchObject({ ...replaced, jobs: [] });
    const page = await house.browse('/runs/2');
    expect(page).toContain('replaced by run #3 in group deploy');
    expect(page).toContain('href="/runs/3"');
    open();
    await house.untilDone(3);
    expect((await house.runs()).map(({ result }) => result)).toEqual(['success', 'canceled', 'success']);
    expect(await house.stores.runs.byId(3)).toMatchObject({ reason: null, reasonRunId: null });
  });

  it('with cancel-in-progress end the one that runs, and start when it has ended', async () => {
    const script = (folder: string) => `test ! -e ${folder}/gate || exit 0; echo rea"dy"; sleep 300`;
    const { house, open } = await houseWith((folder) => ({
      ci: taking('{ group: x, cancel-in-progress: true }', script(folder)),
    }));
    await ask(house, 1);
    await house.untilLogged(1, 'ready');
    open();
    await ask(house, 2);
    await house.untilDone(2);
    const [second, first] = await house.runs();
    expect(first).toMatchObject({ result: 'canceled', reason: 'replaced by run #2 in group x', reasonRunId: 2 });
    expect(second).toMatchObject({ result: 'success' });
    expect(second!.startedAt).toBeGreaterThanOrEqual(first!.finishedAt!);
  });

  it('with queue: max all wait, in the order in which they came', async () => {
    const { house, open } = await houseWith((folder) => ({ ci: taking('{ group: x, queue: max }', gated(folder)) }));
    for (const id of [1, 2, 3]) await ask(house, id);
    await isLike(house, 3, { state: 'waiting', reason: 'waits for run #2 in group x' });
    open();
    await house.untilDone(3);
    const runs = (await house.runs()).toReversed();
    expect(runs.map(({ result }) => result)).toEqual(['success', 'success', 'success']);
    expect(runs[1]!.startedAt).toBeGreaterThanOrEqual(runs[0]!.finishedAt!);
    expect(runs[2]!.startedAt).toBeGreaterThanOrEqual(runs[1]!.finishedAt!);
  });

  it('one that is canceled while it waits never starts, and the one behind it waits for another', async () => {
    const { house, open } = await houseWith((folder) => ({ ci: taking('{ group: x, queue: max }', gated(folder)) }));
    for (const id of [1, 2, 3]) await ask(house, id);
    await isLike(house, 3, { reason: 'waits for run #2 in group x' });
    expect(await house.get(CancelRun).cancel(2, 'canceled by alice')).toBe('canceled');
    await isLike(house, 3, { state: 'waiting', reason: 'waits for run #1 in group x', reasonRunId: 1 });
    open();
    await house.untilDone(3);
    expect((await house.runs()).map(({ result, jobs }) => [result, jobs.length])).toEqual([
      ['success', 1],
      ['canceled', 0],
      ['success', 1],
    ]);
  });

  it('lose no turn when the server is stopped and started', async () => {
    const { house, open } = await houseWith((folder) => ({ ci: taking('x', gated(folder)) }));
    await ask(house, 1);
    await house.untilLogged(1, 'ready');
    await ask(house, 2);
    await isLike(house, 2, { state: 'waiting' });
    await house.stop();
    open();
    await house.start();
    await house.untilDone(2);
    expect((await house.runs()).map(({ result }) => result)).toEqual(['success', 'error']);
  });

  it('whose turn was decided and never told, since the server died between, are found by the sweep', async () => {
    const { house, open } = await houseWith((folder) => ({ ci: taking('x', gated(folder)) }));
    await ask(house, 1);
    await ask(house, 2);
    await isLike(house, 2, { state: 'waiting' });
    await house.get(Store).commit(async (tx) => {
      await tx.manager.query('DELETE FROM "turn" WHERE "runId" = 1');
      await tx.manager.query(`UPDATE "turn" SET "state" = 'holding', "dueAt" = 1 WHERE "runId" = 2`);
    });
    await isLike(house, 2, { state: 'running', reason: null });
    open();
    await house.untilDone(2);
  });

  it('of several pipelines show in their flags what they wait for and what replaced them', async () => {
    const push = (folder: string) => taking('x', gated(folder)).replace('deploy.requested', 'push');
    const { house, open } = await houseWith((folder) => ({ a: push(folder), b: push(folder), c: push(folder) }));
    await house.post(PUSH);
    await isLike(house, 2, { result: 'canceled' });
    await isLike(house, 3, { state: 'waiting' });
    const shown = async () => {
      const flags = await Promise.all([1, 2, 3].map((id) => house.stores.flags.byId(id)));
      return flags.map((flag) => [flag?.status, flag?.comment]);
    };
    expect(await shown()).toEqual([
      ['pending', expect.stringMatching(/^(queued|running: 0 of 1 job done)$/)],
      ['canceled', 'canceled: replaced by run #1 of c in group x'],
      ['pending', 'waits for run #1 of a in group x'],
    ]);
    open();
    await house.untilDone(3);
    expect((await shown()).map(([status]) => status)).toEqual(['success', 'canceled', 'success']);
  });
});

describe('jobs of one group', () => {
  const seeing = (file: string) => `echo in >> ${file}; sleep 0.1; echo out >> ${file}`;

  it('run one after the other, also those of one matrix', async () => {
    const { house, file } = await houseWith((folder) => ({
      ci: `on: deploy.requested
jobs:
  one:
    runs-on: host
    strategy: { matrix: { at: [1, 2, 3] } }
    concurrency: { group: x, queue: max }
    steps: [{ run: '${seeing(join(folder, 'seen'))}' }]
`,
    }));
    await ask(house, 1);
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ result: 'success' });
    expect(readFileSync(file, 'utf8').split('\n').slice(0, -1)).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
  });

  it('of another run wait, say for which, and are replaced by a newer one', async () => {
    const text = (folder: string) =>
      taking('x', gated(folder)).replace('concurrency: x\n', '').replace('runs-on', 'concurrency: x, runs-on');
    const { house, open } = await houseWith((folder) => ({ ci: text(folder) }));
    await ask(house, 1);
    await house.untilLogged(1, 'ready');
    await ask(house, 2);
    const jobOf = async (runId: number) => (await house.stores.runs.jobsOf(runId))[0];
    const reason = 'waits for job one of run #1 in group x';
    expect(await jobOf(2)).toMatchObject({ state: 'waiting', reason, reasonRunId: 1 });
    expect((await house.ask('GET', '/runs/2', { role: 'read' })).json).toMatchObject({
      jobs: [{ state: 'waiting', reason, reasonRunId: 1 }],
    });
    const page = await house.browse('/runs/2');
    expect(page).toMatch(new RegExp(`<h1.*Queued</strong>: <bdi>${reason}</bdi>`));
    expect(page).toContain(`<span class="why"><a href="/runs/1"><bdi>${reason}</bdi></a></span>`);
    await ask(house, 3);
    await isLike(house, 2, { state: 'done', result: 'canceled', reason: 'replaced by run #3 in group x' });
    open();
    await house.untilDone(3);
    expect((await house.runs()).map(({ result }) => result)).toEqual(['success', 'canceled', 'success']);
  });

  it('cannot wait for their own run: the job ends and says so', async () => {
    const text = taking('x', 'true').replace('runs-on', 'concurrency: x, runs-on');
    const { house } = await houseWith(() => ({ ci: text }));
    await ask(house, 1);
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({
      result: 'canceled',
      jobs: [{ result: 'canceled', reason: 'its own run holds the group: x' }],
    });
  });
});

describe('groups of runs whose jobs want each other', () => {
  it('never wait for ever: the job that would close the circle ends and names both', async () => {
    const text = (folder: string, own: string, other: string) => `name: ${own}
on: deploy.requested
concurrency: ${own}
jobs:
  one: { runs-on: host, steps: [{ run: '${gated(folder)}' }] }
  two: { runs-on: host, needs: one, concurrency: ${other}, steps: [{ run: 'true' }] }
`;
    const { house, open } = await houseWith((folder) => ({ a: text(folder, 'x', 'y'), b: text(folder, 'y', 'x') }));
    await ask(house, 1);
    for (const job of [1, 2]) await house.untilLogged(job, 'ready');
    open();
    await Promise.all([house.untilDone(1), house.untilDone(2)]);
    const runs = (await house.runs()).toReversed();
    expect(runs.map(({ result }) => result).sort()).toEqual(['canceled', 'success']);
    const [own, other] = runs[0]!.result === 'canceled' ? ['x', 'y'] : ['y', 'x'];
    const ended = runs.find(({ result }) => result === 'canceled')!;
    const reason = `would wait for ever: run #1 of ${other} comes first in group ${other}, and waits itself for group ${own} of this run`;
    expect(ended.jobs[1]).toMatchObject({ result: 'canceled', reason, reasonRunId: ended.id === 1 ? 2 : 1 });
    expect(ended).toMatchObject({ reason });
  });
});
