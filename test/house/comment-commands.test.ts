/** Commands in comments, through the whole house: what they do, for whom, and that each is answered once. */
import { describe, expect, it, vi } from 'vitest';
import { CommentCommands } from '../../src/store/comment-commands.js';
import { recording } from '../forge/recordings.js';
import { type CommentScene, HEAD, openScene } from './comment-scene.js';

const FAILED = { id: 1, attempt: 1, state: 'done', result: 'failure' };
const RUN = '`ci` [#1](http://127.0.0.1:8080/runs/1)';

const outcome = async ({ house }: CommentScene, event = 2) =>
  (await house.get(CommentCommands).ofEvent(event))?.outcome ?? null;

describe('/rerun', () => {
  it('runs the runs of the head again, and is answered once', async () => {
    const scene = await openScene();
    expect(await scene.attempts()).toEqual([FAILED]);
    await scene.comment('/rerun');
    await scene.house.untilDone(1);
    expect(await scene.attempts()).toEqual([{ ...FAILED, attempt: 2 }]);
    expect(scene.answers).toEqual([`\`/rerun\`:\n\n- ${RUN}: runs again`]);
    const [run] = await scene.house.runs();
    expect(run!.resolved).toMatchObject({ commit: HEAD, triggeringActor: 'bob' });
  });

  it('failed repeats only what failed', async () => {
    const scene = await openScene();
    const before = await scene.house.stores.runs.jobsOf(1);
    await scene.comment(' /rerun failed\n');
    await scene.house.untilDone(1);
    const after = await scene.house.stores.runs.jobsOf(1);
    const good = (jobs: typeof before) => jobs.find(({ key }) => key === 'good')!.id;
    expect(good(after)).toBe(good(before));
    expect(after.map(({ runAttempt }) => runAttempt).sort()).toEqual([1, 2]);
    expect(scene.answers).toEqual([`\`/rerun failed\`:\n\n- ${RUN}: what failed runs again`]);
  });

  it('keeps the trust of the run', async () => {
    const scene = await openScene();
    const [before] = await scene.house.runs();
    await scene.comment('/rerun');
    await scene.house.untilDone(1);
    expect((await scene.house.runs())[0]!.trust).toBe(before!.trust);
  });
});

describe('/cancel', () => {
  it('stops what is under way, and says when nothing is', async () => {
    const slow = 'on: pull_request\njobs: { one: { runs-on: host, steps: [{ run: \'echo rea"dy"; sleep 300\' }] } }\n';
    const scene = await openScene({ ci: slow }, 'started');
    await scene.house.untilLogged(1, 'ready');
    await scene.tell('/cancel', {});
    await scene.house.untilDone(1);
    expect((await scene.house.runs())[0]).toMatchObject({ result: 'canceled', reason: 'canceled by bob' });
    await scene.comment('/cancel');
    expect(scene.answers).toEqual([
      `\`/cancel\`: Canceled:\n\n- ${RUN}`,
      '`/cancel`: No run of this pull-request is under way.',
    ]);
  });
});

describe('/approve', () => {
  it('without a whole commit is answered with the line to paste, and approves nothing', async () => {
    const scene = await openScene();
    await scene.comment('/approve');
    await scene.comment(`/approve ${HEAD.slice(0, 12)}`);
    expect(scene.answers.every((text) => text.endsWith(`comment:\n\n    /approve ${HEAD}`))).toBe(true);
    expect(scene.answers).toHaveLength(2);
    expect(await scene.attempts()).toEqual([FAILED]);
  });

  it('of a pull-request of which nothing waits says so', async () => {
    const scene = await openScene();
    await scene.comment(`/approve ${HEAD}`);
    expect(scene.answers).toEqual([`\`/approve ${HEAD}\`: No run of this pull-request waits for an approval.`]);
  });
});

describe('/run', () => {
  it('starts a pipeline of the default branch with inputs', async () => {
    const scene = await openScene();
    await scene.comment('/run deploy where=staging');
    await scene.house.untilDone(2);
    const run = (await scene.house.runs()).find(({ id }) => id === 2)!;
    expect(run).toMatchObject({ result: 'success', trust: 'trusted', actor: 'bob', pipelineCommit: scene.main });
    expect(run.resolved).toMatchObject({ ref: 'refs/heads/main', commit: scene.main, eventName: 'workflow_dispatch' });
    expect(await scene.house.log({ id: run.jobs[0]!.id, attempt: 1 })).toContain('deployed to staging by bob');
    expect(scene.answers).toEqual([expect.stringMatching(/^`\/run deploy where=staging`: `deploy` is started/)]);
  });

  it('with a wrong input is told what is wrong, and starts nothing', async () => {
    const scene = await openScene();
    await scene.comment('/run deploy where=@everybody');
    expect(scene.answers[0]).toContain('- `inputs.where`: `it must be one of staging, production`');
    await scene.comment('/run nothing');
    expect(scene.answers[1]).toContain('There is no such pipeline');
    expect(await scene.attempts()).toEqual([FAILED]);
  });
});

describe('/explain', () => {
  it('says where the run failed, with the lines around the first error', async () => {
    const scene = await openScene();
    await scene.comment('/explain');
    expect(scene.answers).toHaveLength(1);
    expect(scene.answers[0]).toContain(RUN);
    expect(scene.answers[0]).toContain('In `bad`');
    expect(scene.answers[0]).toContain('    kaputt: no such file');
    expect(await scene.attempts()).toEqual([FAILED]);
  });
});

