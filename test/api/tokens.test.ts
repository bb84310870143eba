/** API tokens at the door of the API. */
import { describe, expect, it } from 'vitest';
import { Tokens } from '../../src/store/tokens.js';
import { NOW } from '../store/open-store.js';
import { openApi } from './open-api.js';
import { sampleProject } from './samples.js';

async function opened() {
  const api = await openApi();
  return { ...api, api, maintain: await api.token('maintain') };
}

describe('POST /tokens', () => {
  it('tells the text once, uncached, and the token works', async () => {
    const { ask, maintain } = await opened();
    const body = { name: 'ci', role: 'read', expiresAt: '2027-01-01T00:00:00Z' };
    const { status, headers, json } = await ask('POST', '/api/v1/tokens', { token: maintain, body });
    expect([status, headers['cache-control']]).toEqual([201, 'no-store']);
    expect(json).toMatchObject({ name: 'ci', role: 'read', projects: null, expiresAt: '2027-01-01T00:00:00.000Z' });
    expect((await ask('GET', '/api/v1/projects', { token: json['token'] })).status).toBe(200);
  });

  it('limits it to projects', async () => {
    const { ask, api, maintain } = await opened();
    const [one, two] = [await sampleProject(api, 'one'), await sampleProject(api, 'two')];
    const body = { name: 'ci', role: 'read', projects: [one] };
    const { json } = await ask('POST', '/api/v1/tokens', { token: maintain, body });
    const seen = async (id: number) => (await ask('GET', `/api/v1/projects/${id}`, { token: json['token'] })).status;
    expect([await seen(one), await seen(two)]).toEqual([200, 404]);
  });

  it('gives no more than the asker holds', async () => {
    const { ask, api, token } = await opened();
    const id = await sampleProject(api);
    const limited = await token('maintain', { projects: [id] });
    const make = (projects?: number[]) =>
      ask('POST', '/api/v1/tokens', { token: limited, body: { name: 'x', role: 'maintain', projects } });
    expect((await make()).json).toMatchObject({ status: 403, code: 'token-limited' });
    expect((await make([id])).status).toBe(201);
  });

  it.each([
    ['none', undefined],
    ['a later one', '2026-12-02T00:00:00Z'],
  ])('gives no longer life than the asker has: %s is refused', async (_, expiresAt) => {
    const { ask, token } = await opened();
    const short = await token('maintain', { expiresAt: Date.parse('2026-12-01T00:00:00Z') });
    const make = (ends?: string) =>
      ask('POST', '/api/v1/tokens', { token: short, body: { name: 'x', role: 'maintain', expiresAt: ends } });
    expect((await make(expiresAt)).json).toMatchObject({ status: 403, code: 'token-limited' });
    expect((await make('2026-12-01T00:00:00Z')).status).toBe(201);
  });

  it.each([
    [{ role: 'read' }, ['name']],
    [{ name: 'x', role: 'admin' }, ['role']],
    [{ name: 'x', role: 'read', projects: [0, 'x'] }, ['projects[0]', 'projects[1]']],
    [{ name: 'x', role: 'read', projects: [] }, ['projects']],
    [{ name: 'x', role: 'read', projects: [99] }, ['projects[0]']],
    [{ name: 'x', role: 'read', expiresAt: '2026-01-01T00:00:00Z' }, ['expiresAt']],
    [{ name: 'x', role: 'read', expiresAt: 'soon' }, ['expiresAt']],
    [{ name: 'x\ny', role: 'read' }, ['name']],
  ])('refuses %j', async (body, paths) => {
    const { ask, maintain } = await opened();
    const { status, json } = await ask('POST', '/api/v1/tokens', { token: maintain, body });
    expect(status).toBe(400);
    expect((json['faults'] as { path: string }[]).map((fault) => fault.path)).toEqual(paths);
  });
});

describe('GET /tokens', () => {
  it('lists all with who made them and when they were last used, newest first, never a text or hash', async () => {
    const { ask, store, maintain, token, clock } = await opened();
    const { json } = await ask('POST', '/api/v1/tokens', { token: maintain, body: { name: 'ci', role: 'read' } });
    await token('read', { name: 'old', expiresAt: NOW });
    await store.settled();
    clock.advance(1);
    const answer = await ask('GET', '/api/v1/tokens', { token: maintain });
    expect((answer.json['items'] as object[]).map((item) => item)).toMatchObject([
      { id: 3, name: 'old', state: 'expired', createdBy: null, lastUsedAt: null },
      { id: 2, name: 'ci', role: 'read', state: 'valid', createdBy: 'maintain', expiresAt: null, revokedAt: null },
      { id: 1, name: 'maintain', lastUsedAt: '2026-11-24T12:00:00.000Z' },
    ]);
    expect(answer.text).not.toMatch(/pa_|[0-9a-f]{64}/);
    expect(answer.text).not.toContain(String(json['token']));
  });

  it('pages', async () => {
    const { ask, maintain, token } = await opened();
    await token('read');
    const first = await ask('GET', '/api/v1/tokens?limit=1', { token: maintain });
    expect(first.headers['link']).toMatch(/^<\/api\/v1\/tokens\?limit=1&cursor=\w+>; rel="next"$/);
    const url = `/api/v1/tokens?cursor=${String(first.json['next'])}`;
    expect((await ask('GET', url, { token: maintain })).json).toMatchObject({ items: [{ id: 1 }], next: null });
    expect((await ask('GET', '/api/v1/tokens?limit=0', { token: maintain })).status).toBe(400);
  });

  it('shows a limited token only those that are limited to some of its projects', async () => {
    const { ask, token, maintain } = await opened();
    const limited = await token('maintain', { projects: [1, 2] });
    await token('read', { projects: [2] });
    await token('read', { projects: [2, 3] });
    const ids = async (asked: string) =>
      ((await ask('GET', '/api/v1/tokens', { token: asked })).json['items'] as { id: number }[]).map(({ id }) => id);
    expect(await ids(limited)).toEqual([3, 2]);
    expect(await ids(maintain)).toEqual([4, 3, 2, 1]);
  });
});

