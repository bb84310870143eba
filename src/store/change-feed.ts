/** One feed of changes for all readers of the process: each new row is read from the database once. */
import type { Clock } from '../kernel/clock.js';
import { type Change, type Place, placeAfter } from '../model/change.js';
import type { Changes } from './changes.js';
import type { Store } from './store.js';

/** Changes that are read at once, and kept for readers that are not quite up to date. */
const RECENT = 1_000;
/** Changes that a reader gets at once: what is under way to all of them stays small. */
const PART = 100;
/** Between two readings while commits come: many commits then cost one reading and one round of the readers. */
const REST_MS = 50;

/**
 * Readers pull: `next` gives what follows a place, from memory for those that keep up, from the database for those that do
 * not. So nothing is queued for anybody, and the place that a reader keeps is all that there is of it.
 */
export class ChangeFeed {
  private readonly recent = new RecentChanges();
  private readonly waiting = new Set<() => void>();
  /** Is there perhaps something that `recent` has not? */
  private isStale = true;
  private isReading = false;
  private lastReadAt = -Infinity;
  /** The last reading for somebody who is behind. */
  private catchingUp: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    store: Store,
  ) {
    store.onCommit(() => this.committed());
  }

  /** The place behind everything that is committed. */
  latest(): Promise<Place> {
    return this.changes.latest();
  }

  /**
   * Waits for something after `place`; resolves with it, oldest first, or with nothing when `signal` aborts. `gap`: some of
   * it is lost (see Changes); go on from `latest`.
   */
  async next(place: Place, signal: AbortSignal): Promise<readonly Change[] | 'gap'> {
    while (!signal.aborted) {
      const found = this.recent.after(place, PART) ?? (await this.catchUp(place, signal));
      if (found === 'gap' || found.length > 0) return found;
      await this.news(signal);
    }
    return [];
  }

  /** One reading in each turn of the event loop, whoever is behind and how far: deliveries are taken in between. */
  private catchUp(place: Place, signal: AbortSignal): Promise<readonly Change[] | 'gap'> {
    const read = async () => {
      await this.clock.nextTurn();
      return signal.aborted ? [] : this.changes.after(place, PART);
    };
    const found = this.catchingUp.then(read);
    this.catchingUp = found.catch(() => undefined);
    return found;
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) return done();
      signal.addEventListener('abort', done);
      this.waiting.add(done);
      if (this.isStale) this.readSoon();
    });
  }

  /** On the way of every delivery: nothing is done while nobody waits. */
  private committed(): void {
    this.isStale = true;
    if (this.waiting.size > 0) this.readSoon();
  }

  private readSoon(): void {
    if (this.isReading) return;
    this.isReading = true;
    const sinceMs = this.clock.now() - this.lastReadAt;
    if (sinceMs >= 0 && sinceMs < REST_MS) this.clock.after(REST_MS - sinceMs, () => void this.read());
    else void this.clock.nextTurn().then(() => this.read());
  }

  /** Never rejects: when reading fails, each reader reads for itself and hears why. */
  private async read(): Promise<void> {
    this.isStale = false;
    await this.renew().catch(() => this.recent.forget());
    this.isReading = false;
    this.lastReadAt = this.clock.now();
    for (const wake of this.waiting) wake();
  }

  /** After a time in which nobody listened there may be more than is worth keeping. */
  private async renew(): Promise<void> {
    const end = this.recent.end;
    const found = end === null ? 'gap' : await this.changes.after(end, RECENT);
    if (found === 'gap' || found.length === RECENT) this.recent.startAt(await this.changes.latest());
    else this.recent.add(found);
  }
}

/** The newest changes, without a hole between them. */
class RecentChanges {
  private begin: Place | null = null;
  private entries: readonly { readonly change: Change; readonly place: Place }[] = [];

  /** The place behind the newest one. */
  get end(): Place | null {
    return this.entries.at(-1)?.place ?? this.begin;
  }

  forget(): void {
    this.begin = null;
    this.entries = [];
  }

  startAt(place: Place): void {
    this.begin = place;
    this.entries = [];
  }

  add(changes: readonly Change[]): void {
    const added: { change: Change; place: Place }[] = [];
    for (const change of changes) {
      const place = placeAfter(added.at(-1)?.place ?? this.end!, change);
      added.push({ change, place });
    }
    const all = [...this.entries, ...added];
    const dropped = all.slice(0, Math.max(0, all.length - RECENT));
    this.begin = dropped.at(-1)?.place ?? this.begin;
    this.entries = all.slice(dropped.length);
  }

  /** The first `limit` of what follows; null for a place that is older or newer than what stands here. */
  after(place: Place, limit: number): readonly Change[] | null {
    const { begin, end } = this;
    if (begin === null || end === null || !isUpTo(begin, place) || !isUpTo(place, end)) return null;
    let from = this.entries.length;
    while (from > 0 && !isUpTo(this.entries[from - 1]!.place, place)) from -= 1;
    const later = this.entries.slice(from).flatMap(({ change }) => (isAfter(change, place) ? [change] : []));
    return later.slice(0, limit);
  }
}

function isUpTo(one: Place, other: Place): boolean {
  return one.change <= other.change && one.event <= other.event;
}

function isAfter({ at }: Change, place: Place): boolean {
  return at.number > place[at.sequence];
}
