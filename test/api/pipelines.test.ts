/** Server-side pipelines through the API: made, replaced, switched, with every version and what changed between them. */
import { describe, expect, it } from 'vitest';
import { Pipelines } from '../../src/store/pipelines.js';
import { BROKEN_PIPELINE, GOOD_PIPELINE, projectInput } from '../projects/open-projects.js';
import { NOW } from '../store/open-store.js';
import { openApi } from './open-api.js';
import { sampleProject } from './samples.js';

async function registered() {
  const api = await openApi();
  const token = await api.token('maintain', { name: 'alice' });
  const send = (method: string, url: string, body?: unknown, headers = {}) =>
    api.ask(method, `/api/v1${url}`, { token, body, headers });
  const { json } = await send('POST', '/projects', projectInput());
  return { ...api, api, send, id: json['id'] as number };
}

const SECOND = GOOD_PIPELINE.replace('hello', 'again');

async function withVersions() {
  const house = await registered();
  const url = `/projects/${house.id}/pipelines/ci`;
  await house.send('PUT', url, { text: GOOD_PIPELINE });
  const bob = await house.token('maintain', { name: 'bob' });
  house.clock.advance(1_000);
  await house.ask('PUT', `/api/v1${url}`, { token: bob, body: { text: SECOND } });
  return { ...house, url };
}

describe('pipelines', () => {
  it('are created, read, replaced and listed', async () => {
    const { send, id } = await registered();
    const made = await send('POST', `/projects/${id}/pipelines`, { name: 'ci', text: GOOD_PIPELINE });
    expect([made.status, made.headers['location']]).toEqual([201, `/api/v1/projects/${id}/pipelines/ci`]);
    const text = GOOD_PIPELINE.replace('hello', 'again');
    const replaced = await send('PUT', `/projects/${id}/pipelines/ci`, { text });
    expect([replaced.status, replaced.json]).toEqual([
      200,
      expect.objectContaining({ text, version: 2, problems: [] }),
    ]);
    expect((await send('GET', `/projects/${id}/pipelines/ci`)).json).toMatchObject({ text, version: 2 });
    const { json } = await send('GET', `/projects/${id}/pipelines`);
    expect(json).toMatchObject({ items: [{ name: 'ci', version: 2, enabled: true, declaredBy: null }], next: null });
  });

  it('are made by PUT as well', async () => {
    const { send, id } = await registered();
    const { status, json } = await send('PUT', `/projects/${id}/pipelines/ci`, { name: 'ci', text: GOOD_PIPELINE });
    expect([status, json['version']]).toEqual([201, 1]);
  });

  it.each(['POST', 'PUT'])('with errors are refused by %s with 422, every problem and its place', async (method) => {
    const { send, id } = await registered();
    const url = `/projects/${id}/pipelines${method === 'PUT' ? '/ci' : ''}`;
    const { status, json } = await send(method, url, { name: 'ci', text: BROKEN_PIPELINE });
    expect([status, json['code']]).toEqual([422, 'pipeline-broken']);
    expect(json['problems']).toContainEqual(
      expect.objectContaining({ file: 'ci', line: 5, severity: 'error', message: expect.any(String) as string }),
    );
  });

  it('with warnings are stored, and the warnings told', async () => {
    const { send, id } = await registered();
    const text = GOOD_PIPELINE.replace('on: push', 'on: [push, release]');
    const { status, json } = await send('PUT', `/projects/${id}/pipelines/ci`, { text });
    expect([status, json['problems']]).toEqual([201, [expect.objectContaining({ severity: 'warning' })]]);
  });

  it('of a taken name are refused with 409', async () => {
    const { send, id } = await registered();
    await send('POST', `/projects/${id}/pipelines`, { name: 'ci', text: GOOD_PIPELINE });
    const { status, json } = await send('POST', `/projects/${id}/pipelines`, { name: 'ci', text: GOOD_PIPELINE });
    expect([status, json['code']]).toEqual([409, 'pipeline-exists']);
  });

  it('that the file declares are refused with 409, file and key', async () => {
    const { send, id, get, store } = await registered();
    const declared = { projectId: id, name: 'ci', text: GOOD_PIPELINE, declaredBy: 'pagure-actions.yml' };
    await store.commit((tx) => get(Pipelines).insert(tx, declared, NOW));
    const { status, json } = await send('PUT', `/projects/${id}/pipelines/ci`, { text: GOOD_PIPELINE });
    expect([status, json['code']]).toEqual([409, 'declared-in-file']);
    expect(json['detail']).toContain('pagure-actions.yml declares this pipeline: change projects: lab: pipelines: ci');
  });

  it.each([
    ['GET', '/ci', undefined, 404],
    ['GET', '/-x', undefined, 400],
    ['PUT', '/-x', { text: GOOD_PIPELINE }, 400],
    ['PUT', '/ci', { name: 'other', text: GOOD_PIPELINE }, 400],
    ['PUT', '/ci', {}, 400],
    ['POST', '', { name: 'a/b', text: GOOD_PIPELINE }, 400],
    ['POST', '', { name: 'ci', text: 3 }, 400],
  ])('%s %s with %j is %i', async (method, path, body, expected) => {
    const { send, id } = await registered();
    const { status, headers } = await send(method, `/projects/${id}/pipelines${path}`, body);
    expect([status, headers['content-type']]).toEqual([expected, expect.stringContaining('application/problem+json')]);
  });

  it('of a text of 512 KiB fit, larger ones are refused', async () => {
    const { send, id } = await registered();
    const long = `${GOOD_PIPELINE}${'# "\\\n'.repeat(80_000)}`;
    expect((await send('PUT', `/projects/${id}/pipelines/ci`, { text: long })).status).toBe(201);
    const { status, json } = await send('PUT', `/projects/${id}/pipelines/ci`, { text: long + long });
    expect([status, json['code']]).toEqual([413, 'body-too-large']);
  });
});

