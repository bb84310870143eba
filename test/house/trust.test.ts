/** How far runs are trusted, rule by rule (TRUST §2), through the whole house. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { ApproveRun } from '../../src/runs/approve-run.js';
import { Holds } from '../../src/store/holds.js';
import { Sweep } from '../../src/sweep/sweep.js';
import { setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { CI, FIRST, OPENED, strangersHouse } from './strangers.js';

const OWN = recording('029');
const OWN_PULL = OWN.message.msg['pullrequest'] as JsonObject & { commit_stop: string; branch_from: string };

/** A pull-request of the project's own branch, whose text of the pipeline says `mine`. */
async function ownHouse(change: { author?: string; pipelines?: Record<string, string> } = {}) {
  const strangers = await strangersHouse(change.pipelines ?? { ci: CI });
  const { lab, house } = strangers;
  setRef(lab, `refs/heads/${OWN_PULL.branch_from}`, OWN_PULL.commit_stop);
  setRef(lab, 'refs/pull/1/head', OWN_PULL.commit_stop);
  const author = change.author ?? 'alice';
  const pullrequest = { ...OWN_PULL, user: { name: author, fullname: author } };
  const msg = { ...OWN.message.msg, pullrequest, pagure_instance: house.pagure.appUrl };
  return { ...strangers, msg, pullrequest, head: OWN_PULL.commit_stop };
}

describe('a pull-request of a branch of the project itself', () => {
  it('is trusted when Pagure says that its author may commit to the target branch', async () => {
    const { house, msg } = await ownHouse();
    await house.deliver('lab', 'pull-request.new', msg);
    await house.settle();
    const [run] = await house.runs();
    expect(run).toMatchObject({ result: 'success', trust: 'trusted' });
    expect(house.pagure.requests.map(({ path }) => path)).toContain('/api/0/lab/hascommit?user=alice&branch=main');
  });

  it('is held when its author may not, and runs restricted by the target text once it is approved', async () => {
    const { house, msg, head } = await ownHouse({ author: 'bob' });
    await house.deliver('lab', 'pull-request.new', msg);
    await house.settle();
    const [held] = await house.runs();
    expect(held).toMatchObject({ state: 'waiting', trust: 'held', trustReason: 'held: bob may not commit to main' });
    await house.get(ApproveRun).approve({ runId: held!.id, sha: head, by: 'alice' });
    await house.untilDone(held!.id);
    expect((await house.runs())[0]).toMatchObject({ result: 'success', trust: 'restricted' });
  });

  it('is judged by what Pagure shows: an author that only the message names raises nothing', async () => {
    const { house, msg, pullrequest } = await ownHouse();
    const shown = { ...pullrequest, user: { name: 'mallory', fullname: 'mallory' } };
    house.pagure.rights.showPull('lab', shown);
    await house.sign('lab', 'pull-request.new', msg);
    await house.settle();
    expect((await house.runs())[0]).toMatchObject({
      trust: 'held',
      trustReason: 'held: mallory may not commit to main',
    });
  });

  it('is held when the message names other branches than Pagure shows', async () => {
    const { house, msg, pullrequest, lab, head } = await ownHouse();
    setRef(lab, 'refs/heads/other', head);
    await house.deliver('lab', 'pull-request.new', msg);
    await house.settle();
    const lie = { ...msg, pullrequest: { ...pullrequest, branch_from: 'other' } };
    await house.sign('lab', 'pull-request.new', lie);
    await house.settle();
    const [run] = await house.runs();
    expect(run).toMatchObject({ trust: 'held' });
    expect(run!.trustReason).toContain('other branches than the message');
  });

  it('waits held while Pagure does not answer, and runs trusted when it does', async () => {
    const { house, msg } = await ownHouse();
    house.pagure.rights.forbidCommit('lab', 'alice');
    house.pagure.answerNext('html-500', 'html-500');
    await house.deliver('lab', 'pull-request.new', msg);
    house.pagure.rights.letCommit('lab', 'alice', 'main');
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ result: 'success', trust: 'trusted', reason: null });
    expect(await house.get(Holds).ofRun(1)).toMatchObject({ waitsFor: 'start', approvedBy: null, dueAt: null });
  });

  it('is held, and starts nothing, when nobody but its sender knows of it', async () => {
    const { house, msg } = await ownHouse();
    await house.sign('lab', 'pull-request.new', msg);
    await house.settle();
    const [run] = await house.runs();
    expect(run).toMatchObject({ state: 'waiting', trust: 'held', jobs: [] });
    expect(run!.trustReason).toContain('shows no pull-request #1');
  });
});

