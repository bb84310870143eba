/** Attempts whose agent was lost: tried again only when no step had started, and not for ever. */
import { describe, expect, it } from 'vitest';
import { lossOf } from '../../src/runs/expire-jobs.js';
import { job, step } from './samples.js';

const lost = (change: Parameters<typeof job>[1], steps: Parameters<typeof lossOf>[1]) =>
  lossOf(job({ key: 'a' }, change), steps, 'the server was restarted', 'counts', 9_000);

describe('a lost attempt', () => {
  it('goes back into the queue when only its set-up had begun', () => {
    expect(lost({}, [step(0)])).toMatchObject({ state: 'queued', owner: null, dueAt: 9_000, tries: 1 });
  });

  it('ends in error when a step had started, and names the step', () => {
    const change = lost({}, [step(0, { state: 'done' }), step(1, { state: 'done' }), step(2)]);
    expect(change).toMatchObject({ state: 'done', result: 'error' });
    expect(change.reason).toBe('lost in step 2 (step 2): the server was restarted');
  });

  it('is parked in error after three tries', () => {
    expect(lost({ tries: 2 }, [])).toMatchObject({ state: 'done', result: 'error', tries: 3 });
  });

  it('ends as canceled when a cancel was on its way', () => {
    expect(lost({ cancelReason: 'by alice' }, [step(1)])).toMatchObject({ result: 'canceled', reason: 'by alice' });
  });

  it('does not count when the server was stopped in order', () => {
    const change = lossOf(job({ key: 'a' }, { tries: 2 }), [], 'the server was stopped', 'does not count', 9_000);
    expect(change).toMatchObject({ state: 'queued', tries: 2 });
  });
});
