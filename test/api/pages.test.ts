/** What a flag's url opens, and the page of an event: who may see them, what they say, how they are answered. */
import { describe, expect, it } from 'vitest';
import { Events } from '../../src/store/events.js';
import { NOW } from '../store/open-store.js';
import { openApi } from './open-api.js';
import { FAILED, HELD, PASSED, RUNNING } from './page-samples.js';
import { type RunScene, sceneEvent, sceneProject, sceneRun } from './page-scenes.js';

async function opened(scene: RunScene = FAILED, { isPublic = true, fullname = 'lab' } = {}) {
  const api = await openApi();
  const projectId = await sceneProject(api, fullname, { isPublic });
  const runId = await sceneRun(api, projectId, scene);
  return { ...api, api, projectId, runId, eventId: 1 };
}

/** What a reader reads, without what gives it shape. */
function wordsOf(page: string): string {
  return page
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

const TITLE = /<h1[^>]*>(.*)<\/h1>/;

describe('GET /runs/:id', () => {
  it('says at once what happened, the result, where it failed and the last lines', async () => {
    const { ask, runId } = await opened();
    const { status, text } = await ask('GET', `/runs/${runId}`);
    const words = wordsOf(text);
    expect([status, wordsOf(TITLE.exec(text)?.[1] ?? '')]).toEqual([200, 'Failed: test (node 20) › Run npm test']);
    expect(words).toContain('alice pushed 3 commits to main');
    expect(words).toContain('Job test (node 20), step 3 Run npm test failed: exit code 1');
    expect(text).toContain('<span class="le">Error: exit code 1</span></span></pre>');
    expect(words).toContain('The last 50 lines of 61 of this step');
  });

  it('leads to the commit and the pull-request on the forge', async () => {
    const { ask, runId } = await opened(RUNNING, { fullname: 'forks/bob/lab' });
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(text).toContain(`<a href="https://pagure.example.org/forks/bob/lab/c/${'c'.repeat(40)}">`);
    expect(text).toContain('<a href="https://pagure.example.org/forks/bob/lab/pull-request/12">#12 ');
  });

  it('shows jobs and steps with times and durations, and opens the job that failed', async () => {
    const { ask, runId } = await opened();
    const { text } = await ask('GET', `/runs/${runId}`);
    const [, failed = ''] = /<details open>(.*?)<\/details>/s.exec(text) ?? [];
    const words = wordsOf(failed);
    expect(words).toContain('failedtest (node 20)failed · 48 s');
    expect(words).toContain('passedRun npm ci12:00:07 · 7.3 s');
    expect(words).toContain('skippedKeep the reportskipped');
    expect(text.match(/<details open>/g)).toHaveLength(1);
    expect(wordsOf(text)).toContain('Jobs 1 failed, 2 passed, 1 skipped');
  });

  it('says why it ran, and why the other pipelines did not', async () => {
    const { ask, runId, eventId } = await opened();
    const { text } = await ask('GET', `/runs/${runId}`);
    const words = wordsOf(text);
    expect(words).toContain('ci .pagure/ci.ymlstarted · failedpush matches "branches: [main]"');
    expect(words).toContain('did not start"docs/**" matches none of the 3 changed paths');
    expect(text).toContain(`<a href="/events/${eventId}">`);
  });

  it('says how far its code is trusted, and why', async () => {
    const { ask, runId } = await opened(RUNNING);
    expect(wordsOf((await ask('GET', `/runs/${runId}`)).text)).toContain(
      'Trustrestricted: a pull-request of the project itself',
    );
  });

  it('lets a running one be read again every few seconds, and kept still', async () => {
    const { ask, runId } = await opened(RUNNING);
    const refresh = '<meta http-equiv="refresh" content="5">';
    expect((await ask('GET', `/runs/${runId}`)).text).toContain(refresh);
    expect((await ask('GET', `/runs/${runId}?reload=off`)).text).not.toContain('http-equiv="refresh"');
    expect(wordsOf((await ask('GET', `/runs/${runId}`)).text)).toContain('Still to come: Deploy to staging');
  });

  it('says of a held one that nothing of it has been run', async () => {
    const { ask, runId } = await opened(HELD);
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(wordsOf(text)).toContain('Held: it waits for somebody’s approval');
    expect(wordsOf(text)).toContain('Nothing of it has been run');
    expect(wordsOf(text)).toContain('started · held');
  });

  it('leads from what failed, over a failure that was allowed', async () => {
    const failure = { outcome: 'failure', conclusion: 'failure' } as const;
    const { ask, runId } = await opened({
      result: 'failure',
      jobs: [
        { name: 'nightly', result: 'failure', continueOnError: true, steps: [{ name: 'try', ...failure }] },
        { name: 'real', result: 'failure', steps: [{ name: 'do', ...failure }] },
      ],
    });
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(wordsOf(TITLE.exec(text)?.[1] ?? '')).toBe('Failed: real › do');
  });

  it('shows the lines of the step that failed, whatever later steps printed', async () => {
    const steps = [{ name: 'try', outcome: 'failure' as const, conclusion: 'failure' as const }];
    const log = 'early\nwhy it failed\n##[error]exit code 1\n';
    const laterLog = 'tidying\n'.repeat(80);
    const { ask, runId } = await opened({
      result: 'failure',
      jobs: [{ name: 'test', result: 'failure', steps, log, laterLog }],
    });
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(text).toContain(
      '<span class="fe">why it failed</span>\n<span class="le">Error: exit code 1</span></span></pre>',
    );
    expect(wordsOf(text)).toContain('All of this step: 3 lines');
    expect(text).not.toContain('tidying');
  });

  it.each([
    ['it printed nothing', ''],
    ['its lines are too long', `${'x'.repeat(3_000_000)}\n`],
  ])('shows the last lines of the job where %s', async (_why, log) => {
    const steps = [{ name: 'try', outcome: 'failure' as const, conclusion: 'failure' as const }];
    const jobs = [{ name: 'test', result: 'failure' as const, steps, log, laterLog: 'tidying\n'.repeat(80) }];
    const { ask, runId } = await opened({ result: 'failure', jobs });
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(wordsOf(text)).toMatch(/tidying The last 50 lines of 8[01]\./);
  });

  it('shows what is wrong with a pipeline that could not be read', async () => {
    const problem = { file: '.pagure/ci.yml', line: 3, column: 5, message: 'unknown key "stepz"', code: 'unknown-key' };
    const problems = [{ ...problem, severity: 'error' as const }];
    const { ask, runId } = await opened({ result: 'error', reason: 'the pipeline has problems', problems });
    const words = wordsOf((await ask('GET', `/runs/${runId}`)).text);
    expect(words).toContain('Could not run: the pipeline has problems');
    expect(words).toContain('.pagure/ci.yml:3:5 unknown key "stepz" unknown-key');
  });
});

describe('a page', () => {
  it('lets nothing be loaded, run, sent or framed (TRUST §6)', async () => {
    const { ask, runId } = await opened();
    const { headers, text } = await ask('GET', `/runs/${runId}`);
    expect(String(headers['content-security-policy'])).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-cache',
      vary: 'authorization',
    });
    expect(text).not.toMatch(/<script|style="|\son\w+=/);
  });

  it('is not sent again to a browser that has it', async () => {
    const { ask, runId } = await opened(PASSED);
    const { headers } = await ask('GET', `/runs/${runId}`);
    const again = await ask('GET', `/runs/${runId}`, { headers: { 'if-none-match': String(headers['etag']) } });
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', headers['etag']]);
  });

  it('is sent again when it has changed', async () => {
    const { ask, runId, clock } = await opened(RUNNING);
    const { headers } = await ask('GET', `/runs/${runId}`);
    clock.advance(2_000);
    const again = await ask('GET', `/runs/${runId}`, { headers: { 'if-none-match': String(headers['etag']) } });
    expect(again.status).toBe(200);
  });

  it('is a page also where the server fails, and says nothing of what broke', async () => {
    const { ask, runId, api } = await opened();
    api.get(Events).byId = () => Promise.reject(new Error('secret path'));
    const { status, headers, text } = await ask('GET', `/runs/${runId}`);
    expect([status, headers['content-type']]).toEqual([500, 'text/html; charset=utf-8']);
    expect(text).not.toContain('secret path');
    expect(api.logged.join('\n')).toContain('secret path');
  });
});

