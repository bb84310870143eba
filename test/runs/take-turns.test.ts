/** Turns as they are kept: one commit decides, and what it decided stays due until it is told. */
import { describe, expect, it } from 'vitest';
import type { Trust } from '../../src/model/trust.js';
import { TakeTurns } from '../../src/runs/take-turns.js';
import { Runs } from '../../src/store/runs.js';
import type { Tx } from '../../src/store/store.js';
import { Turns } from '../../src/store/turns.js';
import { openStore } from '../store/open-store.js';
import { run } from './samples.js';

const X = { group: 'x', cancelInProgress: false, queue: 'single' } as const;
const NOW = 5_000;

async function opened() {
  const { store } = await openStore();
  const [runs, turns] = [new Runs(store), new Turns(store)];
  const taking = new TakeTurns(turns, runs);
  const make = async (cause: string, change: { projectId?: number; trust?: Trust } = {}) => {
    const { id: _, number: __, version: ___, ...fresh } = run({ cause, ...change });
    const made = await store.commit((tx) => runs.insert(tx, fresh));
    return run({ ...made, ...change });
  };
  const take = (of: Awaited<ReturnType<typeof make>>, how: Partial<typeof X> = {}) =>
    store.commit((tx) => taking.take(tx, { run: of, jobId: null }, { ...X, ...how }, NOW));
  const leave = (of: { readonly id: number }) => store.commit((tx) => taking.leave(tx, of.id, null, NOW));
  const within = <T>(work: (tx: Tx) => Promise<T>) => store.commit(work);
  return { store, turns, make, take, leave, within };
}

describe('a turn', () => {
  it('is held by one run at a time, and the next one is due when it is left', async () => {
    const { turns, make, take, leave } = await opened();
    const [first, second] = [await make('1'), await make('2')];
    expect(await take(first)).toBeNull();
    expect(await take(second)).toEqual({ reason: 'waits for run #1 in group x', reasonRunId: first.id });
    expect(await turns.dueIds({ nowMs: NOW, limit: 10 })).toEqual([]);
    await leave(first);
    expect(await turns.dueIds({ nowMs: NOW, limit: 10 })).toEqual([2]);
    await leave(first);
    expect(await turns.dueIds({ nowMs: NOW, limit: 10 })).toEqual([2]);
  });

  it('is taken once by two that ask at the same time', async () => {
    const { make, take } = await opened();
    const both = [await make('1'), await make('2')];
    const answers = await Promise.all(both.map((one) => take(one)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  });

  it('of another project or of another trust is another turn', async () => {
    const { make, take } = await opened();
    const runs = [await make('1'), await make('2', { projectId: 2 }), await make('3', { trust: 'restricted' })];
    for (const one of runs) expect(await take(one)).toBeNull();
  });

  it('that is not kept because its commit failed was never taken', async () => {
    const { store, make, take, within } = await opened();
    const [first, second] = [await make('1'), await make('2')];
    const taking = new TakeTurns(new Turns(store), new Runs(store));
    const broken = within(async (tx) => {
      await taking.take(tx, { run: first, jobId: null }, X, NOW);
      throw new Error('the disk is full');
    });
    await expect(broken).rejects.toThrow('the disk is full');
    expect(await take(second)).toBeNull();
  });

  it('of which something new was decided while it was told stays due', async () => {
    const { turns, make, take, leave, within } = await opened();
    const [first, second, third] = [await make('1'), await make('2'), await make('3')];
    for (const one of [first, second]) await take(one);
    await leave(first);
    const granted = await within((tx) => turns.beginTry(tx, 2, NOW));
    expect(granted).toMatchObject({ state: 'holding', reason: null, tries: 1 });
    await take(third, { cancelInProgress: true } as never);
    await within((tx) => turns.told(tx, granted!));
    expect(await turns.dueIds({ nowMs: NOW, limit: 10 })).toEqual([2]);
    const again = await within((tx) => turns.beginTry(tx, 2, NOW));
    expect(again).toMatchObject({ state: 'holding', reason: 'replaced by run #3 in group x', byRunId: third.id });
    await within((tx) => turns.told(tx, again!));
    expect(await turns.dueIds({ nowMs: NOW, limit: 10 })).toEqual([]);
  });

  it('leaves nothing behind when everybody has left', async () => {
    const { store, make, take, leave } = await opened();
    const runs = [await make('1'), await make('2')];
    for (const one of runs) await take(one);
    for (const one of runs) await leave(one);
    for (const table of ['turn', 'concurrency_group'])
      expect(await store.reader.query(`SELECT * FROM "${table}"`)).toEqual([]);
  });
});
