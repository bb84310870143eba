/** TRUST §1: 2,000 slow connections while real deliveries come in, and all of these are stored. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { RECORDED_INSTANCE } from '../forge/recordings.js';
import { openDoor } from './door.js';

const KEY = 'K'.repeat(40);
const SLOW = 2_000;
const KIB = 1024;
const SIZES = [0, 0, 0, 100 * KIB, 0, 0, 1024 * KIB, 0, 0, 4096 * KIB];

let door: Awaited<ReturnType<typeof openDoor<SystemClock>>>;
const ends: (() => void)[] = [];

beforeEach(async () => {
  door = await openDoor(new SystemClock());
  await door.register('lab', [KEY]);
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await door.close();
});

/** Resolves when all have been opened once. */
function attack(): Promise<void> {
  const child = fork(join(import.meta.dirname, 'slow-senders.mjs'), { execArgv: [] });
  ends.push(() => child.kill('SIGKILL'));
  child.send({ port: door.port, connections: SLOW });
  return new Promise((resolve, reject) => {
    child.on('message', (opened: number) => opened >= SLOW && resolve());
    child.on('exit', (code) => reject(new Error(`the slow senders ended with ${code}`)));
  });
}

it('2,000 slow connections keep no real delivery out', { timeout: 120_000 }, async () => {
  await attack();
  const project = { instance: `${RECORDED_INSTANCE}/`, fullname: 'lab', key: KEY };
  const timestamp = Math.floor(Date.now() / 1000);
  let slowestMs = 0;
  for (let count = 0; count < 60; count++) {
    const msg = { comment: 'x'.repeat(SIZES[count % SIZES.length]!) };
    const sentAt = Date.now();
    const answer = await door.send(makeWebHook(project, { topic: 't.x', msg, timestamp, msgId: `id-${count}`, i: 1 }));
    slowestMs = Math.max(slowestMs, Date.now() - sentAt);
    expect([answer.status, answer.body.outcome]).toEqual([202, 'new']);
  }
  expect(new Set(door.due).size).toBe(60);
  expect(slowestMs).toBeLessThan(20_000);
});
