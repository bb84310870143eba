/**
 * The triggers by which the indices of runs and flags follow their tables, and drop what is deleted of events. They are laid
 * at every opening and not by a migration: SQLite drops a table's triggers whenever a later migration rebuilds the table.
 */
import type Database from 'better-sqlite3';
import { layTriggers } from '../lay-triggers.js';
import type { Letter } from './facts.js';
import { COMMIT_DIGITS } from './facts.js';
import { BLOCK_ROWS } from './spans.js';

interface Followed {
  readonly table: 'run' | 'flag';
  /** The words of a row, in SQL; `row` is what it is called. */
  readonly facts: (row: string) => string;
  /** What they are made of. */
  readonly columns: readonly string[];
}

const RUNS: Followed = {
  table: 'run',
  columns: ['projectId', 'pipelineKey', 'pipelineName', 'resolved', 'actor', 'trust', 'result'],
  facts: (row) =>
    [
      number('p', `${row}."projectId"`),
      word('k', `${row}."pipelineKey"`),
      word('n', `${row}."pipelineName"`),
      word('r', `json_extract(${row}."resolved", '$.ref')`),
      word('e', `json_extract(${row}."resolved", '$.eventName')`),
      word('a', `${row}."actor"`),
      word('t', `${row}."trust"`),
      word('x', `${row}."result"`),
    ].join(' || '),
};

const FLAGS: Followed = {
  table: 'flag',
  columns: ['projectId', 'pipelineKey', 'commit', 'status', 'version', 'sentVersion', 'pausedReason'],
  facts: (row) =>
    [
      number('p', `${row}."projectId"`),
      word('k', `${row}."pipelineKey"`),
      word('c', `substr(${row}."commit", 1, ${COMMIT_DIGITS})`),
      word('s', `${row}."status"`),
      word('o', sendingOf(row)),
    ].join(' || '),
};

const ADD_SPANS = {
  ofNewRun: addSpans(`NEW."id", NEW."createdAt", NEW."createdAt" WHERE true`, 'NEW."id"'),
  ofAllRuns: addSpans(
    `max("id"), min("createdAt"), max("createdAt") FROM "run"
     WHERE "id" > (SELECT coalesce(max("lastId"), 0) FROM "span" WHERE "list" = 'run') GROUP BY "id" / ${BLOCK_ROWS}`,
    '"id"',
  ),
};

const TRIGGERS: Readonly<Record<string, string>> = {
  ...following(RUNS, `${ADD_SPANS.ofNewRun};`),
  ...following(FLAGS, ''),
  ...forgetting('event'),
};

/** Rows that came before the triggers are added to the indices. */
export function layIndexTriggers(database: Database.Database): void {
  layTriggers(database, TRIGGERS);
  for (const followed of [RUNS, FLAGS]) database.exec(addMissing(followed));
  database.exec(ADD_SPANS.ofAllRuns);
}

/** `a:626f62`; of null there is the letter alone, which nobody looks for. */
function word(letter: Letter, value: string): string {
  return `'${letter}:' || hex(${value}) || ' '`;
}

function number(letter: Letter, value: string): string {
  return `'${letter}:' || ${value} || ' '`;
}

function sendingOf(row: string): string {
  const isSent = `${row}."sentVersion" >= ${row}."version"`;
  return `CASE WHEN ${row}."pausedReason" IS NOT NULL THEN 'paused' WHEN ${isSent} THEN 'sent' ELSE 'waiting' END`;
}

function following({ table, facts, columns }: Followed, also: string): Readonly<Record<string, string>> {
  const watched = columns.map((column) => `"${column}"`).join(', ');
  return {
    [`index_new_${table}`]: `CREATE TRIGGER "index_new_${table}" AFTER INSERT ON "${table}" BEGIN
      INSERT INTO "${table}_index" ("rowid", "facts") VALUES (NEW."id", ${facts('NEW')}); ${also} END`,
    [`index_changed_${table}`]: `CREATE TRIGGER "index_changed_${table}" AFTER UPDATE OF ${watched} ON "${table}"
      WHEN ${facts('OLD')} <> ${facts('NEW')}
      BEGIN UPDATE "${table}_index" SET "facts" = ${facts('NEW')} WHERE "rowid" = NEW."id"; END`,
    ...forgetting(table),
  };
}

function forgetting(table: string): Readonly<Record<string, string>> {
  const name = `index_deleted_${table}`;
  return {
    [name]: `CREATE TRIGGER "${name}" AFTER DELETE ON "${table}"
      BEGIN DELETE FROM "${table}_index" WHERE "rowid" = OLD."id"; END`,
  };
}

/** FTS5 keeps a row of `_docsize` for each row that it has. */
function addMissing({ table, facts }: Followed): string {
  return `INSERT INTO "${table}_index" ("rowid", "facts") SELECT "id", ${facts(`"${table}"`)} FROM "${table}"
    WHERE "id" > (SELECT coalesce(max("id"), 0) FROM "${table}_index_docsize")`;
}

function addSpans(rows: string, id: string): string {
  return `INSERT INTO "span" ("list", "block", "lastId", "oldestAt", "newestAt")
    SELECT 'run', ${id} / ${BLOCK_ROWS}, ${rows}
    ON CONFLICT ("list", "block") DO UPDATE SET "lastId" = max("lastId", excluded."lastId"),
      "oldestAt" = min("oldestAt", excluded."oldestAt"), "newestAt" = max("newestAt", excluded."newestAt")`;
}
