/** Indices of the lists: a full-text index for each, whose words are the columns that lists are filtered by (src/store/browse/facts.ts). */
import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

const SPANS = new Table({
  name: 'span',
  columns: [
    { name: 'list', type: 'text', isPrimary: true },
    { name: 'block', type: 'integer', isPrimary: true },
    { name: 'lastId', type: 'integer' },
    { name: 'oldestAt', type: 'bigint' },
    { name: 'newestAt', type: 'bigint' },
  ],
});
const TOPICS = new Table({ name: 'event_topic', columns: [{ name: 'topic', type: 'text', isPrimary: true }] });
const PARKED = new TableIndex({ name: 'event_parked', columnNames: ['state'], where: `"state" = 'parked'` });
const INDEXED = ['event', 'run', 'flag'];
/** Triggers of src/store/browse/index-triggers.ts, laid at each opening. */
const FOLLOWING = ['new', 'changed', 'deleted'];

export class Browse1700000000002 implements MigrationInterface {
  readonly name = 'Browse1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(SPANS);
    await runner.createTable(TOPICS);
    await runner.createIndex('event', PARKED);
    for (const table of INDEXED) await runner.query(indexOf(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of INDEXED) {
      for (const verb of FOLLOWING) await runner.query(`DROP TRIGGER IF EXISTS "index_${verb}_${table}"`);
      await runner.query(`DROP TABLE "${table}_index"`);
    }
    await runner.dropIndex('event', PARKED);
    await runner.dropTable(TOPICS.name);
    await runner.dropTable(SPANS.name);
  }
}

/** It keeps no text. `contentless_delete` lets rows go when those that they stand for do. */
function indexOf(table: string): string {
  return `CREATE VIRTUAL TABLE "${table}_index" USING fts5("facts", content='', contentless_delete=1, detail=none,
    tokenize="ascii tokenchars ':'")`;
}
