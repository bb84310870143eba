/** The queue in memory: each id at least once, never twice at once, within the limit. */
import { describe, expect, it } from 'vitest';
import { InProcessQueue } from '../../src/queue/in-process-queue.js';

/** A taker whose work ends when the test says so. */
function heldWork() {
  const started: number[] = [];
  const ends = new Map<number, () => void>();
  const take = (id: number) => {
    started.push(id);
    return new Promise<void>((resolve) => ends.set(id, resolve));
  };
  return { started, take, end: (id: number) => ends.get(id)!() };
}

const fail = (error: unknown) => {
  throw error;
};
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the in-process queue', () => {
  it('takes no more ids at once than it was told', async () => {
    const queue = new InProcessQueue(fail);
    const work = heldWork();
    queue.take('job', 2, work.take);
    for (const id of [1, 2, 3]) queue.put('job', id);
    expect(work.started).toEqual([1, 2]);
    work.end(1);
    await turn();
    expect(work.started).toEqual([1, 2, 3]);
  });

  it('takes an id again that came while it was under way, but not at once', async () => {
    const queue = new InProcessQueue(fail);
    const work = heldWork();
    queue.take('event', 5, work.take);
    queue.put('event', 1);
    queue.put('event', 1);
    queue.put('event', 1);
    expect(work.started).toEqual([1]);
    work.end(1);
    await turn();
    expect(work.started).toEqual([1, 1]);
  });

  it('keeps ids for a taker that comes later', () => {
    const queue = new InProcessQueue(fail);
    const work = heldWork();
    queue.put('flag', 9);
    queue.take('flag', 1, work.take);
    expect(work.started).toEqual([9]);
  });

  it('takes nothing new once it is closed, and waits for what is under way', async () => {
    const queue = new InProcessQueue(fail);
    const work = heldWork();
    queue.take('job', 1, work.take);
    queue.put('job', 1);
    queue.put('job', 2);
    let isClosed = false;
    const closed = queue.close().then(() => (isClosed = true));
    await turn();
    expect([work.started, isClosed]).toEqual([[1], false]);
    work.end(1);
    await closed;
    expect(work.started).toEqual([1]);
  });

  it('reports what a handler rejects with, and takes the next id', async () => {
    const reported: unknown[] = [];
    const queue = new InProcessQueue((error) => reported.push(error));
    const taken: number[] = [];
    queue.take('event', 1, async (id) => {
      taken.push(id);
      if (id === 1) throw new Error('the disk is full');
    });
    for (const id of [1, 2]) queue.put('event', id);
    await queue.settled();
    expect(taken).toEqual([1, 2]);
    expect(reported).toMatchObject([{ message: 'the disk is full' }]);
  });
});
