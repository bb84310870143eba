/** GET /api/v1/events: each filter, each bad value of one, pages, and who sees what. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import { addEvents, COMMIT, openLists, sharedLists } from './lists.js';

const EVENTS: readonly Partial<Event>[] = [
  {},
  { topic: 'pull-request.new', kind: 'pull-request', ref: null, pullRequest: 3, summary: 'Bob opened #3: größer' },
  { topic: 'pull-request.comment.added', kind: 'comment', ref: null, pullRequest: 30, actor: 'bob' },
  { projectId: 2, ref: 'refs/tags/v1', commit: '1234567'.padEnd(40, '0') },
  { verdict: 'stale', state: 'idle', note: 'too old', commit: null },
  { state: 'parked', actor: 'Alice', ref: 'refs/heads/f/x' },
];

async function opened() {
  const lists = await openLists();
  await addEvents(lists, EVENTS);
  return lists;
}

const shared = sharedLists((lists) => addEvents(lists, EVENTS));

describe('the list of events', () => {
  it('is newest first, light, and names the project', async () => {
    const { read } = shared();
    const { status, headers, json } = await read('/events');
    const { items, next } = json as { items: Record<string, unknown>[]; next: string | null };
    expect([status, next, headers['link']]).toEqual([200, null, undefined]);
    expect(items.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(items[2]).toEqual({
      ...{ id: 4, projectId: 2, project: { id: 2, fullname: 'rpms/bash' }, source: 'webhook', topic: 'git.receive' },
      ...{ kind: 'push', action: null, ref: 'refs/tags/v1', commit: '1234567'.padEnd(40, '0'), pullRequest: null },
      ...{ actor: 'alice', url: null, summary: 'alice pushed to main', verdict: 'ok', state: 'done', note: null },
      receivedAt: '2026-11-24T12:00:03.000Z',
    });
  });

  it.each([
    ['project=2', [4]],
    ['project=rpms/bash', [4]],
    ['topic=git.receive', [6, 5, 4, 1]],
    ['topic=pull-request.*', [3, 2]],
    ['topic=*.new,pull-request.comment.*', [3, 2]],
    ['topic=*.new&topic=git.receive&project=1', [6, 5, 2, 1]],
    ['topic=*', [6, 5, 4, 3, 2, 1]],
    ['topic=pull-request.%3Few', []],
    ['kind=comment', [3]],
    ['actor=bob', [3]],
    ['actor=Alice', [6]],
    ['ref=refs/tags/v1', [4]],
    ['ref=v1', [4]],
    ['ref=f/x', [6]],
    [`commit=${COMMIT}&project=1&kind=push`, [6, 1]],
    [`commit=${COMMIT.slice(0, 7).toUpperCase()}&kind=comment`, [3]],
    ['commit=12345670', [4]],
    ['commit=1234568', []],
    ['pull-request=3', [2]],
    ['verdict=stale', [5]],
    ['verdict=ok&actor=Alice', [6]],
    ['state=idle', [5]],
    ['state=parked', [6]],
    ['state=due', []],
    ['text=PUSHED%20main&project=2', [4]],
    ['text=gr%C3%B6%C3%9Fer', [2]],
    ['text=%233%20opened', [2]],
    ['text=push', []],
    ['since=2026-11-24T12:00:04Z', [6, 5]],
    ['until=2026-11-24T12:00:01.000Z', [2, 1]],
    ['since=2026-11-24T12:00:01Z&until=2026-11-24T12:00:02Z', [3, 2]],
    ['since=2026-11-24T12:00:02Z&until=2026-11-24T12:00:01Z', []],
  ])('of ?%s', async (query, expected) => {
    const { ids } = shared();
    expect(await ids(`/events?${query}`)).toEqual(expected);
  });

  it.each([
    ['project=..', 'project'],
    ['project=1&project=2', 'project'],
    ['topic=', 'topic'],
    [`topic=${'a*'.repeat(9)}`, 'topic'],
    [`topic=${'a,'.repeat(20)}a`, 'topic'],
    [`topic=${'a'.repeat(129)}`, 'topic'],
    ['kind=pushed', 'kind'],
    ['actor=', 'actor'],
    ['actor=a%00b', 'actor'],
    [`ref=${'r'.repeat(256)}`, 'ref'],
    ['commit=123456', 'commit'],
    ['commit=main', 'commit'],
    ['pull-request=0', 'pull-request'],
    ['pull-request=x', 'pull-request'],
    ['verdict=good', 'verdict'],
    ['state=waiting', 'state'],
    ['text=', 'text'],
    ['text=%22%20*%20-', 'text'],
    [`text=${'a%20b%20c%20'.repeat(40)}`, 'text'],
    ['text=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k', 'text'],
    ['since=yesterday', 'since'],
    ['until=2026-11-24', 'until'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=MTIz', 'cursor'],
  ])('refuses ?%s', async (query, path) => {
    const { read } = shared();
    const { status, json } = await read(`/events?${query}`);
    expect([status, json]).toEqual([400, expect.objectContaining({ code: 'invalid-input' })]);
    expect((json as { faults: { path: string }[] }).faults.map((fault) => fault.path)).toEqual([path]);
  });

  it('lists all that is wrong at once, and what was meant by a name it does not know', async () => {
    const { read } = shared();
    const { json } = await read('/events?pull_request=1&limit=x&kind=y');
    const { faults } = json as { faults: { path: string; message: string }[] };
    expect(faults.map(({ path }) => path).sort()).toEqual(['kind', 'limit', 'pull_request']);
    expect(faults.find(({ path }) => path === 'pull_request')?.message).toContain('did you mean pull-request?');
  });

  it('leads through its pages by Link, the filter kept, whatever comes meanwhile', async () => {
    const lists = await opened();
    const seen: number[] = [];
    let url: string | null = '/events?limit=2&topic=git.*&topic=pull-request.new';
    while (url !== null) {
      const { headers, json } = await lists.read(url);
      seen.push(...(json as { items: { id: number }[] }).items.map(({ id }) => id));
      url = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(String(headers['link']))?.[1] ?? null;
      await addEvents(lists, [{}]);
    }
    expect(seen).toEqual([6, 5, 4, 2, 1]);
  });

  it('keeps in Link what stands behind a question mark in a value', async () => {
    const { headers } = await shared().read('/events?limit=1&topic=what?,git.*&project=1');
    expect(headers['link']).toMatch(/^<[^>]*[?&]project=1&cursor=[^>]*>; rel="next"$/);
  });

  it('says by next what Link says, and ends with null', async () => {
    const { read } = shared();
    const first = await read('/events?limit=4');
    const { next } = first.json as { next: string };
    expect(first.headers['link']).toBe(`</api/v1/events?limit=4&cursor=${next}>; rel="next"`);
    expect((await read(`/events?limit=2&cursor=${next}`)).json).toMatchObject({
      items: [{ id: 2 }, { id: 1 }],
      next: null,
    });
  });

  it('is answered by 304 as long as the page stands', async () => {
    const lists = await opened();
    const token = await lists.token('read', { name: 'another' });
    const { headers } = await lists.read('/events?limit=2');
    const again = () =>
      lists.ask('GET', '/api/v1/events?limit=2', { token, headers: { 'if-none-match': String(headers['etag']) } });
    expect((await again()).status).toBe(304);
    await addEvents(lists, [{}]);
    expect((await again()).status).toBe(200);
  });
});

describe('a token that is limited to projects', () => {
  it('sees only events of these', async () => {
    const lists = shared();
    const limited = await lists.token('read', { projects: [2], name: 'limited' });
    expect(await lists.ids('/events', limited)).toEqual([4]);
    expect(await lists.ids('/events?topic=git.*&actor=alice', limited)).toEqual([4]);
    expect(await lists.ids('/events?project=rpms/bash', limited)).toEqual([4]);
  });

  it('is told of others what it is told of none', async () => {
    const lists = shared();
    const limited = await lists.token('read', { projects: [2], name: 'limited' });
    const answers = await Promise.all(
      ['1', '99', 'lab', 'none'].map((one) => lists.read(`/events?project=${one}`, limited)),
    );
    expect(answers.map(({ status, json }) => [status, (json as { code: string }).code])).toEqual(
      Array.from({ length: 4 }, () => [404, 'no-such-project']),
    );
  });

  it('may be limited to a hundred', async () => {
    const lists = shared();
    const projects = Array.from({ length: 100 }, (_, at) => at + 2);
    const limited = await lists.token('read', { projects, name: 'limited' });
    expect(await lists.ids('/events?kind=push&text=pushed', limited)).toEqual([4]);
  });
});
