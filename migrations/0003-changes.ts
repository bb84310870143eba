/** Who changed what: authors of pipeline texts and of tokens, what people did with events; and paused flags by project. */
import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

const nullableText = (name: string) => new TableColumn({ name, type: 'text', isNullable: true });

const EVENT_ACTIONS = new Table({
  name: 'event_action',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
    { name: 'eventId', type: 'integer' },
    { name: 'kind', type: 'text' },
    { name: 'tokenId', type: 'integer' },
    { name: 'actor', type: 'text' },
    { name: 'madeEventId', type: 'integer', isNullable: true },
    { name: 'createdAt', type: 'bigint' },
  ],
  indices: [
    new TableIndex({ name: 'event_action_event', columnNames: ['eventId'] }),
    new TableIndex({
      name: 'event_action_made',
      columnNames: ['madeEventId'],
      isUnique: true,
      where: '"madeEventId" IS NOT NULL',
    }),
  ],
});

const PAUSED_FLAGS = new TableIndex({
  name: 'flag_paused',
  columnNames: ['projectId'],
  where: '"pausedReason" IS NOT NULL',
});

export class Changes1700000000003 implements MigrationInterface {
  readonly name = 'Changes1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('pipeline_version', nullableText('author'));
    await runner.addColumns('api_token', [nullableText('createdBy'), nullableText('revokedBy')]);
    await runner.createTable(EVENT_ACTIONS);
    await runner.createIndex('flag', PAUSED_FLAGS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('flag', PAUSED_FLAGS);
    await runner.dropTable(EVENT_ACTIONS.name);
    await runner.dropColumns('api_token', ['createdBy', 'revokedBy']);
    await runner.dropColumn('pipeline_version', 'author');
  }
}
