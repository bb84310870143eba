/** Which jobs another attempt of a run runs again: pure. */
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.js';
import { jobsToRepeat } from '../../src/runs/rerun-choice.js';
import { plannedRun } from './samples.js';

const STEPS = 'runs-on: host, steps: [{ run: make }]';
const PLAN = plannedRun(`
on: push
jobs:
  build: { ${STEPS} }
  lint: { ${STEPS} }
  test: { needs: Build, strategy: { matrix: { node: [20, 22, 24] } }, ${STEPS} }
  pack: { needs: [test, lint], ${STEPS} }
  ship: { needs: pack, if: always(), ${STEPS} }
`).plan!;

function repeated(results: Readonly<Record<string, Result>>, which: 'all' | 'failed' = 'failed', plan = PLAN) {
  const jobs = Object.entries(results).map(([key, result]) => ({ key, result }));
  return jobsToRepeat(plan, jobs, which).map(({ key }) => key);
}

const GOOD = {
  build: 'success',
  lint: 'success',
  'test[0]': 'success',
  'test[1]': 'success',
  'test[2]': 'success',
} as const;

describe('the failed jobs of a run', () => {
  it('are those that failed, were stopped, or could not be run', () => {
    for (const result of ['failure', 'error', 'canceled'] as const)
      expect(repeated({ ...GOOD, pack: result, ship: 'success' })).toEqual(['pack', 'ship']);
  });

  it('come with all that need them, near and far, whatever became of those', () => {
    const skipped = { 'test[0]': 'skipped', pack: 'skipped', ship: 'success' } as const;
    expect(repeated({ build: 'failure', lint: 'success', ...skipped })).toEqual(['build', 'test[0]', 'pack', 'ship']);
  });

  it('of a matrix are only the combinations that failed', () => {
    const results = { ...GOOD, 'test[1]': 'failure', pack: 'skipped', ship: 'skipped' } as const;
    expect(repeated(results)).toEqual(['test[1]', 'pack', 'ship']);
  });

  it('are none when only conditions skipped some', () => {
    expect(repeated({ ...GOOD, pack: 'skipped', ship: 'success' })).toEqual([]);
  });

  it('of a called pipeline are looked for inside it, and what needs the call comes too', () => {
    const [build, lint, , pack, ship] = PLAN.jobs;
    const inner = [
      { ...build!, id: 'one' },
      { ...build!, id: 'two', needs: ['one'] },
      { ...build!, id: 'three' },
    ];
    const callee = { name: 'called', env: {}, inputs: [], outputs: {}, jobs: inner };
    const call = { uses: './x.yml', with: {}, secrets: {}, callee };
    const plan = { ...PLAN, jobs: [build!, lint!, { ...build!, id: 'test', needs: ['build'], call }, pack!, ship!] };
    const results: Record<string, Result> = {
      ...{ build: 'success', lint: 'success' },
      ...{ 'test/one': 'failure', 'test/two': 'skipped', 'test/three': 'success', pack: 'skipped', ship: 'success' },
    };
    expect(repeated(results, 'failed', plan)).toEqual(['test/one', 'test/two', 'pack', 'ship']);
  });
});

describe('all jobs of a run', () => {
  it('are every one, good and bad', () => {
    expect(repeated({ ...GOOD, pack: 'failure' }, 'all')).toEqual([...Object.keys(GOOD), 'pack']);
  });
});