describe('the colours of a page', () => {
  it.each([
    ['light', 0],
    ['dark', 1],
  ])('can be told from the ground they stand on, in the %s scheme (WCAG 2.2, 1.4.3)', async (_, at) => {
    const { ask, runId } = await opened();
    const [, values = ''] = [...(await ask('GET', `/runs/${runId}`)).text.matchAll(/:root\{([^}]*)\}/g)][at] ?? [];
    const palette = new Map([...values.matchAll(/--(\w+):(#\w+)/g)].map(([, name, colour]) => [name!, colour!]));
    const inks = ['text', 'dim', 'link', 'green', 'red', 'amber', 'blue', 'violet', 'cyan'];
    const pairs = inks.flatMap((ink) => ['bg', 'card', 'log'].map((ground) => [ink, ground] as const));
    const faint = pairs.filter(([ink, ground]) => contrast(palette.get(ink)!, palette.get(ground)!) < 4.5);
    expect(faint).toEqual([]);
  });
});

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/\w/g, '$&$&') : colour;
  const parts = [1, 3, 5].map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('GET /events/:id', () => {
  it('lists for each pipeline why it did or did not start', async () => {
    const { ask, runId, eventId } = await opened();
    const { status, text } = await ask('GET', `/events/${eventId}`);
    expect([status, wordsOf(TITLE.exec(text)?.[1] ?? '')]).toEqual([200, 'Started 1 run: 1 failed']);
    expect(text).toContain(`<a href="/runs/${runId}"><bdi>ci</bdi></a>`);
    expect(wordsOf(text)).toContain('releasedid not startpush to refs/heads/main matches no tag');
  });

  it.each([
    ['done', 'nothing was found', 'Started nothing: nothing was found'],
    ['parked', 'it broke us thrice', 'Given up: it broke us thrice'],
  ] as const)('says of one that is %s what became of it', async (state, note, expected) => {
    const { ask, api, projectId } = await opened();
    const eventId = await sceneEvent(api, projectId);
    await api.store.commit((tx) => api.get(Events).settle(tx, eventId, { state, note }));
    expect(wordsOf((await ask('GET', `/events/${eventId}`)).text)).toContain(expected);
  });

  it('of one that is not decided yet is read again every few seconds', async () => {
    const { ask, api, projectId } = await opened();
    const { text } = await ask('GET', `/events/${await sceneEvent(api, projectId)}`);
    expect(text).toContain('<meta http-equiv="refresh" content="5">');
    expect(wordsOf(text)).toContain('Not decided yet');
  });
});

describe.each(['runs', 'events'])('/%s of a project that is not public', (noun) => {
  const idOf = (api: { runId: number; eventId: number }) => (noun === 'runs' ? api.runId : api.eventId);

  it('are answered as what is not there, but for the number that was asked for', async () => {
    const api = await opened(FAILED, { isPublic: false });
    const hidden = await api.ask('GET', `/${noun}/${idOf(api)}`);
    const absent = await api.ask('GET', `/${noun}/999`);
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.text.replaceAll(` show ${idOf(api)}`, ' show 999').replaceAll(`/${idOf(api)}<`, '/999<')).toBe(
      absent.text,
    );
    const steady = ({ headers }: typeof hidden) => ({ ...headers, 'content-length': 0, date: '', 'x-request-id': '' });
    expect(steady(hidden)).toEqual(steady(absent));
  });

  it('say how to sign in', async () => {
    const { ask } = await opened();
    const { text } = await ask('GET', `/${noun}/999`);
    const words = wordsOf(text);
    expect(words).toContain(`pagure-actions login --url http://localhost:8080 pagure-actions ${noun} show 999`);
    expect(words).toContain('curl -H "Authorization: Bearer pa_…"');
  });

  it.each(['0', 'x', '1e3', '%00', '1%2F..', '-1', '9'.repeat(40)])('do not choke on the address %s', async (id) => {
    const { ask } = await opened();
    const { status, headers, text } = await ask('GET', `/${noun}/${id}`);
    expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(text).toContain(`${noun} show ID`);
  });

  it.each([
    ['are shown to a token that sees the project', {}, 200],
    ['are hidden from a token of another project', { projects: [99] }, 404],
    ['are hidden from an expired token', { expiresAt: NOW - 1 }, 404],
  ])('%s', async (_, change, expected) => {
    const api = await opened(FAILED, { isPublic: false });
    const token = await api.token('read', change);
    expect((await api.ask('GET', `/${noun}/${idOf(api)}`, { token })).status).toBe(expected);
  });
});
