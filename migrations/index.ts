/** All migrations, oldest first. */
import { FirstTables1700000000001 } from './0001-first-tables.js';

export const MIGRATIONS = [FirstTables1700000000001];
