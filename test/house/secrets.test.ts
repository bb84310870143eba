/** Project secrets through the whole house: who gets them, and where they never stand (TRUST §2). */
import { describe, expect, it } from 'vitest';
import { ApproveRun } from '../../src/runs/approve-run.js';
import { setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { FIRST, MAIN, OPENED, strangersHouse, type StrangersHouse } from './strangers.js';

const PUSH = recording('006');
const SECRET = 'correct-horse-battery';
const pipeline = (on = 'push, pull_request') => `on: [${on}]
jobs:
  a:
    runs-on: host
    steps:
      - env: { KEY: '\${{ secrets.KEY }}' }
        run: |
          echo "length \${#KEY}"
          echo "shown $KEY"
`;

async function withSecret(pipelines: Record<string, string> = { ci: pipeline() }, refs: string[] = []) {
  const strangers = await strangersHouse(pipelines);
  const body = { value: SECRET, refs };
  const answer = await strangers.house.ask('PUT', `/projects/${strangers.projectId}/secrets/key`, {
    role: 'maintain',
    body,
  });
  expect(answer).toMatchObject({ status: 201, json: { name: 'KEY', refs } });
  return strangers;
}

async function logs({ house }: StrangersHouse): Promise<string> {
  const jobs = (await house.runs()).flatMap((run) => run.jobs);
  return (await Promise.all(jobs.map((job) => house.log(job)))).join('');
}

describe('a secret of the project', () => {
  it('reaches the jobs of a trusted push to the default branch, masked in what they print', async () => {
    const strangers = await withSecret();
    await strangers.house.post(PUSH);
    await strangers.house.settle();
    const text = await logs(strangers);
    expect(text).toContain(`length ${SECRET.length}`);
    expect(text).toContain('shown ***');
    expect(text).not.toContain(SECRET);
  });

  it('reaches no job of another branch, unless it names that', async () => {
    for (const [refs, length] of [
      [[], 0],
      [['feature/*'], SECRET.length],
    ] as const) {
      const strangers = await withSecret(undefined, [...refs]);
      const { house, lab } = strangers;
      setRef(lab, 'refs/heads/feature/x', MAIN);
      const commit = commitFile(lab, 'feature/x', 'file', 'text');
      const msg = {
        ...PUSH.message.msg,
        branch: 'feature/x',
        end_commit: commit,
        pagure_instance: house.pagure.appUrl,
      };
      await house.deliver('lab', 'git.receive', msg);
      await house.settle();
      expect(await logs(strangers)).toContain(`length ${length}`);
    }
  });

  it('never reaches an approved run', async () => {
    const strangers = await withSecret(undefined, ['**']);
    const { house, showHead } = strangers;
    showHead(FIRST);
    await house.post(OPENED);
    await house.settle();
    await house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await house.untilDone(1);
    expect(await logs(strangers)).toContain('length 0');
  });

  it('never reaches a run that something other than the project’s own commits started', async () => {
    const strangers = await withSecret({ ci: pipeline('issue_comment') });
    const { house } = strangers;
    await house.post(recording('020'));
    const msg = { agent: 'alice', issue: { id: 1, comments: [] }, project: { fullname: 'lab' } };
    await house.sign('lab', 'issue.comment.added', { ...msg, pagure_instance: house.pagure.appUrl });
    await house.settle();
    const text = await logs(strangers);
    expect(text).toContain('length 0');
    expect(text).not.toContain(`length ${SECRET.length}`);
  });

  it('goes on to a called pipeline by `secrets: inherit`, and not without', async () => {
    const called = `on: {workflow_call: {secrets: {KEY: {required: false}}}}
jobs:
  a:
    runs-on: host
    steps: [{ env: { KEY: '\${{ secrets.KEY }}' }, run: 'echo "length \${#KEY}"' }]
`;
    const call = (rest: string) => `on: push\njobs: {c: {uses: ./.pagure/pipelines/called.yml${rest}}}\n`;
    const pipelines = { with: call(', secrets: inherit'), without: call('') };
    const strangers = await withSecret(pipelines);
    const { house, lab } = strangers;
    const commit = commitFile(lab, 'main', '.pagure/pipelines/called.yml', called);
    await house.deliver('lab', 'git.receive', {
      ...PUSH.message.msg,
      ...{ end_commit: commit, old_commit: MAIN, pagure_instance: house.pagure.appUrl },
    });
    await house.settle();
    const lengths = (await house.runs()).map(async ({ pipelineKey, jobs }) => [
      pipelineKey,
      /length (\d+)/.exec(await house.log(jobs[0]!))?.[1],
    ]);
    const found = Object.fromEntries((await Promise.all(lengths)) as [string, string][]);
    expect(found).toMatchObject({ 'server:with': String(SECRET.length), 'server:without': '0' });
  });

  it('is listed by name alone, and read by nobody', async () => {
    const { house, projectId } = await withSecret();
    const list = await house.ask('GET', `/projects/${projectId}/secrets`, { role: 'maintain' });
    expect(list.json).toMatchObject({ items: [{ name: 'KEY', refs: [], declaredBy: null }] });
    expect(JSON.stringify(list.json)).not.toContain(SECRET);
    const forbidden = await house.ask('PUT', `/projects/${projectId}/secrets/KEY`, {
      role: 'write',
      body: { value: 'x' },
    });
    expect(forbidden.status).toBe(403);
    expect((await house.ask('DELETE', `/projects/${projectId}/secrets/KEY`, { role: 'maintain' })).status).toBe(204);
    expect((await house.ask('GET', `/projects/${projectId}/secrets/KEY`, { role: 'read' })).status).toBe(404);
  });
});
