/** Feeds stored events to the index of their list, some time after the commit that stored them: the door does not wait for it. */
import type Database from 'better-sqlite3';
import type { Clock } from '../../kernel/clock.js';
import type { Event } from '../../model/event.js';
import type { Store } from '../store.js';
import { COMMIT_DIGITS, fact, wordsOf } from './facts.js';
import { BLOCK_ROWS } from './spans.js';

/** Events of one commit, which takes a few milliseconds; fewer are not fed: lists read so many row by row at no cost. */
const BATCH = 256;
/** While deliveries pour in, so many may wait: the list reads them row by row, in some ten milliseconds, and the door has its time for itself. */
const MOST_WAITING = 32_768;
const PAUSE_MS = 250;
/** More deliveries than that in a pause are a flood. */
const FLOOD = 512;

type IndexedEvent = Pick<
  Event,
  'id' | 'projectId' | 'topic' | 'kind' | 'ref' | 'commit' | 'pullRequest' | 'actor' | 'summary' | 'verdict'
>;

export class EventFeed {
  /** Events that wait; null when nobody has counted them yet: an earlier boot may have left some. */
  private waiting: number | null = null;
  private arrived = 0;
  private isPlanned = false;
  private made: Feeder | null = null;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Told after each commit of deliveries. */
  grown(count: number): void {
    this.arrived += count;
    this.waiting = this.waiting === null ? this.feeder.waiting() : this.waiting + count;
    if (this.waiting >= BATCH) this.plan();
  }

  /** Feeds until fewer than `atLeast` events wait. */
  async feed(atLeast = BATCH): Promise<void> {
    while ((await this.store.commitPrepared(() => this.feeder.feed(atLeast))) > 0) await this.clock.nextTurn();
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.clock.after(PAUSE_MS, () => void this.look());
  }

  /** A feed that fails costs nothing but speed: lists read the rows, and a later delivery tries again. */
  private async look(): Promise<void> {
    const isFlood = this.arrived > FLOOD;
    [this.arrived, this.isPlanned, this.waiting] = [0, false, null];
    await this.feed(isFlood ? MOST_WAITING : BATCH).catch(() => undefined);
    if (isFlood) this.plan();
  }

  private get feeder(): Feeder {
    return (this.made ??= prepare(this.store.native));
  }
}

interface Feeder {
  waiting(): number;
  /** Answers how many events it fed: none while fewer than `atLeast` wait. */
  feed(atLeast: number): number;
}

function prepare(database: Database.Database): Feeder {
  const last = database
    .prepare<[], number>(`SELECT "lastId" FROM "span" WHERE "list" = 'event' ORDER BY "block" DESC LIMIT 1`)
    .pluck();
  const newest = database.prepare<[], number | null>('SELECT max("id") FROM "event"').pluck();
  const next = database.prepare<[number, number], IndexedEvent>(
    `SELECT "id", "projectId", "topic", "kind", "ref", "commit", "pullRequest", "actor", "summary", "verdict"
     FROM "event" WHERE "id" > ? ORDER BY "id" LIMIT ?`,
  );
  const index = database.prepare('INSERT INTO "event_index" ("rowid", "facts") VALUES (?, ?)');
  const topic = database.prepare('INSERT OR IGNORE INTO "event_topic" ("topic") VALUES (?)');
  const span = database.prepare(
    `INSERT INTO "span" ("list", "block", "lastId", "oldestAt", "newestAt")
     SELECT 'event', "id" / ${BLOCK_ROWS}, max("id"), min("receivedAt"), max("receivedAt")
     FROM "event" WHERE "id" BETWEEN ? AND ? GROUP BY "id" / ${BLOCK_ROWS}
     ON CONFLICT ("list", "block") DO UPDATE SET "lastId" = excluded."lastId",
       "oldestAt" = min("oldestAt", excluded."oldestAt"), "newestAt" = max("newestAt", excluded."newestAt")`,
  );
  const fedTo = () => last.get() ?? 0;
  const waiting = () => (newest.get() ?? 0) - fedTo();
  const feed = (atLeast: number) => {
    if (waiting() < atLeast) return 0;
    const events = next.all(fedTo(), BATCH);
    for (const event of events) index.run(event.id, factsOf(event).join(' '));
    for (const one of new Set(events.map((event) => event.topic))) topic.run(one);
    if (events.length > 0) span.run(events[0]!.id, events.at(-1)!.id);
    return events.length;
  };
  return { waiting, feed };
}

/** Of what changes later only what takes words away is told: a stale event that is released is still found as a stale one, and left out. */
function factsOf(event: IndexedEvent): readonly string[] {
  const { projectId, topic, kind, ref, commit, pullRequest, actor, verdict } = event;
  return [
    fact('p', projectId),
    fact('t', topic),
    fact('f', familyOf(topic)),
    fact('k', kind),
    ...(ref === null ? [] : [fact('r', ref)]),
    ...(commit === null ? [] : [fact('c', commit.slice(0, COMMIT_DIGITS))]),
    ...(pullRequest === null ? [] : [fact('n', pullRequest)]),
    ...(actor === null ? [] : [fact('a', actor)]),
    ...(verdict === 'ok' ? [] : [fact('v', verdict)]),
    ...wordsOf(event.summary),
  ];
}

export function familyOf(topic: string): string {
  return topic.split('.', 1)[0]!;
}
