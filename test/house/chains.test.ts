/** Chains through the whole house: a pipeline that follows others starts with what they do, at most five deep. */
import { describe, expect, it } from 'vitest';
import { TellFollowers } from '../../src/runs/tell-followers.js';
import { Sweep } from '../../src/sweep/sweep.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;

const pipeline = (name: string, on: string, run = 'true') =>
  `name: ${name}\non: ${on}\njobs: {one: {runs-on: host, steps: [{run: "${run}"}]}}\n`;

async function houseWith(pipelines: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
  await house.register('lab', PUSH.key, pipelines);
  await house.get(Sweep).once();
  const push = async () => {
    await house.post(PUSH);
    await house.settle();
  };
  /** Names with results, oldest first. */
  const runs = async () => (await house.runs()).toReversed().map((run) => `${run.pipelineName} ${run.result}`);
  return { house, push, runs };
}

describe('a pipeline that follows another', () => {
  it('runs when that one is completed, trusted as far as it was, and sees what it came to', async () => {
    const says =
      'echo saw ${{ github.event.workflow_run.conclusion }} ${{ github.event.workflow_run.head_branch }} ${{ github.actor }}';
    const { house, push, runs } = await houseWith({
      ci: pipeline('CI', 'push', 'false'),
      after: pipeline('After', '{workflow_run: {workflows: [CI], types: [completed]}}', says),
    });
    await push();
    expect(await runs()).toEqual(['CI failure', 'After success']);
    const [after, ci] = await house.runs();
    expect(ci!.trust).toBe('trusted');
    expect(after).toMatchObject({
      trust: 'trusted',
      trustReason: 'as far as the run that it follows, CI #1, is trusted',
    });
    expect(after!.resolved).toMatchObject({ eventName: 'workflow_run', action: 'completed', ref: 'refs/heads/main' });
    expect(await house.log({ id: 2, attempt: 1 })).toContain('saw failure main alice');
    expect(await house.stores.events.byId(2)).toMatchObject({
      source: 'chain',
      topic: 'workflow_run',
      kind: 'run',
      summary: 'CI #1: failure',
    });
  });

  it('runs once for each type that it names, and for each branch', async () => {
    const follow = (types: string, branches: string) =>
      `{workflow_run: {workflows: [CI], types: [${types}], branches: ['${branches}']}}`;
    const { push, runs, house } = await houseWith({
      a: pipeline('All', follow('requested, in_progress, completed', 'ma*')),
      b: pipeline('Other', follow('completed', 'dev')),
      c: pipeline('CI', 'push'),
    });
    await push();
    expect((await runs()).sort()).toEqual(['All success', 'All success', 'All success', 'CI success']);
    const decisions = await house.decisions(2);
    expect(decisions.find(({ pipelineName }) => pipelineName === 'Other')).toMatchObject({ outcome: 'filtered' });
  });

  it('makes no event of what nobody follows', async () => {
    const { push, house } = await houseWith({
      ci: pipeline('CI', 'push'),
      x: pipeline('X', '{workflow_run: {workflows: [Y]}}'),
    });
    await push();
    expect(await house.stores.events.byId(2)).toBeNull();
  });

  it('without names follows all others and never itself', async () => {
    const { push, runs } = await houseWith({
      ci: pipeline('CI', 'push'),
      x: pipeline('X', '{workflow_run: {types: [completed]}}'),
    });
    await push();
    expect(await runs()).toEqual(['CI success', 'X success']);
  });
});

describe('a chain (TRUST §5: loops)', () => {
  it('of two pipelines that follow each other ends five deep, and says so', async () => {
    const follow = (name: string) => `{workflow_run: {workflows: [${name}], types: [completed]}}`;
    const { push, runs, house } = await houseWith({
      ping: pipeline('Ping', `{push: , workflow_run: {workflows: [Pong], types: [completed]}}`),
      pong: pipeline('Pong', follow('Ping')),
    });
    await push();
    const names = (await runs()).map((run) => run.split(' ')[0]);
    expect(names).toEqual(['Ping', 'Pong', 'Ping', 'Pong', 'Ping', 'Pong']);
    expect(await house.stores.events.byId(7)).toMatchObject({
      state: 'done',
      note: '5 runs follow each other already: the chain ends here',
    });
    expect(await house.stores.events.byId(8)).toBeNull();
    await house.ask('POST', '/events/6/replay', { role: 'write', body: {} });
    await house.settle();
    const after = (await runs()).slice(names.length);
    expect(after).toEqual(['Pong success']);
    const { json } = await house.ask('GET', '/events?limit=1', { role: 'read' });
    expect(json).toMatchObject({ items: [{ note: '5 runs follow each other already: the chain ends here' }] });
  });

  it('is trusted no higher than its cause: a run that follows a restricted one is restricted (TRUST §2)', async () => {
    const { house, runs } = await houseWith({
      any: pipeline('Any', 'deploy.requested'),
      after: pipeline('After', '{workflow_run: {workflows: [Any], types: [completed]}}'),
    });
    await house.deliver('lab', 'deploy.requested', { agent: 'bob', pagure_instance: house.pagure.appUrl });
    await house.settle();
    expect(await runs()).toEqual(['Any success', 'After success']);
    expect((await house.runs()).map(({ trust }) => trust)).toEqual(['restricted', 'restricted']);
  });

  it('is never started by a message of the forge that calls itself workflow_run', async () => {
    const { house } = await houseWith({ after: pipeline('After', 'workflow_run'), ci: pipeline('CI', 'push') });
    const workflowRun = { id: 1, name: 'CI', head_branch: 'main' };
    const msg = { action: 'completed', workflow_run: workflowRun, pagure_instance: house.pagure.appUrl };
    await house.deliver('lab', 'workflow_run', msg);
    await house.settle();
    expect(await house.runs()).toEqual([]);
  });
});

describe('the commit that ends a run', () => {
  it('makes the event or nothing: of an end that could not be written no event is left', async () => {
    const { house, push } = await houseWith({
      ci: pipeline('CI', 'push'),
      after: pipeline('After', '{workflow_run: {workflows: [CI], types: [completed]}}'),
    });
    const followers = house.get(TellFollowers);
    const tell = followers.tell.bind(followers);
    let broken = 0;
    followers.tell = async (...args) => {
      await tell(...args);
      if (args[2].state === 'done' && broken++ === 0) throw new Error('the disk says no');
    };
    await push();
    await house.untilDone(1);
    const made = await Promise.all([2, 3].map((id) => house.stores.events.byId(id)));
    expect((await house.runs()).at(-1)).toMatchObject({ pipelineName: 'CI', result: 'error' });
    expect(made.map((event) => event?.summary)).toEqual(['CI #1: failure', undefined]);
  });
});
