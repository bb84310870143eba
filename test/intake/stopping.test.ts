/** The end of the door: what is under way when it stops gets an answer, within a grace time. */
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { RECORDED_INSTANCE } from '../forge/recordings.js';
import { openDoor } from './door.js';
import { RawPost } from './raw-post.js';

const KEY = 'K'.repeat(40);

let door: Awaited<ReturnType<typeof openDoor<SystemClock>>>;
let sent = 0;

beforeEach(async () => {
  door = await openDoor(new SystemClock());
  await door.register('lab', [KEY]);
});
afterEach(() => door.close());

function made() {
  sent += 1;
  const project = { instance: `${RECORDED_INSTANCE}/`, fullname: 'lab', key: KEY };
  const timestamp = Math.floor(Date.now() / 1000);
  return makeWebHook(project, { topic: 't.x', msg: {}, timestamp, msgId: `id-${sent}`, i: 1 });
}

/** A real delivery of which the last byte is still to come. */
async function begun(): Promise<{ readonly post: RawPost; finish(): Promise<void> }> {
  const { headers, body } = made();
  const post = await RawPost.open(door.port, headers);
  await post.send(body.subarray(0, -1));
  return { post, finish: () => post.send(body.subarray(-1)) };
}

const refuses = () =>
  new Promise<boolean>((resolve) => {
    const socket = connect(door.port, '127.0.0.1');
    socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    socket.on('close', () => socket.destroy());
  });

describe('when it is told to stop', () => {
  it('deliveries that are under way are stored and answered, and new connections are refused', async () => {
    const underWay = await Promise.all(Array.from({ length: 20 }, () => begun()));
    const stopped = door.app.close();
    await expect.poll(refuses).toBe(true);
    await Promise.all(underWay.map(({ finish }) => finish()));
    expect(await Promise.all(underWay.map(({ post }) => post.status()))).toEqual(Array(20).fill(202));
    await stopped;
  });

  it('a connection that asks nothing does not hold it up', async () => {
    const idle = connect(door.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    await door.send(made());
    await door.app.close();
  });

  it('who has not sent all when the grace time is over is told so', async () => {
    const { post } = await begun();
    const stopped = door.app.close();
    expect(await post.status()).toBe(503);
    await stopped;
  });
});
