/** Which jobs run, in which order, and what a run comes to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advance, JobStanding, Plan } from '../../src/model/plan.js';
import type { Result } from '../../src/model/result.js';
import { advance, needsContext, type Pipeline, planRun } from '../../src/pipeline/index.js';
import { CONTEXTS, done, jobsOf, pipelineOf } from './samples.js';

function planOf(pipeline: Pipeline, checkout = true): Plan {
  const planned = planRun(pipeline, CONTEXTS, { checkout });
  if (planned.kind !== 'plan') throw new Error('not planned');
  return planned.plan;
}

function next(
  jobs: Record<string, string>,
  standing: readonly JobStanding[] = [],
  asked: 'run' | 'cancel' = 'run',
): string[] {
  const { changes, result } = advance(planOf(jobsOf(jobs)), standing, CONTEXTS, asked);
  return [...changes.map(shown), ...(result ? [result] : [])];
}

function shown(change: Advance['changes'][number]): string {
  if (change.kind === 'cancel') return `cancel ${change.key}`;
  return change.kind === 'queue' ? `queue ${change.job.key}` : `${change.result} ${change.job.key}`;
}

describe('advance', () => {
  it('queues the jobs whose needs are done', () => {
    expect(next({ a: '', b: 'needs: a', c: '' })).toEqual(['queue a', 'queue c']);
    expect(next({ a: '', b: 'needs: A' }, [done('a', 'success')])).toEqual(['queue b']);
  });

  it('skips what stands behind a failure, at once and to the end', () => {
    expect(next({ a: '', b: 'needs: a', c: 'needs: b' }, [done('a', 'failure')])).toEqual([
      'skipped b',
      'skipped c',
      'failure',
    ]);
  });

  it('skips a job behind a skipped one even if the job between ran by always()', () => {
    const jobs = { a: 'if: false', b: 'needs: a, if: always()', c: 'needs: b' };
    expect(next(jobs)).toEqual(['skipped a', 'queue b']);
    expect(next(jobs, [done('a', 'skipped'), done('b', 'success')])).toEqual(['skipped c', 'success']);
  });

  it('runs failure() when any ancestor failed', () => {
    const jobs = { a: '', b: 'needs: a, if: always()', c: 'needs: b, if: failure()' };
    expect(next(jobs, [done('a', 'failure'), done('b', 'success')])).toEqual(['queue c']);
  });

  it("takes job ids in success('a') and failure('a'); an unknown id is false", () => {
    const base = { a: '', b: '' };
    const standing = [done('a', 'success'), done('b', 'failure')];
    expect(next({ ...base, c: "needs: [a, b], if: success('a')" }, standing)).toEqual(['queue c']);
    expect(next({ ...base, c: "needs: [a, b], if: failure('a')" }, standing)).toEqual(['skipped c', 'failure']);
    expect(next({ ...base, c: "needs: [a, b], if: success('z')" }, standing)).toEqual(['skipped c', 'failure']);
  });

  it('forgives a failure under continue-on-error', () => {
    const jobs = { a: 'continue-on-error: true', b: 'needs: a' };
    const standing = [done('a', 'failure', { continueOnError: true })];
    expect(next(jobs, standing)).toEqual(['queue b']);
    expect(needsContext(planOf(jobsOf(jobs)), 'b', standing)).toEqual({ a: { result: 'success', outputs: {} } });
  });

  it('gives the results and outputs of the needs to the if', () => {
    const jobs = { a: '', b: "needs: a, if: needs.a.outputs.go == 'yes' && needs.a.result == 'success'" };
    expect(next(jobs, [done('a', 'success', { outputs: { go: 'yes' } })])).toEqual(['queue b']);
  });

  it('reads error as failure and canceled as cancelled', () => {
    const plan = planOf(jobsOf({ a: '', b: '', c: 'needs: [a, b]' }));
    expect(needsContext(plan, 'C', [done('a', 'error'), done('b', 'canceled')])).toMatchObject({
      a: { result: 'failure' },
      b: { result: 'cancelled' },
    });
  });

  it('after a cancel starts only what asks for it', () => {
    const jobs = { a: '', b: 'needs: a', c: 'needs: a, if: always()', d: 'needs: a, if: cancelled()' };
    expect(next(jobs, [done('a', 'canceled')], 'cancel')).toEqual(['canceled b', 'queue c', 'queue d']);
  });

  it('ends a run of skipped jobs as skipped', () => {
    expect(next({ a: 'if: false', b: 'needs: a' })).toEqual(['skipped a', 'skipped b', 'skipped']);
  });

  it('fails a job whose keys cannot be evaluated and says why', () => {
    const plan = planOf(pipelineOf('on: push\njobs: {a: {runs-on: "${{ fromJSON(\'{\') }}", steps: [{run: x}]}}'));
    expect(advance(plan, [], CONTEXTS, 'run')).toMatchObject({
      changes: [{ kind: 'end', result: 'failure' }],
      result: 'failure',
    });
  });

  it.each([
    ['5', 300_000],
    ["'0.5'", 30_000],
    ['${{ 2 }}', 120_000],
  ])('takes timeout-minutes: %s', (minutes, timeoutMs) => {
    const plan = planOf(
      pipelineOf(`on: push\njobs:\n  a:\n    runs-on: x\n    timeout-minutes: ${minutes}\n    steps: [{run: x}]\n`),
    );
    expect(advance(plan, [], CONTEXTS, 'run').changes).toMatchObject([{ kind: 'queue', job: { timeoutMs } }]);
  });

  it('fails a job with a time-out of 0', () => {
    expect(next({ a: 'timeout-minutes: 0' })).toEqual(['failure a', 'failure']);
  });

  it('reads labels, lists and groups in lower case', () => {
    const plan = planOf(
      pipelineOf('on: push\njobs: {a: {runs-on: {group: G, labels: [Linux, x64]}, steps: [{run: x}]}}'),
    );
    expect(advance(plan, [], CONTEXTS, 'run').changes).toMatchObject([{ job: { runsOn: ['g', 'linux', 'x64'] } }]);
  });

  it('always ends, runs no job before its needs, and ends every job in one result', () => {
    fc.assert(
      fc.property(randomRuns(), ({ jobs, results, cancelAt }) => void follow(jobs, results, cancelAt)),
      { numRuns: 200 },
    );
  });
});

describe('checkout', () => {
  const withOwn = pipelineOf(
    'on: push\njobs: {a: {runs-on: x, steps: [{uses: actions/checkout@v4}]}, b: {runs-on: x, checkout: false, steps: [{run: x}]}, c: {runs-on: x, steps: [{run: x}]}}',
  );

  it('happens before the first step in pipelines of ours, unless the job has its own or says no', () => {
    expect(planOf(withOwn).jobs.map((job) => job.checkout)).toEqual([false, false, true]);
    expect(planOf(withOwn, false).jobs.map((job) => job.checkout)).toEqual([false, false, false]);
  });
});

const CONDITIONS = [
  '',
  'if: always()',
  'if: failure()',
  'if: cancelled()',
  'if: success() || failure()',
  'if: false',
  'continue-on-error: true',
  'strategy: {matrix: {n: [1, 2, 3]}, max-parallel: 2}',
  'strategy: {matrix: {n: [1, 2]}, fail-fast: false}',
];

function randomRuns() {
  return fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.record({
      jobs: fc
        .tuple(...Array.from({ length: count }, (_, index) => randomJob(index)))
        .map((list) => Object.fromEntries(list.map((keys, index) => [`j${index}`, keys]))),
      results: fc.array(fc.constantFrom<Result>('success', 'failure', 'error', 'canceled'), {
        minLength: count,
        maxLength: count,
      }),
      cancelAt: fc.integer({ min: 0, max: 12 }),
    }),
  );
}

function randomJob(index: number) {
  const needs = fc.subarray(Array.from({ length: index }, (_, other) => `j${other}`));
  return fc
    .tuple(needs, fc.constantFrom(...CONDITIONS))
    .map(([ids, condition]) =>
      [ids.length > 0 ? `needs: [${ids.join(', ')}]` : '', condition].filter(Boolean).join(', '),
    );
}

function follow(jobs: Record<string, string>, results: readonly Result[], cancelAt: number): void {
  const plan = planOf(jobsOf(jobs));
  let standing: JobStanding[] = [];
  for (let round = 0; round < 40; round += 1) {
    const answer = advance(plan, standing, CONTEXTS, round >= cancelAt ? 'cancel' : 'run');
    for (const change of answer.changes) {
      if (change.kind === 'cancel') {
        standing = standing.map((job) => (job.key === change.key ? { ...job, state: 'done', result: 'canceled' } : job));
        continue;
      }
      if (change.kind === 'queue') expect(change.job.needs.every((id) => isWholeDone(standing, id))).toBe(true);
      expect(standing.some(({ key }) => key === change.job.key)).toBe(false);
      const result = change.kind === 'end' ? change.result : null;
      standing.push({ ...change.job, state: result ? 'done' : 'queued', result, outputs: {} });
    }
    if (answer.result) {
      expect(new Set(standing.map(({ id }) => id)).size).toBe(plan.jobs.length);
      return expect(standing.every(({ state }) => state === 'done')).toBe(true);
    }
    const open = standing.find(({ state }) => state !== 'done');
    expect(open).toBeDefined();
    standing = standing.map((job) =>
      job === open ? { ...job, state: 'done', result: results[round % results.length] ?? 'success' } : job,
    );
  }
  expect.fail('the run never ended');
}

function isWholeDone(standing: readonly JobStanding[], id: string): boolean {
  const jobs = standing.filter((job) => job.id === id);
  return jobs.length > 0 && jobs.every(({ state }) => state === 'done');
}
