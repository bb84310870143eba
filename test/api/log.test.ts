/** The log of a job: text, whole or by range (RFC 9110). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedRange } from '../../src/api/byte-range.js';
import { openApi } from './open-api.js';
import { runJob, sampleProject, sampleRun, writeLog } from './samples.js';

async function opened(text: string | null = '0123456789') {
  const api = await openApi();
  const { runId, jobId } = await sampleRun(api, await sampleProject(api));
  await runJob(api, jobId);
  if (text !== null) await writeLog(api, jobId, text);
  const [token, url] = [await api.token('read'), `/api/v1/runs/${runId}/jobs/${jobId}/log`];
  const read = (headers: Record<string, string> = {}) => api.ask('GET', url, { token, headers });
  return { ...api, api, token, url, runId, jobId, read };
}

describe('GET …/log', () => {
  it('is plain text that no browser takes for anything else', async () => {
    const { read } = await opened('<script>alert(1)</script>\n');
    const { status, headers, text } = await read();
    expect([status, text]).toEqual([200, '<script>alert(1)</script>\n']);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-length': '26',
    });
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('%s is 206 with %s', async (range, text, contentRange) => {
    const { read } = await opened();
    const answer = await read({ range });
    expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([206, text, contentRange]);
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s is 416 with the size', async (range) => {
    const { read } = await opened();
    const { status, headers, json } = await read({ range });
    expect([status, json['code'], headers['content-range']]).toEqual([416, 'range-unsatisfiable', 'bytes */10']);
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it.each(['bytes=5-2', 'bytes=0-1,3-4', 'bytes=', 'bytes=-', 'lines=1-2', 'bytes=a-b', ''])(
    '%j is not understood: the whole is sent',
    async (range) => {
      const { read } = await opened();
      const { status, text } = await read({ range });
      expect([status, text]).toEqual([200, '0123456789']);
    },
  );

  it('is sent whole for a range of a version that we never named', async () => {
    const { read } = await opened();
    expect((await read({ range: 'bytes=0-1', 'if-range': '"x"' })).status).toBe(200);
  });

  it('is empty before the first byte', async () => {
    const { read } = await opened(null);
    const { status, text, headers } = await read();
    expect([status, text, headers['content-length']]).toEqual([200, '', '0']);
    expect((await read({ range: 'bytes=0-' })).status).toBe(416);
  });

  it('of many chunks arrives byte for byte', async () => {
    const long = 'ä line of a long log\n'.repeat(20_000);
    const { read } = await opened(long);
    expect((await read()).text).toBe(long);
    expect((await read({ range: 'bytes=100-300099' })).text).toBe(Buffer.from(long).subarray(100, 300_100).toString());
  });

  it('of a job of another run is not there', async () => {
    const { api, ask, token, jobId } = await opened();
    const { runId } = await sampleRun(api, await sampleProject(api, 'other'));
    const { status, json } = await ask('GET', `/api/v1/runs/${runId}/jobs/${jobId}/log`, { token });
    expect([status, json['code']]).toEqual([404, 'no-such-job']);
  });
});

describe('a byte range', () => {
  it('never leaves the text, whatever was asked for', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
      fc.nat().map((n) => `bytes=-${n}`),
    );
    fc.assert(
      fc.property(header, fc.nat(), (asked, size) => {
        const range = askedRange(asked, size);
        if (range.kind !== 'part') return;
        expect(range.from).toBeLessThan(range.to);
        expect(range.to).toBeLessThanOrEqual(size);
      }),
    );
  });
});
