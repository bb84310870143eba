/** Logs are packed when their attempt has ended, whoever wrote them, and not before. */
import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import { Fault } from '../../src/kernel/errors.js';
import { textPart } from '../../src/model/log.js';
import type { Job } from '../../src/model/run.js';
import { SealLogs } from '../../src/sweep/seal-logs.js';
import { StillClock } from '../kernel/still-clock.js';
import { job } from '../runs/samples.js';
import { temporaryFolder } from '../store/open-store.js';

async function world(jobs: readonly Partial<Job>[]) {
  const root = temporaryFolder();
  const blobs = new FileBlobs(root);
  const errors: unknown[] = [];
  const rows = new Map(jobs.map((change) => [change.id, job({ key: 'a' }, change)]));
  const runs = { jobById: (id: number) => Promise.resolve(rows.get(id) ?? null) };
  const clock = new StillClock(1_000);
  const sealing = new SealLogs(blobs, runs, clock, (error) => errors.push(error));
  const write = async (jobId: number, attempt: number) => {
    const log = await blobs.openLog(jobId, attempt);
    await log.append([textPart(`${jobId}.${attempt}\n`, 1)], 0);
    await log.close();
  };
  return { root, blobs, errors, clock, sealing, write };
}

const names = async (blobs: FileBlobs) =>
  (await blobs.unsealed()).map(({ jobId, attempt }) => `${jobId}.${attempt}`).sort();

describe('logs that are not sealed', () => {
  it('are, once their attempt has ended: done, put back, tried again, or gone', async () => {
    const jobs = [
      { id: 1, attempt: 1, state: 'running' },
      { id: 2, attempt: 1, state: 'done' },
      { id: 3, attempt: 1, state: 'queued' },
      { id: 4, attempt: 2, state: 'running' },
    ] as const;
    const { blobs, sealing, write } = await world(jobs);
    for (const [id, attempt] of [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [4, 2],
      [5, 1],
    ] as const)
      await write(id, attempt);
    await sealing.once();
    expect(await names(blobs)).toEqual(['1.1', '4.2']);
    expect((await blobs.readLog(4, 1, 0, 99)).toString()).toBe('4.1\n');
  });

  it('are looked for when the sweep starts, and every ten seconds', async () => {
    const { blobs, clock, sealing, write } = await world([{ id: 2, attempt: 1, state: 'done' }]);
    sealing.start();
    await expect.poll(() => clock.pending).toBe(1);
    await write(2, 1);
    clock.advance(10_000);
    await expect.poll(() => names(blobs)).toEqual([]);
    await sealing.stop();
  });

  it('that nobody can pack are told once, and keep no other waiting', async () => {
    const { root, blobs, errors, sealing, write } = await world([]);
    await write(1, 1);
    await write(2, 1);
    const seal = blobs.sealLog.bind(blobs);
    blobs.sealLog = (jobId, attempt, stop) =>
      jobId === 1 ? Promise.reject(new Fault('damaged', { retryable: false })) : seal(jobId, attempt, stop);
    await sealing.once();
    await sealing.once();
    expect([await names(blobs), errors.length, readdirSync(`${root}/2`)]).toEqual([['1.1'], 1, ['1.sealed']]);
  });

  it('wait while the disk is full', async () => {
    const { blobs, sealing, write } = await world([]);
    await write(1, 1);
    const seal = blobs.sealLog.bind(blobs);
    blobs.sealLog = () => Promise.reject(new Fault('no space', { retryable: true }));
    await expect(sealing.once()).rejects.toThrow('no space');
    blobs.sealLog = seal;
    await sealing.once();
    expect(await names(blobs)).toEqual([]);
  });

  it('are left when the server stops, whatever a file of ours is called', async () => {
    const { root, blobs, sealing, write, errors } = await world([]);
    await write(1, 1);
    writeFileSync(`${root}/unsealed/x.y`, '');
    await sealing.stop();
    await sealing.once();
    expect([await names(blobs), errors]).toEqual([['1.1'], []]);
  });
});
