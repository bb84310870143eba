/** Bombs, wrong headers and broken bodies: never a 500, never a blocked door (TRUST.md §1). */
import fc from 'fast-check';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { signBody } from '../../src/forge/pagure/signature.js';
import { hostileMessage } from '../forge/hostile.js';
import { RECORDED_INSTANCE, recording } from '../forge/recordings.js';
import { type Door, openDoor } from './door.js';

const MIB = 1024 * 1024;
const { headers, body, key } = recording('029');

let door: Door;
let sent = 0;

beforeAll(async () => {
  door = await openDoor();
  await door.register('lab', [key]);
});
afterAll(() => door.close());

/** A good delivery with an id of its own: is the door still open? */
function sendGood(msg = recording('029').message.msg as object) {
  sent += 1;
  const project = { instance: `${RECORDED_INSTANCE}/`, fullname: 'lab', key };
  const timestamp = Math.floor(door.clock.now() / 1000);
  return door.send(makeWebHook(project, { topic: 't.x', msg: { ...msg }, timestamp, msgId: `id-${sent}`, i: 1 }));
}

function signed(bytes: Buffer) {
  const { sha1, sha256 } = signBody(bytes, key);
  return {
    headers: { 'Content-Type': 'application/json', 'X-Pagure-Signature': sha1, 'X-Pagure-Signature-256': sha256 },
    body: bytes,
  };
}

describe('a wrong shape of a header', () => {
  const right = headers['X-Pagure-Signature-256'] ?? '';
  const shapes: (string | string[])[] = [
    '',
    ' ',
    'x',
    `${right} `.repeat(2),
    [right, right],
    ['', right],
    right.toUpperCase(),
    `sha256=${right}`,
  ];
  shapes.push(
    '0'.repeat(63),
    '0'.repeat(64),
    '0'.repeat(65),
    '0'.repeat(8_000),
    '\u00ff'.repeat(64),
    'null',
    '[]',
    '{}',
    '-1',
    '%00',
    "' or 1=1",
  );

  it.each(shapes.map((shape, at) => [at, shape] as const))(
    'of the SHA-256 signature (%i) is 401',
    async (_at, shape) => {
      const answer = await door.send({ headers: { ...headers, 'X-Pagure-Signature-256': shape }, body });
      expect(answer).toMatchObject({ status: 401, body: { code: 'bad-signature' } });
    },
  );

  it.each(shapes.map((shape, at) => [at, shape] as const))(
    'of the SHA-1 signature (%i) changes nothing',
    async (at, shape) => {
      const alone = { ...headers, 'X-Pagure-Signature-256': undefined, 'X-Pagure-Signature': shape };
      expect(await door.send({ headers: alone, body })).toMatchObject({ status: 401 });
      const both = { ...headers, 'X-Pagure-Signature': shape };
      expect((await door.send({ headers: both, body })).status).toBe(at === 0 ? 202 : 200);
    },
  );

  it.each(['X-Pagure', 'X-Pagure-project', 'X-Pagure-Topic', 'User-Agent'])(
    'of %s, which nobody signed, is of no weight',
    async (name) => {
      for (const shape of ['', 'x'.repeat(4_000), '\u00ff', '__proto__', '{"a":1}', undefined])
        expect((await door.send({ headers: { ...headers, [name]: shape }, body })).status).toBe(200);
      expect((await door.send({ headers: { ...headers, [name]: ['a', 'b'] }, body })).status).toBe(200);
    },
  );

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json ;x=y'])(
    'content type %s is JSON',
    async (type) => {
      expect((await door.send({ headers: { ...headers, 'Content-Type': type }, body })).status).toBe(200);
    },
  );

  it.each([
    '',
    'text/plain',
    'application/jsonp',
    'application/x-www-form-urlencoded',
    'x',
    ';',
    'a/b; c="',
    '*',
    undefined,
  ])('content type %s is 415', async (type) => {
    expect((await door.send({ headers: { ...headers, 'Content-Type': type }, body })).status).toBe(415);
  });

  it('no body at all is 401', async () => {
    expect((await door.send({ headers: { 'Content-Length': '0' }, body: Buffer.alloc(0) })).status).toBe(401);
    expect(
      (
        await door.send({
          headers: { 'Content-Length': '0', 'Content-Type': 'application/json' },
          body: Buffer.alloc(0),
        })
      ).status,
    ).toBe(401);
  });
});

