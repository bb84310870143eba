/** Projects and their pipelines through the API. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Projects } from '../../src/store/projects.js';
import { Flags } from '../../src/store/flags.js';
import { keyOf, pausedFlag, projectInput } from '../projects/open-projects.js';
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
      keys: [{ id: 1, position: 1, addedAt: '2026-11-24T12:00:00.000Z' }],
      pausedFlags: [],
      notes: [],
    });
  });

  it('stays private when the forge is silent, with a note, until PATCH asks again', async () => {
    const { send, forge } = await opened();
    forge.answer = 'silent';
    const { json } = await send('POST', '/projects', { ...projectInput(), token: 't'.repeat(64) });
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
    const repository = {
      url: 'ssh://git@pagure.example.org/lab.git',
      sshKey: '-----BEGIN PRIVATE KEY-----\nSSH-IN-CLEAR-0123456789\n-----END PRIVATE KEY-----',
      hostKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0b3VnaCBsdWNr'],
    };
    const secrets = { keys: ['KEY-IN-CLEAR-0123456789'], token: 'TOKEN-IN-CLEAR-0123456789', repository };
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

  it('lists what the token sees, newest first', async () => {
    const { send, ask, token, id } = await registered();
    await send('POST', '/projects', projectInput('other'));
    const names = async (asked: string) => {
      const { json } = await ask('GET', '/api/v1/projects', { token: asked });
      return (json['items'] as { fullname: string }[]).map((item) => item.fullname);
    };
    expect(await names(await token('read'))).toEqual(['other', 'lab']);
    expect(await names(await token('read', { projects: [id] }))).toEqual(['lab']);
  });

  it('lists page by page, with a Link to the next one', async () => {
    const { send } = await registered();
    for (const name of ['two', 'three']) await send('POST', '/projects', projectInput(name));
    const first = await send('GET', '/projects?limit=2');
    expect((first.json['items'] as { id: number }[]).map(({ id }) => id)).toEqual([3, 2]);
    const next = String(first.json['next']);
    expect(first.headers['link']).toBe(`</api/v1/projects?limit=2&cursor=${next}>; rel="next"`);
    const second = await send('GET', `/projects?limit=2&cursor=${next}`);
    expect([second.json['items'], second.json['next'], second.headers['link']]).toEqual([
      [expect.objectContaining({ id: 1 })],
      null,
      undefined,
    ]);
  });

  it.each([
    ['limit=0', ['limit']],
    ['limit=101', ['limit']],
    ['limit=ten', ['limit']],
    ['limit=1&limit=2', ['limit']],
    ['cursor=', ['cursor']],
    ['cursor=aQ', ['cursor']],
    ['cursor=aTEy%3D', ['cursor']],
    ['limit=x&cursor=!', ['cursor', 'limit']],
    ['limits=5', ['limits']],
  ])('refuses the query ?%s, every fault by its path', async (query, paths) => {
    const { send } = await registered();
    const { status, json } = await send('GET', `/projects?${query}`);
    expect([status, json['code']]).toEqual([400, 'invalid-input']);
    expect((json['faults'] as { path: string }[]).map(({ path }) => path).sort()).toEqual(paths);
  });

  it('asks back what was meant by an unknown parameter', async () => {
    const { send } = await registered();
    expect((await send('GET', '/projects?limits=5')).json['faults']).toEqual([
      { path: 'limits', message: 'is not known here; did you mean limit?' },
    ]);
  });

  it('shows why flags are paused, until a new token lets them go', async () => {
    const { send, id, store, get } = await registered();
    await pausedFlag({ store, flags: get(Flags) }, id);
    const paused = (await send('GET', `/projects/${id}`)).json;
    expect(paused['pausedFlags']).toEqual([{ reason: '401', count: 1 }]);
    expect(paused['notes']).toContain('1 flag is paused: 401');
    const { json } = await send('PATCH', `/projects/${id}`, { token: 't'.repeat(64) });
    expect([json['pausedFlags'], json['notes']]).toEqual([[], []]);
  });

  it('says what a disabled project, or one without a token, lacks', async () => {
    const { send, id } = await registered();
    const { json } = await send('PATCH', `/projects/${id}`, { enabled: false });
    expect(json['notes']).toEqual([expect.stringContaining('disabled'), expect.stringContaining('no token')]);
    expect((await send('PATCH', `/projects/${id}`, { enabled: true })).json).toMatchObject({ enabled: true });
  });

  it('lets one of two writers win who have read the same', async () => {
    const { send, ask, token, id } = await registered();
    const maintain = await token('maintain');
    const etag = String((await send('GET', `/projects/${id}`)).headers['etag']);
    const write = (checkout: boolean) => {
      const request = { token: maintain, body: { settings: { checkout } }, headers: { 'if-match': etag } };
      return ask('PATCH', `/api/v1/projects/${id}`, request);
    };
    const answers = await Promise.all([write(false), write(true)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 412]);
    expect(answers[1]!.json).toMatchObject({ code: 'precondition-failed' });
    expect((await send('GET', `/projects/${id}`)).json).toMatchObject({ settings: { checkout: false }, version: 3 });
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
