/** The store: one lane, synced commits, ids that are due, the same tables in code and in the migrations. */
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/errors.js';
import { openDataSources } from '../../src/store/data-sources.js';
import { tokens } from '../../src/store/schema/tables.js';
import type { Store, Tx } from '../../src/store/store.js';
import { openStore, temporaryFolder } from './open-store.js';

const token = (name: string) => ({
  name,
  hash: name,
  role: 'read' as const,
  projects: null,
  createdAt: 1,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
});

const add = (store: Store, name: string) => store.commit((tx: Tx) => tx.manager.insert(tokens, token(name)));

describe('the store', () => {
  it('has the same tables as the migrations make', async () => {
    const { write, read } = await openDataSources(`${temporaryFolder()}/store.sqlite`);
    const drift = await write.driver.createSchemaBuilder().log();
    await Promise.all([write.destroy(), read.destroy()]);
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('still syncs every commit after the file was opened again', async () => {
    const { folder, store } = await openStore();
    await store.close();
    const again = (await openStore(folder)).store;
    expect(again.native.pragma('synchronous', { simple: true })).toBe(2);
    expect(again.native.pragma('journal_mode', { simple: true })).toBe('wal');
  });

  it('calls a full disk a fault that may be tried again, and a wrong row what it is', async () => {
    const { store } = await openStore();
    await add(store, 'first');
    await expect(add(store, 'first')).rejects.not.toBeInstanceOf(Fault);
    const pages = store.native.pragma('page_count', { simple: true });
    store.native.pragma(`max_page_count = ${String(pages)}`);
    const fill = store.commit((tx: Tx) => tx.manager.query('CREATE TABLE "more" ("text")'));
    await expect(fill).rejects.toMatchObject({ name: 'Fault', retryable: true });
    await add(store, 'second');
  });

  it('keeps every good write of many parallel ones when others roll back', async () => {
    const { store } = await openStore();
    const good = Array.from({ length: 40 }, (_, at) => add(store, `good ${at}`));
    const bad = Array.from({ length: 40 }, (_, at) =>
      store.commit(async (tx) => {
        await tx.manager.insert(tokens, token(`bad ${at}`));
        throw new Error('no');
      }),
    );
    await Promise.allSettled([...good, ...bad]);
    const names = (await store.reader.find(tokens)).map((row) => row.name);
    expect(names.filter((name) => name.startsWith('good'))).toHaveLength(40);
    expect(names.filter((name) => name.startsWith('bad'))).toEqual([]);
  });

  it('refuses a commit inside a commit', async () => {
    const { store } = await openStore();
    const nested = store.commit(() => add(store, 'inner'));
    await expect(nested).rejects.toThrow('a commit inside a commit');
  });

  it('hands out ids that became due only after their commit', async () => {
    const { store } = await openStore();
    const handed: string[] = [];
    store.handDueTo((kind, id) => handed.push(`${kind} ${id}`));
    await store.commit(async (tx) => {
      tx.due('job', 3);
      expect(handed).toEqual([]);
    });
    await store
      .commit(async (tx) => {
        tx.due('job', 4);
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(handed).toEqual(['job 3']);
  });

  it('reads nothing of an open transaction', async () => {
    const { store } = await openStore();
    await store.commit(async (tx) => {
      await tx.manager.insert(tokens, token('open'));
      expect(await store.reader.count(tokens)).toBe(0);
    });
    expect(await store.reader.count(tokens)).toBe(1);
  });
});
