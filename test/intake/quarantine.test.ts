/** Bodies that name a registered project and fit none of its keys: kept sealed, and verified again with each new key (TRUST.md §1). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { Fault } from '../../src/kernel/errors.js';
import { type Door, openDoor } from './door.js';

const OLD = 'O'.repeat(40);
const NEW = 'N'.repeat(40);
const INSTANCE = 'https://pagure.example.org';
const HOUR = 3_600_000;

let door: Door;
let projectId: number;

beforeEach(async () => {
  door = await openDoor();
  projectId = await door.register('lab', [OLD], { instance: INSTANCE });
});
afterEach(() => door.close());

interface Given {
  readonly msgId?: string;
  readonly key?: string;
  readonly fullname?: string;
  readonly msg?: JsonObject;
}

function made({ msgId = '2026-a', key = NEW, fullname = 'lab', msg = { agent: 'alice' } }: Given = {}) {
  const timestamp = Math.floor(door.clock.now() / 1000);
  return makeWebHook({ instance: INSTANCE, fullname, key }, { topic: 'some.topic', msg, timestamp, msgId, i: 1 });
}

async function send(given: Given = {}) {
  const answer = await door.send(made(given));
  await settle();
  return answer;
}

/** The body is kept when the answer is out, and its sender may know that first. */
async function settle() {
  await new Promise((resolve) => setImmediate(resolve));
  await door.settled();
}

const kept = async () => (await door.quarantine.standing(projectId)).posts;
const addKey = (key: string) => door.store.commit((tx) => door.keys.add(tx, projectId, key, door.clock.now()));
const giveToken = () => door.store.commit((tx) => door.projects.setToken(tx, projectId, 'token-of-the-project'));

describe('quarantine: a body that no key of its project fits', () => {
  it('is refused with 401 and kept; a key that is added lets it in as a normal event', async () => {
    expect(await send()).toMatchObject({ status: 401 });
    expect([await kept(), door.due]).toEqual([1, []]);
    const cameAt = door.clock.now();
    door.clock.advance(HOUR);
    await addKey(NEW);
    await settle();
    expect([await kept(), door.due]).toEqual([0, [1]]);
    expect(await door.events.byId(1)).toMatchObject({ verdict: 'ok', state: 'due', receivedAt: cameAt, projectId });
  });

  it('enters with keys that are set anew as well', async () => {
    await send();
    await door.store.commit((tx) => door.projects.replaceKeys(tx, projectId, [NEW], door.clock.now()));
    await settle();
    expect([await kept(), door.due]).toEqual([0, [1]]);
  });

  it('enters once, however often it was sent before and after', async () => {
    await send();
    await send();
    await addKey(NEW);
    await settle();
    expect(await door.send(made())).toMatchObject({ status: 200, body: { outcome: 'same' } });
    expect([await kept(), door.due]).toEqual([0, [1]]);
  });

  it('stays when the key that is added is another one', async () => {
    await send();
    await addKey('X'.repeat(40));
    await settle();
    expect([await kept(), door.due]).toEqual([1, []]);
  });

  it('is judged as at the door: what names another project in its signed part does not enter', async () => {
    const body = Buffer.from(
      made().body.toString().replace('"project_fullname": "lab"', '"project_fullname": "la\\u0062"'),
    );
    const { headers } = made();
    await door.send({ headers: { ...headers, 'Content-Length': String(body.length) }, body });
    await settle();
    expect(await kept()).toBe(0);
    await send({ msg: { agent: 'alice', repo: { fullname: 'other' } } });
    await addKey(NEW);
    await settle();
    expect(await door.events.byId(1)).toMatchObject({ verdict: 'inconsistent', state: 'idle' });
  });

  it('is not kept when it names a project that nobody registered, or when its signature has no shape of one', async () => {
    await send({ fullname: 'other' });
    const { headers, body } = made();
    await door.send({ headers: { ...headers, 'X-Pagure-Signature-256': 'sha256=00' }, body });
    await door.send({
      headers: { ...headers, 'X-Pagure-Signature-256': undefined, 'X-Pagure-Signature': undefined },
      body,
    });
    await settle();
    expect(await kept()).toBe(0);
  });

  it('is kept for 48 hours and no longer', async () => {
    await send();
    door.clock.advance(48 * HOUR);
    await addKey(NEW);
    await settle();
    expect([await kept(), door.due]).toEqual([0, []]);
  });

  it('is one of 200 at most: more of what nobody has proved drives out nothing', async () => {
    for (let at = 0; at < 201; at += 1) {
      if (at % 90 === 0) door.clock.advance(60_000);
      await door.send(made({ msgId: `2026-${at}` }));
    }
    await settle();
    expect(await kept()).toBe(200);
    await addKey(NEW);
    await settle();
    expect(door.due).toHaveLength(200);
    expect(await door.send(made({ msgId: '2026-0' }))).toMatchObject({ body: { outcome: 'conflict' } });
    expect(await door.send(made({ msgId: '2026-200' }))).toMatchObject({ body: { outcome: 'new' } });
  });

  it('makes room for itself when its sender has proved a key before', async () => {
    const keep = (isProven: boolean, receivedAt: number, sizeMiB: number) =>
      door.store.commit((tx) =>
        door.quarantine.keep(tx, {
          projectId,
          receivedAt,
          headers: {},
          body: Buffer.alloc(sizeMiB * 1024 * 1024),
          isProven,
        }),
      );
    const now = door.clock.now();
    expect([await keep(false, now, 20), await keep(false, now, 13)]).toEqual([1, null]);
    expect([await keep(true, now, 20), await keep(true, now, 12), await keep(true, now, 1)]).toEqual([2, 3, null]);
    await settle();
  });

  it('lies sealed: neither its body nor its signature stands in the database', async () => {
    await send({ msg: { agent: 'canary-in-the-body' } });
    const rows = await door.store.reader.query<Record<string, unknown>[]>('SELECT * FROM "quarantine"');
    const text = rows
      .map((row) =>
        Object.values(row)
          .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
          .join(' '),
      )
      .join();
    const signature = String(made({ msg: { agent: 'canary-in-the-body' } }).headers['X-Pagure-Signature-256']);
    expect(rows).toHaveLength(1);
    for (const secret of ['canary', signature, OLD, NEW]) expect(text).not.toContain(secret);
  });
});

