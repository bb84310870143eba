/** Order on disk, by a trace of system calls: each 202 follows a sync that follows its write (TRUST.md §1). */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { isDurable, traceOf } from './trace.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const KEY = 'THEKEYOFTHISPROJECT0123456789ABCDEFGHIJK';
const LAB = { instance: 'https://pagure.example.org/', fullname: 'lab', key: KEY };
const CALLS = 'pwrite64,pwritev,pwritev2,write,writev,sendto,sendmsg,fsync,fdatasync';

/** Starts a compiled main under strace; resolves with where it listens. */
async function startTraced(main: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-trace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'key'), KEY, { mode: 0o600 });
  writeFileSync(
    join(folder, 'pagure-actions.yml'),
    `server: { port: 0 }\nprojects: [{ instance: '${LAB.instance}', fullname: lab, keys: [{ file: key }] }]\n`,
  );
  const traceFile = join(folder, 'trace');
  const argv = ['-f', '-y', '-qq', '-s', '6000', '-e', `trace=${CALLS}`, '-o', traceFile, process.execPath, ...main];
  const env = { PATH: process.env['PATH'], HOME: join(folder, 'home') };
  const child = spawn('strace', argv, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.once('exit', done));
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /listens at (\S+)/.exec(line) ?? [];
    if (url !== undefined) return { url, end: () => end(child.pid!, ended, traceFile) };
  }
  throw new Error('the server did not start');
}

/** Stops the traced program (strace's child) in order and gives the lines of the trace. */
async function end(straceId: number, ended: Promise<unknown>, traceFile: string): Promise<readonly string[]> {
  const children = readFileSync(`/proc/${straceId}/task/${straceId}/children`, 'utf8').trim().split(' ');
  for (const id of children) process.kill(Number(id), 'SIGTERM');
  await ended;
  return readFileSync(traceFile, 'latin1').split('\n');
}

/** Posts one signed delivery; resolves with status and event. */
function post(url: string, msgId: string): Promise<{ status: number; eventId: number }> {
  const timestamp = Math.floor(new SystemClock().now() / 1000);
  const { headers, body } = makeWebHook(LAB, { topic: 'Test.notification', msg: {}, msgId, timestamp, i: 1 });
  return new Promise((done, fail) => {
    const sent = request(`${url}/hooks/pagure`, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, ...(JSON.parse(text) as { eventId: number }) }));
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

/** Deliveries one after the other, then side by side; the verdict of the trace on each. */
async function verdicts(main: readonly string[]): Promise<readonly boolean[]> {
  const server = await startTraced(main);
  const answers = new Map<string, { status: number; eventId: number }>();
  for (let at = 0; at < 5; at++) answers.set(`lone-${at}-delivery`, await post(server.url, `lone-${at}-delivery`));
  const group = Array.from({ length: 40 }, (_, at) => `group-${at}-delivery`);
  await Promise.all(group.map(async (id) => answers.set(id, await post(server.url, id))));
  expect([...answers.values()].every(({ status }) => status === 202)).toBe(true);
  const lines = await server.end();
  return [...answers].map(([msgId, { eventId }]) => {
    const trace = traceOf(lines, msgId, eventId);
    if (!trace) throw new Error(`the trace does not show ${msgId}`);
    return isDurable(trace);
  });
}

describe('each 202', () => {
  it('follows a sync of the WAL that follows its write', async () => {
    const found = await verdicts([join(PROJECT, 'dist/src/main.js'), 'serve']);
    expect(found).toHaveLength(45);
    expect(found.every(Boolean)).toBe(true);
  });

  it('is shown to be unsafe by the same trace when commits are not synced', async () => {
    const found = await verdicts([join(PROJECT, 'dist/test/system/unsynced-main.js')]);
    expect(found.some((isSafe) => !isSafe)).toBe(true);
  });
});
