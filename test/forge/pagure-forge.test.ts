/** How flags are sent and read at a Pagure, and what its answers are taken for. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Egress } from '../../src/egress/egress.js';
import type { WantedFlag } from '../../src/forge/forge.js';
import { type Forges, openForges } from '../../src/forge/forges.js';
import { Fault, Refusal } from '../../src/kernel/errors.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { StillClock } from '../kernel/still-clock.js';
import { StandInPagure } from '../stand-in/pagure.js';

const COMMIT = 'ed1837cc4f564edf2eb56de0bf6886cd1d090b6e';
const FLAG: WantedFlag = {
  commit: COMMIT,
  uid: 'f'.repeat(32),
  username: 'pagure-actions',
  status: 'pending',
  comment: 'queued: böse & „gut" = 100%',
  url: 'https://ci.example.org/runs/1',
};
const clock = new StillClock(1_795_473_550_000);
const asked: string[] = [];
const resolver = {
  lookup: (host: string) => {
    asked.push(host);
    return Promise.resolve([{ address: '127.0.0.1', family: 4 } as const]);
  },
  realPath: () => Promise.resolve(null),
};
const open = (allow: readonly string[]) => openForges(new Egress({ allow, fileRoot: null }, resolver), clock);

let pagure: StandInPagure;
let forges: Forges;
let project: { instance: string; fullname: string };
let token: string;

const forge = () => forges.of(project.instance);
const send = (change: Partial<WantedFlag> = {}, by = token) => forge().sendFlag(project, by, { ...FLAG, ...change });

beforeEach(async () => {
  asked.length = 0;
  pagure = await StandInPagure.start({ clock, random: new SystemRandom() });
  project = { instance: pagure.instance, fullname: pagure.addProject({ fullname: 'lab' }).fullname };
  token = pagure.addToken().token;
  forges = open(['127.0.0.1', 'pagure.test']);
});
afterEach(() => pagure.close());

describe('a flag that is sent', () => {
  it('stands at Pagure, character by character', async () => {
    expect(await send()).toEqual({ kind: 'sent' });
    const { commit, uid, username, status, comment, url } = FLAG;
    expect(pagure.flagsOf(COMMIT)).toMatchObject([{ commit, uid, username, status, comment, url, percent: null }]);
  });

  it('a second time with the same uid is updated', async () => {
    await send();
    await send({ status: 'success' });
    expect(pagure.flagsOf(COMMIT)).toMatchObject([{ status: 'success' }]);
  });

  it.each([
    ['rpms/bash', `/api/0/rpms/bash/c/${COMMIT}/flag`],
    ['forks/bob/lab', `/api/0/fork/bob/lab/c/${COMMIT}/flag`],
    ['forks/bob/rpms/bash', `/api/0/fork/bob/rpms/bash/c/${COMMIT}/flag`],
    ['rpms/a b?c#d', `/api/0/rpms/a%20b%3Fc%23d/c/${COMMIT}/flag`],
  ])('for %s goes to its own path', async (fullname, path) => {
    pagure.addProject({ fullname });
    project = { ...project, fullname };
    expect(await send()).toEqual({ kind: 'sent' });
    expect(pagure.requests.at(-1)).toMatchObject({ method: 'POST', path });
  });

  it('carries its token in the header alone, as Pagure wants it', async () => {
    await send();
    const [request] = pagure.requests;
    expect(request?.headers['authorization']).toBe(`token ${token}`);
    expect(`${request?.path}${request?.body}`).not.toContain(token);
  });

  it.each([
    ['a wrong token', () => send({}, 'x'.repeat(64)), /refuses the token .*Invalid token.*ACL commit_flag/],
    ['an expired token', () => send({}, pagure.addToken({ expiresAt: clock.now() }).token), /Expired token/],
    ['a token without the right', () => send({}, pagure.addToken({ acls: [] }).token), /Missing ACLs: commit_flag/],
    ['a token of another project', () => send({}, pagure.addToken({ project: 'other' }).token), /Invalid token/],
    ['a host without a dot', () => send({ url: 'http://ci:8080/' }), /refuses what was sent .*url: Invalid input/],
    ['a status that Pagure lacks', () => send({ status: 'running' as 'pending' }), /status: Not a valid choice/],
    ['a uid of 33 characters', () => send({ uid: 'f'.repeat(33) }), /uid: /],
    ['no commit', () => send({ commit: 'zzz' }), /does not find it .*Commit not found/],
  ])('with %s is refused for good', async (_what, act, reason) => {
    expect(await act()).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it('for a project that is not there is refused for good', async () => {
    project = { ...project, fullname: 'gone' };
    expect(await send()).toEqual({ kind: 'refused', reason: expect.stringMatching(/Project not found.*commit_flag/) });
  });

  it('never shows the token in a reason', async () => {
    const answer = await send({}, 'secret'.repeat(10));
    expect(JSON.stringify(answer)).not.toContain('secretsecret');
  });

  it('follows no redirect: the project is registered under a wrong address', async () => {
    pagure.answerNext('redirect');
    expect(await send()).toEqual({ kind: 'refused', reason: expect.stringContaining('redirect (302)') });
    expect(pagure.requests).toHaveLength(1);
  });

  it.each(['html-500', 'html-200', 'database-error', 'reset'] as const)(
    'is to be tried again after %s',
    async (answer) => {
      pagure.answerNext(answer);
      await expect(send()).rejects.toMatchObject({ name: 'Fault', retryable: true, retryAfterMs: 0 });
      expect(await send()).toEqual({ kind: 'sent' });
    },
  );

  it('is to be tried again after 429, when the time that it asks for is over: until then that Pagure is asked nothing', async () => {
    pagure.answerNext('too-many');
    await expect(send()).rejects.toMatchObject({ name: 'Fault', retryable: true, retryAfterMs: 7_000 });
    clock.advance(2_000);
    await expect(forge().isPublic(project)).rejects.toMatchObject({ retryable: true, retryAfterMs: 5_000 });
    expect(pagure.requests).toHaveLength(1);
    clock.advance(5_000);
    expect(await send()).toEqual({ kind: 'sent' });
  });

  it('is to be tried again after 30 s without an answer', async () => {
    pagure.answerNext('silence');
    const sent = send();
    await expect.poll(() => pagure.requests.length).toBe(1);
    clock.advance(30_000);
    await expect(sent).rejects.toThrow(/did not answer: no answer in 30 s/);
    await expect(sent).rejects.toBeInstanceOf(Fault);
  });

  it('leaves no timer behind', async () => {
    await send();
    expect(clock.pending).toBe(0);
  });

  it('is not sent where the egress policy does not allow it', async () => {
    forges = open([]);
    expect(await send()).toEqual({ kind: 'refused', reason: expect.stringContaining('egress.allow') });
    expect(pagure.requests).toEqual([]);
  });

  it('connects to the address that the policy looked at, and asks for no other', async () => {
    project = { ...project, instance: project.instance.replace('127.0.0.1', 'pagure.test') };
    expect(await send()).toEqual({ kind: 'sent' });
    expect(asked).toEqual(['pagure.test']);
    expect(pagure.requests[0]?.headers['host']).toMatch(/^pagure\.test:/);
  });
});

describe('the flags of a commit', () => {
  it('are read as Pagure shows them', async () => {
    await send();
    const { username, status, comment, url } = FLAG;
    expect(await forge().readFlags(project, null, COMMIT)).toEqual([{ username, status, comment, url }]);
    expect(pagure.requests.at(-1)?.headers['authorization']).toBeUndefined();
  });

  it('of a private project need its token', async () => {
    pagure.addProject({ fullname: 'lab', isPublic: false });
    expect(await forge().readFlags(project, token, COMMIT)).toEqual([]);
    await expect(forge().readFlags(project, null, COMMIT)).rejects.toMatchObject({ retryable: false });
  });

  it('are asked for again when a page comes instead', async () => {
    pagure.answerNext('html-200');
    await expect(forge().readFlags(project, token, COMMIT)).rejects.toMatchObject({ retryable: true });
  });
});

describe('the web-hook key of a project', () => {
  it('is read with the token of one of its people', async () => {
    const { key } = pagure.addProject({ fullname: 'lab', owner: 'alice' });
    expect(await forge().readHookKey(project, token)).toBe(key);
  });

  it('is null for whom it is not told to', async () => {
    expect(await forge().readHookKey(project, pagure.addToken({ user: 'mallory' }).token)).toBeNull();
    expect(await forge().readHookKey(project, 'x'.repeat(64))).toBeNull();
  });

  it.each(['html-500', 'too-many', 'reset'] as const)('is to be asked for again after %s', async (answer) => {
    pagure.answerNext(answer);
    await expect(forge().readHookKey(project, token)).rejects.toMatchObject({ name: 'Fault', retryable: true });
  });
});

describe('whether a project is public', () => {
  it('is asked without a token', async () => {
    expect(await forge().isPublic(project)).toBe(true);
    expect(pagure.requests[0]).toMatchObject({ method: 'GET', path: '/api/0/lab' });
    expect(pagure.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('is false for a private one and for one that is not there', async () => {
    pagure.addProject({ fullname: 'lab', isPublic: false });
    expect(await forge().isPublic(project)).toBe(false);
    expect(await forge().isPublic({ ...project, fullname: 'gone' })).toBe(false);
  });

  it.each(['html-200', 'html-500', 'too-many'] as const)('is not known after %s', async (answer) => {
    pagure.answerNext(answer);
    await expect(forge().isPublic(project)).rejects.toMatchObject({ name: 'Fault', retryable: true });
  });

  it('is not asked where the egress policy does not allow it', async () => {
    forges = open([]);
    await expect(forge().isPublic(project)).rejects.toBeInstanceOf(Refusal);
  });
});

describe('an answer that is too much', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const serving = async (body: Buffer) => {
    server = createServer((_request, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { instance: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fullname: 'lab' };
  };

  it('in bytes is cut off at 1 MiB', async () => {
    const at = await serving(Buffer.alloc(1024 * 1024 + 1, 0x20));
    await expect(forge().isPublic(at)).rejects.toThrow(/larger than 1 MiB/);
  });

  it('in nesting is not parsed', async () => {
    const at = await serving(Buffer.from('['.repeat(1024 * 1024)));
    await expect(forge().isPublic(at)).rejects.toMatchObject({ retryable: true });
  });
});

describe('where git finds a project', () => {
  it.each([
    ['lab', 'https://pagure.io/lab.git'],
    ['rpms/bash', 'https://pagure.io/rpms/bash.git'],
    ['forks/bob/lab', 'https://pagure.io/forks/bob/lab.git'],
  ])('%s is %s', (fullname, url) => {
    expect(forge().cloneUrl({ instance: 'https://pagure.io', fullname })).toBe(url);
  });

  it('a page of a fork stands under `fork`, and nothing of a name leaves its place', () => {
    const project = { instance: 'https://pagure.io', fullname: 'forks/bob/lab' };
    const number = 3;
    expect(forge().pageUrl(project, { kind: 'pull-request', number })).toBe(
      'https://pagure.io/fork/bob/lab/pull-request/3',
    );
    expect(forge().pageUrl(project, { kind: 'commit', commit: '../x' })).toBe(
      'https://pagure.io/fork/bob/lab/c/..%2Fx',
    );
  });

  it('a token is sent as a password, and none as nothing', () => {
    expect(forge().gitAuthorization('t')).toBe(`Basic ${Buffer.from('pagure-actions:t').toString('base64')}`);
    expect(forge().gitAuthorization(null)).toBeNull();
  });
});
