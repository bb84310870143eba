/** The SQLite driver for the Node.js that runs: better-sqlite3 in the one of its two versions that is safe on it (docs/decisions/0014). */
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

/** Version 13 stands on Node-API and crashes before Node.js 22; version 12 crashes from Node.js 24.19 on. */
const isNodeApiSafe = Number(process.versions.node.split('.')[0]) >= 22;

const load = createRequire(import.meta.url);

export const Sqlite = load(isNodeApiSafe ? 'better-sqlite3-napi' : 'better-sqlite3') as typeof Database;
