/** API tokens at the door of the API. */
import { describe, expect, it } from 'vitest';
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
