/** Releases and replays through the API; what they start is told in `test/house/replay.test.ts`. */
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/delivery.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { EventActions } from '../../src/store/event-actions.js';
import { Events } from '../../src/store/events.js';
import { Projects } from '../../src/store/projects.js';
import { newDelivery, NOW } from '../store/open-store.js';
import { openApi } from './open-api.js';
import { sampleProject, sampleRun } from './samples.js';

async function opened() {
  const api = await openApi();
  const project = await sampleProject(api);
  const token = await api.token('write', { name: 'alice' });
  const send = (path: string, body?: unknown) => api.ask('POST', `/api/v1/events${path}`, { token, body });
  const event = async (verdict: Exclude<Verdict, 'conflict'>) => {
    const delivery = newDelivery(project, `id ${verdict}`, { verdict, note: verdict === 'ok' ? null : 'why' });
    return (await api.get(Deliveries).accept(delivery)).eventId!;
  };
  const read = (id: number) => api.get(Events).byId(id);
  return { ...api, api, project, send, event, read };
}

describe('a release', () => {
  it('makes a stale event due, and says who asked', async () => {
    const { send, event, read, get } = await opened();
    const id = await event('stale');
    const { status, json } = await send(`/${id}/release`);
    expect([status, json]).toEqual([202, { eventId: id, releasedBy: 'alice', releasedAt: '2026-11-24T12:00:00.000Z' }]);
    expect(await read(id)).toMatchObject({ verdict: 'ok', state: 'due', dueAt: NOW, note: null });
    expect(await get(EventActions).ofEvent(id)).toMatchObject([{ kind: 'released', actor: 'alice', tokenId: 1 }]);
  });

  it('leaves the verdict of the delivery as it was', async () => {
    const { send, event, read, get } = await opened();
    const id = await event('stale');
    await send(`/${id}/release`);
    expect(await get(Deliveries).byId((await read(id))!.deliveryId!)).toMatchObject({ verdict: 'stale' });
  });

  it('happens once', async () => {
    const { send, event } = await opened();
    const id = await event('stale');
    await send(`/${id}/release`);
    const { json } = await send(`/${id}/release`);
    expect(json).toMatchObject({ status: 409, code: 'event-released' });
    expect(json['detail']).toContain('by alice');
  });

  it.each(['ok', 'inconsistent'] as const)('of an event of verdict %s is refused', async (verdict) => {
    const { send, event, read } = await opened();
    const id = await event(verdict);
    const before = await read(id);
    expect((await send(`/${id}/release`)).json).toMatchObject({ status: 409, code: 'event-not-stale' });
    expect(await read(id)).toEqual(before);
  });
});