describe('a pull-request of a fork', () => {
  it('starts nothing where the project says never, and is told why', async () => {
    const { house, projectId } = await strangersHouse();
    await house.ask('PATCH', `/projects/${projectId}`, {
      role: 'maintain',
      body: { settings: { strangers: 'never' } },
    });
    await house.post(OPENED);
    await house.settle();
    expect(await house.runs()).toEqual([]);
    const [decision] = await house.decisions(1);
    expect(decision).toMatchObject({ outcome: 'filtered' });
    expect(decision!.reason).toContain('`strangers` is `never`');
  });

  it('whose author may commit waits all the same: its commits are not the project’s own', async () => {
    const { house, showHead } = await strangersHouse();
    house.pagure.rights.letCommit('lab', 'bob');
    showHead(FIRST);
    await house.post(OPENED);
    await house.settle();
    expect((await house.runs())[0]).toMatchObject({ state: 'waiting', trust: 'held' });
  });
});

describe('pull_request_target', () => {
  const text = 'on: pull_request_target\njobs: {a: {runs-on: host, steps: [{run: true}]}}\n';

  it('is as trusted as its pull-request is, and restricted where that is held', async () => {
    const { house, msg, showHead } = await ownHouse({ pipelines: { t: text } });
    await house.deliver('lab', 'pull-request.new', msg);
    showHead(FIRST);
    await house.post(OPENED);
    await house.settle();
    expect((await house.runs()).map(({ trust }) => trust)).toEqual(['restricted', 'trusted']);
  });
});

describe('an approved run', () => {
  it('takes the text of the target branch as it stood when it was held, whatever came since', async () => {
    const strangers = await strangersHouse({});
    const { house, lab, showHead } = strangers;
    const place = '.pagure/pipelines/ci.yml';
    const pipeline = (says: string) => `on: pull_request\njobs: {a: {runs-on: host, steps: [{run: echo ${says}}]}}\n`;
    const main = commitFile(lab, 'main', place, pipeline('says-before'));
    showHead(FIRST);
    await house.post(OPENED);
    await house.settle();
    commitFile(lab, 'main', place, pipeline('says-after'));
    await house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await house.untilDone(1);
    const [run] = await house.runs();
    expect(run).toMatchObject({ result: 'success', pipelineCommit: main });
    expect(await house.log(run!.jobs[0]!)).toContain('says-before');
  });

  it('is told of to those that follow it, with its trust', async () => {
    const follower = 'on: {workflow_run: {workflows: [CI]}}\njobs: {a: {runs-on: host, steps: [{run: true}]}}\n';
    const { house, showHead } = await strangersHouse({ ci: CI, follower });
    await house.get(Sweep).once();
    showHead(FIRST);
    await house.post(OPENED);
    await house.settle();
    await house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await house.untilDone(1);
    await house.until(async () => (await house.runs()).some(({ pipelineKey }) => pipelineKey === 'server:follower'));
    const followers = (await house.runs()).filter(({ pipelineKey }) => pipelineKey === 'server:follower');
    expect(new Set(followers.map(({ trust }) => trust))).toEqual(new Set(['restricted']));
  });
});

describe('jobs that are not trusted', () => {
  it('run no more at once than the project allows, those of a pull-request neither', async () => {
    const matrix = `on: pull_request
jobs:
  a:
    runs-on: host
    strategy: { matrix: { n: [1, 2, 3] } }
    steps: [{ run: 'echo begins; sleep 0.2' }]
`;
    const { house, projectId, showHead } = await strangersHouse({ ci: matrix });
    const settings = { untrustedJobsPerPullRequest: 1 };
    await house.ask('PATCH', `/projects/${projectId}`, { role: 'maintain', body: { settings } });
    showHead(FIRST);
    await house.post(OPENED);
    await house.settle();
    await house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await house.untilDone(1);
    const jobs = (await house.runs())[0]!.jobs.toSorted((a, b) => a.startedAt! - b.startedAt!);
    expect(jobs.map(({ result }) => result)).toEqual(['success', 'success', 'success']);
    for (const [at, job] of jobs.slice(1).entries())
      expect(job.startedAt).toBeGreaterThanOrEqual(jobs[at]!.finishedAt!);
  });
});
