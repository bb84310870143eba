/** The log of a job: text, whole or by range (RFC 9110). */
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { textPart } from '../../src/model/log.js';
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
  const part = (query: string, headers = {}) => api.ask('GET', `${url}?${query}`, { token, headers });
  return { ...api, api, token, url, runId, jobId, read, part };
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

  it('is sent in parts for a range of the version that was named', async () => {
    const { read } = await opened();
    const etag = String((await read()).headers['etag']);
    const { status, headers, text } = await read({ range: 'bytes=0-1', 'if-range': etag });
    expect([status, text, headers['etag']]).toEqual([206, '01', etag]);
  });

  it('is not sent again to whoever has it, until it has grown', async () => {
    const { api, jobId, read, part } = await opened();
    const { headers } = await read();
    const had = { 'if-none-match': String(headers['etag']) };
    const again = await read(had);
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', headers['etag']]);
    expect((await part('tail=0', had)).status).toBe(200);
    await writeLog(api, jobId, 'more');
    expect((await read(had)).text).toBe('0123456789more');
  });

  it('has a weak tag when it is packed, by which it is known too', async () => {
    const { read } = await opened('a line of a log\n'.repeat(100));
    const packed = { 'accept-encoding': 'gzip' };
    const { etag } = (await read(packed)).headers;
    expect(etag).toBe(`W/${(await read()).headers['etag']}`);
    expect((await read({ ...packed, 'if-none-match': String(etag) })).status).toBe(304);
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

describe('a part of a log', () => {
  const LINES = 'one\n\nthree\nfour';

  it.each([
    ['from_line=1', LINES, '0'],
    ['from_line=3', 'three\nfour', '5'],
    ['from_line=2&to_line=3', '\nthree\n', '4'],
    ['to_line=1', 'one\n', '0'],
    ['from_line=4&to_line=99', 'four', '11'],
    ['from_line=5', '', '15'],
    ['tail=1', 'four', '11'],
    ['tail=2', 'three\nfour', '5'],
    ['tail=99', LINES, '0'],
    ['tail=0', '', '15'],
    ['from_byte=0', LINES, '0'],
    ['from_byte=12', 'our', '12'],
    ['from_byte=99', '', '15'],
  ])('%s is %j', async (query, text, fromByte) => {
    const { part } = await opened(LINES);
    const answer = await part(query);
    expect([answer.status, answer.text, answer.headers['x-log-from-byte']]).toEqual([200, text, fromByte]);
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  it('of a log that is not there is empty', async () => {
    const { part } = await opened(null);
    for (const query of ['tail=5', 'from_line=3', 'from_line=1&to_line=2', 'from_byte=4'])
      expect([query, (await part(query)).text]).toEqual([query, '']);
  });

  it('is not cut by a Range header too', async () => {
    const { part } = await opened(LINES);
    const { status, text } = await part('tail=1', { range: 'bytes=0-1' });
    expect([status, text]).toEqual([200, 'four']);
  });

  it.each([
    ['from_line=0', ['from_line']],
    ['from_line=-1&to_line=x&tail=1.5&attempt=&follow=yes', ['from_line', 'to_line', 'tail', 'attempt', 'follow']],
    ['from_line=5&to_line=4', ['to_line']],
    ['tail=1&from_line=1', ['tail']],
    ['from_byte=1&tail=1', ['from_byte']],
    ['follow=1&from_line=1&to_line=2', ['from_line', 'to_line']],
    ['tail=1000001', ['tail']],
    ['tail=1&tail=2', ['tail']],
    ['fromline=1&lines=3', ['fromline', 'lines']],
  ])('%s is refused with every fault by its path', async (query, paths) => {
    const { part } = await opened(LINES);
    const { status, json } = await part(query);
    expect([status, json['code']]).toEqual([400, 'invalid-input']);
    expect((json['faults'] as { path: string }[]).map(({ path }) => path).sort()).toEqual([...paths].sort());
  });

  it('is that of the attempt that is asked for', async () => {
    const { part, api, jobId } = await opened('first\n');
    await api.store.commit((tx) => tx.manager.query('UPDATE "job" SET "attempt" = 2'));
    const log = await api.blobs.openLog(jobId, 2);
    await log.append([textPart('second\n', 1)], 0);
    await log.close();
    const [newest, first, second, third] = await Promise.all(
      ['', 'attempt=1', 'attempt=2', 'attempt=3'].map((query) => part(query)),
    );
    expect([newest?.text, first?.text, second?.text]).toEqual(['second\n', 'first\n', 'second\n']);
    expect([newest?.headers['x-log-attempt'], first?.headers['x-log-attempt']]).toEqual(['2', '1']);
    expect(third?.json).toMatchObject({ status: 404, code: 'no-such-attempt' });
  });
});

describe('the log of one step', () => {
  async function ofSteps(state: 'written' | 'sealed') {
    const world = await opened(null);
    const log = await world.blobs.openLog(world.jobId, 1);
    for (let n = 1; n <= 3; n += 1) {
      await log.append([textPart(`a${n}\n`, 1), textPart(`b${n}\n`, 2)], 0);
    }
    onTestFinished(() => log.close());
    if (state === 'sealed') {
      await log.close();
      await world.blobs.sealLog(world.jobId, 1, new AbortController().signal);
    }
    return world;
  }

  it.each(['written', 'sealed'] as const)(
    'of a log that is %s is what it printed, in parts by its own lines',
    async (state) => {
      const { part } = await ofSteps(state);
      const queries = ['', '&from_line=2', '&from_line=2&to_line=2', '&tail=1', '&tail=0', '&from_line=9'];
      const texts = await Promise.all(queries.map(async (query) => (await part(`step=2${query}`)).text));
      expect(texts).toEqual(['b1\nb2\nb3\n', 'b2\nb3\n', 'b2\n', 'b3\n', '', '']);
      expect([(await part('step=1')).text, (await part('step=7')).text]).toEqual(['a1\na2\na3\n', '']);
    },
  );

  it('is not sent again to whoever has it, until it grows', async () => {
    const { part, jobId, blobs } = await ofSteps('sealed');
    const { headers } = await part('step=2');
    const again = await part('step=2', { 'if-none-match': String(headers['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await part('step=1')).headers['etag']).not.toBe(headers['etag']);
    expect(await blobs.unsealed()).not.toContainEqual({ jobId, attempt: 1 });
  });

  it('is packed for whoever takes it so', async () => {
    const { app, url, token } = await opened('a line of a log\n'.repeat(20_000));
    const headers = { host: 'localhost', authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
    const answer = await app.inject({ method: 'GET', url: `${url}?step=1`, headers });
    expect(gunzipSync(answer.rawPayload).toString()).toBe('a line of a log\n'.repeat(20_000));
  });

  it('is neither followed nor cut at bytes', async () => {
    const { part } = await ofSteps('written');
    const answers = await Promise.all([part('step=1&follow=1'), part('step=1&from_byte=2'), part('step=x')]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });
});

describe('a packed log', () => {
  const LONG = 'a line of a log\n'.repeat(20_000);

  it.each(['gzip', 'deflate, gzip;q=0.5, *;q=0', 'GZIP', '*'])('is sent to whoever takes %s', async (encoding) => {
    const { app, url, token } = await opened(LONG);
    const headers = { host: 'localhost', authorization: `Bearer ${token}`, 'accept-encoding': encoding };
    const answer = await app.inject({ method: 'GET', url, headers });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(answer.headers['content-length']).toBeUndefined();
    expect(answer.rawPayload.length).toBeLessThan(LONG.length / 50);
    expect(gunzipSync(answer.rawPayload).toString()).toBe(LONG);
  });

  it.each(['', 'identity', 'gzip;q=0', 'br', 'gzip;q=x', '*;q=0'])(
    'is not sent to whoever takes %j',
    async (encoding) => {
      const { read } = await opened(LONG);
      const { headers, text } = await read({ 'accept-encoding': encoding });
      expect([headers['content-encoding'], text === LONG, headers['vary']]).toEqual([
        undefined,
        true,
        'accept-encoding',
      ]);
    },
  );

  it('is not sent for a range, nor when it is short', async () => {
    const { read, part } = await opened(LONG);
    const packed = { 'accept-encoding': 'gzip' };
    expect((await read({ ...packed, range: 'bytes=0-9999' })).headers['content-encoding']).toBeUndefined();
    expect((await part('tail=1', packed)).headers['content-encoding']).toBeUndefined();
    expect((await part('tail=100', packed)).headers['content-encoding']).toBe('gzip');
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
