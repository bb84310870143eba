/** What waits to be done, counted: rows that are due, flags that wait or are paused, runs that are not done. */
import type { DueKind } from '../model/due.js';
import type { State } from '../model/result.js';
import type { Store } from './store.js';

/** Rows of which somebody should do something by now. */
export interface DueRows {
  readonly count: number;
  /** Since when the oldest of them is due; null for none. */
  readonly oldestAt: number | null;
}

/** What waits for the clock: due rows of a kind, leases that end, schedules, pipelines whose triggers are to be read. */
export type WatchedPart = DueKind | 'lease' | 'schedule' | 'pipeline';

const isBy = (table: string, column: string) => `EXISTS (SELECT 1 FROM "${table}" WHERE "${column}" <= ?)`;

const WATCHED: Readonly<Record<WatchedPart, string>> = {
  event: isBy('event', 'dueAt'),
  job: isBy('job', 'dueAt'),
  flag: isBy('flag', 'dueAt'),
  turn: isBy('turn', 'dueAt'),
  hold: isBy('hold', 'dueAt'),
  command: isBy('command', 'dueAt'),
  comment: isBy('comment', 'dueAt'),
  quarantine: isBy('quarantine', 'dueAt'),
  lease: isBy('job', 'leaseUntil'),
  schedule: isBy('schedule', 'dueAt'),
  pipeline: 'EXISTS (SELECT 1 FROM "pipeline" WHERE "triggersReadAt" IS NULL)',
};

export const WATCHED_PARTS = Object.keys(WATCHED) as readonly WatchedPart[];

/** Each reads an index that holds only what waits, so that it costs little however much is stored. */
export class Backlog {
  constructor(private readonly store: Store) {}

  async due(kind: DueKind, nowMs: number): Promise<DueRows> {
    const [row] = await this.store.reader.query<DueRows[]>(
      `SELECT count(*) AS "count", min("dueAt") AS "oldestAt" FROM "${kind}" WHERE "dueAt" IS NOT NULL AND "dueAt" <= ?`,
      [nowMs],
    );
    return row!;
  }

  /** Of which parts anything is due by now. One query, for whoever asks often. */
  async dueParts(nowMs: number): Promise<ReadonlySet<WatchedPart>> {
    const columns = WATCHED_PARTS.map((part) => `${WATCHED[part]} AS "${part}"`);
    const times = columns.flatMap((column) => (column.includes('?') ? [nowMs] : []));
    const [row] = await this.store.reader.query<Record<WatchedPart, number>[]>(`SELECT ${columns.join(', ')}`, times);
    return new Set(WATCHED_PARTS.filter((part) => row![part] === 1));
  }

  /** Flags that the forge does not show yet, also those that are tried again later. */
  async waitingFlags(): Promise<DueRows> {
    const [row] = await this.store.reader.query<DueRows[]>(
      'SELECT count(*) AS "count", min("dueAt") AS "oldestAt" FROM "flag" WHERE "dueAt" IS NOT NULL',
    );
    return row!;
  }

  /** Flags that wait until somebody gives another token or setting. */
  async pausedFlags(): Promise<number> {
    const [row] = await this.store.reader.query<{ count: number }[]>(
      'SELECT count(*) AS "count" FROM "flag" WHERE "pausedReason" IS NOT NULL',
    );
    return row!.count;
  }

  async openRuns(): Promise<ReadonlyMap<State, number>> {
    const rows = await this.store.reader.query<{ state: State; count: number }[]>(
      `SELECT "state", count(*) AS "count" FROM "run" WHERE "state" <> 'done' GROUP BY "state"`,
    );
    return new Map(rows.map(({ state, count }) => [state, count]));
  }
}
