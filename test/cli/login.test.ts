/** Signing in and out: where tokens are kept, and that nobody else sees them. */
import { chmod, stat, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { login } from '../../src/cli/login.js';
import { sampleProject } from '../api/samples.js';
import { openScene, openStub, Scene } from './scene.js';

const LOGINS = '.config/pagure-actions/logins.json';
const mode = async (path: string) => (await stat(path)).mode & 0o777;

describe('login', () => {
  it('keeps a token that the server takes, by its address, in a file of its owner alone', async () => {
    const { api, scene, token } = await openScene();
    await sampleProject(api);
    const { code, out } = await scene.say(`login --url ${scene.url}/`, { input: `${token}\n` });
    expect(code).toBe(0);
    expect(out).toBe(
      `Signed in to ${scene.url}: the token sees 1 project. It is kept in ${scene.home}/.config/pagure-actions/logins.json.\n`,
    );
    expect(JSON.parse(await scene.file(LOGINS))).toEqual({ current: scene.url, servers: { [scene.url]: { token } } });
    expect(await mode(`${scene.home}/${LOGINS}`)).toBe(0o600);
    expect(await mode(`${scene.home}/.config/pagure-actions`)).toBe(0o700);
  });

  it('keeps it under $XDG_CONFIG_HOME, and reads it from a file', async () => {
    const { scene, token } = await openScene();
    await writeFile(`${scene.home}/token`, `${token}\n`);
    const env = { XDG_CONFIG_HOME: `${scene.home}/xdg` };
    expect((await scene.say(`login --url ${scene.url} --token-file token`, { env })).code).toBe(0);
    expect(await scene.file('xdg/pagure-actions/logins.json')).toContain(token);
  });

  it('asks at a terminal, and shows nothing of the token', async () => {
    const { scene, token } = await openScene();
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    Object.assign(stdin, { isTTY: true });
    let asked = '';
    stderr.on('data', (text: Buffer) => {
      asked += text.toString();
      if (text.includes('of the server: ')) stdin.write(`${scene.url}\n`);
      if (text.includes('not shown): ')) stdin.write(`${token}\n`);
    });
    const env = { XDG_CONFIG_HOME: `${scene.home}/asked` };
    expect(await login({ args: [], env, cwd: scene.home, streams: { stdin, stdout, stderr } })).toBe(0);
    expect(asked).toContain('API token (it is not shown): ');
    expect(asked + String(stdout.read())).not.toContain(token);
    expect(await scene.file('asked/pagure-actions/logins.json')).toContain(token);
  });

  it('ends by Ctrl-C while it waits for what is piped in', async () => {
    const pressed = new AbortController();
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const call = { args: ['--url', 'http://127.0.0.1:10001'], env: { HOME: '/nowhere' }, cwd: '/' };
    const ended = login({ ...call, streams: { stdin, stdout, stderr }, interrupted: pressed.signal });
    pressed.abort();
    expect(await ended).toBe(130);
  });

  it('keeps nothing that the server does not take', async () => {
    const { scene } = await openScene();
    const { code, err } = await scene.say(`login --url ${scene.url}`, { input: 'pa_wrong' });
    expect([code, err]).toEqual([5, expect.stringContaining('token-unknown')]);
    expect(await scene.file(LOGINS)).not.toContain('pa_wrong');
  });

  it('takes no token as an argument, and says how', async () => {
    const { scene } = await openScene();
    const { code, err } = await scene.say('login --token pa_123');
    expect([code, err]).toEqual([2, expect.stringContaining('name a file with --token-file')]);
  });

  it.each<[string, string, RegExp]>([
    ['no address', 'login', /--url: name the server/],
    ['an address that is none', 'login --url ci.example.org', /write it like https:/],
    ['a password in the address', 'login --url https://me:secret@ci.example.org', /no name and no password/],
    ['an empty token', 'login --url http://127.0.0.1:9', /that is no token/],
    ['a token file that is not there', 'login --url http://127.0.0.1:9 --token-file no', /no cannot be read/],
    ['an unknown option', 'login --urll x', /Did you mean --url/],
  ])('with %s says how to write it and ends with 2', async (_what, words, says) => {
    expect(await new Scene('http://127.0.0.1:9').say(words)).toMatchObject({
      code: 2,
      err: expect.stringMatching(says) as string,
    });
  });

  it('warns when the token would cross a network in the clear', async () => {
    const { scene } = await openStub(() => ({ body: { items: [] } }));
    const { port } = new URL(scene.url);
    const url = `http://0.0.0.0:${port}`;
    expect((await scene.say(`login --url ${url}`, { input: 'pa_x' })).err).toContain('in the clear');
    expect((await scene.say(`login --url ${scene.url}`, { input: 'pa_x' })).err).toBe('');
  });
});

describe('a token', () => {
  it('goes to no other server than its own, whatever redirects', async () => {
    const other = await openStub(() => ({ body: { items: [] } }));
    const headers = { location: `${other.scene.url}/api/v1/projects` };
    const { scene } = await openStub(() => ({ status: 302, headers, body: '' }));
    const { code, err } = await scene.say(`login --url ${scene.url}`, { input: 'pa_secret' });
    expect([code, err]).toEqual([5, expect.stringContaining(`sends to ${headers.location}`)]);
    expect(other.asked).toEqual([]);
  });

  it('of the environment goes to the server of the environment alone', async () => {
    const { scene, asked } = await openStub(() => ({ body: { items: [] } }));
    const env = { PAGURE_ACTIONS_URL: 'https://ci.example.org', PAGURE_ACTIONS_TOKEN: 'pa_env' };
    const { code, err } = await scene.say(`projects list --url ${scene.url}`, { env });
    expect([code, err]).toEqual([5, expect.stringContaining(`not signed in at ${scene.url}`)]);
    expect(asked).toEqual([]);
  });

  it('of a file that others may read is not used', async () => {
    const { scene } = await openScene();
    await chmod(`${scene.home}/${LOGINS}`, 0o644);
    const { code, err } = await scene.say('projects list');
    expect([code, err]).toEqual([2, expect.stringContaining('may be read by others: chmod 600')]);
  });
});

describe('logout', () => {
  it('forgets the token, and the verbs then say how to sign in', async () => {
    const { scene, token } = await openScene();
    expect(await scene.say('logout')).toMatchObject({ code: 0, out: expect.stringContaining('Signed out') as string });
    expect(await scene.file(LOGINS)).not.toContain(token);
    expect(await scene.say('runs list')).toMatchObject({
      code: 5,
      err: 'error: you are not signed in: run pagure-actions login\n',
    });
    expect((await scene.say('logout')).code).toBe(5);
  });

  it('of another server keeps the one that verbs ask', async () => {
    const { scene: other } = await openStub(() => ({ body: { items: [], next: null } }));
    const { scene } = await openScene();
    await scene.say(`login --url ${other.url}`, { input: 'pa_other' });
    await scene.say(`logout --url ${scene.url}`);
    expect(JSON.parse(await scene.file(LOGINS))).toEqual({
      current: other.url,
      servers: { [other.url]: { token: 'pa_other' } },
    });
    expect((await scene.say('projects list')).code).toBe(0);
  });
});
