/** The door's answers to deliveries of every kind, and what is kept of them (TRUST.md §1). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { signBody } from '../../src/forge/pagure/signature.js';
import type { Json, JsonObject } from '../../src/kernel/json.js';
import { type Answer, type Door, openDoor } from './door.js';

const KEY = 'A'.repeat(40);
const OTHER_KEY = 'B'.repeat(40);
const INSTANCE = 'https://pagure.example.org';
const DAY = 24 * 3_600_000;

interface Given {
  readonly msg?: JsonObject;
  readonly msgId?: string;
  readonly sentAtMs?: number;
  readonly key?: string;
  readonly fullname?: string;
  readonly instance?: string;
}

let door: Door;

beforeEach(async () => {
  door = await openDoor();
  await door.register('lab', [KEY], { instance: INSTANCE, instanceAliases: ['http://old.example.org:8080'] });
});
afterEach(() => door.close());

function made(given: Given = {}) {
  const project = {
    instance: given.instance ?? `${INSTANCE}/`,
    fullname: given.fullname ?? 'lab',
    key: given.key ?? KEY,
  };
  const timestamp = Math.floor((given.sentAtMs ?? door.clock.now()) / 1000);
  const msg = given.msg ?? { agent: 'alice' };
  return makeWebHook(project, { topic: 'some.topic', msg, timestamp, msgId: given.msgId ?? '2026-a', i: 1 });
}

const send = (given: Given = {}) => door.send(made(given));

/** Any bytes, rightly signed. */
function sendSigned(body: Buffer | Json | string, key = KEY): Promise<Answer> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const { sha1, sha256 } = signBody(bytes, key);
  const headers = { 'Content-Type': 'application/json', 'X-Pagure-Signature': sha1, 'X-Pagure-Signature-256': sha256 };
  return door.send({ headers, body: bytes });
}

const verdictOf = async ({ body }: Answer) => {
  const event = await door.events.byId(Number(body.eventId));
  return { verdict: event?.verdict, state: event?.state, note: event?.note };
};

describe('the same id', () => {
  it('with the same body is known: 200, and makes no event', async () => {
    expect(await send()).toMatchObject({ status: 202, body: { outcome: 'new' } });
    expect(await send()).toMatchObject({ status: 200, body: { outcome: 'same' } });
    expect(door.due).toHaveLength(1);
  });

  it('with the same body at the same time is stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 202]);
    expect(door.due).toHaveLength(1);
  });

  it('with another body is stored as conflict and starts nothing', async () => {
    await send();
    const answer = await send({ msg: { agent: 'mallory' } });
    expect(answer).toMatchObject({ status: 202, body: { outcome: 'conflict' } });
    expect(await verdictOf(answer)).toMatchObject({ verdict: 'conflict', state: 'idle' });
    expect(door.due).toHaveLength(1);
  });

  it('in another project is another one', async () => {
    await door.register('other', [OTHER_KEY], { instance: INSTANCE });
    await send();
    expect(await send({ fullname: 'other', key: OTHER_KEY })).toMatchObject({ status: 202, body: { outcome: 'new' } });
  });
});

describe('a verified delivery is never refused for its age', () => {
  it.each([
    ['7 days old', -7 * DAY + 1000, 'ok'],
    ['older than 7 days', -7 * DAY - 1000, 'stale'],
    ['10 minutes ahead', 10 * 60_000, 'ok'],
    ['more than 10 minutes ahead', 10 * 60_000 + 1000, 'stale'],
    ['from 1970', -Infinity, 'stale'],
  ])('%s: 202', async (_age, byMs, verdict) => {
    const answer = await send({ sentAtMs: Math.max(0, door.clock.now() + byMs) });
    expect(answer.status).toBe(202);
    expect(await verdictOf(answer)).toMatchObject({ verdict, state: verdict === 'ok' ? 'due' : 'idle' });
    expect(door.due).toHaveLength(verdict === 'ok' ? 1 : 0);
  });

  it('of the year 10^300 is stored', async () => {
    const msg = { pagure_instance: INSTANCE, project_fullname: 'lab' };
    expect(await sendSigned({ topic: 't.x', msg, timestamp: 1e300, msg_id: 'a' })).toMatchObject({ status: 202 });
  });
});

