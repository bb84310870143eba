/**
 * The triggers that write the log of changes in the commit that makes each change. They are laid at every opening and not by
 * a migration: SQLite drops a table's triggers whenever a later migration rebuilds the table.
 */
import type Database from 'better-sqlite3';
import { layTriggers } from './lay-triggers.js';

/** Changes kept, and how far back new events may be asked for; a reader that was away for longer is told of the gap. */
export const KEPT_CHANGES = 200_000;
/** Old ones are dropped by so many. */
const DROPPED_AT_ONCE = 64;

interface Logged {
  readonly table: string;
  readonly kind: string;
  readonly runId: string;
  /** What a change row tells of the row, by column. */
  readonly told: readonly string[];
  /** Told as true or false. */
  readonly flags?: readonly string[];
  /** A change of none of these is no change: leases, counters of tries, times to look again. */
  readonly watched: readonly string[];
  readonly isLoggedWhenNew: boolean;
}

const EVENT_FACTS = ['topic', 'kind', 'action', 'ref', 'commit', 'pullRequest', 'actor', 'url', 'summary'];

/** What is told of an event. */
export const EVENT_TOLD = [...EVENT_FACTS, 'verdict', 'state', 'note', 'receivedAt'] as const;

const LOGGED: readonly Logged[] = [
  {
    ...{ table: 'event', kind: 'event', runId: 'NULL', isLoggedWhenNew: false },
    told: EVENT_TOLD,
    watched: ['verdict', 'state', 'note'],
  },
  {
    ...{ table: 'run', kind: 'run', runId: 'NEW."id"', isLoggedWhenNew: true },
    told: [
      ...['eventId', 'pipelineKey', 'pipelineName', 'number', 'attempt', 'title', 'state', 'result', 'reason', 'trust'],
      ...['actor', 'createdAt', 'startedAt', 'finishedAt'],
    ],
    flags: ['cancelRequested'],
    watched: ['title', 'state', 'result', 'reason', 'cancelRequested', 'startedAt', 'finishedAt'],
  },
  {
    ...{ table: 'job', kind: 'job', runId: 'NEW."runId"', isLoggedWhenNew: true },
    told: [
      'key',
      'name',
      'state',
      'result',
      'reason',
      'attempt',
      'cancelReason',
      'createdAt',
      'startedAt',
      'finishedAt',
    ],
    watched: ['state', 'result', 'reason', 'attempt', 'cancelReason', 'startedAt', 'finishedAt'],
  },
  {
    ...{ table: 'flag', kind: 'flag', runId: 'NEW."runId"', isLoggedWhenNew: true },
    told: [
      ...['pipelineKey', 'subject', 'commit', 'status', 'comment', 'url', 'version', 'sentVersion'],
      ...['pausedReason', 'lastError', 'sentAt'],
    ],
    watched: ['version', 'sentVersion', 'pausedReason', 'lastError'],
  },
];

const TRIGGERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LOGGED.flatMap((logged) => [...onInsert(logged), onUpdate(logged)])),
  change_of_token: tokenTrigger('change_of_token', 'UPDATE OF "revokedAt", "expiresAt"'),
  change_by_end_of_token: tokenTrigger('change_by_end_of_token', 'DELETE'),
  change_kept: `CREATE TRIGGER "change_kept" AFTER INSERT ON "change" WHEN NEW."seq" % ${DROPPED_AT_ONCE} = 0
    BEGIN DELETE FROM "change" WHERE "seq" <= NEW."seq" - ${KEPT_CHANGES}; END`,
};

/** In one transaction; those that stand already as they are wanted are left alone. */
export function layChangeTriggers(database: Database.Database): void {
  layTriggers(database, TRIGGERS);
}

function onInsert(logged: Logged): (readonly [string, string])[] {
  if (!logged.isLoggedWhenNew) return [];
  const name = `change_by_new_${logged.table}`;
  return [[name, `CREATE TRIGGER "${name}" AFTER INSERT ON "${logged.table}" BEGIN ${logging(logged, 'new')} END`]];
}

function onUpdate(logged: Logged): readonly [string, string] {
  const name = `change_of_${logged.table}`;
  const columns = logged.watched.map((column) => `"${column}"`).join(', ');
  const differs = logged.watched.map((column) => `OLD."${column}" IS NOT NEW."${column}"`).join(' OR ');
  return [
    name,
    `CREATE TRIGGER "${name}" AFTER UPDATE OF ${columns} ON "${logged.table}" WHEN ${differs}
       BEGIN ${logging(logged, 'changed')} END`,
  ];
}

function logging({ kind, runId, told, flags = [] }: Logged, what: 'new' | 'changed'): string {
  const values = told.map((column) => `'${column}', NEW."${column}"`);
  const words = flags.map((column) => `'${column}', json(iif(NEW."${column}", 'true', 'false'))`);
  const state = `json_object(${[...values, ...words].join(', ')})`;
  return inserting(`'${kind}', '${what}', NEW."id", NEW."projectId", ${runId}`, state);
}

/** `afterEvent` puts the two sequences into one order: a change comes after all events that were stored before it. */
function inserting(values: string, state: string): string {
  return `INSERT INTO "change" ("kind", "what", "rowId", "projectId", "runId", "afterEvent", "state")
    VALUES (${values}, (SELECT coalesce(max("id"), 0) FROM "event"), ${state});`;
}

function tokenTrigger(name: string, when: string): string {
  const values = `'token', 'changed', OLD."id", 0, NULL`;
  return `CREATE TRIGGER "${name}" AFTER ${when} ON "api_token" BEGIN ${inserting(values, `'{}'`)} END`;
}
