/** Calls that take turns, through the whole house: all jobs of a call have its turn together, from the first to the last. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Turns } from '../../src/store/turns.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const WAIT = { timeout: 60_000, interval: 20 };

interface Scene {
  readonly house: TestHouse;
  readonly folder: string;
  readonly ask: (runId: number) => Promise<void>;
  readonly jobs: (
    runId: number,
  ) => Promise<Readonly<Record<string, { result: unknown; reason: unknown; state: unknown }>>>;
  readonly openGate: () => void;
  readonly seen: () => string;
}

/** Pipelines of the server, and files of the repository that they call. */
async function scene(
  pipelines: (folder: string) => Readonly<Record<string, string>>,
  files: (folder: string) => Readonly<Record<string, string>>,
): Promise<Scene> {
  const [repositories, folder] = [temporaryFolder('repositories'), temporaryFolder('turns')];
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  for (const [path, text] of Object.entries(files(folder))) commitFile(lab, 'main', path, text);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
  await house.register('lab', PUSH.key, pipelines(folder));
  const msg = { agent: 'bob', repo: { fullname: 'lab' }, pagure_instance: house.pagure.appUrl };
  return {
    house,
    folder,
    ask: async (runId) => {
      expect(await house.deliver('lab', 'deploy.requested', msg)).toBe(202);
      await vi.waitUntil(() => house.stores.runs.byId(runId), WAIT);
    },
    jobs: async (runId) => Object.fromEntries((await house.stores.runs.jobsOf(runId)).map((job) => [job.key, job])),
    openGate: () => writeFileSync(join(folder, 'gate'), ''),
    seen: () => (existsSync(join(folder, 'seen')) ? readFileSync(join(folder, 'seen'), 'utf8') : ''),
  };
}

const say = (folder: string, word: string) => `echo "\${{ github.run_number }} ${word}" >> ${folder}/seen`;
const gated = (folder: string, word: string) =>
  `${say(folder, word)}; until [ -e ${folder}/gate ]; do sleep 0.02; done; ${say(folder, `${word} over`)}`;
const job = (script: string, more = '') => `{ ${more}runs-on: host, steps: [{ run: '${script}' }] }`;
const lib = (head: string, jobs: Readonly<Record<string, string>>) =>
  `on: workflow_call\n${head}jobs:\n${Object.entries(jobs)
    .map(([id, text]) => `  ${id}: ${text}\n`)
    .join('')}`;
const caller = (more: string, beside = '') =>
  `on: deploy.requested\njobs:\n  call: { uses: ./lib.yml${more} }\n${beside}`;

