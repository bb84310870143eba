/** Who holds a concurrency group, who waits and who must go. */
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/model/turn.js';
import { afterLeaving, aheadOf, askTurn, keptGroup, MOST_WAITING, shownGroup } from '../../src/runs/turn-order.js';
import { run } from './samples.js';

const SINGLE = { cancelInProgress: false, queue: 'single' } as const;
const MAX = { cancelInProgress: false, queue: 'max' } as const;

function turn(id: number, state: Turn['state'], change: Partial<Turn> = {}): Turn {
  const place = { projectId: 1, group: 'trusted: x', runId: id, jobId: null, key: null };
  return { ...place, id, state, reason: null, byRunId: null, tries: 0, dueAt: null, ...change };
}

const asked = (runId: number, jobId: number | null = null) => ({
  runId,
  jobId,
  key: jobId === null ? null : `job${jobId}`,
});

describe('a newcomer', () => {
  it('holds a group that nobody holds', () => {
    expect(askTurn([], { ...asked(1), ...SINGLE })).toEqual({ answer: { kind: 'holds' }, replaced: [] });
  });

  it('waits for the holder and replaces who waits', () => {
    const line = [turn(1, 'holding'), turn(2, 'waiting')];
    const { answer, replaced } = askTurn(line, { ...asked(3), ...SINGLE });
    expect(answer).toEqual({ kind: 'waits', behind: line[0] });
    expect(replaced.map(({ id }) => id)).toEqual([2]);
  });

  it('with cancel-in-progress replaces the holder too, once', () => {
    const line = [turn(1, 'holding'), turn(2, 'waiting')];
    const third = { ...asked(3), cancelInProgress: true, queue: 'single' } as const;
    expect(askTurn(line, third).replaced.map(({ id }) => id)).toEqual([2, 1]);
    const told = [turn(1, 'holding', { reason: 'replaced' })];
    expect(askTurn(told, third).replaced).toEqual([]);
  });

  it('with queue: max waits behind the last one and replaces nobody', () => {
    const line = [turn(1, 'holding'), turn(2, 'waiting')];
    expect(askTurn(line, { ...asked(3), ...MAX })).toEqual({
      answer: { kind: 'waits', behind: line[1] },
      replaced: [],
    });
  });

  it('with queue: max is refused when a hundred wait', () => {
    const waiting = Array.from({ length: MOST_WAITING }, (_, at) => turn(at + 2, 'waiting'));
    const { answer, replaced } = askTurn([turn(1, 'holding'), ...waiting], { ...asked(500), ...MAX });
    expect([answer, replaced]).toEqual([{ kind: 'refused', why: 'the line is full' }, []]);
  });

  it('that is a job of the run that holds the group is refused: it would wait for itself', () => {
    const { answer } = askTurn([turn(1, 'holding')], { ...asked(1, 7), ...SINGLE });
    expect(answer).toEqual({ kind: 'refused', why: 'its own run holds the group' });
  });

  it('that is a job of the call that holds the group is refused; one beside that call waits', () => {
    const call = turn(1, 'holding', { key: 'a[0]' });
    const ask = (key: string) => askTurn([call], { runId: 1, jobId: 7, key, ...SINGLE }).answer;
    expect(ask('a[0]/b')).toEqual({ kind: 'refused', why: 'its own call holds the group' });
    for (const beside of ['a[1]/b', 'b']) expect(ask(beside)).toEqual({ kind: 'waits', behind: call });
    const file = askTurn([call], { runId: 1, jobId: null, key: 'a[0]/', ...SINGLE }).answer;
    expect(file).toEqual({ kind: 'refused', why: 'its own call holds the group' });
  });
});

describe('when a turn has left', () => {
  it('the one that waited longest holds the group', () => {
    const line = [turn(2, 'waiting'), turn(3, 'waiting')];
    expect(afterLeaving(line, turn(1, 'holding'))).toEqual({ turn: line[0], holds: true });
  });

  it('nobody else holds it while its holder is there, and the next one waits for another one', () => {
    const line = [turn(1, 'holding'), turn(2, 'waiting'), turn(4, 'waiting')];
    expect(afterLeaving(line, turn(3, 'waiting'))).toEqual({ turn: line[2], holds: false });
    expect(aheadOf(line, line[2]!)).toBe(line[1]);
    expect(aheadOf(line, line[1]!)).toBe(line[0]);
  });

  it('one that was sent away changes nothing for the others', () => {
    const line = [turn(1, 'holding'), turn(3, 'waiting')];
    expect(afterLeaving(line, turn(2, 'ended'))).toBeNull();
  });
});

describe('TRUST.md 2: a stranger cancels nothing', () => {
  /** As triage keeps it: the ref may be that of the default branch. */
  const resolved = (pullRequest?: number) => ({ ...run().resolved, ...(pullRequest && { pullRequest }) });

  it('groups differ by trust, and those of untrusted pull-requests by pull-request', () => {
    const kept = [
      keptGroup({ trust: 'trusted', resolved: resolved() }, 'deploy'),
      keptGroup({ trust: 'restricted', resolved: resolved() }, 'deploy'),
      keptGroup({ trust: 'restricted', resolved: resolved(7) }, 'deploy'),
      keptGroup({ trust: 'restricted', resolved: resolved(8) }, 'deploy'),
    ];
    expect(new Set(kept).size).toBe(4);
    expect(new Set(kept.map(shownGroup))).toEqual(new Set(['deploy']));
  });

  it('no name of a group reads like the group of somebody else', () => {
    const stranger = { trust: 'restricted' as const, resolved: resolved() };
    const guess = keptGroup(stranger, '7: deploy');
    expect(guess).not.toBe(keptGroup({ ...stranger, resolved: resolved(7) }, 'deploy'));
  });
});