describe('quarantine: the key is read again from the forge', () => {
  it('where the project has a token, and what waits for it enters', async () => {
    await giveToken();
    door.forge.key = () => Promise.resolve(NEW);
    expect(await send()).toMatchObject({ status: 401 });
    await settle();
    expect([await kept(), door.due]).toEqual([0, [1]]);
    expect((await door.projects.openHookKeys())[0]?.keys).toEqual([NEW, OLD]);
  });

  it('takes the place of the oldest of three', async () => {
    await giveToken();
    await addKey('B'.repeat(40));
    await addKey('C'.repeat(40));
    door.forge.key = () => Promise.resolve(NEW);
    await send();
    expect((await door.projects.openHookKeys())[0]?.keys).toEqual([NEW, OLD, 'B'.repeat(40)]);
  });

  it('is not asked for without a token', async () => {
    await send();
    expect(door.forge.asked).toBe(0);
  });

  it('is asked for once a minute at most, whoever sends what fits nothing', async () => {
    await giveToken();
    door.forge.key = () => Promise.resolve(OLD);
    for (let at = 0; at < 5; at += 1) await send({ msgId: `2026-${at}` });
    expect([door.forge.asked, await kept()]).toEqual([1, 5]);
  });

  it('is asked for again when the forge did not answer', async () => {
    await giveToken();
    door.forge.key = () => Promise.reject(new Fault('down', { retryable: true }));
    await send();
    expect([door.forge.asked, await kept()]).toEqual([1, 1]);
    door.forge.key = () => Promise.resolve(NEW);
    door.clock.advance(60_000);
    expect(await door.quarantine.dueIds({ nowMs: door.clock.now(), limit: 9 })).toEqual([1]);
    await door.lookAgain(1);
    await door.lookAgain(1);
    expect([await kept(), door.due]).toEqual([0, [1]]);
  });
});
