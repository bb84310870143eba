/** Bodies that no key of their project fits yet, kept sealed, and what the forge numbers a project with. */
import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

const integer = (name: string) => ({ name, type: 'integer' });
const ID = { ...integer('id'), isPrimary: true, isGenerated: true, generationStrategy: 'increment' as const };

const QUARANTINE = new Table({
  name: 'quarantine',
  columns: [
    ID,
    ...['projectId', 'sizeBytes'].map(integer),
    { name: 'isProven', type: 'boolean' },
    ...['receivedAt', 'dueAt'].map((name) => ({ name, type: 'bigint' })),
    { name: 'place', type: 'text' },
    { name: 'sealedPost', type: 'blob' },
  ],
  indices: [
    new TableIndex({ name: 'quarantine_project', columnNames: ['projectId'] }),
    new TableIndex({ name: 'quarantine_due', columnNames: ['dueAt'] }),
  ],
});

const IDENTITY = ['identity', 'suspended'].map((name) => new TableColumn({ name, type: 'text', isNullable: true }));

export class QuarantineAndIdentity1700000000011 implements MigrationInterface {
  readonly name = 'QuarantineAndIdentity1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(QUARANTINE);
    await runner.addColumns('project', IDENTITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('project', IDENTITY);
    await runner.dropTable(QUARANTINE.name);
  }
}
