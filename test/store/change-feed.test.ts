/** The feed of changes: every reader sees each change once and in order, and each is read from the database once. */
import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Change, type Place, placeAfter } from '../../src/model/change.js';
import { ChangeFeed } from '../../src/store/change-feed.js';
import { Changes } from '../../src/store/changes.js';
import type { Store } from '../../src/store/store.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { settle, TurnedClock } from '../kernel/turned-clock.js';
import { openChanging } from './changing.js';
import { NOW } from './open-store.js';

/** Counts what is read from the database. */
class CountedChanges extends Changes {
  readings = 0;
  broken: Error | null = null;

  override after(place: Place, limit: number) {
    this.readings += 1;
    if (this.broken) return Promise.reject(this.broken);
    return super.after(place, limit);
  }
}

function feedOf(store: Store) {
  const [clock, changes] = [new StillClock(NOW), new CountedChanges(store)];
  return { clock, changes, feed: new ChangeFeed(changes, clock, store) };
}

async function opened() {
  const house = await openChanging();
  return { ...house, ...feedOf(house.store) };
}

const never = new AbortController().signal;
setMaxListeners(0, never);
const numbers = (changes: readonly Change[] | 'gap') =>
  changes === 'gap' ? [] : changes.map(({ at }) => `${at.sequence} ${at.number}`);

describe('the feed', () => {
  it('reads once in each turn for all who are behind, however many they are', async () => {
    const { store, run } = await openChanging();
    await run('one');
    const [clock, changes] = [new TurnedClock(NOW), new CountedChanges(store)];
    const feed = new ChangeFeed(changes, clock, store);
    const readers = [1, 2, 3].map(() => feed.next({ change: 0, event: 0 }, never));
    const readings: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await settle();
      readings.push(changes.readings);
      await clock.turn();
    }
    expect(readings).toEqual([0, 1, 2]);
    expect((await Promise.all(readers)).map(numbers)).toEqual([['change 1'], ['change 1'], ['change 1']]);
  });

  it('gives at once what is there already', async () => {
    const { feed, run, event } = await opened();
    await run('one');
    await event('one');
    expect(numbers(await feed.next({ change: 0, event: 0 }, never))).toEqual(['change 1', 'event 1']);
  });

  it('wakes a reader after a commit of either kind', async () => {
    const { feed, run, event, clock } = await opened();
    const place = await feed.latest();
    const first = feed.next(place, never);
    await settle();
    await run('one');
    clock.advance(50);
    expect(numbers(await first)).toEqual(['change 1']);
    const second = feed.next({ ...place, change: 1 }, never);
    await settle();
    await event('one');
    clock.advance(50);
    expect(numbers(await second)).toEqual(['event 1']);
  });

  it('gives from memory the same as from the database, for places that nobody was at too', async () => {
    const { feed, changes, run, event, clock } = await opened();
    await run('one');
    const waiting = feed.next(await feed.latest(), never);
    await settle();
    for (const n of [2, 3, 4, 5, 6]) await (n % 2 === 0 ? event(`${n}`) : run(`${n}`));
    clock.advance(50);
    await waiting;
    const readings = changes.readings;
    const places = [1, 2, 3].flatMap((change) => [0, 1, 2, 3].map((event) => ({ change, event })));
    for (const place of places.slice(0, -1)) {
      const fed = await feed.next(place, never);
      expect(changes.readings).toBe(readings);
      expect(numbers(fed)).toEqual(numbers(await Changes.prototype.after.call(changes, place, 100)));
    }
  });

  it('reads once for two hundred readers', async () => {
    const { feed, changes, run, clock } = await opened();
    const place = await feed.latest();
    await run('one');
    clock.advance(1_000);
    const reader = async () => {
      let [at, seen] = [place, [] as string[]];
      while (seen.length < 21) {
        const found = (await feed.next(at, never)) as readonly Change[];
        seen = [...seen, ...numbers(found)];
        at = found.reduce(placeAfter, at);
      }
      return seen;
    };
    const readers = Array.from({ length: 200 }, reader);
    await settle();
    const before = changes.readings;
    for (let n = 2; n <= 21; n += 1) {
      await run(`${n}`);
      clock.advance(50);
      await settle();
    }
    const all = await Promise.all(readers);
    expect(changes.readings - before).toBeLessThanOrEqual(20);
    expect(new Set(all.map(String))).toEqual(
      new Set([Array.from({ length: 21 }, (_, at) => `change ${at + 1}`).join()]),
    );
  });

  it('reads nothing while nobody listens', async () => {
    const { changes, run, event, clock } = await opened();
    await run('one');
    await event('one');
    clock.advance(1_000);
    await settle();
    expect(changes.readings).toBe(0);
  });

  it('rests between two readings, however many commits come', async () => {
    const { feed, changes, run, clock } = await opened();
    const waiting = feed.next(await feed.latest(), never);
    await settle();
    const before = changes.readings;
    for (let n = 1; n <= 10; n += 1) await run(`${n}`);
    await settle();
    expect(changes.readings).toBe(before);
    clock.advance(50);
    expect(numbers(await waiting)).toHaveLength(10);
  });

  it('lets a reader go that is aborted, and keeps nothing of it', async () => {
    const { feed } = await opened();
    const gone = new AbortController();
    const waiting = feed.next(await feed.latest(), gone.signal);
    await settle();
    gone.abort();
    expect(await waiting).toEqual([]);
    expect(await feed.next(await feed.latest(), gone.signal)).toEqual([]);
  });

  it('tells each reader why it cannot be read, and goes on when it can', async () => {
    const { feed, changes, run, clock } = await opened();
    const place = await feed.latest();
    const waiting = [0, 1].map(() => feed.next(place, never));
    await settle();
    changes.broken = new Error('the disk is gone');
    await run('one');
    clock.advance(50);
    for (const one of waiting) await expect(one).rejects.toThrow('the disk is gone');
    changes.broken = null;
    expect(numbers(await feed.next(place, never))).toEqual(['change 1']);
  });

  it('shows every change once and in order to readers that come and go at random, over a new opening too', async () => {
    const random = new SeededRandom('readers');
    let house = await openChanging();
    let fed = feedOf(house.store);
    const readers = Array.from({ length: 5 }, () => ({ place: { change: 0, event: 0 }, seen: [] as string[] }));
    for (let step = 1; step <= 150; step += 1) {
      const waiting = readers.map(async (reader) => {
        const gone = new AbortController();
        const found = fed.feed.next(reader.place, gone.signal);
        if (random.fraction() < 0.5) void settle().then(() => gone.abort());
        const all = await found;
        // A reader may leave in the midst of what it was given.
        const kept = all === 'gap' ? [] : all.slice(0, Math.ceil(random.fraction() * all.length));
        reader.seen.push(...numbers(kept));
        reader.place = kept.reduce(placeAfter, reader.place);
      });
      await (random.fraction() < 0.4 ? house.event(`e${step}`) : house.run(`r${step}`));
      await settle();
      fed.clock.advance(50);
      await Promise.all(waiting);
      if (step === 75) {
        await house.store.close();
        house = await openChanging(house.folder);
        fed = feedOf(house.store);
      }
    }
    const whole = numbers(await house.changes.after({ change: 0, event: 0 }, 1_000));
    expect(whole).toHaveLength(150);
    for (const { place, seen } of readers) {
      const rest = numbers(await fed.feed.next(place, AbortSignal.abort()));
      expect(rest).toEqual([]);
      expect(seen).toEqual(whole.slice(0, seen.length));
      expect(seen.length).toBeGreaterThan(100);
    }
  });
});
