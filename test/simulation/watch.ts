/** Triggers in the database of a simulated world: what must not be true for a moment is written down when it happens. */
import type { EntityManager } from 'typeorm';
import type { Store } from '../../src/store/store.js';
import { TURNS_ON } from './themes.js';

interface Law {
  readonly table: string;
  /** SQL over OLD and NEW. */
  readonly broken: string;
  readonly words: string;
}

/** Pipelines whose runs take turns on a branch. */
const TURNING = Object.values(TURNS_ON)
  .map((name) => `'server:${name}'`)
  .join(', ');

const LAWS: readonly Law[] = [
  {
    table: 'job',
    broken: `OLD."state" = 'done' AND (NEW."state" IS NOT OLD."state" OR NEW."result" IS NOT OLD."result")`,
    words: `'job ' || NEW."id" || ' was done (' || OLD."result" || ') and became ' || coalesce(NEW."result", NEW."state")`,
  },
  {
    table: 'job',
    broken: `NEW."attempt" <> OLD."attempt" AND NOT
      (NEW."attempt" = OLD."attempt" + 1 AND OLD."state" = 'queued' AND NEW."state" = 'running')`,
    words: `'job ' || NEW."id" || ' got attempt ' || NEW."attempt" || ' while it was ' || OLD."state"`,
  },
  {
    table: 'run',
    broken: `OLD."state" = 'done' AND NEW."attempt" = OLD."attempt" AND
      (NEW."state" IS NOT OLD."state" OR NEW."result" IS NOT OLD."result")`,
    words: `'run ' || NEW."id" || ' was done (' || OLD."result" || ') and became ' || coalesce(NEW."result", NEW."state")`,
  },
  {
    table: 'run',
    broken: `NEW."state" = 'running' AND NEW."pipelineKey" IN (${TURNING}) AND EXISTS
      (SELECT 1 FROM "run" "other" WHERE "other"."state" = 'running' AND "other"."id" <> NEW."id"
       AND "other"."projectId" = NEW."projectId" AND "other"."pipelineKey" = NEW."pipelineKey"
       AND json_extract("other"."resolved", '$.ref') = json_extract(NEW."resolved", '$.ref'))`,
    words: `'run ' || NEW."id" || ' runs beside another of its group'`,
  },
  {
    table: 'event',
    broken: `OLD."state" IN ('done', 'parked') AND NEW."state" IS NOT OLD."state"`,
    words: `'event ' || NEW."id" || ' was ' || OLD."state" || ' and became ' || NEW."state"`,
  },
  {
    table: 'event',
    broken: `NEW."tries" > 5`,
    words: `'event ' || NEW."id" || ' is tried for the ' || NEW."tries" || 'th time'`,
  },
  {
    table: 'step',
    broken: `OLD."state" = 'done' AND (NEW."state" IS NOT OLD."state" OR NEW."outcome" IS NOT OLD."outcome")`,
    words: `'step ' || NEW."number" || ' of job ' || NEW."jobId" || ' was done (' || OLD."outcome" || ') and became ' || coalesce(NEW."outcome", NEW."state")`,
  },
  {
    table: 'step',
    broken: `OLD."startedAt" IS NOT NULL AND NEW."startedAt" IS NOT OLD."startedAt"`,
    words: `'step ' || NEW."number" || ' of job ' || NEW."jobId" || ' started twice in attempt ' || NEW."attempt"`,
  },
];

/** To be called on the template of a world. */
export function watch({ native }: Store): void {
  native.exec('CREATE TABLE "strange" ("what" TEXT NOT NULL UNIQUE)');
  LAWS.forEach(({ table, broken, words }, at) =>
    native.exec(
      `CREATE TRIGGER "strange_${at}" AFTER UPDATE ON "${table}" WHEN ${broken}
       BEGIN INSERT INTO "strange" SELECT ${words} WHERE true ON CONFLICT DO NOTHING; END`,
    ),
  );
}

/** Nothing where nobody watches. */
export async function readStrange(reader: EntityManager): Promise<readonly string[]> {
  const watched = await reader.query<unknown[]>(`SELECT 1 FROM sqlite_master WHERE name = 'strange'`);
  if (watched.length === 0) return [];
  const rows = await reader.query<{ readonly what: string }[]>('SELECT "what" FROM "strange" ORDER BY rowid');
  return rows.map(({ what }) => what);
}
