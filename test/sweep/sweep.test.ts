/** The sweep: every row that is due is put, however many there are, and a part that fails stops no other. */
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import type { JobQueue } from '../../src/queue/job-queue.js';
import type { DueAsked } from '../../src/store/due-ids.js';
import { Sweep } from '../../src/sweep/sweep.js';

const dueOf = (ids: readonly number[]) => (asked: DueAsked) =>
  Promise.resolve(ids.filter((id) => id > (asked.afterId ?? 0)).slice(0, asked.limit));

function sweepOver(events: readonly number[], fails: () => Promise<never>) {
  const put: number[] = [];
  const errors: unknown[] = [];
  const none = dueOf([]);
  const tables = {
    events: { dueIds: dueOf(events) },
    runs: { dueJobIds: none },
    flags: { dueIds: none },
    turns: { dueIds: none },
    holds: { dueIds: none },
    commands: { dueIds: none },
    comments: { dueIds: none },
    quarantine: { dueIds: none },
    backlog: {},
  };
  const queue = { put: (_: string, id: number) => void put.push(id) };
  const work = {
    losses: { expired: fails },
    pipelines: { unread: () => Promise.resolve() },
    schedules: { due: () => Promise.resolve() },
  };
  const sweep = new Sweep(tables as never, queue as unknown as JobQueue, work as never, new SystemClock(), (error) =>
    errors.push(error),
  );
  return { sweep, put, errors };
}

describe('a sweep', () => {
  it('goes on where the last one stopped, and from the start again behind the last row', async () => {
    const ids = Array.from({ length: 2_500 }, (_, at) => at + 1);
    const { sweep, put } = sweepOver(ids, () => Promise.reject(new Error('the lease of one cannot be ended')));
    for (let look = 0; look < 3; look++) await sweep.once();
    expect(put).toEqual(ids);
    await sweep.once();
    expect(put.slice(2_500)).toEqual(ids.slice(0, 1_000));
  });

  it('that fails in one part does the others', async () => {
    const { sweep, put, errors } = sweepOver([7], () => Promise.reject(new Error('broken')));
    await sweep.once();
    expect([put, errors]).toEqual([[7], [new Error('broken')]]);
  });
});
