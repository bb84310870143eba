/** The life of events and runs beyond the plain way: our own flags, cancels, restarts, poison, events without a commit. */
import { describe, expect, it } from 'vitest';
import { CancelRun } from '../../src/runs/cancel-run.js';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const pipeline = (on: string, run: string) =>
  `on: ${on}\njobs: { one: { runs-on: host, steps: [{ run: '${run}' }] } }\n`;

async function houseWith(pipelines: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const house = await openHouse({
    clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000),
    repositories,
  });
  const projectId = await house.register('lab', PUSH.key, pipelines);
  return { house, lab, projectId };
}

/** A commit's flag, as the forge tells of it. */
function flagMsg(house: TestHouse, url: string) {
  const flag = { commit_hash: HEAD, url, username: 'ci', status: 'success', comment: 'ok', percent: null };
  return { agent: 'bob', flag, repo: { fullname: 'lab' }, pagure_instance: house.pagure.appUrl };
}

describe('a flag event', () => {
  const onFlags = { ci: pipeline('push', 'true'), listener: pipeline('commit.flag.*', 'true') };

  it('of our own starts nothing, whoever its message says set it', async () => {
    const { house } = await houseWith(onFlags);
    await house.post(PUSH);
    await house.settle();
    const [flag] = house.pagure.flagsOf(HEAD);
    expect(await house.deliver('lab', 'commit.flag.added', flagMsg(house, flag!.url))).toBe(202);
    await house.settle();
    expect((await house.runs()).map((run) => run.pipelineKey)).toEqual(['server:ci']);
    expect(await house.stores.events.byId(2)).toMatchObject({ state: 'done', note: 'it reports a flag of ours' });
  });

  it('of another CI runs the default branch, restricted, and shows no flag', async () => {
    const { house } = await houseWith(onFlags);
    await house.deliver('lab', 'commit.flag.added', flagMsg(house, 'https://other.example.org/1'));
    await house.settle();
    const [run] = await house.runs();
    expect(run).toMatchObject({
      pipelineKey: 'server:listener',
      trust: 'restricted',
      result: 'success',
      subject: null,
    });
    expect(run!.resolved).toMatchObject({ ref: 'refs/heads/main', commit: HEAD, eventName: 'commit.flag.added' });
    expect(house.pagure.flagsOf(HEAD)).toEqual([]);
  });
});

describe('a cancel', () => {
  it('ends a running job and says so in the flag', async () => {
    const { house } = await houseWith({ ci: pipeline('push', 'echo ready; sleep 300') });
    await house.post(PUSH);
    await house.untilLogged(1, 'ready');
    expect(await house.get(CancelRun).cancel(1, 'canceled by alice')).toBe('canceled');
    await house.settle();
    const [run] = await house.runs();
    expect(run).toMatchObject({ state: 'done', result: 'canceled' });
    expect(house.pagure.flagsOf(HEAD)).toMatchObject([{ status: 'canceled' }]);
    expect(await house.get(CancelRun).cancel(1, 'again')).toBe('done already');
  });
});

describe('a stop and a start', () => {
  it('lets a delivery that came during the stop run afterwards', async () => {
    const { house } = await houseWith({ ci: pipeline('push', 'true') });
    await house.postWhileStopping(PUSH);
    expect(await house.countRuns()).toBe(0);
    await house.start();
    await house.untilDone(1);
    expect(house.pagure.flagsOf(HEAD)).toMatchObject([{ status: 'success' }]);
  });

  it('ends a job whose step had begun as an error that names the step', async () => {
    const { house } = await houseWith({ ci: pipeline('push', 'echo ready; sleep 300') });
    await house.post(PUSH);
    await house.untilLogged(1, 'ready');
    await house.stop();
    await house.start();
    await house.untilDone(1);
    const [run] = await house.runs();
    expect(run).toMatchObject({ result: 'error' });
    expect(run!.reason).toContain('lost in step 1');
    await house.untilFlagged(HEAD, 'error');
  });
});

