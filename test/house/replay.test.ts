/** What people do with stored events: a stale one is released, a decided one is replayed, for real or as a dry run. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const DAY_MS = 24 * 3_600_000;
const CI = `on: push
run-name: build it
jobs:
  build: { runs-on: host, steps: [{ run: 'true' }] }
  test:
    runs-on: host
    strategy: { matrix: { node: [20, 24] } }
    steps: [{ run: 'true' }]
  ship: { needs: [build, test], runs-on: host, steps: [{ run: 'true' }] }
`;
const onTopic = (topic: string) => `on: ${topic}\njobs: { one: { runs-on: host, steps: [{ run: 'true' }] } }\n`;

async function houseWith(pipelines: Readonly<Record<string, string>>, ageMs = 60_000) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + ageMs), repositories });
  await house.register('lab', PUSH.key, pipelines);
  const act = (id: number, verb: string, body?: object) =>
    house.ask('POST', `/events/${id}/${verb}`, { role: 'write', body });
  return { house, lab, act };
}

async function pushed(pipelines: Readonly<Record<string, string>> = { ci: CI }) {
  const opened = await houseWith(pipelines);
  await opened.house.post(PUSH);
  await opened.house.settle();
  return opened;
}

/** Every row that a replay could touch, counted. */
async function rows(house: TestHouse) {
  const { events, runs } = house.stores;
  const known = await Promise.all([1, 2, 3].map((id) => events.byId(id)));
  return { events: known.filter((event) => event !== null), runs: await runs.list(100) };
}

