/** Every body and every path parameter, at random: never a 500, never a broken answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenApi, startApi } from './open-api.js';
import { runJob, sampleProject, sampleRun } from './samples.js';

const FIELDS = ['instance', 'fullname', 'keys', 'token', 'settings', 'enabled', 'name', 'text', 'role', 'projects'];
const key = fc.oneof(
  fc.constantFrom(...FIELDS, 'expiresAt', 'reason', '__proto__', 'constructor', 'then'),
  fc.string(),
);
const body = fc.oneof(fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue()))), fc.jsonValue());
const part = fc.oneof(
  fc.constantFrom('1', '2', '0', '..', '%2e%2e', 'ci'),
  fc.string({ unit: 'grapheme' }).map(encodeURIComponent),
  fc.webSegment(),
);

describe('whatever is sent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-fuzz-'));
  let api: OpenApi;
  let token: string;

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    const { jobId } = await sampleRun(api, await sampleProject(api));
    await runJob(api, jobId);
    token = await api.token('maintain');
  });

  afterAll(async () => {
    await api.app.close();
    rmSync(folder, { recursive: true });
  });

  const judge = async (method: string, url: string, sent?: string) => {
    const { status, text, headers } = await api.ask(method, url, { token, body: sent });
    expect(status, text).toBeLessThan(500);
    if (status >= 400 && !url.startsWith('/runs/'))
      expect(headers['content-type']).toContain('application/problem+json');
    expect(api.logged).toEqual([]);
  };

  it.each([
    ['POST', '/api/v1/projects'],
    ['PATCH', '/api/v1/projects/1'],
    ['POST', '/api/v1/projects/1/pipelines'],
    ['PUT', '/api/v1/projects/1/pipelines/ci'],
    ['POST', '/api/v1/tokens'],
    ['POST', '/api/v1/runs/1/cancel'],
  ])('%s %s answers', async (method, url) => {
    const text = fc.oneof(
      body.map((value) => JSON.stringify(value)),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(text, (sent) => judge(method, url, sent)),
      { numRuns: 150 },
    );
  });

  it.each([
    (id: string) => `/api/v1/projects/${id}`,
    (id: string) => `/api/v1/projects/1/pipelines/${id}`,
    (id: string) => `/api/v1/projects/${id}/pipelines`,
    (id: string) => `/api/v1/events/${id}`,
    (id: string) => `/api/v1/runs/${id}`,
    (id: string) => `/api/v1/runs/1/jobs/${id}/log`,
    (id: string) => `/api/v1/${id}`,
    (id: string) => `/runs/${id}`,
  ])('%s answers for any part of the path', async (address) => {
    await fc.assert(
      fc.asyncProperty(part, (id) => judge('GET', address(id))),
      { numRuns: 100 },
    );
  });

  it('every Range header is answered', async () => {
    const range = fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
    );
    await fc.assert(
      fc.asyncProperty(range, async (header) => {
        const { status } = await api.ask('GET', '/api/v1/runs/1/jobs/1/log', { token, headers: { range: header } });
        expect([200, 206, 416]).toContain(status);
      }),
    );
  });
});
