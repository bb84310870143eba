/** Validators of answers, and what a writer may demand of them. */
import { describe, expect, it } from 'vitest';
import { demandMatch, etagOf } from '../../src/api/etag.js';
import { openApi } from './open-api.js';
import { sampleProject } from './samples.js';

async function opened() {
  const api = await openApi();
  const token = await api.token('maintain');
  const id = await sampleProject(api);
  const read = (headers: Record<string, string> = {}, url = `/api/v1/projects/${id}`) =>
    api.ask('GET', url, { token, headers });
  const first = await read();
  return { ...api, token, id, read, first, etag: String(first.headers['etag']) };
}

describe('the ETag of an answer', () => {
  it('is the strong tag of its DTO', async () => {
    const { first, etag } = await opened();
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(etag).toBe(etagOf(first.json));
    expect(first.headers['cache-control']).toBe('private, no-cache');
  });

  it('is another one when the answer is another one', async () => {
    const { ask, token, id, read, etag } = await opened();
    await ask('PATCH', `/api/v1/projects/${id}`, { token, body: { settings: { checkout: false } } });
    expect((await read()).headers['etag']).not.toBe(etag);
  });

  it('stands on no problem and on no answer to a write', async () => {
    const { ask, token, id, read } = await opened();
    const answers = [
      await read({}, '/api/v1/projects/999'),
      await ask('GET', `/api/v1/projects/${id}`),
      await ask('PATCH', `/api/v1/projects/${id}`, { token, body: {} }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 401, 200]);
    expect(answers.map(({ headers }) => headers['etag'])).toEqual([undefined, undefined, undefined]);
  });

  it('stands on the answer to HEAD too', async () => {
    const { ask, token, id, etag } = await opened();
    const { status, headers, text } = await ask('HEAD', `/api/v1/projects/${id}`, { token });
    expect([status, headers['etag'], text]).toEqual([200, etag, '']);
  });
});

describe('If-None-Match', () => {
  it.each([
    (etag: string) => etag,
    (etag: string) => `W/${etag}`,
    (etag: string) => `"other" , ${etag},"third"`,
    () => '*',
  ])('%s is answered by 304 without a body', async (header) => {
    const { read, etag } = await opened();
    const { status, headers, text } = await read({ 'if-none-match': header(etag) });
    expect([status, text, headers['etag'], headers['content-type']]).toEqual([304, '', etag, undefined]);
  });

  it.each(['"other"', 'no tag', '', '"'])('%s is answered in full', async (header) => {
    const { read, first } = await opened();
    const { status, text } = await read({ 'if-none-match': header });
    expect([status, text]).toEqual([200, first.text]);
  });

  it('opens nothing to whoever may not read', async () => {
    const { ask, id } = await opened();
    const { status } = await ask('GET', `/api/v1/projects/${id}`, { headers: { 'if-none-match': '*' } });
    expect(status).toBe(401);
  });
});

describe('If-Match', () => {
  const current = { name: 'ci', version: 3 };

  it.each([undefined, '*', ' * ', etagOf(current), `"other", ${etagOf(current)}`])('%s lets pass', (header) => {
    expect(() => demandMatch(header, current)).not.toThrow();
  });

  it.each(['"other"', `W/${etagOf(current)}`, '', etagOf({ ...current, version: 2 }), etagOf(current).slice(1, -1)])(
    '%s is refused',
    (header) => {
      const refusal = expect.objectContaining({ kind: 'precondition', code: 'precondition-failed' }) as Error;
      expect(() => demandMatch(header, current)).toThrow(refusal);
    },
  );
});
