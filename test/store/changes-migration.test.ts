/** A database from before authors were kept: all of it is there afterwards. */
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { expect, it, onTestFinished } from 'vitest';
import { FirstTables1700000000001 } from '../../migrations/0001-first-tables.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { Pipelines } from '../../src/store/pipelines.js';
import { Store } from '../../src/store/store.js';
import { Tokens } from '../../src/store/tokens.js';
import { temporaryFolder } from './open-store.js';

it('keeps versions of pipelines and tokens, which nobody is known to have made', async () => {
  const file = join(temporaryFolder(), 'store.sqlite');
  const old = await new DataSource({
    ...{ type: 'better-sqlite3', driver: Sqlite, database: file },
    migrations: [FirstTables1700000000001],
  }).initialize();
  await old.runMigrations();
  await old.query(`INSERT INTO "pipeline_version" VALUES (1, 1, 'one', 5), (1, 2, 'two', 6)`);
  await old.query(`INSERT INTO "api_token" VALUES (7, 'ci', 'hash', 'read', '[1]', 5, NULL, NULL, 6)`);
  await old.destroy();

  const store = await Store.open(file);
  onTestFinished(() => store.close());
  expect(await new Pipelines(store).versions(1)).toEqual([
    { pipelineId: 1, version: 2, text: 'two', author: null, createdAt: 6 },
    { pipelineId: 1, version: 1, text: 'one', author: null, createdAt: 5 },
  ]);
  expect(await new Tokens(store).byHash('hash')).toMatchObject({
    ...{ id: 7, role: 'read', projects: [1], lastUsedAt: 6, createdBy: null, revokedBy: null },
  });
});
