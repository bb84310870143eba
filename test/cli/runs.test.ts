/** The verbs that show, watch and cancel runs and print their logs. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OpenAnswers } from '../../src/api/live/open-answers.js';
import { CancelRun } from '../../src/runs/cancel-run.js';
import { sampleProject, sampleRun, runJob, writeLog } from '../api/samples.js';
import { aJob, aRun, aStep, at } from './answers.js';
import { type Canned, openScene, openStub, signedIn } from './scene.js';

async function sceneWithRun() {
  const opened = await openScene();
  const projectId = await sampleProject(opened.api);
  return { ...opened, ...(await sampleRun(opened.api, projectId)) };
}

describe('runs show', () => {
  it('draws the run with its jobs and steps', async () => {
    const { api, scene, runId, jobId } = await sceneWithRun();
    await runJob(api, jobId);
    const { code, out } = await scene.say(`runs show ${runId}`);
    expect([code, out]).toMatchInlineSnapshot(`
      [
        0,
        "○ ci #1 of lab: queued (run 1)
        a push
        refs/heads/main · bbbbbbbbbbbb · push by alice, 3m ago

      ● test 3m 00s
          ✓ 1 Run echo hello 1.0s
      ",
      ]
    `);
  });

  it('prints the object of the API for scripts', async () => {
    const { api, scene, runId, token } = await sceneWithRun();
    const { out } = await scene.say(`runs show ${runId} --json`);
    expect(JSON.parse(out)).toEqual((await api.ask('GET', `/api/v1/runs/${runId}`, { token })).json);
  });

  it('of a run that is not there ends with 5', async () => {
    const { scene } = await openScene();
    expect(await scene.say('runs show 99')).toMatchObject({
      code: 5,
      err: expect.stringContaining('no-such-run') as string,
    });
  });
});

describe('runs rerun', () => {
  it('begins the next attempt of a run that is done', async () => {
    const { scene, runId } = await sceneWithRun();
    expect(await scene.say(`runs rerun ${runId}`)).toMatchObject({
      code: 5,
      err: expect.stringContaining('run-not-done') as string,
    });
    await scene.say(`runs cancel ${runId}`);
    expect(await scene.say(`runs rerun ${runId} --failed`)).toMatchObject({
      code: 0,
      out: `Run ${runId} is run again: attempt 2.\n`,
    });
    expect(JSON.parse((await scene.say(`runs show ${runId} --json`)).out)).toMatchObject({
      attempt: 2,
      state: 'queued',
    });
  });
});

describe('runs cancel', () => {
  it('cancels, with the reason that is given', async () => {
    const { scene, runId } = await sceneWithRun();
    const { code, out } = await scene.say(['runs', 'cancel', String(runId), '--reason', 'the wrong branch']);
    expect([code, out]).toEqual([0, `Run ${runId} is canceled.\n`]);
    expect((await scene.say(`runs show ${runId}`)).out).toContain('canceled by maintain: the wrong branch');
  });

  it('of a run that is done ends with 5', async () => {
    const { scene, runId } = await sceneWithRun();
    await scene.say(`runs cancel ${runId}`);
    expect(await scene.say(`runs cancel ${runId}`)).toMatchObject({
      code: 5,
      err: expect.stringContaining('run-done') as string,
    });
  });
});

describe('runs watch', () => {
  it('writes a line per change without a terminal, and ends with the code of the result', async () => {
    const { api, scene, runId } = await sceneWithRun();
    const { code, out } = await scene.say(`runs watch ${runId}`, {
      onOutput: (text) => {
        if (text.includes('job test: queued')) void api.get(CancelRun).cancel(runId, 'enough');
      },
    });
    expect(out.split('\n')).toEqual([
      `run ${runId} (ci #1 of lab): queued`,
      'job test: queued',
      expect.stringMatching(/^job test: canceled/),
      `run ${runId} (ci #1 of lab): canceled (enough)`,
      '',
    ]);
    expect(code).toBe(4);
  });

  it.each([
    ['success', 0],
    ['skipped', 0],
    ['failure', 1],
    ['error', 3],
    ['canceled', 4],
  ] as const)('of a run that ended in %s ends with %i', async (result, code) => {
    const { scene } = await openStub(() => ({ body: aRun({ state: 'done', result }) }));
    expect((await scene.say('runs watch 7', signedIn(scene))).code).toBe(code);
  });

  it('paints over on a terminal, and leaves the last picture', async () => {
    const jobs = [aJob({ id: 1, key: 'build', state: 'running', startedAt: at(0), steps: [aStep(1, null)] })];
    const states = [aRun({ state: 'running', jobs }), aRun({ state: 'done', result: 'success' })];
    const { scene } = await openStub(() => ({ body: states.length > 1 ? states.shift() : states[0] }));
    const { code, out } = await scene.say('runs watch 7', { ...signedIn(scene), columns: 60 });
    expect(code).toBe(0);
    const [first = '', last = ''] = stripVTControlCharacters(out).split(/(?=✓)/);
    expect(first).toContain('● build 3m 00s');
    expect(last).toMatch(/^✓ ci #3 of lab: success \(run 7\)/);
    expect(out).toMatch(/\u001b\[\d*A/);
  });

  it('prints each change as an object for scripts', async () => {
    const states = [aRun({ state: 'queued' }), aRun({ state: 'queued' }), aRun({ state: 'done', result: 'success' })];
    const { scene } = await openStub(({ headers }) => {
      const run = states.length > 1 ? states.shift() : states[0];
      const etag = `"${run?.state}"`;
      return headers['if-none-match'] === etag ? { status: 304, body: '' } : { headers: { etag }, body: run };
    });
    const { out } = await scene.say('runs watch 7 --json', signedIn(scene));
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { state: string }).state)).toEqual(['queued', 'done']);
  });

  it('outlives a server that is away for a while', async () => {
    const answers = ['cut', 'cut', { body: aRun({ state: 'done', result: 'success' }) }] as const;
    let asked = 0;
    const { scene } = await openStub(() => answers[asked++] ?? 'cut');
    const { code, err } = await scene.say('runs watch 7', signedIn(scene));
    expect([code, err]).toEqual([0, expect.stringMatching(/cannot be reached: .* It is asked again\.\n$/)]);
  });

  it('ends with 130 by Ctrl-C, and says that the run goes on', async () => {
    const pressed = new AbortController();
    const { scene } = await openStub(() => ({ body: aRun({ state: 'running' }) }));
    const { code, err } = await scene.say('runs watch 7', {
      ...signedIn(scene),
      interrupted: pressed.signal,
      onOutput: () => pressed.abort(),
    });
    expect([code, err]).toEqual([130, '\nThe run goes on: pagure-actions runs watch 7\n']);
  });
});

const JOBS = [
  aJob({ id: 1, key: 'build', state: 'done', result: 'success' }),
  aJob({ id: 2, key: 'test', state: 'done', result: 'failure' }),
];

describe('logs', () => {
  const bytes = Buffer.from('a\u001b[31mred\u001b[2J\u0000\xff\r\n', 'latin1');

  it('prints the log of the real API', async () => {
    const { api, scene, runId, jobId } = await sceneWithRun();
    await runJob(api, jobId);
    await writeLog(api, jobId, 'hello\nworld\n');
    expect(await scene.say(`logs ${runId}`)).toEqual({ code: 0, out: 'hello\nworld\n', err: '' });
    expect((await scene.say(`logs ${runId} test --tail 1`)).out).toBe('world\n');
  });

  it('prints what one step printed, and says which there are', async () => {
    const { api, scene, runId, jobId } = await sceneWithRun();
    await runJob(api, jobId);
    await writeLog(api, jobId, 'hello\nworld\n');
    expect((await scene.say(`logs ${runId} test --step 1 --tail 1`)).out).toBe('world\n');
    const { code, out, err } = await scene.say(`logs ${runId} test --step 4`);
    expect([code, out, err]).toEqual([5, '', 'error: there is no step 4. There are: 1 Run echo hello\n']);
    expect((await scene.say(`logs -f ${runId} --step 1`)).err).toContain('cannot be used with');
    expect((await scene.say(`logs ${runId} --step x`)).err).toContain('number of a step');
  });

  it('is byte for byte through a pipe, and harmless on a terminal', async () => {
    const { scene } = await openStub(({ url }) =>
      url.includes('/log') ? { body: bytes } : { body: aRun({ jobs: JOBS.slice(0, 1) }) },
    );
    expect((await scene.say('logs 7', signedIn(scene))).out).toBe(bytes.toString());
    const shown = await scene.say('logs 7', { ...signedIn(scene), columns: 80 });
    expect(shown.out).toBe('a\u001b[31mred\ufffd\n\u001b[0m');
    const env = { ...signedIn(scene).env, NO_COLOR: '1' };
    expect((await scene.say('logs 7', { env, columns: 80 })).out).toBe('ared\ufffd\n');
  });

  it('prints all jobs one after the other, or the one that is named by key or id', async () => {
    const { scene } = await openStub(({ url }) =>
      url.includes('/log') ? { body: `log at ${url}\n` } : { body: aRun({ jobs: JOBS }) },
    );
    const log = (id: number) => `log at /api/v1/runs/7/jobs/${id}/log\n`;
    const both = await scene.say('logs 7', signedIn(scene));
    expect(both).toEqual({ code: 0, out: log(1) + log(2), err: '── build ✓ success\n── test ✗ failure\n' });
    expect((await scene.say('logs 7 test', signedIn(scene))).out).toBe(log(2));
    expect((await scene.say('logs 7 2', signedIn(scene))).out).toBe(log(2));
    const { code, err } = await scene.say('logs 7 tset', signedIn(scene));
    expect([code, err]).toEqual([5, 'error: run 7 has no job tset. Did you mean test?\n']);
  });

  it('follows what comes to the end of the job, over a connection that breaks off, and ends with its result', async () => {
    const pieces: (Canned | 'cut')[] = [{ body: 'one\n' }, 'cut', { body: 'two\n' }];
    const { scene, asked } = await openStub(({ url }) => {
      if (!url.includes('/log'))
        return { body: aRun({ jobs: [{ ...JOBS[1]!, state: pieces.length > 0 ? 'running' : 'done' }] }) };
      const from = new URL(url, 'http://localhost').searchParams.get('from_byte') ?? '0';
      const piece = pieces.shift() ?? { body: '' };
      return piece === 'cut' ? piece : { ...piece, headers: { 'x-log-attempt': '1', 'x-log-from-byte': from } };
    });
    const { code, out } = await scene.say('logs -f 7 test --tail 5', signedIn(scene));
    expect([code, out]).toEqual([1, 'one\ntwo\n']);
    const queries = asked.flatMap(({ url }) => /\/log\?(.*)/.exec(url)?.[1] ?? []);
    expect(queries).toEqual(['follow=1&tail=5', ...Array(2).fill('follow=1&attempt=1&from_byte=4')]);
  });

  it('follows a job that has not begun yet on the real API', async () => {
    const { api, scene, runId, jobId } = await sceneWithRun();
    const ticking = setInterval(() => api.clock.advance(200), 20);
    onTestFinished(() => clearInterval(ticking));
    const followed = scene.say(`logs -f ${runId}`, {
      onOutput: (text) => {
        if (text.includes('hello')) void api.get(CancelRun).cancel(runId, 'enough');
      },
    });
    await expect.poll(() => api.get(OpenAnswers).count).toBe(1);
    await writeLog(api, jobId, 'hello\n');
    expect(await followed).toEqual({ code: 4, out: 'hello\n', err: '' });
  });

  it('of a run without a job says why', async () => {
    const { scene } = await openStub(() => ({ body: aRun({ reason: 'waits for an approval' }) }));
    const { code, err } = await scene.say('logs 7', signedIn(scene));
    expect([code, err]).toEqual([0, 'Run 7 has no job: waits for an approval.\n']);
  });
});