describe('a pipeline', () => {
  it('is switched off and on without a new version', async () => {
    const { send, url } = await withVersions();
    expect((await send('PATCH', url, { enabled: false })).json).toMatchObject({
      enabled: false,
      version: 2,
      text: SECOND,
    });
    expect((await send('PATCH', url, {})).json).toMatchObject({ enabled: false });
    expect((await send('PATCH', url, { enabled: true })).json).toMatchObject({ enabled: true, version: 2 });
  });

  it('is made switched off', async () => {
    const { send, id } = await registered();
    const body = { name: 'ci', text: GOOD_PIPELINE, enabled: false };
    expect((await send('POST', `/projects/${id}/pipelines`, body)).json).toMatchObject({ enabled: false });
  });

  it('that the file declares is not switched either', async () => {
    const { send, id, get, store } = await registered();
    const declared = { projectId: id, name: 'ci', text: GOOD_PIPELINE, declaredBy: 'pagure-actions.yml' };
    await store.commit((tx) => get(Pipelines).insert(tx, declared, NOW));
    const { status, json } = await send('PATCH', `/projects/${id}/pipelines/ci`, { enabled: false });
    expect([status, json['code']]).toEqual([409, 'declared-in-file']);
    expect((await send('GET', `/projects/${id}/pipelines/ci/versions`)).json['items']).toMatchObject([
      { version: 1, author: 'pagure-actions.yml' },
    ]);
  });

  it.each([
    ['/ci', { enabled: 'no' }, 400],
    ['/ci', { text: 'x' }, 400],
    ['/other', { enabled: true }, 404],
    ['/-x', { enabled: true }, 400],
  ])('PATCH %s with %j is %i', async (path, body, expected) => {
    const { send, id } = await withVersions();
    expect((await send('PATCH', `/projects/${id}/pipelines${path}`, body)).status).toBe(expected);
  });
});

