/** Every route that is described, with bodies, paths, queries and headers at random: never a 500, never an answer that is not described. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiDocument, readDocument } from './answer-check.js';
import { type Asked, requestsOf } from './described-values.js';
import { type OpenApi, startApi } from './open-api.js';
import { runJob, sampleProject, sampleRun, writeLog } from './samples.js';

/** Of each route; `npm test` takes a while as it is. */
const REQUESTS = 80;

describe('whatever is sent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-fuzz-'));
  let api: OpenApi;
  let document: ApiDocument;
  let token: string;

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    const { jobId } = await sampleRun(api, await sampleProject(api));
    await runJob(api, jobId);
    await writeLog(api, jobId, '0123456789\n');
    document = readDocument((await api.ask('GET', '/api/openapi.json')).json);
    token = await api.token('maintain');
  });

  afterAll(async () => {
    await api.app.close();
    rmSync(folder, { recursive: true });
  });

  it('is answered by every route as it is described', { timeout: 240_000 }, async () => {
    for (const [path, item] of Object.entries(document.paths))
      for (const [verb, operation] of Object.entries(item)) {
        const property = fc.asyncProperty(requestsOf(document, path, operation), (asked) => judge(verb, asked));
        await fc.assert(property, { numRuns: REQUESTS });
      }
  });

  async function judge(verb: string, { path, query, headers, body }: Asked): Promise<void> {
    const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
    const url = search === '' ? path : `${path}?${search}`;
    const { status, text } = await api.glance(verb.toUpperCase(), url, { token, headers, body });
    expect(status, text).toBeLessThan(500);
    expect(api.logged).toEqual([]);
    if (status === 401 && !path.startsWith('/hooks/')) token = await api.token('maintain');
  }
});

/** As browsers write it; half a character is one that nobody knows. */
function encoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
