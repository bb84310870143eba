/** The log of changes: what streams read, and where a reader that was away goes on. Triggers fill it (store/change-triggers.ts). */
import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const CHANGE = new Table({
  name: 'change',
  columns: [
    { name: 'seq', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
    { name: 'kind', type: 'text' },
    { name: 'what', type: 'text' },
    { name: 'rowId', type: 'integer' },
    { name: 'projectId', type: 'integer' },
    { name: 'runId', type: 'integer', isNullable: true },
    { name: 'afterEvent', type: 'integer' },
    { name: 'state', type: 'text' },
  ],
});

export class ChangeLog1700000000004 implements MigrationInterface {
  readonly name = 'ChangeLog1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(CHANGE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(CHANGE.name);
  }
}
