/** All migrations, oldest first. */
import { FirstTables1700000000001 } from './0001-first-tables.js';
import { FlagFailures1700000000005 } from './0005-flag-failures.js';

export const MIGRATIONS = [FirstTables1700000000001, FlagFailures1700000000005];
