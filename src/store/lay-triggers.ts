/** Lays triggers at every opening of the store. */
import type Database from 'better-sqlite3';

/** SQL by name. In one transaction; those that stand already as they are wanted are left alone. */
export function layTriggers(database: Database.Database, triggers: Readonly<Record<string, string>>): void {
  const standing = database.prepare<[string], { sql: string }>(
    `SELECT "sql" FROM "sqlite_master" WHERE "type" = 'trigger' AND "name" = ?`,
  );
  const lay = database.transaction(() => {
    for (const [name, sql] of Object.entries(triggers)) {
      if (standing.get(name)?.sql === sql) continue;
      database.exec(`DROP TRIGGER IF EXISTS "${name}"; ${sql}`);
    }
  });
  lay.immediate();
}