describe('a writer of a pipeline', () => {
  const texts = ['one', 'two'].map((word) => GOOD_PIPELINE.replace('hello', word));

  it('wins alone of two who have read the same', async () => {
    const { send, url } = await withVersions();
    const etag = String((await send('GET', url)).headers['etag']);
    const answers = await Promise.all(texts.map((text) => send('PUT', url, { text }, { 'if-match': etag })));
    expect(answers.map(({ status }) => status)).toEqual([200, 412]);
    expect((await send('GET', url)).json).toMatchObject({ text: texts[0], version: 3 });
  });

  it('who switches it loses against one who replaced it', async () => {
    const { send, url } = await withVersions();
    const headers = { 'if-match': String((await send('GET', url)).headers['etag']) };
    const answers = await Promise.all([
      send('PUT', url, { text: texts[0] }, headers),
      send('PATCH', url, { enabled: false }, headers),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 412]);
    expect((await send('GET', url)).json).toMatchObject({ enabled: true });
  });

  it('makes one alone of two who want none there', async () => {
    const { send, id } = await registered();
    const headers = { 'if-none-match': '*' };
    const url = `/projects/${id}/pipelines/ci`;
    const answers = await Promise.all(texts.map((text) => send('PUT', url, { text }, headers)));
    expect(answers.map(({ status }) => status)).toEqual([201, 412]);
    expect((await send('GET', url)).json).toMatchObject({ text: texts[0], version: 1 });
  });

  it('of one that is gone is told so', async () => {
    const { send, id } = await registered();
    const answer = await send('PUT', `/projects/${id}/pipelines/ci`, { text: texts[0] }, { 'if-match': '"old"' });
    expect([answer.status, answer.json['code']]).toEqual([412, 'precondition-failed']);
  });

  it('without a condition writes whatever stands', async () => {
    const { send, url } = await withVersions();
    const answers = await Promise.all(texts.map((text) => send('PUT', url, { text }, { 'if-match': '*' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await send('GET', url)).json).toMatchObject({ text: texts[1], version: 4 });
  });
});

describe('versions', () => {
  it('are listed with who wrote them and when, newest first, page by page', async () => {
    const { send, url } = await withVersions();
    const size = Buffer.byteLength(GOOD_PIPELINE);
    const first = await send('GET', `${url}/versions?limit=1`);
    expect(first.json['items']).toEqual([
      { version: 2, author: 'bob', createdAt: '2026-11-24T12:00:01.000Z', sizeBytes: size },
    ]);
    const second = await send('GET', `${url}/versions?limit=1&cursor=${String(first.json['next'])}`);
    expect(second.json).toEqual({
      items: [{ version: 1, author: 'alice', createdAt: '2026-11-24T12:00:00.000Z', sizeBytes: size }],
      next: null,
    });
  });

  it('are read one by one', async () => {
    const { send, url } = await withVersions();
    expect((await send('GET', `${url}/versions/1`)).json).toMatchObject({
      version: 1,
      author: 'alice',
      text: GOOD_PIPELINE,
    });
    expect((await send('GET', `${url}/versions/2`)).json).toMatchObject({ version: 2, text: SECOND });
  });

  it.each([
    ['/versions/3', 404, 'no-such-version'],
    ['/versions/0', 400, 'invalid-input'],
    ['/versions/x', 400, 'invalid-input'],
    ['/versions?limit=0', 400, 'invalid-input'],
    ['/diff?from=9', 404, 'no-such-version'],
    ['/diff?to=9', 404, 'no-such-version'],
    ['/diff?from=0&to=x', 400, 'invalid-input'],
    ['/diff?form=1', 400, 'invalid-input'],
  ])('GET %s is %i', async (path, expected, code) => {
    const { send, url } = await withVersions();
    const { status, json } = await send('GET', url + path);
    expect([status, json['code']]).toEqual([expected, code]);
  });

  it('of another project are not there', async () => {
    const { api, ask, token, id } = await withVersions();
    const limited = await token('read', { projects: [await sampleProject(api, 'other')] });
    for (const path of ['', '/versions', '/versions/1', '/diff'])
      expect((await ask('GET', `/api/v1/projects/${id}/pipelines/ci${path}`, { token: limited })).status).toBe(404);
  });
});

describe('a difference', () => {
  const UNIFIED = `--- ci version 1
+++ ci version 2
@@ -3,4 +3,4 @@
   test:
     runs-on: host
     steps:
-      - run: echo hello
+      - run: echo again
`;

  it('of the two newest versions is told as JSON', async () => {
    const { send, url } = await withVersions();
    const { json } = await send('GET', `${url}/diff`);
    expect(json).toMatchObject({
      from: 1,
      to: 2,
      removed: 1,
      added: 1,
      hunks: [{ fromLine: 3, fromCount: 4, toCount: 4 }],
    });
    expect((json['hunks'] as [{ lines: object[] }])[0].lines.slice(3)).toEqual([
      { kind: 'removed', text: '      - run: echo hello', isOpen: false },
      { kind: 'added', text: '      - run: echo again', isOpen: false },
    ]);
  });

  it.each([
    ['text/plain', true],
    ['text/plain, application/json', true],
    ['application/json, text/plain', false],
    ['*/*', false],
  ])('for who accepts %s', async (accept, isPlain) => {
    const { send, url } = await withVersions();
    const { headers, text } = await send('GET', `${url}/diff?from=1&to=2`, undefined, { accept });
    expect(headers['content-type']).toContain(isPlain ? 'text/plain' : 'application/json');
    expect(headers['vary']).toBe('accept');
    expect(text === UNIFIED).toBe(isPlain);
  });

  it('of a version with itself is none', async () => {
    const { send, url } = await withVersions();
    expect((await send('GET', `${url}/diff?from=2&to=2`)).json).toMatchObject({ removed: 0, added: 0, hunks: [] });
    expect((await send('GET', `${url}/diff?from=2&to=2`, undefined, { accept: 'text/plain' })).text).toBe('');
  });

  it('with a proposed text, broken or not, is told and nothing stored', async () => {
    const { send, url } = await withVersions();
    const { json } = await send('POST', `${url}/diff`, { text: 'on: [' });
    expect(json).toMatchObject({ from: 2, to: null, removed: 6, added: 1 });
    const plain = await send('POST', `${url}/diff`, { text: SECOND, from: 1 }, { accept: 'text/plain' });
    expect(plain.text).toBe(UNIFIED.replace('version 2', 'proposed'));
    expect((await send('GET', url)).json).toMatchObject({ version: 2, text: SECOND });
  });

  it('with a text of more lines than any pipeline has is refused', async () => {
    const { send, url } = await withVersions();
    const { status, json } = await send('POST', `${url}/diff`, { text: '\n'.repeat(100_000) });
    expect([status, json['faults']]).toEqual([
      400,
      [{ path: 'text', message: expect.stringContaining('100,000 lines') }],
    ]);
    expect((await send('POST', `${url}/diff`, { text: '\n'.repeat(99_999) })).status).toBe(200);
  });

  it.each([{}, { text: 1 }, { text: '', from: 0 }, { text: '', from: '1' }, { text: '', to: 1 }])(
    'with %j is refused',
    async (body) => {
      const { send, url } = await withVersions();
      expect((await send('POST', `${url}/diff`, body)).status).toBe(400);
    },
  );
});

describe('GET /pipelines', () => {
  it('lists those of all projects that the token sees, or of one', async () => {
    const { api, send, ask, token, id } = await withVersions();
    const other = await sampleProject(api, 'other');
    await send('PUT', `/projects/${other}/pipelines/deploy`, { text: GOOD_PIPELINE });
    const names = async (asked: Promise<{ readonly json: never }>) =>
      ((await asked).json['items'] as { name: string; projectId: number }[]).map((one) => [one.projectId, one.name]);
    expect(await names(send('GET', '/pipelines'))).toEqual([
      [other, 'deploy'],
      [id, 'ci'],
    ]);
    expect(await names(send('GET', `/pipelines?project=${id}`))).toEqual([[id, 'ci']]);
    const limited = await token('read', { projects: [other] });
    expect(await names(ask('GET', '/api/v1/pipelines', { token: limited }))).toEqual([[other, 'deploy']]);
    expect((await ask('GET', `/api/v1/pipelines?project=${id}`, { token: limited })).status).toBe(404);
    expect((await send('GET', '/pipelines?project=x')).status).toBe(400);
  });
});
