/** What of the pipelines waits for the clock or for other pipelines, and which run an event of ours tells of. */
import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

const SCHEDULE = new Table({
  name: 'schedule',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
    { name: 'projectId', type: 'integer' },
    { name: 'pipelineKey', type: 'text' },
    { name: 'cron', type: 'text' },
    { name: 'timezone', type: 'text' },
    { name: 'dueAt', type: 'bigint', isNullable: true },
    { name: 'setAt', type: 'bigint' },
  ],
  indices: [
    new TableIndex({
      name: 'schedule_line',
      columnNames: ['projectId', 'pipelineKey', 'cron', 'timezone'],
      isUnique: true,
    }),
    new TableIndex({ name: 'schedule_due', columnNames: ['dueAt'], where: '"dueAt" IS NOT NULL' }),
  ],
});

const FOLLOWER = new Table({
  name: 'follower',
  columns: [
    { name: 'projectId', type: 'integer', isPrimary: true },
    { name: 'pipelineKey', type: 'text', isPrimary: true },
    { name: 'types', type: 'text' },
    { name: 'workflows', type: 'text', isNullable: true },
  ],
});

const CHAIN = new Table({
  name: 'chain',
  columns: [
    { name: 'eventId', type: 'integer', isPrimary: true },
    { name: 'runId', type: 'integer' },
    { name: 'depth', type: 'integer' },
  ],
});

const READ_AT = new TableColumn({ name: 'triggersReadAt', type: 'bigint', isNullable: true });
const UNREAD = new TableIndex({ name: 'pipeline_unread', columnNames: ['id'], where: '"triggersReadAt" IS NULL' });

export class SchedulesAndChains1700000000007 implements MigrationInterface {
  readonly name = 'SchedulesAndChains1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [SCHEDULE, FOLLOWER, CHAIN]) await runner.createTable(table);
    await runner.addColumn('pipeline', READ_AT);
    await runner.createIndex('pipeline', UNREAD);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('pipeline', UNREAD);
    await runner.dropColumn('pipeline', 'triggersReadAt');
    for (const table of [CHAIN, FOLLOWER, SCHEDULE]) await runner.dropTable(table.name);
  }
}
