/** A log that is followed over HTTP: it comes as it is written, ends with its attempt, and goes on from any byte. */
import { describe, expect, it } from 'vitest';
import { textPart } from '../../src/model/log.js';
import { OpenAnswers } from '../../src/api/live/open-answers.js';
import { Runs } from '../../src/store/runs.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { NOW } from '../store/open-store.js';
import { type LiveApi, openLive } from './live.js';
import { runJob, sampleProject, sampleRun } from './samples.js';

async function opened() {
  const live = await openLive();
  const { runId, jobId } = await sampleRun(live.api, await sampleProject(live.api));
  const token = await live.token('read');
  const path = `/api/v1/runs/${runId}/jobs/${jobId}/log`;
  const follow = (query = '', headers = {}) => live.connect(`${path}?follow=1${query}`, token, headers);
  return { ...live, runId, jobId, token, path, follow };
}

/** With a job that runs and a log that is written. */
async function running() {
  const house = await opened();
  await runJob(house.api, house.jobId);
  const writer = await house.blobs.openLog(house.jobId, 1);
  const print = (text: string) => writer.append([textPart(text, 1)], NOW);
  const end = async () => {
    await writer.close();
    await endJob(house, house.jobId);
  };
  return { ...house, print, end };
}

async function endJob({ store, get }: Pick<LiveApi, 'store' | 'get'>, jobId: number): Promise<void> {
  const job = (await get(Runs).jobById(jobId))!;
  await store.commit((tx) => get(Runs).updateJob(tx, job, { state: 'done', result: 'success', finishedAt: NOW }));
}

describe('GET …/log?follow=1', () => {
  it('sends what is there and what comes, and ends with the attempt', async () => {
    const { follow, print, end } = await running();
    await print('one\n');
    const log = await follow();
    expect([log.status, log.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(log.headers).toMatchObject({ 'x-log-attempt': '1', 'x-log-from-byte': '0', 'cache-control': 'no-store' });
    await log.until(() => log.text === 'one\n');
    await print('two\n');
    await log.until(() => log.text === 'one\ntwo\n');
    await print('three');
    await end();
    await log.ended();
    expect([log.text, log.isWhole]).toEqual(['one\ntwo\nthree', true]);
  });

  it('waits for a job that has not begun, with the head of the answer sent', async () => {
    const { follow, jobId, api, blobs } = await opened();
    const log = await follow();
    expect([log.status, log.headers['x-log-attempt'], log.text]).toEqual([200, '1', '']);
    await runJob(api, jobId);
    const writer = await blobs.openLog(jobId, 1);
    await writer.append([textPart('one\n', 1)], NOW);
    await log.until(() => log.text === 'one\n');
    await writer.close();
    await endJob(api, jobId);
    await log.ended();
    expect(log.isWhole).toBe(true);
  });

  it('of a job that is done ends at once', async () => {
    const { follow, print, end } = await running();
    await print('one\n');
    await end();
    const log = await follow();
    await log.ended();
    expect([log.text, log.isWhole]).toEqual(['one\n', true]);
  });

  it('ends when the attempt was lost and the job waits for its next', async () => {
    const { follow, print, jobId, store, get } = await running();
    await print('one\n');
    const log = await follow();
    await log.until(() => log.text === 'one\n');
    const job = (await get(Runs).jobById(jobId))!;
    await store.commit((tx) => get(Runs).updateJob(tx, job, { state: 'queued', owner: null, dueAt: NOW }));
    await log.ended();
    expect(log.isWhole).toBe(true);
    expect((await follow('&attempt=1')).headers['x-log-attempt']).toBe('1');
    expect((await follow()).headers['x-log-attempt']).toBe('2');
  });

  it('begins with the last lines, or at a byte', async () => {
    const { follow, print, end } = await running();
    await print('one\ntwo\nthree\n');
    const [tail, none, byte] = await Promise.all([follow('&tail=1'), follow('&tail=0'), follow('&from_byte=6')]);
    expect([tail, none, byte].map(({ headers }) => headers['x-log-from-byte'])).toEqual(['8', '14', '6']);
    await print('four\n');
    await end();
    for (const log of [tail, none, byte]) await log.ended();
    expect([tail.text, none.text, byte.text]).toEqual(['three\nfour\n', 'four\n', 'o\nthree\nfour\n']);
  });

  it('shows every byte once to a reader that is cut off and goes on from its byte, again and again', async () => {
    const { follow, print, end } = await running();
    const random = new SeededRandom('cut off');
    let [seen, written] = ['', ''];
    for (let cut = 1; cut <= 50; cut += 1) {
      const log = await follow(`&from_byte=${seen.length}`);
      const text = `line ${cut}\n`.repeat(Math.ceil(random.fraction() * 400));
      written += text;
      await print(text);
      const enough = random.fraction() * (written.length - seen.length);
      await log.until(() => log.text.length >= enough);
      log.leave();
      seen += log.text;
    }
    await end();
    const last = await follow(`&from_byte=${seen.length}`);
    await last.ended();
    expect(seen + last.text).toBe(written);
  });

  it('is never packed, and looks at no Range', async () => {
    const { follow, print, end } = await running();
    await print('a line\n'.repeat(1_000));
    const log = await follow('', { 'accept-encoding': 'gzip', range: 'bytes=0-1' });
    await end();
    await log.ended();
    expect([log.status, log.headers['content-encoding'], log.text.length]).toEqual([200, undefined, 7_000]);
  });

  it('ends when its token is revoked', async () => {
    const { follow, print, store } = await running();
    const log = await follow();
    await store.commit((tx) => tx.manager.query('UPDATE "api_token" SET "revokedAt" = 1'));
    await log.ended();
    await print('secret\n');
    expect(log.text).toBe('');
  });

  it('leaves nothing behind when its reader goes', async () => {
    const { follow, get, clock, until } = await running();
    const logs = await Promise.all(Array.from({ length: 20 }, () => follow()));
    expect(get(OpenAnswers).count).toBe(20);
    for (const log of logs) log.leave();
    await until(() => get(OpenAnswers).count === 0);
    await until(() => clock.pending === 0);
  });

  it('shows the same to two hundred readers', async () => {
    const { follow, print, end } = await running();
    await print('a line\n'.repeat(5_000));
    const logs = await Promise.all(Array.from({ length: 200 }, () => follow()));
    await print('another\n');
    await end();
    for (const log of logs) await log.ended();
    expect(new Set(logs.map(({ text }) => text))).toEqual(new Set(['a line\n'.repeat(5_000) + 'another\n']));
  });
});
