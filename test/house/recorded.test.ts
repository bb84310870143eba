/** Recorded deliveries through the whole house: from the POST to the flag at the stand-in Pagure. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RecordedProject, restoreRepository, setRef, gitIn } from '../fixtures/repositories/restore.js';
import { recording, type Recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PIPELINE = `
name: CI
on: [push, pull_request]
jobs:
  test:
    runs-on: host
    steps:
      - run: git rev-parse HEAD && ls
`;

/** A house one minute after a recording, with the recorded repositories behind its stand-in Pagure. */
async function houseAt(first: Recording, pipelines: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  const restored: RecordedProject[] = ['lab', 'forks/bob/lab'];
  const [lab] = restored.map((fullname) => restoreRepository(fullname, repositories));
  const clock = new ShiftedClock(first.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', first.key, pipelines);
  return { house, lab: lab! };
}

async function onlyRun(house: TestHouse) {
  await house.settle();
  const runs = await house.runs();
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

describe('a recorded push', () => {
  const push = recording('006');
  const head = push.message.msg['end_commit'] as string;

  it('runs the pipeline at its exact commit and shows success on it', async () => {
    const { house, lab } = await houseAt(push, { ci: PIPELINE });
    setRef(lab, 'refs/heads/main', head);
    expect(await house.post(push)).toBe(202);
    const run = await onlyRun(house);
    expect(run).toMatchObject({ state: 'done', result: 'success', trust: 'trusted', pipelineKey: 'server:ci' });
    expect(await house.log(run.jobs[0]!)).toContain(head);
    expect(house.pagure.flagsOf(head)).toMatchObject([
      { status: 'success', comment: 'passed: 1 job', url: `http://127.0.0.1:8080/runs/${run.id}` },
    ]);
  });

  it('tells the forge of the run first as pending, then as its result, in one flag', async () => {
    const { house, lab } = await houseAt(push, { ci: PIPELINE });
    setRef(lab, 'refs/heads/main', head);
    const shown: string[] = [];
    house.pagure.onFlag((flag, change) => shown.push(`${change} ${flag.status}`));
    await house.post(push);
    await house.settle();
    expect([shown[0], shown.at(-1)]).toEqual(['added pending', 'updated success']);
    expect(shown.slice(1, -1).filter((one) => one !== 'updated pending')).toEqual([]);
  });

  it('reads the pipelines that stand in the repository at the commit', async () => {
    const { house, lab } = await houseAt(push, {});
    const commit = commitOnTop(lab, head, '.pagure/pipelines/build.yml', PIPELINE);
    const msg = { ...push.message.msg, end_commit: commit, start_commit: commit, old_commit: head };
    await house.deliver('lab', 'git.receive', { ...msg, pagure_instance: house.pagure.appUrl });
    const run = await onlyRun(house);
    expect(run).toMatchObject({ result: 'success', pipelineKey: 'repo:.pagure/pipelines/build.yml' });
    expect(house.pagure.flagsOf(commit)).toMatchObject([{ status: 'success' }]);
  });

  it('shows the failing job as failure', async () => {
    const { house, lab } = await houseAt(push, { ci: PIPELINE.replace('git rev-parse HEAD && ls', 'exit 3') });
    setRef(lab, 'refs/heads/main', head);
    await house.post(push);
    const run = await onlyRun(house);
    expect(run.result).toBe('failure');
    expect(house.pagure.flagsOf(head)).toMatchObject([{ status: 'failure', comment: 'test failed: 1 error' }]);
  });

  it('makes a broken pipeline file a run of result error that carries its problems', async () => {
    const { house, lab } = await houseAt(push, { ci: 'on: push\njobs: 7\n' });
    setRef(lab, 'refs/heads/main', head);
    await house.post(push);
    const run = await onlyRun(house);
    expect(run).toMatchObject({ state: 'done', result: 'error' });
    expect(run.problems[0]).toMatchObject({ file: 'ci', line: 2, severity: 'error' });
    expect(house.pagure.flagsOf(head)).toMatchObject([{ status: 'error' }]);
  });

  it('decides for every pipeline, also for one whose filter said no', async () => {
    const other = PIPELINE.replace('on: [push, pull_request]', 'on: { push: { branches: [release] } }');
    const { house, lab } = await houseAt(push, { ci: PIPELINE, other });
    setRef(lab, 'refs/heads/main', head);
    await house.post(push);
    await house.settle();
    const [event] = await house.runs();
    const decisions = await house.decisions(event!.eventId);
    expect(decisions.map(({ pipelineKey, outcome }) => `${pipelineKey} ${outcome}`)).toEqual([
      'server:ci started',
      'server:other filtered',
    ]);
    expect(decisions[1]!.reason).toContain('main');
  });

  it('starts by its paths, which git tells, and not by the changed files that the message names', async () => {
    const filtered = (path: string) =>
      PIPELINE.replace('on: [push, pull_request]', `on: { push: { paths: ['${path}'] } }`);
    const { house, lab } = await houseAt(push, { yes: filtered('src/**'), no: filtered('docs/**') });
    setRef(lab, 'refs/heads/main', head);
    await house.post(push);
    const run = await onlyRun(house);
    expect(run.pipelineKey).toBe('server:yes');
  });

  it('runs in spite of a path filter when the commit before it is not known', async () => {
    const text = PIPELINE.replace('on: [push, pull_request]', `on: { push: { paths: ['docs/**'] } }`);
    const { house, lab } = await houseAt(push, { ci: text });
    setRef(lab, 'refs/heads/main', head);
    const msg = { ...push.message.msg, old_commit: '1'.repeat(40), pagure_instance: house.pagure.appUrl };
    await house.deliver('lab', 'git.receive', msg);
    expect((await onlyRun(house)).result).toBe('success');
  });

  it('ends as superseded when its commit was forced away before it could be tested', async () => {
    const { house, lab } = await houseAt(push, { ci: PIPELINE });
    setRef(lab, 'refs/heads/main', push.message.msg['old_commit'] as string);
    await house.post(push);
    const run = await onlyRun(house);
    expect(run).toMatchObject({ state: 'done', result: 'canceled', jobs: [] });
    expect(run.reason).toContain('superseded');
  });

  it('makes one run of a branch creation and its receive, in either order', async () => {
    for (const order of [
      ['008', '009'],
      ['009', '008'],
    ]) {
      const { house, lab } = await houseAt(recording('008'), { ci: PIPELINE });
      setRef(lab, 'refs/heads/feature/one', recording('008').message.msg['rev'] as string);
      for (const number of order) await house.post(recording(number));
      const run = await onlyRun(house);
      expect(run.result).toBe('success');
    }
  });
});

describe('a recorded pull-request', () => {
  it('of the project itself whose author may commit runs trusted, at its head, and flags it', async () => {
    const opened = recording('029');
    const { house, lab } = await houseAt(opened, { ci: PIPELINE });
    const head = '379d5a0b9853c1412add721dd93b461ec3902fd7';
    setRef(lab, 'refs/heads/feature/one', head);
    expect(await house.post(opened)).toBe(202);
    const run = await onlyRun(house);
    expect(run).toMatchObject({ result: 'success', trust: 'trusted', subject: `pull/1@${head}` });
    expect(await house.log(run.jobs[0]!)).toContain(head);
    expect(house.pagure.flagsOf(head)).toMatchObject([{ status: 'success' }]);
  });

  it('of a fork starts no job, is held, and says so in a pending flag', async () => {
    const opened = recording('048');
    const { house } = await houseAt(opened, { ci: PIPELINE });
    expect(await house.post(opened)).toBe(202);
    const run = await onlyRun(house);
    expect(run).toMatchObject({ state: 'waiting', trust: 'held', jobs: [], result: null });
    const head = (opened.message.msg['pullrequest'] as { commit_stop: string }).commit_stop;
    expect(house.pagure.flagsOf(head)).toMatchObject([
      { status: 'pending', comment: 'held: the source is not this project' },
    ]);
  });
});

/** Commits one file on top of a commit and moves main there. */
function commitOnTop(repository: string, parent: string, path: string, text: string): string {
  const work = temporaryFolder('work');
  gitIn(work, 'clone', '--quiet', '--no-checkout', repository, 'clone');
  const clone = `${work}/clone`;
  gitIn(clone, 'fetch', '--quiet', 'origin', `+refs/recorded/*:refs/recorded/*`);
  gitIn(clone, 'checkout', '--quiet', '--detach', parent);
  writeFileIn(clone, path, text);
  gitIn(clone, 'add', path);
  gitIn(clone, 'commit', '--quiet', '-m', 'add a pipeline');
  const commit = gitIn(clone, 'rev-parse', 'HEAD');
  gitIn(clone, 'push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/main');
  return commit;
}

function writeFileIn(folder: string, path: string, text: string): void {
  mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
  writeFileSync(`${folder}/${path}`, text);
}
