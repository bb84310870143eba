/** Which running jobs count as lost. */
import { describe, expect, it } from 'vitest';
import { openChanging } from './changing.js';
import { NOW } from './open-store.js';

const DAY_MS = 24 * 3_600_000;

async function expiredWithLease(leaseUntil: number): Promise<number> {
  const { run, job, runs, store } = await openChanging();
  const jobId = await job(await run('one'));
  await store.commit((tx) => runs.claim(tx, { jobId, owner: 'boot', leaseUntil, nowMs: NOW }));
  return (await runs.expiredJobs(NOW, 10)).length;
}

describe('a lease', () => {
  it('that lasts is left alone', async () => {
    expect(await expiredWithLease(NOW + 60_000)).toBe(0);
  });

  it('that is over is found', async () => {
    expect(await expiredWithLease(NOW)).toBe(1);
  });

  it('that a clock wrote which was a day ahead is found at once', async () => {
    expect(await expiredWithLease(NOW + DAY_MS)).toBe(1);
  });
});
