/** Starts by hand and by programs, through the whole house: which ref, which inputs, how far they are trusted. */
import { describe, expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const FILE = '.pagure/pipelines/deploy.yml';
const deploy = (says: string) => `name: Deploy
on:
  workflow_dispatch:
    inputs:
      where: { type: choice, options: [staging, production], default: staging }
      dry: { type: boolean, default: false }
      times: { type: number, required: true }
jobs:
  one:
    runs-on: host
    env: { WHERE: '\${{ inputs.where }}', TEXT: '\${{ github.event.inputs.dry }}' }
    steps: [{ if: '\${{ inputs.dry == true && inputs.times == 2 }}', run: 'echo ${says} to $WHERE $TEXT for $GITHUB_ACTOR at $GITHUB_REF' }]
`;
const NIGHTLY = `on: { repository_dispatch: { types: [nightly] } }
jobs: { one: { runs-on: host, env: { B: '\${{ github.event.client_payload.build }}' }, steps: [{ run: 'echo build $B' }] } }
`;

async function opened() {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const main = commitFile(lab, 'main', FILE, deploy('main'));
  setRef(lab, 'refs/heads/next', HEAD);
  const next = commitFile(lab, 'next', FILE, deploy('next'));
  const clock = new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  const id = await house.register('lab', PUSH.key, {
    nightly: NIGHTLY,
    deploying: deploy('server'),
    push: 'on: push\njobs: { one: { runs-on: host, steps: [{ run: x }] } }\n',
  });
  return { house, lab, main, next, id };
}

const dispatch = (house: TestHouse, body: object, role: 'read' | 'write' = 'write') =>
  house.ask('POST', '/projects/1/dispatch', { role, body });

describe('a start by hand', () => {
  it('runs the one pipeline that is named at the head of the ref, trusted, with typed inputs', async () => {
    const { house, next } = await opened();
    const inputs = { dry: 'true', times: '2', where: 'production' };
    const { status, headers, json } = await dispatch(house, { pipeline: FILE, ref: 'next', inputs });
    expect([status, headers['location'], json]).toEqual([202, '/api/v1/events/1', { eventId: 1 }]);
    await house.settle();
    await house.untilDone(1);
    const [run, ...more] = await house.runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ trust: 'trusted', result: 'success', actor: 'write', pipelineCommit: next });
    expect(run!.resolved).toMatchObject({ eventName: 'workflow_dispatch', ref: 'refs/heads/next', commit: next });
    expect(await house.log({ id: 1, attempt: 1 })).toContain('next to production true for write at refs/heads/next');
    expect(await house.stores.events.byId(1)).toMatchObject({
      source: 'manual',
      kind: 'dispatch',
      summary: 'write started Deploy by hand',
    });
  });

  it('runs the default branch without a ref, and defaults without inputs', async () => {
    const { house, main } = await opened();
    await dispatch(house, { pipeline: FILE, inputs: { times: 2 } });
    await house.settle();
    await house.untilDone(1);
    expect((await house.runs())[0]!.resolved).toMatchObject({ ref: 'refs/heads/main', commit: main });
  });

  it('of the server is addressed by the id of the pipeline', async () => {
    const { house } = await opened();
    const { json } = await house.ask('GET', '/pipelines', { role: 'read' });
    const { id } = (json['items'] as { id: number; name: string }[]).find(({ name }) => name === 'deploying')!;
    const start = (body: object) => house.ask('POST', `/pipelines/${id}/dispatch`, { role: 'write', body });
    expect((await start({ inputs: { times: 2, dry: true } })).status).toBe(202);
    await house.settle();
    await house.untilDone(1);
    expect((await house.runs()).map(({ pipelineKey }) => pipelineKey)).toEqual(['server:deploying']);
  });

  it('with wrong inputs makes no event, and every fault is told', async () => {
    const { house } = await opened();
    const { status, json } = await dispatch(house, {
      pipeline: FILE,
      inputs: { dry: 'maybe', where: 'here', more: 1 },
    });
    expect([status, json['code']]).toEqual([400, 'invalid-input']);
    expect((json['faults'] as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      'inputs.dry',
      'inputs.more',
      'inputs.times',
      'inputs.where',
    ]);
    expect(await house.stores.events.byId(1)).toBeNull();
  });

  it('is refused for a pipeline that is not there, has no workflow_dispatch, or a name that two have', async () => {
    const { house } = await opened();
    const code = async (pipeline: string) => (await dispatch(house, { pipeline })).json['code'];
    expect(await code('nothing')).toBe('no-such-pipeline');
    expect(await code('server:push')).toBe('invalid-input');
    expect(await code('Deploy')).toBe('pipeline-ambiguous');
  });

  it('needs a token that may write', async () => {
    const { house } = await opened();
    expect((await dispatch(house, { pipeline: FILE, inputs: { times: 2 } }, 'read')).status).toBe(403);
  });

  it('keeps its inputs and its commit in a re-run', async () => {
    const { house, lab, main } = await opened();
    await dispatch(house, { pipeline: FILE, inputs: { dry: true, times: 2 } });
    await house.settle();
    await house.untilDone(1);
    commitFile(lab, 'main', FILE, deploy('other'));
    await house.ask('POST', '/runs/1/rerun', { role: 'write', body: {} });
    await house.untilDone(1);
    const [run] = await house.runs();
    expect(run).toMatchObject({ attempt: 2, result: 'success', resolved: { commit: main } });
    expect(await house.log({ id: run!.jobs[0]!.id, attempt: 1 })).toContain('main to staging true');
  });
});

