/** The queue in memory: each id at least once, never twice at once, within the limit. */
import { describe, expect, it } from 'vitest';
import { StillClock } from '../kernel/still-clock.js';
import { TurnedClock } from '../kernel/turned-clock.js';
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

/** Ids 100 to 199 are of project 1, 200 to 299 of project 2, and so on; those below are nobody's. */
const projectsOf = async (ids: readonly number[]) =>
  new Map(ids.filter((id) => id >= 100).map((id) => [id, Math.floor(id / 100)]));

const fail = (error: unknown) => {
  throw error;
};
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the in-process queue', () => {
  it('takes no more ids at once than it was told', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const work = heldWork();
    queue.take('job', { parallel: 2 }, work.take);
    for (const id of [1, 2, 3]) queue.put('job', id);
    await turn();
    expect(work.started).toEqual([1, 2]);
    work.end(1);
    await turn();
    expect(work.started).toEqual([1, 2, 3]);
  });

  it('takes an id again that came while it was under way, but not at once', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const work = heldWork();
    queue.take('event', { parallel: 5 }, work.take);
    queue.put('event', 1);
    await turn();
    for (let again = 0; again < 2; again++) queue.put('event', 1);
    expect(work.started).toEqual([1]);
    work.end(1);
    await turn();
    expect(work.started).toEqual([1, 1]);
  });

  it('lets what has come meanwhile be read between two takes of a backlog', async () => {
    const clock = new TurnedClock(0);
    const queue = new InProcessQueue(clock, fail);
    const taken: number[] = [];
    queue.take('event', { parallel: 2 }, async (id) => void taken.push(id));
    for (const id of [1, 2, 3, 4, 5]) queue.put('event', id);
    const afterEachTurn: number[] = [];
    await turn();
    for (let turns = 0; turns < 3; turns += 1) {
      afterEachTurn.push(taken.length);
      await clock.turn();
    }
    expect(afterEachTurn).toEqual([2, 4, 5]);
  });

  it('keeps ids for a taker that comes later', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const work = heldWork();
    queue.put('flag', 9);
    queue.take('flag', { parallel: 1 }, work.take);
    await turn();
    expect(work.started).toEqual([9]);
  });

  it('takes nothing new once it is closed, and waits for what is under way', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const work = heldWork();
    queue.take('job', { parallel: 1 }, work.take);
    queue.put('job', 1);
    queue.put('job', 2);
    await turn();
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
    const queue = new InProcessQueue(new StillClock(0), (error) => reported.push(error));
    const taken: number[] = [];
    queue.take('event', { parallel: 1 }, async (id) => {
      taken.push(id);
      if (id === 1) throw new Error('the disk is full');
    });
    for (const id of [1, 2]) queue.put('event', id);
    await queue.settled();
    expect(taken).toEqual([1, 2]);
    expect(reported).toMatchObject([{ message: 'the disk is full' }]);
  });
});

describe('rows of several projects', () => {
  it('never let one project hold the last lane, however many of its rows wait', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const work = heldWork();
    queue.take('event', { parallel: 4, projectsOf }, work.take);
    for (let id = 100; id < 200; id++) queue.put('event', id);
    await turn();
    expect(work.started).toEqual([100, 101, 102]);
    queue.put('event', 200);
    await turn();
    expect(work.started.slice(3)).toEqual([200]);
  });

  it('are taken in turns, those of one project in order', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const taken: number[] = [];
    queue.take('event', { parallel: 1, projectsOf }, async (id) => void taken.push(id));
    for (const id of [100, 101, 102, 200, 201, 300]) queue.put('event', id);
    await queue.settled();
    expect(taken).toEqual([100, 200, 300, 101, 201, 102]);
  });

  it('wait in no line twice, and ids without a row in none', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const taken: number[] = [];
    queue.take('flag', { parallel: 2, projectsOf }, async (id) => void taken.push(id));
    for (const id of [7, 100, 100, 101, 100]) queue.put('flag', id);
    await queue.settled();
    expect(taken).toEqual([100, 101]);
  });

  it('are left to the sweep when nobody can tell whose they are', async () => {
    const reported: unknown[] = [];
    const queue = new InProcessQueue(new StillClock(0), (error) => reported.push(error));
    let isBroken = true;
    const fragile = (ids: readonly number[]) => (isBroken ? Promise.reject(new Error('no disk')) : projectsOf(ids));
    const taken: number[] = [];
    queue.take('flag', { parallel: 2, projectsOf: fragile }, async (id) => void taken.push(id));
    queue.put('flag', 100);
    await queue.settled();
    isBroken = false;
    queue.put('flag', 100);
    await queue.settled();
    expect([reported.length, taken]).toEqual([1, [100]]);
  });

  it('that are being sorted when the queue is closed are not taken', async () => {
    const queue = new InProcessQueue(new StillClock(0), fail);
    const work = heldWork();
    queue.take('event', { parallel: 2, projectsOf }, work.take);
    queue.put('event', 100);
    await queue.close();
    await turn();
    expect(work.started).toEqual([]);
  });
});
