/** Nothing that comes from outside changes a page, and no page is large or slow (TRUST §5, §6). */
import { describe, expect, it } from 'vitest';
import { addressUnder } from '../../src/api/pages/links.js';
import { openApi } from './open-api.js';
import { FAILED, HOSTILE } from './page-samples.js';
import { type JobScene, type RunScene, sceneEvent, sceneProject, sceneRun } from './page-scenes.js';

const MOST_BYTES = 20_000;

async function pageOf(scene: RunScene, what: 'run' | 'event' = 'run') {
  const api = await openApi();
  const runId = await sceneRun(api, await sceneProject(api, 'lab'), scene);
  const path = what === 'run' ? `/runs/${runId}` : '/events/1';
  return { ...(await api.ask('GET', path)), api, path };
}

describe('text from outside', () => {
  it.each(['run', 'event'] as const)('never leaves its place on the page of a %s', async (what) => {
    const { status, text } = await pageOf(HOSTILE, what);
    expect(status).toBe(200);
    const tags = [...text.matchAll(/<\/?([^\s>]+)/g)].map(([, name]) => name);
    expect(new Set(tags)).not.toContain('script');
    expect(new Set(tags)).not.toContain('img');
    expect(tags.filter((name) => name === 'title')).toHaveLength(2);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800\0-\x08\x0b-\x1f\x7f-\x9f]/u);
  });

  it('becomes a link only to http and https under the project’s instance', async () => {
    const { text } = await pageOf(HOSTILE);
    const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, address]) => address!);
    const known = /^(?:https:\/\/pagure\.example\.org\/|\/api\/v1\/|\/events\/|\/runs\/|data:image\/svg\+xml,)/;
    expect(links.filter((address) => !known.test(address))).toEqual([]);
    expect(links.filter((address) => address.includes('/c/'))).toEqual([]);
  });

  it.each(
    [
      ['javascript:alert(1)', 'JavaScript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'],
      ['//pagure.example.org/x', '/x', 'x', '', 'https://evil.example/https://pagure.example.org/'],
      ['https://pagure.example.org.evil.example/x', 'https://pagure.example.org@evil.example/x'],
      ['https://u:p@pagure.example.org/x', 'http://pagure.example.org/x', 'https://pagure.example.org:444/x'],
      [`https://pagure.example.org/${'x'.repeat(2_000)}`],
    ].flat(),
  )('is no address: %s', (url) => {
    expect(addressUnder('https://pagure.example.org', url)).toBeNull();
  });

  it('may be an address under the instance', () => {
    const url = 'https://pagure.example.org/lab/pull-request/1#comment-"2"';
    expect(addressUnder('https://pagure.example.org', url)).toBe(
      'https://pagure.example.org/lab/pull-request/1#comment-%222%22',
    );
  });
});

/** Of every length that the store takes, made of what is longest when it is escaped. */
const LONG = '`"'.repeat(1_500);
const LONG_JOB: JobScene = {
  ...{ name: LONG, result: 'failure', reason: LONG },
  steps: Array.from(
    { length: 45 },
    () => ({ name: LONG, reason: LONG, outcome: 'failure', conclusion: 'failure' }) as const,
  ),
};
const LOGGED = { log: `${`\u001b[31m\u001b[1m${LONG}\u001b[0m`}\n`.repeat(120) };

const HUGE: RunScene = {
  ...{
    title: LONG,
    pipelineName: LONG,
    pipelineKey: `repo:${LONG}`,
    reason: LONG,
    trustReason: LONG,
    result: 'failure',
  },
  facts: { ...HOSTILE.facts, summary: LONG, topic: LONG, actor: LONG, ref: `refs/heads/${LONG}` },
  resolved: { ...FAILED.resolved!, ...HOSTILE.resolved!, ref: `refs/heads/${LONG}`, headMessage: LONG, commit: LONG },
  problems: Array.from({ length: 50 }, () => ({ ...HOSTILE.problems![0]!, file: LONG, message: LONG, code: LONG })),
  jobs: [{ ...LONG_JOB, ...LOGGED }, ...Array.from({ length: 12 }, () => LONG_JOB)],
  decisions: Array.from({ length: 80 }, (_, at) => ({
    ...{ pipelineName: LONG, pipelineKey: `server:${at}${LONG}`, reason: LONG },
  })),
};

const MANY: RunScene = {
  ...{ result: 'failure' },
  jobs: Array.from({ length: 256 }, (_, at) => ({
    ...{ name: `test (${at})`, result: at === 200 ? 'failure' : 'success' },
    steps: Array.from({ length: 20 }, (_, step) => ({
      name: `step ${step}`,
      conclusion: at === 200 && step === 19 ? ('failure' as const) : ('success' as const),
    })),
    log: at === 200 ? FAILED.jobs![1]!.log : undefined,
  })),
};

describe('a page stays small', () => {
  it('whatever length everything has, and says what it left out', async () => {
    const { text, headers } = await pageOf(HUGE);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(text).toMatch(/Error|<pre/);
    expect(text).toMatch(/The last \d+ lines? of 120/);
    expect(text).toMatch(/\d+ more jobs?: all are in <a href="\/api\/v1\/runs\/1">/);
  });

  it('of an event too, with many pipelines', async () => {
    const { text } = await pageOf(HUGE, 'event');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
    expect(text).toMatch(/\d+ more pipelines: all are in <a href="\/api\/v1\/events\/1">/);
  });

  it('with 256 jobs of 20 steps, of which the one that failed comes first', async () => {
    const { text } = await pageOf(MANY);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
    expect(text.indexOf('test (200)', text.indexOf('id="jobs"'))).toBeLessThan(text.indexOf('test (0)'));
    expect(text).toMatch(/Failed<\/strong>: <bdi>test \(200\)<\/bdi> .*<bdi>step 19<\/bdi>/);
    expect(/<details open>(.*?)<\/details>/s.exec(text)?.[1]).toContain('<bdi>step 19</bdi>');
  });
});

describe('an event’s own address', () => {
  it('is no link when it is not under the instance', async () => {
    const api = await openApi();
    const nothing = { commit: null, ref: null, after: null, before: null };
    const projectId = await sceneProject(api, 'lab');
    const eventId = await sceneEvent(api, projectId, { ...nothing, kind: 'issue', url: 'javascript:alert(1)' });
    const { text } = await api.ask('GET', `/events/${eventId}`);
    expect(text).toContain('<dd><bdi>javascript:alert(1)</bdi></dd>');
  });
});
