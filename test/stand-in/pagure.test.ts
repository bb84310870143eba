/** The stand-in answers and posts as the real Pagure does, errors and quirks included. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemRandom } from '../../src/kernel/random.js';
import { PagureWebHook } from '../../src/forge/pagure-web-hook.js';
import { StillClock } from '../kernel/still-clock.js';
import { pushMsg } from './messages.js';
import { StandInPagure } from './pagure.js';
import type { StandInProject } from './projects.js';

const COMMIT = 'ed1837cc4f564edf2eb56de0bf6886cd1d090b6e';
const clock = new StillClock(1_795_473_550_500);
const random = new SystemRandom();
const hook = new PagureWebHook(random);
const FIELDS = { username: 'ci', comment: 'x', url: 'http://127.0.0.1:9/1', status: 'pending', uid: 'u' };

let pagure: StandInPagure;
let lab: StandInProject;
let token: string;

beforeEach(async () => {
  pagure = await StandInPagure.start({ clock, random });
  lab = pagure.addProject({ fullname: 'lab' });
  token = pagure.addToken().token;
});
afterEach(() => pagure.close());

const flagUrl = (fullname = 'lab', commit = COMMIT) => `${pagure.appUrl}api/0/${fullname}/c/${commit}/flag`;
const postFlag = (body: URLSearchParams | string, url = flagUrl(), authorization = `token ${token}`) =>
  fetch(url, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': typeof body === 'string' ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    body,
  });
const form = (change: Record<string, string> = {}) => new URLSearchParams({ ...FIELDS, ...change });

describe('the stand-in answers like Pagure', () => {
  it('a whole number as percent in JSON: 500 in HTML', async () => {
    const answer = await postFlag(JSON.stringify({ ...FIELDS, percent: 50 }));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'text/html']);
    expect((await postFlag(JSON.stringify({ ...FIELDS, percent: '50' }))).status).toBe(200);
  });

  it('a Bearer token: 401', async () => {
    const answer = await postFlag(form(), flagUrl(), `Bearer ${token}`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error_code: 'EINVALIDTOK', errors: 'Invalid token' });
  });

  it('one uid on one commit is one flag on the whole instance', async () => {
    pagure.addProject({ fullname: 'other' });
    await postFlag(form());
    const answer = await postFlag(form({ status: 'success' }), flagUrl('other'));
    expect(await answer.json()).toMatchObject({ message: 'Flag updated', uid: 'u' });
    expect(pagure.flagsOf(COMMIT)).toMatchObject([{ project: 'lab', status: 'success' }]);
  });

  it('reading shows no uid', async () => {
    await postFlag(form());
    const { flags } = (await (await fetch(flagUrl())).json()) as { flags: object[] };
    expect(flags).toHaveLength(1);
    expect(flags[0]).not.toHaveProperty('uid');
  });

  it('a flag tells its listeners and the web-hooks of the project', async () => {
    const heard: string[] = [];
    pagure.onFlag((flag, change) => heard.push(`${change} ${flag.status}`));
    const receiver = await receive();
    pagure.addProject({ ...lab, hooks: [receiver.url] });
    await postFlag(form());
    await postFlag(form({ status: 'success' }));
    expect(heard).toEqual(['added pending', 'updated success']);
    await expect
      .poll(() => receiver.got.map(({ headers }) => headers['x-pagure-topic']).sort())
      .toEqual(['commit.flag.added', 'commit.flag.updated']);
    await receiver.close();
  });
});

describe('the stand-in sends web-hooks', () => {
  it('that verify with the key of the project, as Pagure spells them', async () => {
    const receiver = await receive();
    const msg = pushMsg(pagure.appUrl, {
      project: lab,
      agent: 'alice',
      branch: 'main',
      before: '0'.repeat(40),
      after: COMMIT,
    });
    expect(await pagure.deliver(lab, 'git.receive', msg, receiver.url)).toEqual({ status: 202, body: 'ok' });
    const [{ headers, body }] = receiver.got as [{ headers: Record<string, string>; body: Buffer }];
    const presented = { sha1: headers['x-pagure-signature'], sha256: headers['x-pagure-signature-256'] };
    expect(hook.isSignedBy({ keys: [lab.key], allowSha1: false }, body, presented)).toBe(true);
    expect(hook.candidate(body)).toEqual({ fullname: 'lab', instance: pagure.instance });
    expect(hook.read(body)).toMatchObject({ topic: 'git.receive', timestamp: 1_795_473_550 });
    expect(hook.read(body).msgId).toMatch(/^2026-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(hook.contradiction(hook.read(body).msg, 'lab')).toBeNull();
    await receiver.close();
  });
});

async function receive() {
  const got: { headers: object; body: Buffer }[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(202).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  return {
    got: got as { headers: Record<string, string>; body: Buffer }[],
    close,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  };
}
