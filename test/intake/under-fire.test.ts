/** TRUST §1, the door under fire: slow, stalled and endless bodies do not keep real deliveries out. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { LargeBodies } from '../../src/intake/large-bodies.js';
import { RECORDED_INSTANCE } from '../forge/recordings.js';
import { type Door, openDoor } from './door.js';
import { RawPost } from './raw-post.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const KEY = 'K'.repeat(40);

let door: Door;
let sent = 0;

beforeEach(async () => {
  door = await openDoor();
  await door.register('lab', [KEY]);
});
afterEach(() => door.close());

function real(sizeBytes = 0) {
  sent += 1;
  const project = { instance: `${RECORDED_INSTANCE}/`, fullname: 'lab', key: KEY };
  const timestamp = Math.floor(door.clock.now() / 1000);
  const msg = { comment: 'x'.repeat(sizeBytes) };
  return makeWebHook(project, { topic: 't.x', msg, timestamp, msgId: `id-${sent}`, i: 1 });
}

const deliver = async (sizeBytes?: number) => (await door.send(real(sizeBytes))).status;

/** Three strangers hold all that large bodies share: two have sent 16 MiB, one has its turn, and all stall. */
async function holdAll(): Promise<readonly RawPost[]> {
  const half = 16 * MIB + 256 * KIB;
  const two = [await RawPost.begun(door.port, 32 * MIB, half), await RawPost.begun(door.port, 32 * MIB, half)];
  const turn = await RawPost.begun(door.port, 32 * MIB, 400 * KIB);
  const held = door.app.get(LargeBodies);
  await expect.poll(() => held.heldBytes).toBeGreaterThan(63 * MIB);
  return [turn, ...two];
}

describe('while strangers hold the 64 MiB of large bodies', () => {
  it('a small delivery does not wait', async () => {
    await holdAll();
    expect(await deliver()).toBe(202);
    expect(await deliver(250 * KIB)).toBe(202);
  });

  it('a large delivery waits its turn and is stored; the stalled get 408', async () => {
    const strangers = await holdAll();
    const large = deliver(MIB);
    expect(await Promise.race([large, deliver().then(() => 'still waits')])).toBe('still waits');
    door.clock.advance(5_000);
    expect(await large).toBe(202);
    expect(await strangers[0]!.status()).toBe(408);
  });

  it('and go away, what they held is there again', async () => {
    for (const stranger of await holdAll()) stranger.leave();
    expect(await Promise.all([deliver(31 * MIB), deliver(31 * MIB)])).toEqual([202, 202]);
  });
});

describe('the share of a large body', () => {
  it('is given back when its signature was refused', async () => {
    for (let time = 0; time < 3; time++) {
      const headers = { 'Content-Type': 'application/json' };
      const body = Buffer.alloc(31 * MIB, '[');
      const answers = await Promise.all([door.send({ headers, body }), door.send({ headers, body })]);
      expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    }
    expect(await deliver(31 * MIB)).toBe(202);
  });

  it('is given back when it was stored, and five of 30 MiB are all stored', async () => {
    expect(await Promise.all(Array.from({ length: 5 }, () => deliver(30 * MIB)))).toEqual(Array(5).fill(202));
  });

  it('is given back when nothing answers at its address', async () => {
    const at = (path: string) =>
      door.send({ path, headers: { 'Content-Type': 'application/json' }, body: Buffer.alloc(MIB) });
    for (let time = 0; time < 70; time++) expect((await at('/hooks/none')).status).toBe(404);
    expect(await deliver(31 * MIB)).toBe(202);
  });

  it('is taken by a chunked body when it is over 256 KiB, and it is read up to the limit', async () => {
    const { headers, body } = real(20 * MIB);
    const { 'Content-Length': _, ...rest } = headers;
    expect((await door.send({ headers: { ...rest, 'Transfer-Encoding': 'chunked' }, body })).status).toBe(202);
  });
});

describe('a body that comes byte by byte', () => {
  it('gets 408 after 20 s, small or large, however steadily it comes', async () => {
    const slow = [await RawPost.begun(door.port, 100, 1), await RawPost.begun(door.port, MIB, 300 * KIB)];
    await expect.poll(() => door.clock.pending).toBe(2);
    for (let second = 0; second < 20; second++) {
      await Promise.all(slow.map((post) => post.send('[')));
      door.clock.advance(1_000);
    }
    expect(await Promise.all(slow.map((post) => post.status()))).toEqual([408, 408]);
  });
});

describe('rate limits count failed verifications only', () => {
  const forged = { headers: { 'Content-Type': 'application/json', 'Content-Length': '2' }, body: Buffer.from('{}') };
  const forge = async () => (await door.send(forged)).status;

  it('so that the 101st of a minute is 429 with Retry-After, and none of it is kept', async () => {
    for (let count = 0; count < 100; count++) expect(await forge()).toBe(401);
    const post = await RawPost.open(door.port, { 'Content-Length': 2 });
    await post.send('{}');
    expect(await post.status()).toBe(429);
    expect(post.received).toMatch(/^retry-after: 60\r$/im);
    door.clock.advance(10_000);
    await door.store.settled();
    expect(await door.deliveries.refused(200)).toHaveLength(20);
  });

  it('and a valid signature gets 2xx from the same address all the while', async () => {
    for (let count = 0; count < 110; count++) await forge();
    expect(await forge()).toBe(429);
    expect(await deliver()).toBe(202);
    expect(await deliver(MIB)).toBe(202);
  });

  it('and a minute later it is 401 again', async () => {
    for (let count = 0; count < 110; count++) await forge();
    door.clock.advance(60_000);
    expect(await forge()).toBe(401);
  });

  it('and a thousand good ones count for nothing', async () => {
    for (let count = 0; count < 1_000; count++) expect(await deliver()).toBe(202);
    expect(await forge()).toBe(401);
  });
});

describe('the head of a request', () => {
  it('of more than 16 KiB is refused before it is looked at', async () => {
    const post = await RawPost.open(door.port, { 'X-Long': 'x'.repeat(17 * KIB), 'Content-Length': 1 });
    expect(await post.status()).toBe(431);
    expect(await deliver()).toBe(202);
  });
});

describe('a body over 32 MiB', () => {
  it('leaves a record of its project hint, size and time', async () => {
    const post = await RawPost.open(door.port, { 'X-Pagure-project': 'lab', 'Content-Length': 33 * MIB });
    expect(await post.status()).toBe(413);
    door.clock.advance(10_000);
    await door.store.settled();
    const receivedAt = door.clock.now() - 10_000;
    const record = { code: 'body-too-large', projectHint: 'lab', sizeBytes: 33 * MIB, receivedAt };
    expect(await door.deliveries.refused(1)).toMatchObject([record]);
  });
});
