/** The lists: whatever the filter and the page size, paging shows what filtering the whole table in memory shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { Flag } from '../../src/model/flag.js';
import type { Run } from '../../src/model/run.js';
import { Browse, type PageRequest } from '../../src/store/browse.js';
import { EVENT_LIST, eventCriteria } from '../../src/store/browse/event-list.js';
import { Finder } from '../../src/store/browse/finder.js';
import { EventFeed } from '../../src/store/browse/event-feed.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Events } from '../../src/store/events.js';
import { events, flags, runs, spans } from '../../src/store/schema/tables.js';
import type { Store } from '../../src/store/store.js';
import { StillClock } from '../kernel/still-clock.js';
import {
  ANY_EVENT,
  ANY_FLAG,
  ANY_RUN,
  eventFilter,
  eventRow,
  flagFilter,
  flagRow,
  meetsEvent,
  meetsFlag,
  meetsRun,
  runFilter,
  runRow,
} from './browse-rows.js';
import { newDelivery, NOW, openStore, registerProject } from './open-store.js';

async function opened(folder?: string) {
  const opening = await openStore(folder);
  const clock = new StillClock(NOW);
  const feed = new EventFeed(opening.store, clock);
  return { ...opening, clock, feed, browse: new Browse(opening.store) };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** In batches, as SQLite takes only so many values. */
async function insert(store: Store, table: typeof events | typeof runs | typeof flags, rows: readonly object[]) {
  for (let at = 0; at < rows.length; at += 100)
    await store.commit((tx) => tx.manager.insert(table as typeof events, rows.slice(at, at + 100) as never));
}

/** Every page, one after the other; `between` runs after each. */
async function through(
  page: (request: PageRequest) => Promise<readonly { readonly id: number }[]>,
  limit: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const found = await page({ before: ids.at(-1) ?? null, limit });
    ids.push(...found.map(({ id }) => id));
    if (found.length < limit) return ids;
    await between();
  }
}

const sample = <T>(rows: fc.Arbitrary<T>, count: number) => fc.sample(rows, { numRuns: count, seed: 7 });
const newestFirst = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id).sort((a, b) => b - a);
const limits = fc.constantFrom(40, 100, 1_000);

/** 1,200 events of which the index has the first `indexed`, which are fed in pieces. */
async function withEvents(indexed: number, size = 1_200): Promise<Opened> {
  const { store, ...rest } = await opened();
  const rows = sample(eventRow, size);
  await insert(store, events, rows.slice(0, indexed));
  await rest.feed.feed(1);
  await insert(store, events, rows.slice(indexed));
  return { store, ...rest };
}

