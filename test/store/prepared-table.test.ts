/** Tables by prepared statements: the same rows as TypeORM's, and every statement inside its commit. */
import { beforeEach, describe, expect, it } from 'vitest';
import { jobs, quarantine, steps } from '../../src/store/schema/tables.js';
import type { Store } from '../../src/store/store.js';
import { openStore } from './open-store.js';

const JOB = {
  runId: 1,
  projectId: 1,
  runAttempt: 1,
  replacedIn: null,
  key: 'build',
  name: 'it\'s "quoted"',
  state: 'queued',
  result: null,
  reason: null,
  reasonRunId: null,
  planned: { key: 'build', steps: [{ run: 'é\u2028' }] } as never,
  outputs: { one: '1' },
  environmentUrl: null,
  attempt: 0,
  owner: null,
  leaseUntil: null,
  dueAt: 1_796_000_000_123,
  cancelReason: null,
  tries: 0,
  createdAt: 1_796_000_000_123,
  startedAt: null,
  finishedAt: null,
} as const;

const STEP = { jobId: 1, attempt: 1, number: 1, id: '', name: 'one', state: 'running', startedAt: 5 } as const;

const POST = { projectId: 1, sizeBytes: 3, receivedAt: 1, dueAt: 2, place: 'p', sealedPost: Buffer.from([0, 1, 255]) };

let store: Store;

beforeEach(async () => {
  ({ store } = await openStore());
});

describe('a prepared table', () => {
  it('writes what TypeORM reads, and reads what TypeORM writes', async () => {
    const id = await store.commit(async (tx) => tx.table(jobs).insert(JOB));
    expect(await store.reader.findOneBy(jobs, { id })).toEqual({ id, ...JOB });
    await store.commit((tx) => tx.manager.insert(jobs, { ...JOB, key: 'other' } as never));
    expect(store.table(jobs).one({ key: 'other' })).toEqual({ ...JOB, id: id + 1, key: 'other' });
  });

  it('keeps texts, true and false, and bytes apart', async () => {
    await store.commit(async (tx) => {
      tx.table(quarantine).insert({ ...POST, isProven: true });
      tx.table(quarantine).insert({ ...POST, isProven: false, place: 'q' });
    });
    const read = (await store.reader.find(quarantine, { order: { id: 'ASC' } })).map((row) => ({ ...row }));
    expect(store.table(quarantine).all({ projectId: 1 }, 'id')).toEqual(read);
    expect(read.map(({ isProven }) => isProven)).toEqual([true, false]);
  });

  it('leaves out what is not asked for', async () => {
    const id = await store.commit(async (tx) => tx.table(jobs).insert(JOB));
    const { planned: _, ...others } = JOB;
    expect(store.table(jobs).allBut(['planned'], { id }, 'id')).toEqual([{ id, ...others }]);
  });

  it('finds null by null, and changes what the fence lets through alone', async () => {
    const key = 'fenced';
    const id = await store.commit(async (tx) => tx.table(jobs).insert({ ...JOB, key }));
    const changed = await store.commit(async (tx) => [
      tx.table(jobs).update({ id, owner: 'somebody' }, { attempt: 7 }),
      tx.table(jobs).update({ id, owner: null }, { attempt: 2, reason: undefined, result: null }),
    ]);
    expect(changed).toEqual([0, 1]);
    expect(store.table(jobs).one({ key })).toEqual({ ...JOB, id, key, attempt: 2 });
  });

  it('writes over the row with the same key', async () => {
    const key = ['jobId', 'attempt', 'number'] as const;
    await store.commit(async (tx) => {
      tx.table(steps).upsert(STEP, key);
      tx.table(steps).upsert({ ...STEP, state: 'done', exitCode: 3 }, key);
    });
    expect(store.table(steps).all({ jobId: 1 }, 'number')).toMatchObject([{ name: 'one', state: 'done', exitCode: 3 }]);
  });

  it('leaves out what is no column, as the rows of a caller may have more', async () => {
    const more = { ...JOB, key: 'more', nothing: 'of ours' };
    await store.commit(async (tx) => tx.table(jobs).insert(more));
    expect(store.table(jobs).one({ key: 'more' })).toMatchObject({ ...JOB, key: 'more' });
  });

  it('keeps nothing of a commit that fails, and shows nothing of one that has not ended', async () => {
    const failed = store.commit(async (tx) => {
      tx.table(jobs).insert({ ...JOB, key: 'lost' });
      expect(tx.table(jobs).one({ key: 'lost' })).not.toBeNull();
      expect(store.table(jobs).one({ key: 'lost' })).toBeNull();
      await tx.manager.insert(jobs, { ...JOB, key: 'lost too' } as never);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(store.table(jobs).one({ key: 'lost' })).toBeNull();
    expect(store.table(jobs).one({ key: 'lost too' })).toBeNull();
  });
});