describe('TRUST §2: a start by hand names a branch or tag of the project itself', () => {
  it.each(['refs/pull/1/head', HEAD, 'refs/remotes/x', 'nowhere', 'main~1', 'main:README', '../main', '-x'])(
    '%s is refused',
    async (ref) => {
      const { house, lab } = await opened();
      setRef(lab, 'refs/pull/1/head', HEAD);
      const { status, json } = await dispatch(house, { pipeline: FILE, ref, inputs: { times: 2 } });
      expect([status, json['code']]).toEqual([422, 'no-such-ref']);
    },
  );
});

describe('a type that a program sends', () => {
  it('starts the pipelines of the default branch that name it, with its payload', async () => {
    const { house } = await opened();
    const body = { event_type: 'nightly', client_payload: { build: 7 } };
    expect((await house.ask('POST', '/projects/1/dispatches', { role: 'write', body })).status).toBe(202);
    await house.settle();
    await house.untilDone(1);
    const runs = await house.runs();
    expect(runs.map((run) => [run.pipelineKey, run.trust, run.result, run.resolved.action])).toEqual([
      ['server:nightly', 'trusted', 'success', 'nightly'],
    ]);
    expect(await house.log({ id: 1, attempt: 1 })).toContain('build 7');
  });

  it('that nobody waits for starts nothing', async () => {
    const { house } = await opened();
    await house.ask('POST', '/projects/1/dispatches', { role: 'write', body: { event_type: 'other' } });
    await house.settle();
    expect(await house.runs()).toEqual([]);
  });
});

describe('a message of the forge that calls itself a start by hand', () => {
  it('starts nothing that waits for one', async () => {
    const { house } = await opened();
    const dispatched = { ref: 'refs/heads/main', commit: HEAD, trust: 'trusted', pipeline: null };
    const msg = { agent: 'mallory', repo: { fullname: 'lab' }, event_type: 'nightly', dispatch: dispatched };
    for (const topic of ['workflow_dispatch', 'repository_dispatch'])
      expect(await house.deliver('lab', topic, { ...msg, pagure_instance: house.pagure.appUrl })).toBe(202);
    await house.settle();
    expect(await house.runs()).toEqual([]);
  });
});