describe('a stale delivery', () => {
  it('starts nothing until it is released, and then runs once', async () => {
    const { house, act } = await houseWith({ ci: onTopic('push') }, 8 * DAY_MS);
    expect(await house.post(PUSH)).toBe(202);
    await house.settle();
    expect(await house.runs()).toEqual([]);
    const { status, json } = await act(1, 'release');
    expect([status, json]).toEqual([
      202,
      { eventId: 1, releasedBy: 'write', releasedAt: expect.any(String) as string },
    ]);
    await house.untilDone(1);
    expect((await house.runs()).map((run) => [run.trust, run.result, run.resolved.commit])).toEqual([
      ['trusted', 'success', HEAD],
    ]);
    expect((await act(1, 'release')).json).toMatchObject({ status: 409, code: 'event-released' });
    await house.settle();
    expect(await house.runs()).toHaveLength(1);
  });

  it('is released by one of two who ask at the same time', async () => {
    const { house, act } = await houseWith({ ci: onTopic('push') }, 8 * DAY_MS);
    await house.post(PUSH);
    const answers = await Promise.all([act(1, 'release'), act(1, 'release')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await house.untilDone(1);
    expect(await house.runs()).toHaveLength(1);
  });
});

describe('a replay', () => {
  it('starts exactly one more run, of the same commit', async () => {
    const { house, act } = await pushed();
    const { status, headers, json } = await act(1, 'replay');
    expect([status, headers['location'], json['eventId']]).toEqual([202, '/api/v1/events/2', 2]);
    await house.untilDone(2);
    expect((await house.runs()).map((run) => [run.eventId, run.number, run.resolved.commit, run.result])).toEqual([
      [2, 2, HEAD, 'success'],
      [1, 1, HEAD, 'success'],
    ]);
    const [first, second] = [await house.stores.events.byId(1), await house.stores.events.byId(2)];
    expect(second).toMatchObject({ source: 'replay', deliveryId: first!.deliveryId, state: 'done' });
    expect(await house.decisions(2)).toMatchObject([{ outcome: 'started', runId: 2 }]);
  });

  it('of a replay starts one more run again', async () => {
    const { house, act } = await pushed();
    await act(1, 'replay');
    await house.untilDone(2);
    await act(2, 'replay');
    await house.untilDone(3);
    expect((await house.runs()).map((run) => run.trust)).toEqual(['trusted', 'trusted', 'trusted']);
  });

  it('is no move of its ref: a push that comes afterwards is the change that it was', async () => {
    const { house, act } = await pushed();
    await act(1, 'replay');
    await house.untilDone(2);
    const { topic, msg } = PUSH.message;
    await house.deliver('lab', topic, { ...msg, pagure_instance: house.pagure.appUrl });
    await house.untilDone(3);
    expect((await house.runs()).map((run) => run.cause.split(' ').at(-1))).toEqual(['1', '2', '0']);
  });

  it('is judged now: a commit that is gone from the project is superseded (TRUST §2)', async () => {
    const { house, lab, act } = await pushed();
    gitIn(lab, 'update-ref', 'refs/heads/main', `${HEAD}~1`);
    await act(1, 'replay');
    await house.untilDone(2);
    const [run] = await house.runs();
    expect(run).toMatchObject({ trust: 'restricted', result: 'canceled' });
    expect(run!.reason).toContain('superseded');
  });

  it('is trusted no higher than the event was, even when the commit stands there now (TRUST §2)', async () => {
    const { house, lab, act } = await houseWith({ ci: onTopic('push') });
    gitIn(lab, 'update-ref', 'refs/heads/main', `${HEAD}~1`);
    await house.post(PUSH);
    await house.untilDone(1);
    setRef(lab, 'refs/heads/main', HEAD);
    await act(1, 'replay');
    await house.untilDone(2);
    const [run] = await house.runs();
    expect(run).toMatchObject({ trust: 'restricted', result: 'success' });
    expect(run!.trustReason).toContain('no higher than it was judged before');
  });

  it('keeps the commit that an event without one was resolved to (TRUST §2)', async () => {
    const { house, lab, act } = await houseWith({ ci: onTopic('Test.notification') });
    await house.post(recording('003'));
    await house.untilDone(1);
    const next = gitIn(lab, 'commit-tree', '-p', HEAD, '-m', 'next', `${HEAD}^{tree}`).trim();
    setRef(lab, 'refs/heads/main', next);
    await act(1, 'replay');
    await house.untilDone(2);
    expect((await house.runs()).map((run) => [run.resolved.commit, run.trust])).toEqual([
      [HEAD, 'restricted'],
      [HEAD, 'restricted'],
    ]);
  });

  it('of an older head ends no held run of a newer one', async () => {
    const { house, act } = await houseWith({ ci: onTopic('pull_request') });
    for (const number of ['048', '050']) await house.post(recording(number));
    await house.settle();
    await act(1, 'replay');
    await house.settle();
    expect((await house.runs()).map((run) => [run.eventId, run.state, run.trust])).toEqual([
      [3, 'waiting', 'held'],
      [2, 'waiting', 'held'],
      [1, 'done', 'held'],
    ]);
  });
});

describe('a dry run', () => {
  it('tells the decisions and the jobs, runs nothing and writes nothing', async () => {
    const { house, act } = await pushed({ ci: CI, other: onTopic('issues') });
    const before = await rows(house);
    const { status, json } = await act(1, 'replay', { dryRun: true });
    expect(status).toBe(200);
    expect(json).toMatchObject({ dryRun: true, replayOf: 1, eventId: null });
    expect(json['decisions']).toMatchObject([
      {
        pipeline: 'server:ci',
        outcome: 'started',
        runId: null,
        run: { title: 'build it', trust: 'trusted', ref: 'refs/heads/main', commit: HEAD, would: 'run' },
      },
      { pipeline: 'server:other', outcome: 'filtered', run: null },
    ]);
    const [{ run }] = json['decisions'] as [{ run: { jobs: object[] } }];
    const all = { runsOn: ['host'], reason: null, groups: [], turn: null };
    expect(run.jobs).toEqual([
      { key: 'build', name: 'build', needs: [], matrix: {}, state: 'ready', ...all },
      { key: 'test[0]', name: 'test (20)', needs: [], matrix: { node: 20 }, state: 'ready', ...all },
      { key: 'test[1]', name: 'test (24)', needs: [], matrix: { node: 24 }, state: 'ready', ...all },
      { key: 'ship', name: 'ship', needs: ['build', 'test'], matrix: {}, state: 'waits', ...all },
    ]);
    await house.settle();
    expect(await rows(house)).toEqual(before);
  });

  it('decides as the replay that follows it does', async () => {
    const { house, act } = await pushed({ ci: CI, broken: 'on: push\njobs: {}\n', other: onTopic('issues') });
    const { json } = await act(1, 'replay', { dryRun: true });
    await act(1, 'replay');
    await house.untilDone(3);
    const told = (json['decisions'] as { pipeline: string; outcome: string; reason: string }[]).map(
      ({ pipeline, outcome, reason }) => [pipeline, outcome, reason],
    );
    const made = (await house.decisions(2)).map(({ pipelineKey, outcome, reason }) => [pipelineKey, outcome, reason]);
    expect(told).toEqual(made);
    expect(told).toHaveLength(3);
  });

  it('tells whose turn it would be, between the runs of the event and behind those that are there', async () => {
    const gate = join(temporaryFolder('turns'), 'gate');
    const script = `echo rea"dy"; until [ -e ${gate} ]; do sleep 0.02; done`;
    const job = `one: { runs-on: host, steps: [{ run: '${script}' }] }`;
    const turn = (concurrency: string) => `on: push\nconcurrency: ${concurrency}\njobs: { ${job} }\n`;
    const { house, act } = await houseWith({
      a: turn('x'),
      b: turn('{ group: x, queue: max }'),
      c: turn('x'),
      d: `on: push\njobs: { ${job.replace('{ runs-on', '{ concurrency: y, runs-on')} }\n`,
    });
    await house.post(PUSH);
    for (const id of [1, 2]) await house.untilLogged(id, 'ready');
    const before = await rows(house);
    const { json } = await act(1, 'replay', { dryRun: true });
    const runs = (json['decisions'] as { run: { turn: object; jobs: object[] } }[]).map(({ run }) => run);
    expect(runs.map(({ turn }) => turn)).toEqual([
      { group: 'x', waits: 'waits for run #1', runId: 1, replaces: ['run #1 of c'] },
      { group: 'x', waits: 'waits for the run of a that this event starts', runId: null, replaces: [] },
      {
        ...{ group: 'x', waits: 'waits for run #1 of a', runId: 1 },
        replaces: ['the run of a that this event starts', 'the run of b that this event starts'],
      },
      null,
    ]);
    expect(runs[0]!.jobs).toMatchObject([{ state: 'waits', reason: 'its run waits for its turn' }]);
    const told = { group: 'y', waits: 'waits for run #1', runId: 4, replaces: [] };
    expect(runs[3]!.jobs).toMatchObject([{ state: 'waits', reason: 'waits for run #1', turn: told }]);
    expect(await rows(house)).toEqual(before);
    writeFileSync(gate, '');
  });

  it('tells both runs of a pipeline that names pull_request and pull_request_target', async () => {
    const { house, act } = await houseWith({ both: onTopic('[pull_request, pull_request_target]') });
    await house.post(recording('048'));
    await house.settle();
    const { json } = await act(1, 'replay', { dryRun: true });
    expect(json['decisions']).toMatchObject([
      { run: { would: 'be held', jobs: [] }, also: { would: 'run', ref: 'refs/heads/main', jobs: [{ key: 'one' }] } },
    ]);
  });

  it('of a stale delivery tells what its release would start', async () => {
    const { house, act } = await houseWith({ ci: CI }, 8 * DAY_MS);
    await house.post(PUSH);
    const { json } = await act(1, 'replay', { dryRun: true });
    expect(json['decisions']).toMatchObject([{ outcome: 'started' }]);
    expect((await act(1, 'replay')).json).toMatchObject({ status: 409, code: 'event-stale' });
  });

  it('is unavailable while the forge is down', async () => {
    const { house, act } = await pushed();
    house.world.isGitDown = true;
    expect((await act(1, 'replay', { dryRun: true })).json).toMatchObject({ status: 503, code: 'unavailable' });
  });
});
