/** The stream of changes: what it shows, to whom, and that a reader who comes and goes misses and repeats nothing. */
import { describe, expect, it } from 'vitest';
import { OpenAnswers } from '../../src/api/live/open-answers.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Flags } from '../../src/store/flags.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { NOW, newDelivery } from '../store/open-store.js';
import { type LiveApi, openLive, type StreamEvent } from './live.js';
import { runJob, sampleEvent, sampleProject, sampleRun } from './samples.js';

const STREAM = '/api/v1/stream';

async function opened() {
  const live = await openLive();
  const projectId = await sampleProject(live.api);
  return { ...live, projectId, read: await live.token('read') };
}

const shortly = ({ name, data }: StreamEvent) => `${name} ${String(data['id'])} ${String(data['change'])}`;

function retitle({ store }: Pick<LiveApi, 'store'>, title: string): Promise<unknown> {
  return store.commit((tx) => tx.manager.query('UPDATE "run" SET "title" = ?', [title]));
}

describe('GET /stream', () => {
  it('is a stream of server-sent events that no proxy keeps back', async () => {
    const { connect, read } = await opened();
    const stream = await connect(STREAM, read);
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(stream.headers).toMatchObject({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    await stream.until(() => stream.text !== '');
    expect(stream.text).toBe('retry: 2000\nid: c0-e0\n\n');
  });

  it('shows events, runs, jobs and flags as they change, with times in UTC', async () => {
    const { api, connect, read, projectId, get, store } = await opened();
    const stream = await connect(STREAM, read);
    await stream.until(() => stream.lastId !== '');
    const { runId, jobId, eventId } = await sampleRun(api, projectId);
    await runJob(api, jobId);
    const wish = {
      projectId,
      pipelineKey: 'server:ci',
      subject: 'main',
      jobKey: '',
      percent: null,
      runId,
      commit: 'c'.repeat(40),
      username: 'ci',
    };
    const said = { status: 'pending' as const, comment: 'waits', url: 'https://ci.example.org/runs/1' };
    await store.commit((tx) => get(Flags).want(tx, { ...wish, ...said }, NOW));
    await stream.until(() => stream.events.some(({ name }) => name === 'flag'));
    expect(new Set(stream.events.map(({ name }) => name))).toEqual(new Set(['event', 'run', 'job', 'flag']));
    expect(stream.events[0]).toMatchObject({
      name: 'event',
      data: { change: 'new', id: eventId, projectId, runId: null, topic: 'git.receive', state: 'due' },
    });
    expect(stream.events[0]?.data['receivedAt']).toBe('2026-11-24T12:00:00.000Z');
    expect(stream.events.filter(({ name }) => name === 'job').map(({ data }) => data['state'])).toContain('running');
    expect(stream.text).not.toMatch(/"(?:planned|outputs|owner|leaseUntil|plan)"/);
  });

  it('shows only what is asked for', async () => {
    const { api, connect, read, projectId } = await opened();
    const other = await sampleProject(api, 'other');
    const first = await sampleRun(api, projectId);
    const filters = [
      '',
      '?kinds=run',
      `?project=${other}`,
      '?project=other',
      `?run=${first.runId}`,
      `?run=${first.runId}&kinds=job,flag`,
    ];
    const streams = await Promise.all(
      filters.map((filter) => connect(STREAM + filter, read, { 'last-event-id': 'c0-e0' })),
    );
    const second = await sampleRun(api, other);
    await runJob(api, first.jobId);
    await streams[0]!.until(() => streams[0]!.events.length > 10 || streams[0]!.text.includes('"running"'));
    for (const stream of streams.slice(1)) await stream.until(() => stream.events.length > 0);
    await streams[3]!.until(() => streams[3]!.text === streams[2]!.text);
    const [, runs, ofOther, ofNamed, ofRun, jobs] = streams.map(({ events }) => events);
    expect(new Set(runs!.map(({ name }) => name))).toEqual(new Set(['run']));
    expect(new Set(runs!.map(({ data }) => data['id']))).toEqual(new Set([first.runId, second.runId]));
    expect(new Set(ofOther!.map(({ data }) => data['projectId']))).toEqual(new Set([other]));
    expect(ofNamed).toEqual(ofOther);
    expect(new Set(ofRun!.map(({ data }) => data['runId']))).toEqual(new Set([first.runId]));
    expect(new Set(jobs!.map(({ name }) => name))).toEqual(new Set(['job']));
  });

  it('shows a token nothing of projects that it does not see', async () => {
    const { api, connect, token, projectId } = await opened();
    const other = await sampleProject(api, 'other');
    const limited = await connect(STREAM, await token('read', { projects: [other] }), { 'last-event-id': 'c0-e0' });
    await sampleRun(api, projectId);
    await sampleEvent(api, other);
    await limited.until(() => limited.events.length > 0);
    expect(limited.events.map(({ data }) => data['projectId'])).toEqual([other]);
  });

  it('says every 15 seconds that nothing is new, and where the reader is by now', async () => {
    const { api, connect, token, projectId, clock } = await opened();
    const other = await sampleProject(api, 'other');
    const limited = await connect(STREAM, await token('read', { projects: [other] }));
    await limited.until(() => limited.lastId !== '');
    const before = clock.now();
    await sampleEvent(api, projectId);
    await limited.until(() => limited.text.includes(': nothing new'));
    expect(clock.now() - before).toBeLessThanOrEqual(15_200);
    expect([limited.lastId, limited.events]).toEqual(['c0-e1', []]);
  });

  it('tells a reader that was away for too long of the gap, and goes on from now', async () => {
    const { api, connect, read, projectId } = await opened();
    await sampleEvent(api, projectId);
    const stream = await connect(STREAM, read, { 'last-event-id': 'c900-e900' });
    await stream.until(() => stream.events.length > 0);
    expect(stream.events[0]).toEqual({ name: 'gap', id: 'c0-e1', data: { continuesAt: 'c0-e1' } });
    await sampleRun(api, await sampleProject(api, 'other'));
    await stream.until(() => stream.events.length > 1);
    expect(stream.events[1]).toMatchObject({ name: 'event', data: { id: 2 } });
  });
});

describe('a bad question to the stream', () => {
  it.each([
    ['project=x/', ['project']],
    ['project=-&run=-1&kinds=step', ['project', 'run', 'kinds']],
    ['kinds=run,run', ['kinds']],
    ['kinds=', ['kinds']],
    ['run=1&run=2', ['run']],
    ['run=1e3', ['run']],
    ['kind=run', ['kind']],
    ['__proto__=1', ['__proto__']],
  ])('%s is answered with every fault by its path', async (query, paths) => {
    const { ask, read } = await opened();
    const { status, json } = await ask('GET', `${STREAM}?${query}`, { token: read });
    expect([status, json['code']]).toEqual([400, 'invalid-input']);
    expect((json['faults'] as { path: string }[]).map(({ path }) => path).sort()).toEqual([...paths].sort());
  });

  it('names what was meant', async () => {
    const { ask, read } = await opened();
    const { json } = await ask('GET', `${STREAM}?kind=run`, { token: read });
    expect(json['faults']).toEqual([{ path: 'kind', message: 'is not known here; did you mean kinds?' }]);
  });

  it.each(['', 'x', 'c1', 'c-1-e0', 'c01-e0', 'c1-e1x', 'c1-e1,c2-e2', 'c1-e9999999999999999'])(
    'Last-Event-ID %j is 400',
    async (id) => {
      const { ask, read } = await opened();
      const { status, json } = await ask('GET', STREAM, { token: read, headers: { 'last-event-id': id } });
      expect([status, json['faults']]).toEqual([
        400,
        [{ path: 'Last-Event-ID', message: expect.any(String) as string }],
      ]);
    },
  );

  it.each([
    ['project=99', 'no-such-project'],
    ['project=elsewhere', 'no-such-project'],
    ['run=99', 'no-such-run'],
  ])('%s is 404', async (query, code) => {
    const { ask, read } = await opened();
    expect((await ask('GET', `${STREAM}?${query}`, { token: read })).json).toMatchObject({ status: 404, code });
  });

  it('takes no token but from the header', async () => {
    const { ask, read } = await opened();
    expect((await ask('GET', `${STREAM}?token=${read}`)).status).toBe(401);
    expect((await ask('GET', STREAM, { headers: { cookie: `token=${read}` } })).status).toBe(401);
  });
});

describe('a reader', () => {
  it('that is cut off a hundred times, over a new start too, sees every change once and in order', async () => {
    const random = new SeededRandom('cut off');
    let live = await openLive();
    const projectId = await sampleProject(live.api);
    const token = await live.token('read');
    await sampleRun(live.api, projectId);
    const seen: string[] = [];
    let place = 'c0-e0';
    for (let cut = 1; cut <= 100; cut += 1) {
      const stream = await live.connect(STREAM, token, { 'last-event-id': place });
      const wanted = Math.floor(random.fraction() * 4);
      for (let n = 0; n < 3; n += 1) {
        const msgId = `${cut}-${n}`;
        if (random.fraction() < 0.5) await live.get(Deliveries).accept(newDelivery(projectId, msgId));
        else await retitle(live, msgId);
      }
      await stream.until(() => stream.text.length > wanted * 300 * random.fraction());
      stream.leave();
      seen.push(...stream.events.map(shortly));
      place = stream.lastId === '' ? place : stream.lastId;
      if (cut === 50) {
        await live.close();
        live = await openLive(live.folder);
      }
    }
    const [last, whole] = [
      await live.connect(STREAM, token, { 'last-event-id': place }),
      await live.connect(STREAM, token, { 'last-event-id': 'c0-e0' }),
    ];
    await retitle(live, 'the last');
    for (const stream of [last, whole]) await stream.until(() => stream.text.includes('the last'));
    seen.push(...last.events.map(shortly));
    expect(whole.events.length).toBeGreaterThan(300);
    expect(seen).toEqual(whole.events.map(shortly));
    const events = whole.events.filter(({ name, data }) => name === 'event' && data['change'] === 'new');
    expect(events.map(({ data }) => data['id'])).toEqual(events.map((_, at) => at + 1));
  });

  it('that has gone leaves nothing behind', async () => {
    const { connect, token, get, clock, until } = await opened();
    const expiring = await token('read', { expiresAt: NOW + 3_600_000 });
    const streams = await Promise.all(Array.from({ length: 20 }, () => connect(STREAM, expiring)));
    for (const stream of streams) await stream.until(() => stream.lastId !== '');
    expect(get(OpenAnswers).count).toBe(20);
    for (const stream of streams) stream.leave();
    await until(() => get(OpenAnswers).count === 0);
    await until(() => clock.pending === 0);
  });
});

describe('a stream ends', () => {
  it.each([
    ['is revoked', 'UPDATE "api_token" SET "revokedAt" = 1'],
    ['is removed', 'DELETE FROM "api_token"'],
  ])('when its token %s, and shows nothing of what comes then', async (_, sql) => {
    const { connect, read, store, api, projectId } = await opened();
    const stream = await connect(STREAM, read);
    await stream.until(() => stream.lastId !== '');
    await store.commit((tx) => tx.manager.query(sql));
    await stream.ended();
    await sampleEvent(api, projectId);
    expect([stream.isWhole, stream.events]).toEqual([true, []]);
    expect((await connect(STREAM, read)).status).toBe(401);
  });

  it('when its token expires, to the second', async () => {
    const { connect, token, clock, until } = await opened();
    const stream = await connect(STREAM, await token('read', { expiresAt: NOW + 40 * 24 * 3_600_000 }));
    await stream.until(() => stream.lastId !== '');
    clock.advance(NOW + 40 * 24 * 3_600_000 - 1_000 - clock.now());
    await until(() => stream.text.includes(': nothing new'));
    expect(stream.isEnded).toBe(false);
    clock.advance(1_000);
    await stream.ended();
  });

  it('not when another token is revoked', async () => {
    const { connect, read, token, store, api, projectId } = await opened();
    const stream = await connect(STREAM, read);
    await token('read', { name: 'other' });
    await store.commit((tx) => tx.manager.query(`UPDATE "api_token" SET "revokedAt" = 1 WHERE "name" = 'other'`));
    await sampleEvent(api, projectId);
    await stream.until(() => stream.events.length === 1);
    expect(stream.isEnded).toBe(false);
  });

  it('when the server stops, and new ones are refused', async () => {
    const { connect, read, close, get, ask } = await opened();
    const stream = await connect(STREAM, read);
    await stream.until(() => stream.lastId !== '');
    get(OpenAnswers).onModuleDestroy();
    await stream.ended();
    expect(stream.isWhole).toBe(true);
    expect((await ask('GET', STREAM, { token: read })).json).toMatchObject({ status: 503, code: 'stopping' });
    await close();
  });
});

describe('streams', () => {
  it('of one token are 256 at most; another token still gets one', async () => {
    const { connect, read, token, ask } = await opened();
    const streams = await Promise.all(Array.from({ length: 256 }, () => connect(STREAM, read)));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    const { status, json } = await ask('GET', STREAM, { token: read });
    expect([status, json['code']]).toEqual([429, 'too-many-streams']);
    expect((await connect(STREAM, await token('read'))).status).toBe(200);
  });
});