describe('a word that the project configures', () => {
  it('does what it stands for; the recorded comment of a real Pagure too', async () => {
    const scene = await openScene();
    await scene.set({ commands: { '[citest]': '/rerun' } });
    await scene.comment('[citest]', { id: 2 });
    await scene.house.untilDone(1);
    expect(await scene.attempts()).toEqual([{ ...FAILED, attempt: 2 }]);
    expect(scene.answers).toEqual([`\`[citest]\`:\n\n- ${RUN}: runs again`]);
    expect(await scene.house.post(recording('033'))).toBe(202);
    await scene.house.settle();
    expect(await scene.attempts()).toEqual([{ ...FAILED, attempt: 2 }]);
  });

  it('FACTS trap 11: in the title of a commit starts nothing', async () => {
    const scene = await openScene();
    await scene.set({ commands: { '[citest]': '/rerun' } });
    for (const title of ['[citest]', `/approve ${HEAD}`, '/rerun']) {
      await scene.comment(`**1 new commit added**\n\n * \`\`${title}\`\`\n`, { agent: 'bob', notification: true });
      await scene.comment(title, { agent: 'bob', notification: true });
    }
    expect((await scene.attempts()).filter(({ attempt }) => attempt > 1)).toEqual([]);
    expect(scene.answers).toEqual([]);
  });
});

describe('TRUST §2: a comment commands', () => {
  it('only for somebody who may commit, asked of Pagure; a stranger is told so, and not for ever', async () => {
    const scene = await openScene();
    for (let time = 0; time < 6; time++) await scene.comment('/rerun', { agent: 'mallory' });
    expect(await scene.attempts()).toEqual([FAILED]);
    const said = '`/rerun`: commands are for those who may commit to `main` of `lab`.';
    expect(scene.answers).toEqual([said, said, said]);
    expect(await outcome(scene)).toBe('mallory may not commit to main');
    expect((await scene.house.ask('GET', '/events/2/explain', { role: 'read' })).json).toMatchObject({
      says: expect.stringContaining(
        'The command /rerun of mallory was looked at: mallory may not commit to main.',
      ) as string,
      command: { text: '/rerun', author: 'mallory', state: 'done', outcome: 'mallory may not commit to main' },
    });
  });

  it('once ever: the same comment that is told again does nothing', async () => {
    const scene = await openScene();
    for (let time = 0; time < 3; time++) {
      await scene.comment('/rerun', { id: 77 });
      await scene.house.untilDone(1);
    }
    expect(await scene.attempts()).toEqual([{ ...FAILED, attempt: 2 }]);
    expect(scene.answers).toHaveLength(1);
  });

  it('only when Pagure shows it, by that author, with that text: a key holder who signs one gets nothing', async () => {
    const scene = await openScene();
    const user = (name: string) => ({ name, fullname: name });
    await scene.comment('/rerun', { id: 71, shown: null });
    await scene.comment('/rerun', {
      id: 72,
      shown: { id: 72, comment: '/rerun', user: user('mallory'), notification: false },
    });
    await scene.comment('/rerun', { id: 73, shown: { id: 73, comment: 'no', user: user('bob'), notification: false } });
    await scene.comment('/rerun', {
      id: 74,
      shown: { id: 74, comment: '/rerun', user: user('bob'), notification: true },
    });
    expect(await outcome(scene, 2)).toBe('the forge shows no such comment');
    for (const event of [3, 4, 5])
      expect(await outcome(scene, event)).toBe('the forge shows it otherwise than it was told');
    expect([await scene.attempts(), scene.answers]).toEqual([[FAILED], []]);
  });

  it('also when a key holder told something else under its id before: nobody silences a maintainer', async () => {
    const scene = await openScene();
    await scene.comment('/cancel', { id: 81, shown: null });
    expect(await outcome(scene, 2)).toBe('the forge shows no such comment');
    await scene.comment('/rerun', { id: 81 });
    await scene.house.untilDone(1);
    await scene.comment('/rerun', { id: 81 });
    expect(await outcome(scene, 3)).toBe('done');
    expect(await scene.attempts()).toEqual([{ ...FAILED, attempt: 2 }]);
  });

  it('only when its author sent it: another agent is not believed', async () => {
    const scene = await openScene();
    await scene.comment('/rerun', { agent: 'mallory', author: 'bob' });
    expect([await outcome(scene), await scene.attempts()]).toEqual([null, [FAILED]]);
  });

  it('never for the user whose token we hold', async () => {
    const scene = await openScene();
    await scene.comment('/rerun', { agent: 'alice' });
    expect(await outcome(scene)).toBe('it was written by the user whose token is used here');
    expect([await scene.attempts(), scene.answers]).toEqual([[FAILED], []]);
  });

  it('also when Pagure did not answer at first', async () => {
    const scene = await openScene();
    scene.house.pagure.answerNext('html-500');
    await scene.tell('/rerun', {});
    await vi.waitUntil(async () => (await scene.attempts())[0]!.attempt === 2, { timeout: 20_000, interval: 20 });
  });
});
