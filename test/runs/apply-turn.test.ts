/** Telling a run that its turn has come: the world is waited for, and what breaks the server is not tried for ever. */
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/errors.js';
import { ApplyTurn } from '../../src/runs/apply-turn.js';
import type { RunChanges } from '../../src/runs/run-changes.js';
import { TakeTurns } from '../../src/runs/take-turns.js';
import { Runs } from '../../src/store/runs.js';
import { Turns } from '../../src/store/turns.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { openStore } from '../store/open-store.js';

const NOW = 5_000;
const TURN = {
  projectId: 1,
  group: 'trusted: x',
  runId: 7,
  jobId: null,
  key: null,
  byRunId: null,
  reason: null,
} as const;

/** A turn that is due, and a run that answers `change` so. */
async function opened(change: () => Promise<boolean>) {
  const { store } = await openStore();
  const turns = new Turns(store);
  const ended: string[] = [];
  const endBroken = async (_: number, reason: string) => void ended.push(reason);
  const changes = { change, endBroken } as unknown as RunChanges;
  const clock = new StillClock(NOW);
  const taking = new TakeTurns(turns, new Runs(store));
  const applying = new ApplyTurn({ store, turns }, taking, changes, clock, new SeededRandom('turns'));
  await store.commit((tx) => turns.insert(tx, { ...TURN, state: 'holding', dueAt: NOW }));
  const row = async () =>
    (await store.reader.query<{ tries: number; dueAt: number | null }[]>('SELECT * FROM "turn"'))[0];
  return { store, turns, clock, applying, ended, row };
}

describe('a turn that has come', () => {
  it('is put off while the world is broken, as often as that takes', async () => {
    const { applying, clock, ended, row } = await opened(() =>
      Promise.reject(new Fault('the disk is full', { retryable: true })),
    );
    for (let time = 0; time < 6; time++) {
      await applying.apply(1);
      const { tries, dueAt } = (await row())!;
      expect([tries, dueAt! > clock.now()]).toEqual([0, true]);
      clock.advance(dueAt! - clock.now());
    }
    expect(ended).toEqual([]);
  });

  it('is waited for too where the disk takes no note of a try', async () => {
    const { store, turns, applying, ended, row } = await opened(() =>
      Promise.reject(new Fault('the disk is full', { retryable: true })),
    );
    turns.postpone = () => Promise.reject(new Fault('the disk is full', { retryable: true }));
    for (let time = 0; time < 6; time++) await expect(applying.apply(1)).rejects.toThrow('the disk is full');
    expect([ended, (await row())!.tries]).toEqual([[], 1]);
    await store.commit((tx) => turns.beginTry(tx, 1, NOW));
    expect((await row())!.tries).toBe(2);
  });

  it('is not told again when the run has nothing to hear', async () => {
    const { applying, row, turns } = await opened(() => Promise.resolve(false));
    await applying.apply(1);
    expect(await row()).toMatchObject({ dueAt: null });
    expect(await turns.dueIds({ nowMs: NOW, limit: 10 })).toEqual([]);
  });

  it('ends the run that cannot be computed, and leaves the line', async () => {
    const { applying, ended, row } = await opened(() =>
      Promise.reject(new Fault('what follows in run 7 cannot be computed', { retryable: false })),
    );
    await applying.apply(1);
    expect(ended).toEqual(['what follows in run 7 cannot be computed']);
    expect(await row()).toBeUndefined();
  });

  it('that stopped the server three times ends the run, and leaves the line', async () => {
    const { store, turns, applying, ended, row } = await opened(() => Promise.reject(new Error('never asked')));
    for (let boot = 0; boot < 3; boot++) await store.commit((tx) => turns.beginTry(tx, 1, NOW));
    await applying.apply(1);
    expect(ended).toEqual(['its turn came, and the server stopped each time it was taken']);
    expect(await row()).toBeUndefined();
  });
});