describe('a replay', () => {
  it('makes one event of the same delivery, and says where it is', async () => {
    const { api, send, project, read, get } = await opened();
    const { eventId } = await sampleRun(api, project);
    const { status, headers, json } = await send(`/${eventId}/replay`);
    expect([status, headers['location'], json]).toEqual([
      202,
      `/api/v1/events/${eventId + 1}`,
      { dryRun: false, replayOf: eventId, eventId: eventId + 1, note: null, decisions: [] },
    ]);
    const [first, made] = [await read(eventId), await read(eventId + 1)];
    expect(made).toEqual({ ...first, id: eventId + 1, source: 'replay', state: 'due', dueAt: NOW, note: null });
    expect(await get(EventActions).ofEvent(eventId)).toMatchObject([
      { kind: 'replayed', actor: 'alice', madeEventId: eventId + 1 },
    ]);
    expect(await get(EventActions).originsOf(made!)).toEqual([first]);
  });

  it('is shown on the event that it repeats, and on the one that it made', async () => {
    const { api, send, project, ask, token } = await opened();
    const { eventId } = await sampleRun(api, project);
    await send(`/${eventId}/replay`);
    const reader = await token('read');
    const show = async (id: number) => (await ask('GET', `/api/v1/events/${id}`, { token: reader })).json;
    expect(await show(eventId)).toMatchObject({
      replayOf: null,
      actions: [{ kind: 'replayed', by: 'alice', at: '2026-11-24T12:00:00.000Z', eventId: eventId + 1 }],
    });
    expect(await show(eventId + 1)).toMatchObject({ source: 'replay', replayOf: eventId, actions: [] });
  });

  it('of a disabled project would start nothing, as a dry run says', async () => {
    const { api, send, project, get, store, read } = await opened();
    const { eventId } = await sampleRun(api, project);
    const { version } = (await get(Projects).byId(project))!;
    await store.commit((tx) => get(Projects).update(tx, project, version, { enabled: false }, NOW));
    const { status, json } = await send(`/${eventId}/replay`, { dryRun: true });
    expect([status, json]).toEqual([
      200,
      { dryRun: true, replayOf: eventId, eventId: null, note: 'the project is disabled', decisions: [] },
    ]);
    expect(await read(eventId + 1)).toBeNull();
  });

  it.each([
    ['inconsistent', {}, 'event-not-replayable'],
    ['inconsistent', { dryRun: true }, 'event-not-replayable'],
    ['stale', {}, 'event-stale'],
    ['ok', { dryRun: false }, 'event-undecided'],
  ] as const)('of an event of verdict %s with %j is refused', async (verdict, body, code) => {
    const { send, event, read } = await opened();
    const id = await event(verdict);
    expect((await send(`/${id}/replay`, body)).json).toMatchObject({ status: 409, code });
    expect(await read(id + 1)).toBeNull();
  });

  it('of one of two messages of the same id is refused', async () => {
    const { send, project, get } = await opened();
    const bodies = ['{}', '[]'].map((text) => ({ body: Buffer.from(text), bodyHash: text }));
    const [, second] = await Promise.all(bodies.map((one) => get(Deliveries).accept(newDelivery(project, 'x', one))));
    expect(second!.outcome).toBe('conflict');
    expect((await send(`/${second!.eventId}/replay`)).json).toMatchObject({
      status: 409,
      code: 'event-not-replayable',
    });
  });

  it('of an event whose message is not kept any more is refused', async () => {
    const { api, send, project, store } = await opened();
    const { eventId } = await sampleRun(api, project);
    await store.commit((tx) => tx.manager.query('DELETE FROM "delivery_body"'));
    expect((await send(`/${eventId}/replay`)).json).toMatchObject({ status: 409, code: 'event-not-replayable' });
  });

  it.each([
    [{ dryRun: 'yes' }, ['dryRun']],
    [{ dryRun: null }, ['dryRun']],
    [{ dryrun: true }, ['dryrun']],
    [[], ['']],
  ])('with %j is refused, every fault by its path', async (body, paths) => {
    const { api, send, project } = await opened();
    const { eventId } = await sampleRun(api, project);
    const { status, json } = await send(`/${eventId}/replay`, body);
    expect(status).toBe(400);
    expect((json['faults'] as { path: string }[]).map(({ path }) => path)).toEqual(paths);
  });
});

describe.each(['release', 'replay'])('POST /events/:id/%s', (verb) => {
  it.each([
    ['/9', 404],
    ['/0', 400],
    ['/x', 400],
  ])('of event %s is %i', async (id, expected) => {
    const { send } = await opened();
    expect((await send(`${id}/${verb}`)).status).toBe(expected);
  });

  it('needs the role write, and a token that sees the project', async () => {
    const { api, ask, token, event } = await opened();
    const id = await event('stale');
    const tokens = [await token('read'), await token('write', { projects: [await sampleProject(api, 'other')] })];
    const statuses = tokens.map(
      async (one) => (await ask('POST', `/api/v1/events/${id}/${verb}`, { token: one })).status,
    );
    expect(await Promise.all(statuses)).toEqual([403, 404]);
  });
});