describe('the list of events', () => {
  it.each([0, 700, 1_200])('is the whole table filtered, with %i of 1,200 events indexed', async (indexed) => {
    const { store, browse } = await withEvents(indexed);
    const all: readonly Event[] = await store.reader.find(events);
    await fc.assert(
      fc.asyncProperty(eventFilter, limits, async (filter, limit) => {
        const wanted = newestFirst(all.filter((event) => meetsEvent(filter, event)));
        expect(await through((request) => browse.events(filter, request), limit)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('stays the list it was while events are added, indexed and changed between pages', async () => {
    const { store, feed, browse } = await withEvents(300, 900);
    const more = sample(eventRow, 2_000);
    await fc.assert(
      fc.asyncProperty(eventFilter, fc.constantFrom(15, 60), async (filter, limit) => {
        const all: readonly Event[] = await store.reader.find(events);
        const wanted = newestFirst(all.filter((event) => meetsEvent(filter, event)));
        const grow = async () => {
          await insert(store, events, more.splice(0, 3));
          await feed.feed(40);
        };
        expect(await through((request) => browse.events(filter, request), limit, grow)).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
    expect(more.length).toBeLessThan(1_900);
  });

  it('names the project of each event', async () => {
    const { store, projects, browse, deliveries } = await opened();
    const id = await registerProject({ store, projects }, 'rpms/bash');
    await deliveries.accept(newDelivery(id, '1'));
    const found = await browse.events(ANY_EVENT, { before: null, limit: 1 });
    expect(found).toMatchObject([{ projectId: id, fullname: 'rpms/bash', summary: 'alice pushed to main' }]);
  });

  it('shows a released event as due, and no more as stale', async () => {
    const { store, feed, browse } = await opened();
    const [row] = sample(eventRow, 1);
    await insert(store, events, [{ ...row, verdict: 'stale', state: 'idle', dueAt: null }]);
    await feed.feed(1);
    await store.commit((tx) => new Events(store).release(tx, 1, NOW));
    const found = async (change: object) =>
      (await browse.events({ ...ANY_EVENT, ...change }, { before: null, limit: 9 })).map(({ id }) => id);
    expect([await found({ verdict: 'stale' }), await found({ state: 'idle' })]).toEqual([[], []]);
    expect([await found({ verdict: 'ok' }), await found({ state: 'due' })]).toEqual([[1], [1]]);
  });

  it('finds by times although the clock was set back', async () => {
    const { store, feed, browse } = await opened();
    const [row] = sample(eventRow, 1);
    const receivedAt = (at: number) => NOW + (at < 600 ? 10_000 + at : at);
    await insert(
      store,
      events,
      Array.from({ length: 1_500 }, (_, at) => ({ ...row, receivedAt: receivedAt(at) })),
    );
    await feed.feed(1);
    const received = { since: NOW + 650, until: NOW + 10_003 };
    const ids = await through((request) => browse.events({ ...ANY_EVENT, received }, request), 100);
    expect(ids).toEqual([...Array.from({ length: 850 }, (_, at) => 1_500 - at), 4, 3, 2, 1]);
  });

  it('forgets an event that is deleted, indexed or not', async () => {
    const { store, feed, browse } = await withEvents(5, 10);
    for (const id of [2, 8]) await store.commit((tx) => tx.manager.delete(events, { id }));
    await feed.feed(1);
    const projects = [1, 2, 3];
    const ids = await through((request) => browse.events({ ...ANY_EVENT, projects }, request), 50);
    expect(ids).toEqual([10, 9, 7, 6, 5, 4, 3, 1]);
  });

  it('has the events of a new topic that are indexed while it is asked for', async () => {
    const { store, feed } = await withEvents(300, 300);
    const [row] = sample(eventRow, 1);
    await insert(store, events, [{ ...row, topic: 'brand.new.topic' }]);
    const ask = async () => {
      const criteria = await eventCriteria(store.reader, { ...ANY_EVENT, topics: ['brand.*.topic'] });
      await feed.feed(1);
      return criteria;
    };
    const found = await new Finder(store, EVENT_LIST).page(ask, { before: null, limit: 9 });
    expect(found.map(({ id }) => id)).toEqual([301]);
  });

  it.each([1_999, 2_100])('has all of a backlog of %i, also by words', async (count) => {
    const { store, feed, browse } = await opened();
    const [row] = sample(eventRow, 1);
    const due = (at: number) => ({ ...row, state: 'due', dueAt: NOW, summary: at % 3 === 0 ? 'one' : 'two' });
    await insert(store, events, [
      ...Array.from({ length: 10 }, () => ({ ...row, state: 'done', summary: 'one' })),
      ...Array.from({ length: count }, (_, at) => due(at)),
    ]);
    await feed.feed(600);
    const list = (filter: object) =>
      through((page) => browse.events({ ...ANY_EVENT, state: 'due', ...filter }, page), 400);
    const all = Array.from({ length: count }, (_, at) => 10 + count - at);
    expect(await list({})).toEqual(all);
    expect(await list({ text: 'one' })).toEqual(all.filter((id) => (id - 11) % 3 === 0));
  });

  it('asks an index of topics only so far', async () => {
    const { store, feed, browse } = await opened();
    const [row] = sample(eventRow, 1);
    await insert(
      store,
      events,
      Array.from({ length: 300 }, (_, at) => ({ ...row, topic: `x${at}.y` })),
    );
    await feed.feed(1);
    const ids = await through((request) => browse.events({ ...ANY_EVENT, topics: ['x*.y'] }, request), 50);
    expect(ids).toHaveLength(300);
  });
});

describe('the feed of the events to their index', () => {
  const indexed = async (store: Store) =>
    (await store.reader.find(spans)).reduce((sum, { lastId }) => Math.max(sum, lastId), 0);

  it('takes them in a quiet moment after they came, and leaves fewer than one batch', async () => {
    const { store, projects, deliveries, clock } = await openedWithClock();
    const project = await registerProject({ store, projects });
    await Promise.all(Array.from({ length: 300 }, (_, at) => deliveries.accept(newDelivery(project, `${at}`))));
    expect(await indexed(store)).toBe(0);
    clock.advance(1_000);
    await store.settled();
    await expect.poll(() => indexed(store)).toBe(256);
  });

  it('feeds no event twice', async () => {
    const { store, feed } = await withEvents(700);
    await Promise.all([feed.feed(1), new EventFeed(store, new StillClock(NOW)).feed(1)]);
    const [{ rows }] = await store.reader.query<[{ rows: number }]>(
      'SELECT count(*) AS "rows" FROM "event_index_docsize"',
    );
    expect([rows, await indexed(store)]).toEqual([1_200, 1_200]);
  });
});

async function openedWithClock() {
  const { store, projects, clock } = await opened();
  return { store, projects, clock, deliveries: new Deliveries(store, clock) };
}

/** Each with a cause, number and subject of its own. */
const distinct = <T extends object>(rows: readonly T[], from = 0) =>
  rows.map((row, at) => ({ ...row, cause: `push:${from + at}`, number: from + at + 1, subject: `main@${from + at}` }));
const runsOf = (count: number, from = 0) => distinct(sample(runRow, count), from);
const flagsOf = (count: number) =>
  distinct(sample(flagRow, count)).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !['cause', 'number'].includes(name))),
  );

describe('the list of runs', () => {
  it('is the whole table filtered', async () => {
    const { store, browse } = await opened();
    await insert(store, runs, runsOf(1_200));
    const all: readonly Run[] = await store.reader.find(runs);
    await fc.assert(
      fc.asyncProperty(runFilter, limits, async (filter, limit) => {
        const wanted = newestFirst(all.filter((run) => meetsRun(filter, run)));
        expect(await through((request) => browse.runs(filter, request), limit)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('follows a run that ends', async () => {
    const { store, browse } = await opened();
    await insert(store, runs, [{ ...runsOf(1)[0], state: 'running', result: null }]);
    const found = async (change: object) =>
      (await browse.runs({ ...ANY_RUN, ...change }, { before: null, limit: 9 })).length;
    expect([await found({ state: 'running' }), await found({ result: 'error' })]).toEqual([1, 0]);
    await store.commit((tx) => tx.manager.update(runs, { id: 1 }, { state: 'done', result: 'error' }));
    expect([await found({ state: 'running' }), await found({ result: 'error' })]).toEqual([0, 1]);
  });

  it('has the runs that were there before its index', async () => {
    const { store, folder } = await opened();
    await store.commit(async (tx) => {
      for (const table of ['run', 'flag']) await tx.manager.query(`DROP TRIGGER "index_new_${table}"`);
    });
    await insert(store, runs, runsOf(600));
    await insert(store, flags, flagsOf(5));
    await store.close();
    const again = await opened(folder);
    const made = { since: NOW, until: NOW + 50 };
    const filter = { ...ANY_RUN, projects: [1, 2, 3], created: made };
    expect(await through((request) => again.browse.runs(filter, request), 100)).toHaveLength(600);
    expect(
      await through((request) => again.browse.flags({ ...ANY_FLAG, projects: [1, 2, 3] }, request), 9),
    ).toHaveLength(5);
  });

  it('forgets a run that is deleted', async () => {
    const { store, browse } = await opened();
    await insert(store, runs, runsOf(3));
    await store.commit((tx) => tx.manager.delete(runs, { id: 2 }));
    expect(await through((request) => browse.runs({ ...ANY_RUN, projects: [1, 2, 3] }, request), 9)).toEqual([3, 1]);
    const left = await store.reader.query<unknown[]>('SELECT "id" FROM "run_index_docsize"');
    expect(left).toHaveLength(2);
  });
});

describe('the list of flags', () => {
  it('is the whole table filtered, also after flags were sent and paused', async () => {
    const { store, browse } = await opened();
    await insert(store, flags, flagsOf(600));
    await store.commit(async (tx) => {
      await tx.manager.query('UPDATE "flag" SET "sentVersion" = "version" WHERE "id" % 3 = 0');
      await tx.manager.query(`UPDATE "flag" SET "pausedReason" = '401', "status" = 'error' WHERE "id" % 5 = 0`);
    });
    const all: readonly Flag[] = await store.reader.find(flags);
    await fc.assert(
      fc.asyncProperty(flagFilter, limits, async (filter, limit) => {
        const wanted = newestFirst(all.filter((flag) => meetsFlag(filter, flag)));
        expect(await through((request) => browse.flags(filter, request), limit)).toEqual(wanted);
      }),
      { numRuns: 80 },
    );
  });
});
