/** Fills a database with a long history, as fast as SQLite takes it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { SystemClock } from '../../src/kernel/clock.js';
import { EventFeed } from '../../src/store/browse/event-feed.js';
import { Store } from '../../src/store/store.js';
import { Chance } from './chance.js';
import { deliveryRow, eventRow, flagRow, jobRow, projectOf, projectRow, type Row, runRow, type Sizes } from './rows.js';

const SEED = 8;
/** Rows of one transaction. */
const GROUP = 10_000;

export interface Filled {
  /** Bytes of the pages of each table and index. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Microseconds that the index of events took of each. */
  readonly feedMicros: number;
}

/** Makes `store.sqlite` in the folder, with an API token of this text. */
export async function fill(folder: string, sizes: Sizes, tokenText: string): Promise<Filled> {
  const store = await Store.open(join(folder, 'store.sqlite'));
  const database = store.native;
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -400000');
  const chance = new Chance(SEED);
  addToken(database, tokenText);
  inGroups(
    database,
    sizes.projects,
    adder(database, 'project', (id) => [projectRow(id)]),
  );
  addEvents(database, chance, sizes);
  const started = performance.now();
  await new EventFeed(store, new SystemClock()).feed(1);
  const feedMicros = ((performance.now() - started) * 1_000) / sizes.events;
  addRuns(database, chance, sizes);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = bytesByName(database);
  await store.close();
  return { bytes, feedMicros };
}

function addToken(database: Database.Database, text: string): void {
  const hash = createHash('sha256').update(text, 'utf8').digest('hex');
  inserter(database, 'api_token')({ name: 'bench', hash, role: 'read', projects: null, createdAt: 1 });
}

function addEvents(database: Database.Database, chance: Chance, sizes: Sizes): void {
  const [delivery, event] = [inserter(database, 'delivery'), inserter(database, 'event')];
  inGroups(database, sizes.events, (id) => {
    const project = projectOf(chance, sizes);
    delivery(deliveryRow(chance, id, project));
    event(eventRow(chance, id, project));
  });
}

function addRuns(database: Database.Database, chance: Chance, sizes: Sizes): void {
  const [run, job, flag] = ['run', 'job', 'flag'].map((table) => inserter(database, table));
  const jobs = Math.round(sizes.jobs / sizes.runs);
  inGroups(database, sizes.runs, (id) => {
    const row = runRow(chance, id, projectOf(chance, sizes), Math.ceil((id * sizes.events) / sizes.runs));
    run!(row);
    for (let at = 0; at < jobs; at += 1) job!(jobRow(chance, (id - 1) * jobs + at + 1, row, at));
    flag!(flagRow(chance, row));
  });
}

function adder(database: Database.Database, table: string, rows: (id: number) => readonly Row[]): (id: number) => void {
  const insert = inserter(database, table);
  return (id) => rows(id).forEach(insert);
}

function inGroups(database: Database.Database, count: number, add: (id: number) => void): void {
  const group = database.transaction((from: number) => {
    for (let id = from; id < Math.min(from + GROUP, count + 1); id += 1) add(id);
  });
  for (let from = 1; from <= count; from += GROUP) group(from);
}

/** Prepared for the columns of the first row. */
function inserter(database: Database.Database, table: string): (row: Row) => void {
  let statement: Database.Statement | null = null;
  return (row) => {
    statement ??= database.prepare(insertOf(table, Object.keys(row)));
    statement.run(Object.values(row));
  };
}

function insertOf(table: string, columns: readonly string[]): string {
  const names = columns.map((name) => `"${name}"`).join(', ');
  return `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
}

function bytesByName(database: Database.Database): Readonly<Record<string, number>> {
  const pages = database.prepare<[], { name: string; bytes: number }>(
    'SELECT "name", sum("pgsize") AS "bytes" FROM "dbstat" WHERE "aggregate" = true GROUP BY "name"',
  );
  return Object.fromEntries(pages.all().map(({ name, bytes }) => [name, bytes]));
}