describe('a message that tells of another project', () => {
  it.each<[string, JsonObject]>([
    ['repo', { repo: { fullname: 'other' } }],
    ['project', { project: { fullname: 'other' } }],
    ['pullrequest.project', { pullrequest: { project: { fullname: 'other' } } }],
  ])('in %s is stored as inconsistent and starts nothing', async (_where, msg) => {
    const answer = await send({ msg });
    expect(answer.status).toBe(202);
    expect(await verdictOf(answer)).toEqual({
      verdict: 'inconsistent',
      state: 'idle',
      note: 'it is signed for lab and tells of other',
    });
    expect(door.due).toEqual([]);
  });

  it('is inconsistent also when it is stale', async () => {
    expect(await verdictOf(await send({ msg: { repo: { fullname: 'x' } }, sentAtMs: 0 }))).toMatchObject({
      verdict: 'inconsistent',
    });
  });
});

describe('a message', () => {
  it('of another instance is refused, of an alias taken', async () => {
    expect(await send({ instance: 'https://evil.example.org/' })).toMatchObject({ status: 401 });
    expect(await send({ instance: 'http://OLD.example.org:8080/' })).toMatchObject({ status: 202 });
  });

  it('is taken whatever alias another project claims later', async () => {
    const change = { instance: 'https://evil.example.org', instanceAliases: ['http://old.example.org:8080', INSTANCE] };
    await door.register('lab', [OTHER_KEY], change);
    expect(await send({ instance: 'http://old.example.org:8080/' })).toMatchObject({ status: 202 });
    expect(await send({ msgId: '2026-b' })).toMatchObject({ status: 202 });
  });

  it('signed with the key of another project is refused', async () => {
    await door.register('other', [OTHER_KEY], { instance: INSTANCE });
    expect(await send({ key: OTHER_KEY })).toMatchObject({ status: 401 });
    expect(await send({ fullname: 'other' })).toMatchObject({ status: 401 });
  });

  it.each([
    ['project', '"project_fullname":"lab","pagure_instance":"https://pagure.example.org","project_fullname":"other"'],
    [
      'instance',
      '"pagure_instance":"https://pagure.example.org","project_fullname":"lab","pagure_instance":"https://x.org"',
    ],
  ])('that names its %s twice is judged by the parsed one', async (_what, names) => {
    const answer = await sendSigned(`{"topic":"t.x","msg":{${names}},"timestamp":1,"msg_id":"a"}`);
    expect(answer).toMatchObject({ status: 401, body: { code: 'other-project' } });
  });

  it('of a topic that nobody listed is taken', async () => {
    const answer = await send();
    expect(await door.events.byId(Number(answer.body.eventId))).toMatchObject({ topic: 'some.topic', kind: 'other' });
  });

  it('fits each of three keys, and a replaced key no more', async () => {
    const [third] = await door.projects.list();
    const set = (keys: string[]) => door.store.commit((tx) => door.projects.replaceKeys(tx, third?.id ?? 0, keys, 1));
    await set(['C'.repeat(40), OTHER_KEY, KEY]);
    expect(await send({ msgId: 'a' })).toMatchObject({ status: 202 });
    expect(await send({ msgId: 'b', key: OTHER_KEY })).toMatchObject({ status: 202 });
    await set([OTHER_KEY]);
    expect(await send({ msgId: 'c' })).toMatchObject({ status: 401 });
  });

  it('of a disabled project is refused', async () => {
    await door.register('off', [OTHER_KEY], { instance: INSTANCE, enabled: false });
    expect(await send({ fullname: 'off', key: OTHER_KEY })).toMatchObject({ status: 401 });
  });

  it('with SHA-1 alone is taken only where the project allows it', async () => {
    await door.register('old', [OTHER_KEY], { instance: INSTANCE, settings: { allowSha1: true, checkout: true } });
    const alone = (given: Given) => {
      const { headers, body } = made(given);
      return door.send({ headers: { ...headers, 'X-Pagure-Signature-256': undefined }, body });
    };
    expect(await alone({})).toMatchObject({ status: 401 });
    expect(await alone({ fullname: 'old', key: OTHER_KEY })).toMatchObject({ status: 202 });
  });
});

