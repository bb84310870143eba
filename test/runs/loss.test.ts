/** Attempts whose agent was lost: tried again only when no step had started, and not for ever. */
import { describe, expect, it } from 'vitest';
import { lossOf } from '../../src/runs/expire-jobs.js';
import { job, step } from './samples.js';

const TIMES = { nowMs: 9_000, waitMs: (tries: number) => tries * 500 };
const lost = (change: Parameters<typeof job>[1], steps: Parameters<typeof lossOf>[1]) =>
  lossOf(job({ key: 'a' }, change), steps, { reason: 'the server was restarted', weight: 'counts' }, TIMES);

describe('a lost attempt', () => {
  it('goes back into the queue when only its set-up had begun, and waits longer each time', () => {
    expect(lost({}, [step(0)])).toMatchObject({ state: 'queued', owner: null, dueAt: 9_500, tries: 1 });
    expect(lost({ tries: 1 }, [step(0)])).toMatchObject({ state: 'queued', dueAt: 10_000, tries: 2 });
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
    const loss = { reason: 'the server was stopped', weight: 'does not count' } as const;
    const change = lossOf(job({ key: 'a' }, { tries: 2 }), [], loss, TIMES);
    expect(change).toMatchObject({ state: 'queued', tries: 2, dueAt: 9_000 });
  });
});
