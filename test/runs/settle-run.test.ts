/** What follows from a change of a run: pure, before anything is written. */
import { describe, expect, it } from 'vitest';
import { settleRun, stopJob } from '../../src/runs/settle-run.js';
import { CONTEXTS, job, plannedRun, run } from './samples.js';

const TWO_JOBS = `
on: push
jobs:
  build:
    runs-on: host
    steps: [{ run: make }]
  test:
    needs: build
    runs-on: host
    steps: [{ run: make check }]
`;
const ended = (result: 'success' | 'failure') => ({ state: 'done', result, leaseUntil: null }) as const;

describe('settling a run', () => {
  it('queues the jobs that need nothing when a run starts', () => {
    const settled = settleRun({ run: plannedRun(TWO_JOBS), jobs: [], contexts: CONTEXTS }, {}, 5_000);
    expect(settled.newJobs.map(({ key, state, dueAt }) => [key, state, dueAt])).toEqual([['build', 'queued', 5_000]]);
    expect(settled.run).toMatchObject({ state: 'queued', result: null });
  });

  it('queues a job with the commit that ends what it needs', () => {
    const build = job({ key: 'build' });
    const standing = { run: plannedRun(TWO_JOBS, { state: 'running' }), jobs: [build], contexts: CONTEXTS };
    const settled = settleRun(standing, { jobs: [{ job: build, change: ended('success') }] }, 5_000);
    expect(settled.newJobs.map(({ key, state }) => [key, state])).toEqual([['test', 'queued']]);
    expect(settled.run.state).toBe('running');
  });

  it('skips what needed a job that failed, and ends the run with it', () => {
    const build = job({ key: 'build' });
    const standing = { run: plannedRun(TWO_JOBS, { state: 'running' }), jobs: [build], contexts: CONTEXTS };
    const settled = settleRun(standing, { jobs: [{ job: build, change: ended('failure') }] }, 5_000);
    expect(settled.newJobs.map(({ key, result }) => [key, result])).toEqual([['test', 'skipped']]);
    expect(settled.run).toMatchObject({ state: 'done', result: 'failure', finishedAt: 5_000 });
  });

  it('starts nothing more after a cancel', () => {
    const build = job({ key: 'build' });
    const asked = plannedRun(TWO_JOBS, { state: 'running', cancelRequested: true });
    const standing = { run: asked, jobs: [build], contexts: CONTEXTS };
    const settled = settleRun(standing, { jobs: [{ job: build, change: ended('success') }] }, 5_000);
    expect(settled.newJobs.filter(({ state }) => state === 'queued')).toEqual([]);
    expect(settled.run).toMatchObject({ state: 'done', result: 'canceled' });
  });

  it('leaves a run without a plan as it is told', () => {
    const standing = { run: run({ state: 'waiting', trust: 'held' }), jobs: [], contexts: CONTEXTS };
    const settled = settleRun(standing, { run: { state: 'done', result: 'canceled' } }, 5_000);
    expect(settled.after.run).toMatchObject({ state: 'done', result: 'canceled' });
    expect(settled.newJobs).toEqual([]);
  });
});

describe('stopping a job', () => {
  it('ends a queued one at once', () => {
    const queued = job({ key: 'a' }, { state: 'queued' });
    expect(stopJob([queued], 'a', 'why', 5_000)).toMatchObject([{ change: { state: 'done', result: 'canceled' } }]);
  });

  it('only notes the reason of a running one', () => {
    expect(stopJob([job({ key: 'a' })], 'a', 'why', 5_000)).toMatchObject([{ change: { cancelReason: 'why' } }]);
  });

  it('leaves one that is done', () => {
    expect(stopJob([job({ key: 'a' }, { state: 'done' })], 'a', 'why', 5_000)).toEqual([]);
  });
});
