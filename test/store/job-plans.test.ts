/** The plans of jobs, which are read once. */
import { describe, expect, it } from 'vitest';
import { jobs } from '../../src/store/schema/tables.js';
import { job } from '../runs/samples.js';
import { openChanging } from './changing.js';

async function withJobs(count: number) {
  const { run, runs, store } = await openChanging();
  const runId = await run('one');
  await store.commit(async (tx) => {
    for (let at = 0; at < count; at += 1) {
      const { id: _, ...fresh } = job({ key: `test[${at}]` }, { runId });
      await runs.insertJob(tx, fresh);
    }
  });
  const stored = await store.reader.find(jobs, { where: { runId }, order: { id: 'ASC' } });
  return { runId, runs, store, stored: stored.map((row) => ({ ...row })) };
}

describe('the jobs of a run', () => {
  it.each([1, 3, 40, 2_100])('have their plans when %i of them are read, and read again', async (count) => {
    const { runId, runs, stored } = await withJobs(count);
    expect(stored).toHaveLength(count);
    expect(await runs.jobsOf(runId)).toEqual(stored);
    expect(await runs.jobsOf(runId)).toEqual(stored);
  });

  it('are as they stand now, with the plans that were kept', async () => {
    const { runId, runs, store } = await withJobs(2);
    const [first] = await runs.jobsOf(runId);
    await store.commit((tx) => runs.updateJob(tx, first!, { reason: 'told' }));
    const [now] = await runs.jobsOf(runId);
    expect(now).toEqual({ ...first, reason: 'told' });
    expect(now!.planned).toBe(first!.planned);
  });
});
