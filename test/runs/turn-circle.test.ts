/** Turns that would wait for each other for ever. */
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/model/turn.js';
import { circleAt } from '../../src/runs/turn-circle.js';

/** `run 1 holds x`, `job 2 of run 1 waits y`, `job 2 in a of run 1 …`, `call a of run 1 …`: in the order of their ids. */
function line(...said: readonly string[]): readonly Turn[] {
  return said.map((text, at) => {
    const found = /^(?:job (\d+) (?:in (\S+) )?of )?(?:call (\S+) of )?run (\d+) (holds|waits) (\w+)$/.exec(text) ?? [];
    const [, job, callOfJob, call, runId, state, group] = found;
    const key = job === undefined ? (call ?? null) : `${callOfJob === undefined ? '' : `${callOfJob}/`}job${job}`;
    const part = { runId: Number(runId), jobId: job === undefined ? null : Number(job), key };
    const standing = state === 'holds' ? ('holding' as const) : ('waiting' as const);
    return {
      ...part,
      projectId: 1,
      group: group!,
      id: at + 1,
      state: standing,
      reason: null,
      byRunId: null,
      tries: 0,
      dueAt: null,
    };
  });
}

const A_TO = (group: string, key = 'job1') => ({ runId: 1, jobId: 1, key, group });

describe('a job that comes to a line', () => {
  it('waits for ever behind a run of which a job waits for the group of its own run', () => {
    const open = line('run 1 holds x', 'run 2 holds y', 'job 20 of run 2 waits x');
    expect(circleAt(open, A_TO('y'))).toEqual({ ahead: open[1], held: open[0] });
  });

  it('waits for ever also by way of others, and behind one that waits', () => {
    const three = line(
      'run 1 holds x',
      'run 2 holds y',
      'run 3 holds z',
      'job 20 of run 2 waits z',
      'job 30 of run 3 waits x',
    );
    expect(circleAt(three, A_TO('y'))).toEqual({ ahead: three[1], held: three[0] });
    const queued = line('run 1 holds x', 'job 9 of run 9 holds y', 'run 2 waits y', 'job 20 of run 2 waits x');
    expect(circleAt(queued, A_TO('y'))).toEqual({ ahead: queued[2], held: queued[0] });
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

  it('waits for ever behind a call of which a job waits for the group of the call that it belongs to itself', () => {
    const open = line('call a of run 1 holds x', 'call b of run 2 holds y', 'job 20 in b of run 2 waits x');
    expect(circleAt(open, A_TO('y', 'a/job1'))).toEqual({ ahead: open[1], held: open[0] });
    expect(circleAt(open, A_TO('y', 'job1'))).toBeNull();
  });

  it('waits for ever for another call of its own run, and for a call that waits', () => {
    const own = line('call a of run 1 holds x', 'call b of run 1 holds y', 'job 9 in b of run 1 waits x');
    expect(circleAt(own, A_TO('y', 'a/job1'))).toEqual({ ahead: own[1], held: own[0] });
    const calls = line('run 1 holds x', 'call b of run 2 holds y', 'call b/c of run 2 waits x');
    expect(circleAt(calls, A_TO('y'))).toEqual({ ahead: calls[1], held: calls[0] });
  });

  it('is not kept from waiting for a call by a job beside that call', () => {
    const open = line('call a of run 1 holds x', 'call b of run 2 holds y', 'job 20 of run 2 waits x');
    expect(circleAt(open, A_TO('y', 'a/job1'))).toBeNull();
  });

  it('that is a call itself waits for ever for what waits for its run', () => {
    const open = line('run 1 holds x', 'run 2 holds y', 'job 20 of run 2 waits x');
    expect(circleAt(open, { runId: 1, jobId: null, key: 'a', group: 'y' })).toEqual({ ahead: open[1], held: open[0] });
  });
});
