/** The log: one line per request, JSON for programs, readable on a terminal, no secret in either. */
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { HouseLog, type LogOptions } from '../../src/house-log.js';
import { logRequests, requestNames } from '../../src/request-log.js';
import { StillClock } from '../kernel/still-clock.js';

const NOW = Date.parse('2026-11-24T18:00:00Z');
const TOKEN = `pa_${'x7'.repeat(20)}`;

function openLog(change: Partial<LogOptions> = {}) {
  const written: string[] = [];
  const stream = { write: (text: string) => void written.push(text) };
  const log = new HouseLog({ stream, isTerminal: false, level: 'info', clock: new StillClock(NOW), ...change });
  const lines = () => {
    log.flush();
    return written.join('').split('\n').slice(0, -1);
  };
  return { log, written, lines, entries: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('is JSON lines when nobody looks', () => {
    const { log, entries } = openLog();
    log.warn('something is odd', 'Sweep');
    expect(entries()).toEqual([
      { level: 'warn', time: '2026-11-24T18:00:00.000Z', context: 'Sweep', msg: 'something is odd' },
    ]);
  });

  it('is short lines on a terminal, without a control character', () => {
    const { log, lines } = openLog({ isTerminal: true });
    log.warn('evil \u001b[31m\u0007\ntext', 'Sweep');
    log.request({ request: 'b-1', method: 'GET', route: '/api/v1/runs/:id', status: 200, ms: 1.5 });
    expect(lines()).toEqual([
      '18:00:00 WARN  Sweep: evil \ufffd[31m\ufffd\ufffdtext',
      '18:00:00 INFO  GET /api/v1/runs/:id 200 1.5 ms [b-1]',
    ]);
  });

  it('leaves out what is below its level, and what the framework says of itself', () => {
    const { log, lines } = openLog({ level: 'info' });
    log.debug('detail');
    log.log('Mapped {/x, GET}', 'RouterExplorer');
    log.request({ request: 'b-1', method: 'GET', route: '/healthz', status: 200, ms: 0 });
    expect(lines()).toEqual([]);
  });

  it('holds the stack of an error with its causes', () => {
    const { log, entries } = openLog();
    log.error(new Error('top', { cause: new Error('bottom') }));
    log.error('of Nest', 'the stack', 'Room');
    expect(entries()).toMatchObject([
      { level: 'error', msg: 'top', stack: expect.stringMatching(/top[^]*caused by Error: bottom/) },
      { level: 'error', msg: 'of Nest', stack: 'the stack', context: 'Room' },
    ]);
  });

  it('writes the lines of one turn together, an error at once', async () => {
    const { log, written } = openLog();
    log.warn('one');
    log.warn('two');
    expect(written).toHaveLength(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(written).toHaveLength(1);
    log.error('three');
    expect(written).toHaveLength(2);
  });
});

describe('no secret is logged', () => {
  it.each([
    ['a token of ours', `of ${TOKEN}.`, TOKEN],
    ['an authorization header', `{"authorization":"Bearer ${'s'.repeat(30)}"}`, 's'.repeat(30)],
    ['a short authorization', 'authorization: token geheim', 'geheim'],
    ['a SHA-256 signature', `signed ${'0f'.repeat(32)}`, '0f'.repeat(32)],
    ['a SHA-1 signature', `X-Pagure-Signature: ${'0f'.repeat(20)}`, '0f'.repeat(20)],
    ['a token of Pagure', `token ${'A1B2'.repeat(16)}`, 'A1B2A1B2'],
    ['the password of a URL', 'https://bob:geheim@pagure.example.org/lab.git', 'geheim'],
  ])('%s', (_what, text, secret) => {
    for (const isTerminal of [true, false]) {
      const { log, lines } = openLog({ isTerminal });
      log.error(new Error(text));
      log.warn(text, text);
      log.warn({ headers: text });
      expect(lines().join('\n')).not.toContain(secret);
    }
  });

  it('and a commit stays', () => {
    const { log, lines } = openLog();
    log.warn(`commit ${'0f'.repeat(20)}`);
    expect(lines().join()).toContain('0f'.repeat(20));
  });
});

describe('a request', () => {
  async function open() {
    const { log, entries } = openLog();
    const app = Fastify({ genReqId: requestNames('boot') });
    logRequests(app, (line) => log.request(line));
    app.get('/things/:id', (_request, reply) => reply.status(204).send());
    return { app, entries };
  }

  it('has one line with its name, method, pattern, status and time', async () => {
    const { app, entries } = await open();
    const answer = await app.inject({ url: `/things/${TOKEN}?token=${TOKEN}` });
    expect(answer.headers['x-request-id']).toBe('boot-1');
    expect(entries()).toEqual([
      expect.objectContaining({ request: 'boot-1', method: 'GET', route: '/things/:id', status: 204 }),
    ]);
    expect(entries()[0]).toMatchObject({ ms: expect.any(Number) });
  });

  it('to no address of ours shows nothing of what was asked', async () => {
    const { app, entries } = await open();
    await app.inject({ url: '/evil/../../path' });
    await app.inject({ url: '/%zz' });
    expect(JSON.stringify(entries())).not.toMatch(/evil|zz/);
    expect(entries().length).toBeGreaterThan(0);
  });

  it('takes no name from outside', async () => {
    const { app } = await open();
    const headers = { 'request-id': 'evil', 'x-request-id': 'evil' };
    expect((await app.inject({ url: '/things/1', headers })).headers['x-request-id']).toBe('boot-1');
  });
});
