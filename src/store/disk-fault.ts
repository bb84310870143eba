/** Tells what the machine refused (a full disk, a broken one) from what was wrong with the work. */
import { QueryFailedError } from 'typeorm';
import { Fault } from '../kernel/errors.js';
import { Sqlite } from './sqlite.js';

/** Result codes of SQLite for which the same work may succeed later. */
const OF_THE_MACHINE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)/;

/** Throws a retryable Fault for what the machine refused, and anything else as it came. */
export function rethrow(thrown: unknown): never {
  const cause: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  if (!(cause instanceof Sqlite.SqliteError) || !OF_THE_MACHINE.test(cause.code)) throw thrown;
  throw new Fault(`the database cannot be written: ${cause.message}`, { cause, retryable: true });
}