describe('the last use of a token', () => {
  it('is written at most once a minute', async () => {
    const { ask, maintain, get, clock, store } = await opened();
    const used = async (afterMs: number) => {
      clock.advance(afterMs);
      await ask('GET', '/api/v1/projects', { token: maintain });
      await store.settled();
      return (await get(Tokens).byId(1))?.lastUsedAt;
    };
    expect([await used(0), await used(59_999), await used(1), await used(30_000)]).toEqual([
      NOW,
      NOW,
      NOW + 60_000,
      NOW + 60_000,
    ]);
  });
});

describe('DELETE /tokens/:id', () => {
  it('ends it at once, and a second time changes nothing', async () => {
    const { ask, maintain, token, get, clock } = await opened();
    const read = await token('read');
    const revoke = () => ask('DELETE', '/api/v1/tokens/2', { token: maintain });
    expect((await revoke()).status).toBe(204);
    expect((await ask('GET', '/api/v1/projects', { token: read })).json).toMatchObject({ code: 'token-revoked' });
    clock.advance(1);
    expect((await revoke()).status).toBe(204);
    expect(await get(Tokens).byId(2)).toMatchObject({ revokedAt: NOW, revokedBy: 'maintain' });
  });

  it('leaves those that were made with it, and their list says so', async () => {
    const { api } = await opened();
    const first = await api.token('maintain', { name: 'first' });
    const leaver = await api.token('maintain', { name: 'leaver' });
    const made = await api.ask('POST', '/api/v1/tokens', { token: leaver, body: { name: 'made', role: 'read' } });
    const { items } = (await api.ask('GET', '/api/v1/tokens', { token: first })).json as {
      items: { id: number; name: string }[];
    };
    const { id } = items.find(({ name }) => name === 'leaver')!;
    await api.ask('DELETE', `/api/v1/tokens/${id}`, { token: first });
    expect((await api.ask('GET', '/api/v1/projects', { token: made.json['token'] })).status).toBe(200);
    const { json } = await api.ask('GET', '/api/v1/tokens', { token: first });
    expect(json['items'][0]).toMatchObject({ name: 'made', createdBy: 'leaver', state: 'valid' });
  });

  it('refuses the last maintain token without an expiry, until there is another', async () => {
    const { ask, maintain, token } = await opened();
    await token('maintain', { expiresAt: NOW + 1_000_000 });
    await token('write');
    await token('maintain', { projects: [1] });
    const revoke = () => ask('DELETE', '/api/v1/tokens/1', { token: maintain });
    expect((await revoke()).json).toMatchObject({ status: 409, code: 'last-maintain-token' });
    await token('maintain');
    expect((await revoke()).status).toBe(204);
  });

  it('leaves one of two when both are revoked at the same time', async () => {
    const { ask, maintain, token } = await opened();
    const other = await token('maintain');
    const answers = await Promise.all([
      ask('DELETE', '/api/v1/tokens/2', { token: maintain }),
      ask('DELETE', '/api/v1/tokens/1', { token: other }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('lets a limited token revoke only what it sees', async () => {
    const { ask, token } = await opened();
    const limited = await token('maintain', { projects: [1] });
    await token('read', { projects: [1] });
    const revoke = async (id: number) => (await ask('DELETE', `/api/v1/tokens/${id}`, { token: limited })).status;
    expect([await revoke(1), await revoke(3), await revoke(2)]).toEqual([404, 204, 204]);
  });

  it.each([
    ['9', 404],
    ['0', 400],
    ['x', 400],
  ])('%s is %i', async (id, expected) => {
    const { ask, maintain } = await opened();
    expect((await ask('DELETE', `/api/v1/tokens/${id}`, { token: maintain })).status).toBe(expected);
  });
});

describe('who shows no good token', () => {
  const READ = '/api/v1/projects';

  it.each([
    ['none', {}],
    ['an empty header', { authorization: '' }],
    ['a scheme without a token', { authorization: 'Bearer' }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['two words', { authorization: 'Bearer a b' }],
    ['an unknown token', { authorization: `Bearer pa_${'f'.repeat(40)}` }],
    ['a token as long as a book', { authorization: `Bearer ${'x'.repeat(5_000)}` }],
  ])('(%s) is told 401 and how', async (_, headers) => {
    const { ask } = await opened();
    const answer = await ask('GET', READ, { headers });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="pagure-actions"']);
    expect(answer.json['code']).toMatch(/^token-(missing|unknown)$/);
  });

  it('because it has expired is told so', async () => {
    const { ask, token } = await opened();
    const text = await token('read', { expiresAt: NOW });
    expect((await ask('GET', READ, { token: text })).json).toMatchObject({ status: 401, code: 'token-expired' });
  });

  it('because it was revoked is told so', async () => {
    const { ask, store, maintain } = await opened();
    await store.commit((tx) => tx.manager.query('UPDATE "api_token" SET "revokedAt" = 1'));
    expect((await ask('GET', READ, { token: maintain })).json).toMatchObject({ status: 401, code: 'token-revoked' });
  });

  it('may say "token" instead of "Bearer", in any case', async () => {
    const { ask, maintain } = await opened();
    for (const scheme of ['token', 'Token', 'bearer', 'BEARER'])
      expect((await ask('GET', READ, { headers: { authorization: `${scheme} ${maintain}` } })).status).toBe(200);
  });
});
