/** Turns that would wait for each other for ever. */
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/model/turn.js';
import { circleAt } from '../../src/runs/turn-circle.js';

/** `run 1 holds x`, `job 2 of run 1 waits y`: in the order of their ids. */
function line(...said: readonly string[]): readonly Turn[] {
  return said.map((text, at) => {
    const [, job, runId, state, group] = /^(?:job (\d+) of )?run (\d+) (holds|waits) (\w+)$/.exec(text) ?? [];
    const place = { projectId: 1, group: group!, runId: Number(runId), jobId: job === undefined ? null : Number(job) };
    const standing = state === 'holds' ? ('holding' as const) : ('waiting' as const);
    return { ...place, id: at + 1, state: standing, reason: null, byRunId: null, tries: 0, dueAt: null };
  });
}

const A_TO = (group: string) => ({ runId: 1, group });

describe('a job that comes to a line', () => {
  it('waits for ever behind a run of which a job waits for the group of its own run', () => {
    const open = line('run 1 holds x', 'run 2 holds y', 'job 20 of run 2 waits x');
    expect(circleAt(open, A_TO('y'))).toBe(open[1]);
  });

  it('waits for ever also by way of others, and behind one that waits', () => {
    const three = line(
      'run 1 holds x',
      'run 2 holds y',
      'run 3 holds z',
      'job 20 of run 2 waits z',
      'job 30 of run 3 waits x',
    );
    expect(circleAt(three, A_TO('y'))).toBe(three[1]);
    const queued = line('run 1 holds x', 'job 9 of run 9 holds y', 'run 2 waits y', 'job 20 of run 2 waits x');
    expect(circleAt(queued, A_TO('y'))).toBe(queued[2]);
  });

  it('is not kept from waiting for a job that runs, whatever another job of that run waits for', () => {
    const open = line('run 1 holds x', 'job 20 of run 2 holds y', 'job 21 of run 2 waits x');
    expect(circleAt(open, A_TO('y'))).toBeNull();
  });

  it('is not kept from waiting for a run whose jobs wait for others', () => {
    const open = line('run 1 holds x', 'run 2 holds y', 'run 3 holds z', 'job 20 of run 2 waits z');
    expect(circleAt(open, A_TO('y'))).toBeNull();
  });

  it('is not kept from waiting for what waits behind its own run alone', () => {
    const open = line('run 1 holds x', 'run 2 waits x', 'run 3 holds y');
    expect(circleAt(open, A_TO('y'))).toBeNull();
  });
});
