/** The two connections to one SQLite file: one that writes, one that only reads. */
import type Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { bindNumbers } from './bind-numbers.js';
import { layIndexTriggers } from './browse/index-triggers.js';
import { layChangeTriggers } from './change-triggers.js';
import { TABLES } from './schema/tables.js';
import { Sqlite } from './sqlite.js';

/** Prepared statements that each connection keeps: more than the house has, for TypeORM drops the oldest, not the least used. */
const STATEMENTS = 1_000;

export interface DataSources {
  readonly write: DataSource;
  readonly read: DataSource;
}

/** Opens `file`, brings it up to date, and checks that commits are synced. */
export async function openDataSources(file: string): Promise<DataSources> {
  const write = await new DataSource({
    type: 'better-sqlite3',
    driver: Sqlite,
    database: file,
    entities: [...TABLES],
    statementCacheSize: STATEMENTS,
    migrations: MIGRATIONS,
    prepareDatabase: prepareWriting,
  }).initialize();
  bindNumbers(write);
  await write.runMigrations({ transaction: 'all' });
  layChangeTriggers(nativeConnection(write));
  layIndexTriggers(nativeConnection(write));
  const read = await new DataSource({
    type: 'better-sqlite3',
    driver: Sqlite,
    database: file,
    entities: [...TABLES],
    statementCacheSize: STATEMENTS,
    readonly: true,
    prepareDatabase: (database: Database.Database) => {
      database.pragma('mmap_size = 268435456');
    },
  }).initialize();
  bindNumbers(read);
  return { write, read };
}

/** better-sqlite3 is built with `synchronous=NORMAL` for WAL, which syncs no commit: FULL is set after WAL, and read back. */
function prepareWriting(database: Database.Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 1000');
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite does not sync its commits');
}

/** TypeORM's own better-sqlite3 connection, for prepared statements on the way of a delivery. */
export function nativeConnection(source: DataSource): Database.Database {
  return (source.driver as unknown as { databaseConnection: Database.Database }).databaseConnection;
}