describe('a call that takes turns', () => {
  it('has its turn from its first job to its last; the jobs of another call wait and say for which', async () => {
    const { house, ask, jobs, openGate, seen } = await scene(
      () => ({ ci: caller(', concurrency: x') }),
      (folder) => ({
        'lib.yml': lib('', {
          a: job(gated(folder, 'a')),
          b: job(say(folder, 'b'), 'needs: a, '),
          c: job(say(folder, 'c'), 'needs: b, '),
        }),
      }),
    );
    await ask(1);
    await vi.waitUntil(() => seen().includes('1 a'), WAIT);
    await ask(2);
    const reason = 'waits for call call of run #1 in group x';
    expect(await jobs(2)).toMatchObject({ 'call/a': { state: 'waiting', reason, reasonRunId: 1 } });
    openGate();
    await house.untilDone(2);
    const all = ['a', 'a over', 'b', 'c'];
    expect(seen()).toBe([1, 2].flatMap((run) => all.map((word) => `${run} ${word}\n`)).join(''));
    expect(await house.get(Turns).knownOf(2)).toEqual([]);
  });

  it('of its called file lets the jobs of one call run side by side', async () => {
    const { house, ask, seen } = await scene(
      () => ({ ci: caller('', '  other: { uses: ./lib.yml }\n') }),
      (folder) => {
        const meet = (own: string, other: string) =>
          `${say(folder, own)}; touch ${folder}/$GITHUB_RUN_ID-${own}; until [ -e ${folder}/$GITHUB_RUN_ID-${other} ]; do sleep 0.02; done`;
        return {
          'lib.yml': lib('concurrency: { group: x, queue: max }\n', { a: job(meet('a', 'b')), b: job(meet('b', 'a')) }),
        };
      },
    );
    await ask(1);
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ result: 'success' });
    expect(seen().split('\n')).toHaveLength(5);
  });

  it('with cancel-in-progress ends the jobs of the older call alone, and starts when its last one has cleaned up', async () => {
    const { house, ask, jobs, openGate, seen } = await scene(
      (folder) => ({
        ci: caller(
          ', concurrency: { group: x, cancel-in-progress: true }',
          `  beside: ${job(`test $GITHUB_RUN_NUMBER = 2 || { ${gated(folder, 'beside')}; }`)}\n`,
        ),
      }),
      (folder) => ({
        'lib.yml': lib('', {
          a: job(`${say(folder, 'a')}; test $GITHUB_RUN_NUMBER = 2 || sleep 300`),
          b: job(say(folder, 'b'), 'needs: a, '),
          clean: job(say(folder, 'clean'), 'needs: b, if: always(), '),
        }),
      }),
    );
    await ask(1);
    await vi.waitUntil(() => seen().includes('1 a') && seen().includes('1 beside'), WAIT);
    await ask(2);
    await vi.waitUntil(() => seen().includes('2 clean'), WAIT);
    openGate();
    await house.untilDone(1);
    await house.untilDone(2);
    expect(await jobs(1)).toMatchObject({
      'call/a': { result: 'canceled', reasonRunId: 2 },
      'call/b': { result: 'canceled' },
      'call/clean': { result: 'success' },
      beside: { result: 'success' },
    });
    const words = seen()
      .split('\n')
      .filter((line) => !line.includes('beside'));
    expect(words).toEqual(['1 a', '1 clean', '2 a', '2 b', '2 clean', '']);
  });

  it('that is replaced while it waits ends with all its jobs, what runs always too', async () => {
    const { house, ask, jobs, openGate, seen } = await scene(
      (folder) => ({ ci: caller(', concurrency: x', `  beside: ${job(say(folder, 'beside'))}\n`) }),
      (folder) => ({
        'lib.yml': lib('', {
          a: job(gated(folder, 'a')),
          clean: job(say(folder, 'clean'), 'needs: a, if: always(), '),
        }),
      }),
    );
    await ask(1);
    await vi.waitUntil(() => seen().includes('1 a'), WAIT);
    await ask(2);
    await vi.waitFor(async () => expect(await jobs(2)).toMatchObject({ 'call/a': { state: 'waiting' } }), WAIT);
    await ask(3);
    await vi.waitUntil(async () => (await house.stores.runs.byId(2))?.state === 'done', WAIT);
    const replaced = { result: 'canceled', reason: 'replaced by run #3 in group x', reasonRunId: 3 };
    expect(await jobs(2)).toMatchObject({ 'call/a': replaced, 'call/clean': replaced, beside: { result: 'success' } });
    openGate();
    await house.untilDone(3);
    expect(seen()).not.toContain('2 clean');
    expect(await jobs(3)).toMatchObject({ 'call/a': { result: 'success' }, 'call/clean': { result: 'success' } });
  });

  it('cannot wait for the run or the call that it belongs to: its jobs end and say so', async () => {
    const { house, ask, jobs } = await scene(
      () => ({
        run: `concurrency: x\n${caller(', concurrency: x')}`,
        call: caller(', concurrency: y'),
      }),
      () => ({ 'lib.yml': lib('concurrency: y\n', { a: job('true'), b: job('true', 'needs: a, ') }) }),
    );
    await ask(2);
    await Promise.all([1, 2].map((id) => house.untilDone(id)));
    const runs = await house.runs();
    const reasons = await Promise.all(runs.map(async ({ id }) => (await jobs(id))['call/a']));
    expect(reasons.map((one) => one?.reason).sort()).toEqual([
      'its own call holds the group: y',
      'its own run holds the group: x',
    ]);
    for (const { id } of runs) expect(await jobs(id)).toMatchObject({ 'call/b': { result: 'canceled' } });
    for (const { id } of runs) expect(await house.get(Turns).knownOf(id)).toEqual([]);
  });

  it('never waits for ever for a call whose job waits for it', async () => {
    const pipeline = (own: string, other: string, folder: string) =>
      `on: deploy.requested\njobs:\n  call: { uses: ./lib.yml, with: { gate: '${folder}', other: ${other} }, concurrency: ${own} }\n`;
    const { house, ask, openGate, seen } = await scene(
      (folder) => ({ a: pipeline('x', 'y', folder), b: pipeline('y', 'x', folder) }),
      (folder) => ({
        'lib.yml': `on: { workflow_call: { inputs: { gate: { type: string }, other: { type: string } } } }
jobs:
  one: ${job(gated(folder, 'one'))}
  two: { needs: one, concurrency: '\${{ inputs.other }}', runs-on: host, steps: [{ run: 'true' }] }
`,
      }),
    );
    await ask(2);
    await vi.waitUntil(() => seen().split('\n').length === 3, WAIT);
    openGate();
    await Promise.all([1, 2].map((id) => house.untilDone(id)));
    const runs = await house.runs();
    expect(runs.map(({ result }) => result).sort()).toEqual(['canceled', 'success']);
    const reason = runs.find(({ result }) => result === 'canceled')!.jobs[1]!.reason;
    expect(reason).toMatch(
      /^would wait for ever: call call of run #1 of [ab] comes first in group [xy], and waits itself for group [xy] of call call$/,
    );
  });

  it('loses no turn when the server is stopped and started', async () => {
    const { house, ask, jobs, openGate, seen } = await scene(
      () => ({ ci: caller(', concurrency: x') }),
      (folder) => ({ 'lib.yml': lib('', { a: job(gated(folder, 'a')), b: job(say(folder, 'b'), 'needs: a, ') }) }),
    );
    await ask(1);
    await vi.waitUntil(() => seen().includes('1 a'), WAIT);
    await ask(2);
    await vi.waitFor(async () => expect(await jobs(2)).toMatchObject({ 'call/a': { state: 'waiting' } }), WAIT);
    await house.stop();
    openGate();
    await house.start();
    await house.untilDone(2);
    expect((await house.runs()).map(({ result }) => result)).toEqual(['success', 'error']);
  });

  it('is told by a dry run: for all its jobs what it would wait for', async () => {
    const { house, ask, openGate, seen } = await scene(
      () => ({ ci: caller(', concurrency: x') }),
      (folder) => ({ 'lib.yml': lib('', { a: job(gated(folder, 'a')), b: job(say(folder, 'b')) }) }),
    );
    await ask(1);
    await vi.waitUntil(() => seen().includes('1 a'), WAIT);
    const { json } = await house.ask('POST', '/events/1/replay', { role: 'write', body: { dryRun: true } });
    const turn = { group: 'x', waits: 'waits for run #1', runId: 1, replaces: [] };
    const waits = { state: 'waits', reason: 'waits for run #1', turn };
    expect(json).toMatchObject({ decisions: [{ run: { turn: null, jobs: [waits, waits] } }] });
    openGate();
    await house.untilDone(1);
  });
});
