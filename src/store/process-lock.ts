/** One process at a time on a data folder: a lock that the kernel gives back when the process dies. */
import type Database from 'better-sqlite3';
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import { Sqlite } from './sqlite.js';

const RETRY_MS = 100;

/** Held until `release` or the end of the process, however it ends. */
export interface ProcessLock {
  release(): void;
}

export interface LockWait {
  readonly waitMs: number;
  readonly clock: Clock;
  /** Called once when there is something to wait for. */
  readonly onWait: () => void;
}

/**
 * Takes the exclusive lock of `file` (a SQLite file of its own, so that the lock is the operating system's), trying for
 * `waitMs`. Throws a Refusal that names the file when another process still holds it.
 */
export async function takeProcessLock(file: string, { waitMs, clock, onWait }: LockWait): Promise<ProcessLock> {
  const database = new Sqlite(file, { timeout: 0 });
  for (let waited = 0; ; waited += RETRY_MS) {
    if (tryLock(database)) return { release: () => database.close() };
    if (waited >= waitMs) break;
    if (waited === 0) onWait();
    await clock.sleep(RETRY_MS);
  }
  database.close();
  throw new Refusal(
    'conflict',
    'data-folder-in-use',
    `Another pagure-actions works in this data folder (it holds ${file}).`,
  );
}

function tryLock(database: Database.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