describe('signed bytes that are not the envelope', () => {
  const names = { pagure_instance: INSTANCE, project_fullname: 'lab' };
  const good = { topic: 't.x', msg: names, timestamp: 1, msg_id: 'a' };

  it.each<[string, Json | string]>([
    ['no topic', { msg: names, timestamp: 1, msg_id: 'a' }],
    ['no timestamp', { topic: 't.x', msg: names, msg_id: 'a' }],
    ['no msg_id', { topic: 't.x', msg: names, timestamp: 1 }],
    ['a msg_id of 129 characters', { ...good, msg_id: 'a'.repeat(129) }],
    ['a list around it', [{ ...names }]],
    ['JSON cut short', JSON.stringify(good).slice(0, -1)],
    ['not UTF-8 JSON', `\ufeff${JSON.stringify(good)}`],
  ])('(%s) are answered 400', async (_what, body) => {
    expect(await sendSigned(body)).toMatchObject({ status: 400, body: { code: 'not-the-envelope' } });
    expect(door.due).toEqual([]);
  });

  it('(nested 101 deep) are answered 400 before they are parsed', async () => {
    const deep = `${'['.repeat(99)}${']'.repeat(99)}`;
    const text = JSON.stringify({ ...good, msg: { ...names, x: 0 } }).replace(':0', `:${deep}`);
    expect(await sendSigned(text)).toMatchObject({ status: 400, body: { code: 'nested-too-deep' } });
  });

  it('keep a file of the name __proto__', async () => {
    const text = JSON.stringify({ ...good, msg: { ...names, x: 0 } }).replace(
      '"x":0',
      '"changed_files":{"__proto__":"A"}',
    );
    expect(await sendSigned(text)).toMatchObject({ status: 202 });
  });
});

describe('what is kept of a refused delivery', () => {
  it('is bounded metadata, never a key or a signature', async () => {
    const { headers, body } = made({ key: OTHER_KEY });
    await door.send({ headers, body });
    door.clock.advance(10_000);
    await door.store.settled();
    const [kept, ...more] = await door.deliveries.refused(10);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({
      code: 'bad-signature',
      projectHint: 'lab',
      sizeBytes: body.length,
      remoteAddress: '127.0.0.1',
      receivedAt: door.clock.now() - 10_000,
    });
    const text = JSON.stringify(kept);
    for (const secret of [KEY, OTHER_KEY, headers['X-Pagure-Signature'], headers['X-Pagure-Signature-256']])
      expect(text).not.toContain(secret);
  });

  it('of a flood is 20 in ten seconds', async () => {
    await Promise.all(Array.from({ length: 30 }, () => send({ key: OTHER_KEY })));
    door.clock.advance(10_000);
    await door.store.settled();
    expect(await door.deliveries.refused(100)).toHaveLength(20);
    await send({ key: OTHER_KEY });
    door.clock.advance(10_000);
    await door.store.settled();
    expect(await door.deliveries.refused(100)).toHaveLength(21);
  });

  it('shows a hint without control characters, cut at 200', async () => {
    const body = Buffer.from(`{"msg":{"project_fullname":"a\u001bb${'c'.repeat(400)}"}}`);
    await door.send({ headers: { 'Content-Type': 'application/json' }, body });
    door.clock.advance(10_000);
    await door.store.settled();
    expect((await door.deliveries.refused(1))[0]?.projectHint).toBe(`a b${'c'.repeat(197)}`);
  });

  it('is noted of signed bytes too', async () => {
    const names = { pagure_instance: INSTANCE, project_fullname: 'lab' };
    await sendSigned({ msg: names });
    door.clock.advance(10_000);
    await door.store.settled();
    expect(await door.deliveries.refused(1)).toMatchObject([{ code: 'not-the-envelope', projectHint: 'lab' }]);
  });
});
