/** One process at a time on a data folder. */
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { takeProcessLock } from '../../src/store/process-lock.js';
import { temporaryFolder } from './open-store.js';

const waiting = (waitMs: number) => ({ waitMs, clock: new SystemClock(), onWait: () => undefined });

describe('the lock of a data folder', () => {
  it('is refused to a second holder with a message that names the file', async () => {
    const file = `${temporaryFolder()}/lock.sqlite`;
    const first = await takeProcessLock(file, waiting(0));
    await expect(takeProcessLock(file, waiting(0))).rejects.toThrow(file);
    first.release();
  });

  it('goes to one who waits as soon as it is released', async () => {
    const file = `${temporaryFolder()}/lock.sqlite`;
    const first = await takeProcessLock(file, waiting(0));
    const second = takeProcessLock(file, waiting(60_000));
    first.release();
    (await second).release();
  });
});
