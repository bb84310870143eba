/** Projects and their pipelines through the API. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Projects } from '../../src/store/projects.js';
import { Pipelines } from '../../src/store/pipelines.js';
import { BROKEN_PIPELINE, GOOD_PIPELINE, keyOf, projectInput } from '../projects/open-projects.js';
import { NOW, temporaryFolder } from '../store/open-store.js';
import { openApi, startApi } from './open-api.js';
import { sampleProject } from './samples.js';

async function opened(options = {}) {
  const api = await openApi(options);
  const token = await api.token('maintain');
  const send = (method: string, url: string, body?: unknown) => api.ask(method, `/api/v1${url}`, { token, body });
  return { ...api, send };
}

async function registered(options = {}) {
  const api = await opened(options);
  const { json } = await api.send('POST', '/projects', projectInput());
  return { ...api, id: json['id'] as number };
}

describe('POST /projects', () => {
  it('registers, asks the forge whether it is public, and says where it stands', async () => {
    const { send } = await opened();
    const { status, headers, json } = await send('POST', '/projects', { ...projectInput(), token: 't'.repeat(64) });
    expect([status, headers['location']]).toEqual([201, '/api/v1/projects/1']);
    expect(json).toMatchObject({
      id: 1,
      instance: 'https://pagure.example.org',
      public: true,
      enabled: true,
      hasToken: true,
      keys: [{ addedAt: '2026-11-24T12:00:00.000Z' }],
      notes: [],
    });
  });

  it('stays private when the forge is silent, with a note, until PATCH asks again', async () => {
    const { send, forge } = await opened();
    forge.answer = 'silent';
    const { json } = await send('POST', '/projects', projectInput());
    expect(json).toMatchObject({ public: false, notes: [expect.stringContaining('counts as private')] });
    forge.answer = 'public';
    expect((await send('PATCH', '/projects/1', {})).json).toMatchObject({ public: true, notes: [] });
  });

  it('is asked about again at each start, declared or not', async () => {
    const folder = temporaryFolder();
    const first = await startApi(folder, { hostSharesEverything: true });
    await sampleProject(first);
    await first.app.close();
    const { app, get, store } = await startApi(folder, { hostSharesEverything: true });
    onTestFinished(() => app.close());
    await vi.waitFor(async () => {
      await store.settled();
      expect((await get(Projects).list())[0]?.public).toBe(true);
    });
  });

  it('never returns a key or a token (TRUST §6)', async () => {
    const { send } = await opened();
    const secrets = { keys: ['KEY-IN-CLEAR-0123456789'], token: 'TOKEN-IN-CLEAR-0123456789' };
    const answers = [
      await send('POST', '/projects', { ...projectInput(), ...secrets }),
      await send('PATCH', '/projects/1', secrets),
      await send('GET', '/projects/1'),
      await send('GET', '/projects'),
      await send('POST', '/projects', { ...projectInput('other'), ...secrets }),
      await send('POST', '/projects', { ...projectInput('x'), ...secrets, keys: ['KEY IN CLEAR with blanks'] }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 409, 400]);
    expect(answers.map(({ text }) => text).join()).not.toMatch(/IN.CLEAR/);
  });

  it('lists every fault with its path', async () => {
    const { send } = await opened();
    const { status, headers, json } = await send('POST', '/projects', { fullname: '..', keys: ['x'], extra: 1 });
    expect([status, headers['content-type']]).toEqual([400, expect.stringContaining('application/problem+json')]);
    expect(json).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400, code: 'invalid-input' });
    const paths = (json['faults'] as { path: string }[]).map((fault) => fault.path);
    expect(paths.sort()).toEqual(['extra', 'fullname', 'instance', 'keys[0]']);
  });

  it.each([
    ['the same project', { ...projectInput(), keys: [keyOf('new')] }, 'project-exists'],
    ["another project's key", { ...projectInput('other'), keys: [keyOf('lab')] }, 'key-in-use'],
  ])('refuses %s with 409', async (_, body, code) => {
    const { send } = await registered();
    const { status, json } = await send('POST', '/projects', body);
    expect([status, json['code']]).toEqual([409, code]);
  });

  it('refuses a second project with the reason (TRUST §4)', async () => {
    const { send } = await registered({ hostSharesEverything: false });
    const { status, json } = await send('POST', '/projects', projectInput('other'));
    expect([status, json['code']]).toEqual([409, 'second-project']);
    expect(json['detail']).toContain('jobs run as the user of this server');
  });

  it('is closed to a token that is limited to projects', async () => {
    const { ask, token } = await opened();
    const limited = await token('maintain', { projects: [1] });
    const { status, json } = await ask('POST', '/api/v1/projects', { token: limited, body: projectInput() });
    expect([status, json['code']]).toEqual([403, 'token-limited']);
  });
});

describe('GET and PATCH /projects/:id', () => {
  it('changes what is given', async () => {
    const { send, id } = await registered();
    const { status, json } = await send('PATCH', `/projects/${id}`, { settings: { allowSha1: true }, enabled: false });
    expect(status).toBe(200);
    expect(json).toMatchObject({ enabled: false, settings: { allowSha1: true, checkout: true } });
    expect((await send('GET', `/projects/${id}`)).json).toMatchObject({ enabled: false });
  });

  it('lists what the token sees', async () => {
    const { send, ask, token, id } = await registered();
    await send('POST', '/projects', projectInput('other'));
    const names = async (asked: string) => {
      const { json } = await ask('GET', '/api/v1/projects', { token: asked });
      return (json['items'] as { fullname: string }[]).map((item) => item.fullname);
    };
    expect(await names(await token('read'))).toEqual(['lab', 'other']);
    expect(await names(await token('read', { projects: [id] }))).toEqual(['lab']);
  });

  it('answers 409 with the file and the key for what the file declares', async () => {
    const { send, id, get, store } = await registered();
    const declaredBy = '/etc/pagure-actions.yml';
    const { version } = (await get(Projects).byId(id))!;
    await store.commit((tx) => get(Projects).update(tx, id, version, { declaredBy }, NOW));
    const { status, json } = await send('PATCH', `/projects/${id}`, { keys: [keyOf('new')] });
    expect([status, json['code']]).toEqual([409, 'declared-in-file']);
    expect(json['detail']).toBe('/etc/pagure-actions.yml declares this project: change projects: lab: keys there.');
    expect((await send('PATCH', `/projects/${id}`, {})).status).toBe(200);
  });

  it.each([
    { keys: [] },
    { keys: null },
    { fullname: 'new' },
    { enabled: 'no' },
    { settings: null },
    { token: '' },
    [],
  ])('refuses the change %j', async (body) => {
    const { send, id } = await registered();
    const { status, json } = await send('PATCH', `/projects/${id}`, body);
    expect([status, json['code']]).toEqual([400, 'invalid-input']);
  });
});

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
    expect(json).toMatchObject({ items: [{ name: 'ci', version: 2, enabled: true, declaredBy: null }] });
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
    ['GET', '/..', undefined, 404],
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