describe('a bomb', () => {
  const bombs: [string, Buffer][] = [
    ['8 MiB of [', Buffer.alloc(8 * MIB, '[')],
    ['8 MiB of {"a":', Buffer.from('{"a":'.repeat((8 * MIB) / 5))],
    ['8 MiB of quotes', Buffer.alloc(8 * MIB, '"')],
    ['8 MiB of backslashes in a text', Buffer.concat([Buffer.from('{"msg":"'), Buffer.alloc(8 * MIB, '\\')])],
    ['8 MiB of digits', Buffer.alloc(8 * MIB, '9')],
    ['8 MiB of nothing', Buffer.alloc(8 * MIB)],
  ];
  const named = (bomb: Buffer) =>
    Buffer.concat([
      Buffer.from(`{"msg":{"project_fullname":"lab","pagure_instance":"${RECORDED_INSTANCE}","x":`),
      bomb,
    ]);

  it.each(bombs)('of %s without a signature is 401, and the door stays open', async (_what, bomb) => {
    const [answer, good] = await Promise.all([
      door.send({ headers: { 'Content-Type': 'application/json' }, body: bomb }),
      sendGood(),
    ]);
    expect([answer.status, good.status]).toEqual([401, 202]);
  });

  it.each(bombs)('of %s with a good signature is 400, and the door stays open', async (_what, bomb) => {
    const [answer, good] = await Promise.all([door.send(signed(named(bomb))), sendGood()]);
    expect([answer.status, good.status]).toEqual([400, 202]);
  });

  it('of 200,000 keys with a good signature is stored', async () => {
    const files = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`file-${at}.txt`, 'A']));
    expect((await sendGood({ ...recording('007').message.msg, changed_files: files })).status).toBe(202);
  });
});

describe('a body', () => {
  it('of 32 MiB is taken', async () => {
    const text = 'x'.repeat(32 * MIB - 1_000);
    expect((await sendGood({ comment: text })).status).toBe(202);
  });

  it('over 32 MiB is 413 by its length, before it is read', async () => {
    const answer = await raw(`Content-Type: application/json\r\nContent-Length: ${32 * MIB + 1}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
  });

  it('over 32 MiB in chunks is 413 when it is too much', async () => {
    const chunk = `${MIB.toString(16)}\r\n${'x'.repeat(MIB)}\r\n`;
    const answer = await raw('Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n', chunk.repeat(33));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('that is not complete after 20 s is 408', async () => {
    door.clock.advance(20_000);
    const answer = raw('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"msg":');
    await expect.poll(() => door.clock.pending).toBe(1);
    door.clock.advance(20_000);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('of which the sender goes away leaves the door open', async () => {
    door.clock.advance(20_000);
    const socket = connect(door.port, '127.0.0.1');
    socket.write(
      'POST /hooks/pagure HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await expect.poll(() => door.clock.pending).toBe(1);
    socket.destroy();
    await expect.poll(() => door.clock.pending).toBe(0);
    expect((await sendGood()).status).toBe(202);
  });

  it('that arrives whole leaves no timer behind', async () => {
    door.clock.advance(20_000);
    await sendGood();
    expect(door.clock.pending).toBe(0);
  });
});

describe('whatever is sent', () => {
  it('signed or not, is never answered 500', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some)),
      fc.json().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (some, isSigned) => {
        const request = isSigned ? signed(some) : { headers: { 'Content-Type': 'application/json' }, body: some };
        expect((await door.send(request)).status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });

  it('as a signed message of any content, is stored', async () => {
    await fc.assert(
      fc.asyncProperty(hostileMessage, async ({ msg }) => {
        expect((await sendGood(msg)).status).toBe(202);
      }),
      { numRuns: 100 },
    );
  });

  it('elsewhere or by another method is 404', async () => {
    expect((await door.send({ method: 'GET', headers: {}, body: Buffer.alloc(0) })).status).toBe(404);
    expect((await door.send({ path: '/hooks/other', headers, body })).status).toBe(404);
  });
});

/** Sends bytes as they stand and gives what came back until the connection closed. */
function raw(head: string, rest = ''): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(door.port, '127.0.0.1');
    let got = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (got += text));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(got));
    socket.write(`POST /hooks/pagure HTTP/1.1\r\nHost: 127.0.0.1\r\n${head}`);
    socket.write(rest);
  });
}
