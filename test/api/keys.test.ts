/** Rotation of web-hook keys through the API. */
import { describe, expect, it } from 'vitest';
import { Projects } from '../../src/store/projects.js';
import { keyOf, projectInput } from '../projects/open-projects.js';
import { NOW } from '../store/open-store.js';
import { openApi } from './open-api.js';
import { sampleProject } from './samples.js';

async function registered() {
  const api = await openApi();
  const token = await api.token('maintain');
  const send = (method: string, path: string, body?: unknown) =>
    api.ask(method, `/api/v1/projects/1/keys${path}`, { token, body });
  await api.ask('POST', '/api/v1/projects', { token, body: projectInput() });
  const keys = async () => (await api.get(Projects).openHookKeys()).find((one) => one.projectId === 1)?.keys;
  return { ...api, api, send, keys };
}

async function withThree() {
  const house = await registered();
  for (const name of ['two', 'three']) await house.send('POST', '', { key: keyOf(name) });
  return house;
}

describe('a new key', () => {
  it('stands behind the others, and both are taken at the door', async () => {
    const { send, keys, clock } = await registered();
    clock.advance(1_000);
    const { status, headers, json } = await send('POST', '', { key: keyOf('new') });
    expect([status, headers['location'], json]).toEqual([
      201,
      '/api/v1/projects/1/keys/2',
      { id: 2, position: 2, addedAt: '2026-11-24T12:00:01.000Z' },
    ]);
    expect(await keys()).toEqual([keyOf('lab'), keyOf('new')]);
    expect((await send('GET', '/2')).json).toEqual(json);
  });

  it('is never shown (TRUST §6)', async () => {
    const { send } = await registered();
    const key = 'KEY-IN-CLEAR-0123456789';
    const answers = [
      await send('POST', '', { key }),
      await send('POST', '', { key }),
      await send('GET', ''),
      await send('GET', '/2'),
      await send('POST', '/2/first'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 400, 200, 200, 200]);
    expect(answers.map(({ text }) => text).join()).not.toContain('IN-CLEAR');
  });

  it('is refused when there are three', async () => {
    const { send, keys } = await withThree();
    const { status, json } = await send('POST', '', { key: keyOf('four') });
    expect([status, json['code']]).toEqual([409, 'too-many-keys']);
    expect(await keys()).toHaveLength(3);
  });

  it('is refused when two ask at the same time for the last place', async () => {
    const { send, keys } = await registered();
    await send('POST', '', { key: keyOf('two') });
    const answers = await Promise.all(['a', 'b'].map((name) => send('POST', '', { key: keyOf(name) })));
    expect(answers.map(({ status }) => status)).toEqual([201, 409]);
    expect(await keys()).toHaveLength(3);
  });

  it('is refused when another project uses it (TRUST §1)', async () => {
    const { api, send } = await registered();
    await sampleProject(api, 'other');
    const { status, json } = await send('POST', '', { key: keyOf('other') });
    expect([status, json['code']]).toEqual([409, 'key-in-use']);
  });

  it.each([
    [{ key: 'short' }, ['key']],
    [{ key: 'with blanks in the key' }, ['key']],
    [{}, ['key']],
    [{ keys: [] }, ['key', 'keys']],
    [[], ['']],
  ])('%j is refused, every fault by its path', async (body, paths) => {
    const { send } = await registered();
    const { status, json } = await send('POST', '', body);
    expect(status).toBe(400);
    expect((json['faults'] as { path: string }[]).map(({ path }) => path).sort()).toEqual(paths);
  });
});

describe('the current key', () => {
  it('is the one that was made first, and all still open', async () => {
    const { send, keys } = await withThree();
    const { status, json } = await send('POST', '/3/first');
    expect(status).toBe(200);
    expect((json['items'] as object[]).map((item) => item)).toMatchObject([
      { id: 3, position: 1 },
      { id: 1, position: 2 },
      { id: 2, position: 3 },
    ]);
    expect(await keys()).toEqual([keyOf('three'), keyOf('lab'), keyOf('two')]);
  });

  it('stays what it is when it is made first again', async () => {
    const { send, keys } = await withThree();
    await send('POST', '/1/first');
    expect(await keys()).toEqual([keyOf('lab'), keyOf('two'), keyOf('three')]);
  });
});

describe('a key that is taken away', () => {
  it('opens nothing any more; the others move up', async () => {
    const { send, keys } = await withThree();
    const { status, text } = await send('DELETE', '/1');
    expect([status, text]).toEqual([204, '']);
    expect(await keys()).toEqual([keyOf('two'), keyOf('three')]);
    expect((await send('GET', '')).json).toMatchObject({
      items: [
        { id: 2, position: 1 },
        { id: 3, position: 2 },
      ],
      next: null,
    });
  });

  it('may not be the last one', async () => {
    const { send, keys } = await registered();
    const { status, json } = await send('DELETE', '/1');
    expect([status, json['code']]).toEqual([409, 'last-key']);
    expect(await keys()).toEqual([keyOf('lab')]);
  });

  it('leaves one of two when both are taken away at the same time', async () => {
    const { send, keys } = await registered();
    await send('POST', '', { key: keyOf('two') });
    const answers = await Promise.all([send('DELETE', '/1'), send('DELETE', '/2')]);
    expect(answers.map(({ status }) => status)).toEqual([204, 409]);
    expect(await keys()).toEqual([keyOf('two')]);
  });
});

it.each([
  ['GET', '/9', 404],
  ['POST', '/9/first', 404],
  ['DELETE', '/9', 404],
  ['GET', '/x', 400],
  ['POST', '/0/first', 400],
  ['DELETE', '/-1', 400],
])('%s %s is %i', async (method, path, expected) => {
  const { send } = await withThree();
  expect((await send(method, path)).status).toBe(expected);
});

it('of another project is not there', async () => {
  const { api, send } = await withThree();
  await sampleProject(api, 'other');
  for (const [method, path] of [
    ['GET', '/4'],
    ['POST', '/4/first'],
    ['DELETE', '/4'],
  ] as const)
    expect((await send(method, path)).json).toMatchObject({ status: 404, code: 'no-such-key' });
});

it('of a declared project is changed in the file, which is named', async () => {
  const { send, get, store } = await withThree();
  const { version } = (await get(Projects).byId(1))!;
  await store.commit((tx) => get(Projects).update(tx, 1, version, { declaredBy: '/etc/pagure-actions.yml' }, NOW));
  const answers = [
    await send('POST', '', { key: keyOf('x') }),
    await send('POST', '/2/first'),
    await send('DELETE', '/2'),
  ];
  expect(answers.map(({ json }) => [json['status'], json['code']])).toEqual(
    answers.map(() => [409, 'declared-in-file']),
  );
  expect(answers[0]!.json['detail']).toContain('/etc/pagure-actions.yml');
});

it('that stands keeps its id and age when all are replaced', async () => {
  const { send, ask, token, clock } = await withThree();
  clock.advance(1_000);
  const body = { keys: [keyOf('new'), keyOf('two')] };
  await ask('PATCH', '/api/v1/projects/1', { token: await token('maintain'), body });
  expect((await send('GET', '')).json['items']).toEqual([
    { id: expect.any(Number) as number, position: 1, addedAt: '2026-11-24T12:00:01.000Z' },
    { id: 2, position: 2, addedAt: '2026-11-24T12:00:00.000Z' },
  ]);
});
