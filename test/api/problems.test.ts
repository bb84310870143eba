/** Whatever goes wrong is answered as RFC 9457 problem details, with a stable code and nothing of ours or theirs in it. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Fault, Refusal } from '../../src/kernel/errors.js';
import { problemDetails } from '../../src/api/problem-details.js';
import { Tokens } from '../../src/store/tokens.js';
import { openApi } from './open-api.js';

async function opened() {
  const api = await openApi();
  const token = await api.token('maintain');
  const post = (body: string | undefined, headers: Record<string, string> = {}) =>
    api.ask('POST', '/api/v1/projects', { token, body, headers });
  return { ...api, token, post };
}

describe('what is not well-formed', () => {
  it.each([
    ['no JSON', '{"a":', 400, 'bad-json'],
    ['a body of blanks', '  ', 400, 'bad-json'],
    ['a key __proto__', '{"settings":{"__proto__":{"allowSha1":true}}}', 400, 'bad-json'],
    ['an escaped key __proto__', '{"\\u005f_proto__":1}', 400, 'bad-json'],
    ['a key constructor', '{"constructor":{"prototype":{}}}', 400, 'invalid-input'],
    ['deep brackets', '['.repeat(100_000), 400, 'bad-json'],
    ['deep objects', '{"a":'.repeat(33) + '1' + '}'.repeat(33), 400, 'bad-json'],
    ['more values than any input has', `{"keys":[${'1,'.repeat(500)}1]}`, 400, 'bad-json'],
    ['more fields than any input has', `{${'"x":1,'.repeat(500)}"x":1}`, 400, 'bad-json'],
    ['a list', '[]', 400, 'invalid-input'],
    ['a text', '"x"', 400, 'invalid-input'],
    ['null', 'null', 400, 'invalid-input'],
    ['an empty body', '', 400, 'invalid-input'],
    ['a body that is too large', `"${'x'.repeat(1024 * 1024)}"`, 413, 'body-too-large'],
  ])('(%s) is refused', async (_, body, status, code) => {
    const { post } = await opened();
    const answer = await post(body);
    expect([answer.status, answer.json['code'], answer.json['status']]).toEqual([status, code, status]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(Object.prototype).not.toHaveProperty('allowSha1');
  });

  it('(a query of more fields than any has) is told in one sentence', async () => {
    const { ask, token } = await opened();
    const query = Array.from({ length: 200 }, (_, at) => `x${at}=1`).join('&');
    const { status, json } = await ask('GET', `/api/v1/projects?${query}`, { token });
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'invalid-input', faults: [{ path: '', message: 'has more than 100 fields' }] });
  });

  it('(bytes that are not UTF-8) is refused', async () => {
    const { app, token } = await opened();
    const headers = { host: 'localhost', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = '/api/v1/projects';
    const { json } = await app.inject({ method: 'POST', url, headers, payload: Buffer.from([0x22, 0xff, 0x22]) });
    expect(json()).toMatchObject({ status: 400, code: 'bad-json', detail: 'The body is not UTF-8.' });
  });

  it.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['multipart/form-data; boundary=x', {}],
    ['application/json; charset=latin1', {}],
    ['application/jsonx', {}],
    ['nonsense', {}],
    ['', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('(content type %j %j) is refused', async (type, more) => {
    const { post } = await opened();
    const { status, json } = await post('{}', { 'content-type': type, ...more });
    expect([status, json['code']]).toEqual([415, 'not-json']);
  });

  it.each([
    ['GET', '/', 404, 'no-such-address'],
    ['GET', '/api/v1/nothing', 404, 'no-such-address'],
    ['DELETE', '/api/v1/projects', 404, 'no-such-address'],
    ['GET', '/api/v1/projects/%zz', 400, 'bad-request'],
    ['GET', '/api/v1/projects/0', 400, 'invalid-input'],
    ['GET', '/api/v1/projects/01', 400, 'invalid-input'],
    ['GET', '/api/v1/projects/1e3', 400, 'invalid-input'],
    ['GET', '/api/v1/projects/-1', 400, 'invalid-input'],
    ['GET', '/api/v1/events/9007199254740993', 400, 'invalid-input'],
    ['GET', '/api/v1/runs/%00', 400, 'invalid-input'],
    ['GET', '/api/v1/runs/1/jobs/x/log', 400, 'invalid-input'],
    ['POST', '/api/v1/runs/x/cancel', 400, 'invalid-input'],
    ['GET', '/api/v1/projects/999', 404, 'no-such-project'],
    ['GET', '/api/v1/events/999', 404, 'no-such-event'],
    ['GET', '/api/v1/runs/999', 404, 'no-such-run'],
    ['GET', '/api/v1/runs/999/jobs/1/log', 404, 'no-such-run'],
    ['POST', '/api/v1/runs/999/cancel', 404, 'no-such-run'],
  ])('%s %s is %i %s', async (method, url, status, code) => {
    const { ask, token } = await opened();
    const { json, headers } = await ask(method, url, { token });
    expect(json).toMatchObject({ type: 'about:blank', status, code });
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it('is not repeated in the answer', async () => {
    const { ask, token } = await opened();
    const { text } = await ask('GET', '/api/v1/SEEN-BY-NOBODY', { token });
    expect(text).not.toContain('SEEN-BY-NOBODY');
  });
});

describe('what breaks on our side', () => {
  it('is 500 without a word about it, and logged once', async () => {
    const { ask, token, get, logged } = await opened();
    get(Tokens).byHash = () => Promise.reject(new Error('disk I/O error in /secret/path'));
    const { status, text, json } = await ask('GET', '/api/v1/projects/7', { token });
    expect([status, json['code']]).toEqual([500, 'internal-error']);
    expect(text).not.toContain('disk');
    expect(logged).toEqual([expect.stringMatching(/^GET \/api\/v1\/projects\/:id: Error: disk I\/O error/)]);
  });

  it('is 503 when it may pass', () => {
    expect(problemDetails(new Fault('busy', { retryable: true }))).toMatchObject({ status: 503, code: 'unavailable' });
    expect(problemDetails(new Fault('gone', { retryable: false }))).toMatchObject({ status: 500 });
  });

  it.each([undefined, null, 'text', 3, {}, { statusCode: 404 }, new TypeError('x')])('may be %j', (thrown) => {
    expect(problemDetails(thrown)).toMatchObject({ status: 500, code: 'internal-error' });
  });
});

describe('a refusal', () => {
  it('keeps its code, faults and problems', () => {
    const faults = [{ path: 'a', message: 'is wrong' }];
    expect(problemDetails(new Refusal('too-many', 'slow-down', 'Wait.', { faults }))).toEqual({
      type: 'about:blank',
      title: 'Too Many Requests',
      status: 429,
      code: 'slow-down',
      detail: 'Wait.',
      faults,
      problems: undefined,
    });
  });
});

describe('over a real connection', () => {
  async function listening() {
    const { app, token } = await opened();
    await app.listen(0, '127.0.0.1');
    return { token, port: (app.getHttpServer().address() as AddressInfo).port };
  }

  it('a chunked body over the limit is answered 413 and the connection closed', async () => {
    const { port, token } = await listening();
    const headers = { host: 'localhost', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest({ port, path: '/api/v1/projects', method: 'POST', headers }, (answer) => {
        expect(answer.headers['connection']).toBe('close');
        resolve(answer.resume().statusCode);
      });
      sent.on('error', reject);
      for (let part = 0; part < 20; part += 1) sent.write(' '.repeat(64 * 1024));
    });
    expect(status).toBe(413);
  });

  it.each([
    ['without a token', '/api/v1/projects', '', 401],
    ['with a wrong token', '/api/v1/projects', 'authorization: Bearer pa_wrong\r\n', 401],
    ['to an address of nothing', '/api/v1/nothing', '', 404],
    ['to a door of nothing', '/hooks/nothing', '', 404],
  ])('a body %s is not read: its head is answered', async (_, path, line, status) => {
    const { port } = await listening();
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${line}`);
    socket.write('content-length: 1000000\r\n\r\n{');
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(head.toString('latin1')).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it.each([
    ['headers over 16 KiB', `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['bytes that are no HTTP', '\x16\x03\x01\r\n\r\n', 400],
  ])('%s are answered by problem details too', async (_, bytes, status) => {
    const { port } = await listening();
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    const [head = '', body = ''] = answer.toString('latin1').split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json`));
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, code: 'bad-request' });
  });

  it('a client that leaves in the middle of a body leaves the server up', async () => {
    const { port } = await listening();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /api/v1/projects HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n');
    socket.write('content-length: 100\r\n\r\n{', () => socket.destroy());
    await new Promise((resolve) => socket.on('close', resolve));
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(answer.status).toBe(200);
  });
});
