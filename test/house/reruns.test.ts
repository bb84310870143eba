/** Runs that are run again, through the whole house: what is repeated, what is kept, and what of earlier attempts can be read. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;

/** Its `test` fails until there is a file `good`; every job writes its attempt of the run down. */
const ci = (folder: string) => `on: push
jobs:
  build:
    runs-on: host
    outputs: { made: '\${{ steps.make.outputs.made }}' }
    steps:
      - { id: make, run: 'echo "build $GITHUB_RUN_ATTEMPT" >> ${folder}/seen; echo "made=in $GITHUB_RUN_ATTEMPT" >> $GITHUB_OUTPUT' }
  test:
    needs: build
    runs-on: host
    steps:
      - run: 'echo "test $GITHUB_RUN_ATTEMPT of \${{ needs.build.outputs.made }}" | tee -a ${folder}/seen; [ -e ${folder}/good ]'
  ship:
    needs: test
    runs-on: host
    steps: [{ run: 'echo "ship $GITHUB_RUN_ATTEMPT by $GITHUB_TRIGGERING_ACTOR" >> ${folder}/seen' }]
`;

async function failedRun(text = ci) {
  const [repositories, folder] = [temporaryFolder('repositories'), temporaryFolder('reruns')];
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const house = await openHouse({
    clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000),
    repositories,
  });
  await house.register('lab', PUSH.key, { ci: text(folder) });
  await house.post(PUSH);
  await house.settle();
  await house.untilDone(1);
  const rerun = (body: object = {}) => house.ask('POST', '/runs/1/rerun', { role: 'write', body });
  const seen = () =>
    existsSync(join(folder, 'seen')) ? readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n') : [];
  return { house, lab, rerun, seen, mend: () => writeFileSync(join(folder, 'good'), ''), folder };
}

const results = (json: Record<string, unknown>) =>
  Object.fromEntries((json['jobs'] as { key: string; result: string }[]).map(({ key, result }) => [key, result]));

describe('a re-run of the failed jobs', () => {
  it('repeats them and those that need them, with the results that the others gave', async () => {
    const { house, rerun, seen, mend } = await failedRun();
    expect(seen()).toEqual(['build 1', 'test 1 of in 1']);
    mend();
    const { status, json } = await rerun({ jobs: 'failed' });
    expect([status, json['attempt'], json['state']]).toEqual([202, 2, 'queued']);
    await house.untilDone(1);
    expect(seen().slice(2)).toEqual(['test 2 of in 1', 'ship 2 by write']);
    const [run] = await house.runs();
    expect(run).toMatchObject({ attempt: 2, result: 'success', reason: null, trust: 'trusted' });
    expect(run!.resolved.commit).toBe(HEAD);
    await house.untilFlagged(HEAD, 'success');
  });

  it('is refused where none failed, and the run stays as it is', async () => {
    const { house, rerun, mend } = await failedRun();
    mend();
    await rerun();
    await house.untilDone(1);
    expect((await rerun({ jobs: 'failed' })).json).toMatchObject({ status: 409, code: 'nothing-failed' });
    expect((await house.runs())[0]).toMatchObject({ attempt: 2, result: 'success' });
  });
});

describe('a re-run of all jobs', () => {
  it('keeps the resolved commit, although the branch is elsewhere by now', async () => {
    const { house, lab, rerun, seen, mend } = await failedRun();
    setRef(lab, 'refs/heads/main', PUSH.message.msg['old_commit'] as string);
    mend();
    await rerun({ jobs: 'all' });
    await house.untilDone(1);
    expect(seen().slice(2)).toEqual(['build 2', 'test 2 of in 2', 'ship 2 by write']);
    expect((await house.runs())[0]!.resolved.commit).toBe(HEAD);
  });

  it('is done once for one attempt, however often it is asked for', async () => {
    const { house, rerun, seen } = await failedRun();
    const answers = await Promise.all([rerun({ attempt: 1 }), rerun({ attempt: 1 }), rerun({ attempt: 1 })]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await house.untilDone(1);
    expect((await rerun({ attempt: 1 })).json).toMatchObject({ attempt: 2, state: 'done' });
    expect(seen().filter((line) => line.startsWith('build'))).toEqual(['build 1', 'build 2']);
  });

  it('is refused while the run is under way', async () => {
    const { house, rerun } = await failedRun();
    const answers = await Promise.all([rerun(), rerun()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)!.json).toMatchObject({ code: 'run-not-done' });
    await house.untilDone(1);
  });

  it('needs a token that may write', async () => {
    const { house } = await failedRun();
    expect((await house.ask('POST', '/runs/1/rerun', { role: 'read', body: {} })).status).toBe(403);
  });

  it('takes its turn in its group again', async () => {
    const { house, rerun } = await failedRun((folder) => `concurrency: one\n${ci(folder)}`);
    await rerun();
    await house.untilDone(1);
    await rerun();
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ attempt: 3, result: 'failure' });
  });
});

describe('earlier attempts', () => {
  it('can be read with their jobs, steps and logs', async () => {
    const { house, rerun, mend } = await failedRun();
    mend();
    await rerun({ jobs: 'failed' });
    await house.untilDone(1);
    const read = (path: string) => house.ask('GET', `/runs/1${path}`, { role: 'read' });
    expect(results((await read('/attempts/1')).json)).toEqual({ build: 'success', test: 'failure', ship: 'skipped' });
    expect(results((await read('/attempts/2')).json)).toEqual({ build: 'success', test: 'success', ship: 'success' });
    expect((await read('/attempts/1')).json).toMatchObject({ attempt: 1, state: 'done', result: 'failure' });
    expect((await read('/attempts/3')).json).toMatchObject({ status: 404, code: 'no-such-attempt' });
    const { items } = (await read('/attempts')).json as { items: object[] };
    expect(items).toMatchObject([
      { attempt: 2, result: 'success', repeats: 'failed', askedBy: 'write' },
      { attempt: 1, result: 'failure', repeats: null, askedBy: null },
    ]);
    const failed = ((await read('/attempts/1')).json['jobs'] as { id: number; key: string; steps: object[] }[]).find(
      ({ key }) => key === 'test',
    )!;
    expect(failed.steps).toMatchObject([{}, { conclusion: 'failure' }]);
    expect(await house.log({ id: failed.id, attempt: 1 })).toContain('test 1 of in 1');
    expect(await house.browse('/runs/1')).toContain(
      '<dt>Attempt</dt><dd>2, earlier ones: <a href="/api/v1/runs/1/attempts">',
    );
    expect((await house.stores.runs.jobsOf(1)).map(({ id }) => id)).not.toContain(failed.id);
  });
});
