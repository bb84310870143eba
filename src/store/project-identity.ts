/** Binds a project to what its forge numbers it with: another number under the same name is another project (TRUST.md §1). */
import type Database from 'better-sqlite3';
import type { ForgeIdentity } from '../model/project.js';

interface Told {
  readonly projectId: number;
  readonly identity?: ForgeIdentity | null;
}

/**
 * Makes the function that is called inside the commit of a delivery: the first identity is bound, another one suspends the
 * project. It returns why it is another one, for people, or null.
 */
export function bindIdentity(database: Database.Database): (told: Told) => string | null {
  const bound = database.prepare<[number], string | null>('SELECT "identity" FROM "project" WHERE "id" = ?').pluck();
  const bind = database.prepare('UPDATE "project" SET "identity" = ? WHERE "id" = ? AND "identity" IS NULL');
  const suspend = database.prepare(
    'UPDATE "project" SET "suspended" = ?, "version" = "version" + 1 WHERE "id" = ? AND "suspended" IS NULL',
  );

  return ({ projectId, identity = null }) => {
    if (identity === null) return null;
    const known = bound.get(projectId) ?? null;
    if (known === null) bind.run(JSON.stringify(identity), projectId);
    const other = known === null ? null : difference(JSON.parse(known) as ForgeIdentity, identity);
    if (other !== null) suspend.run(other, projectId);
    return other;
  };
}

function difference(bound: ForgeIdentity, told: ForgeIdentity): string | null {
  if (bound.id !== told.id) return `the forge's project of this name has the id ${told.id}, and it was ${bound.id}`;
  if (bound.createdAt === null || told.createdAt === null || bound.createdAt === told.createdAt) return null;
  return `the forge's project of this name was made at ${told.createdAt}, and the one that was known at ${bound.createdAt}`;
}