describe('a message about a pull-request of the project itself', () => {
  it('that got commits tests its head, also when only the comment tells of it', async () => {
    const { house, lab } = await houseWith({ ci: pipeline('pull-request.*', 'true') });
    const head = 'ed1837cc4f56';
    const told = recording('032');
    const commit = (told.message.msg['pullrequest'] as { commit_stop: string }).commit_stop;
    expect(commit.startsWith(head)).toBe(true);
    setRef(lab, 'refs/heads/feature/one', commit);
    await house.post(told);
    await house.post(recording('031'));
    await house.settle();
    const runs = await house.runs();
    expect(runs.map((run) => [run.resolved.commit, run.subject])).toEqual([[commit, `pull/1@${commit}`]]);
    expect(house.pagure.flagsOf(commit)).toMatchObject([{ status: 'success' }]);
  });
});

describe('a held pull-request of a fork', () => {
  const forks = (number: string) => {
    const { message } = recording(number);
    return (message.msg['pullrequest'] as { commit_stop: string }).commit_stop;
  };

  it('that gets other commits is held for these, and its older run ends', async () => {
    const { house } = await houseWith({ ci: pipeline('pull_request', 'true') });
    for (const number of ['048', '050']) {
      await house.post(recording(number));
      await house.settle();
    }
    const runs = await house.runs();
    expect(runs.map((run) => [run.resolved.commit, run.state, run.result])).toEqual([
      [forks('050'), 'waiting', null],
      [forks('048'), 'done', 'canceled'],
    ]);
    expect(house.pagure.flagsOf(forks('048'))).toMatchObject([{ status: 'canceled' }]);
    expect(house.pagure.flagsOf(forks('050'))).toMatchObject([{ status: 'pending' }]);
  });

  it('that is closed is held no more', async () => {
    const { house } = await houseWith({ ci: pipeline('pull_request', 'true') });
    await house.post(recording('056'));
    await house.settle();
    await house.post(recording('062'));
    await house.settle();
    expect((await house.runs()).map((run) => run.result)).toEqual(['canceled']);
    expect(house.pagure.flagsOf(forks('056'))).toMatchObject([{ status: 'canceled' }]);
  });
});

describe('a push that names no branch that could be', () => {
  it('starts nothing and says so', async () => {
    const { house } = await houseWith({ ci: pipeline('push', 'true') });
    const msg = { ...PUSH.message.msg, branch: 'refs/x', pagure_instance: house.pagure.appUrl };
    await house.deliver('lab', 'git.receive', msg);
    await house.settle();
    expect(await house.runs()).toEqual([]);
    expect((await house.stores.events.byId(1))!.note).toContain('names nothing');
  });
});

describe('a project that is not as it should be', () => {
  it('with an empty repository gets a decision for each pipeline and no run', async () => {
    const repositories = temporaryFolder('repositories');
    gitIn(repositories, 'init', '--quiet', '--bare', 'lab.git');
    const house = await openHouse({
      clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000),
      repositories,
    });
    await house.register('lab', PUSH.key, { ci: pipeline('Test.notification', 'true') });
    await house.post(recording('003'));
    await house.settle();
    expect(await house.stores.events.byId(1)).toMatchObject({
      state: 'done',
      note: 'the repository holds no commit yet',
    });
    expect(await house.decisions(1)).toMatchObject([
      { pipelineKey: 'server:ci', outcome: 'filtered', reason: 'the repository holds no commit yet' },
    ]);
  });

  it('whose forge is down keeps its event waiting, visibly, and runs it later', async () => {
    const { house } = await houseWith({ ci: pipeline('push', 'true') });
    house.world.isGitDown = true;
    await house.post(PUSH);
    await house.settle();
    const waiting = await house.stores.events.byId(1);
    expect(waiting).toMatchObject({ state: 'due', tries: 0, waits: 1 });
    expect(waiting!.note).not.toBeNull();
    house.world.isGitDown = false;
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ result: 'success' });
  });
});
