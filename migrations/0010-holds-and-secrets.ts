/** What held runs wait for and what they change, and the sealed secrets of projects. */
import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

const integer = (name: string) => ({ name, type: 'integer' });
const text = (name: string) => ({ name, type: 'text' });
const nullable = (name: string, type: 'text' | 'bigint') => ({ name, type, isNullable: true });
const ID = { ...integer('id'), isPrimary: true, isGenerated: true, generationStrategy: 'increment' as const };

const HOLD = new Table({
  name: 'hold',
  columns: [
    ID,
    ...['projectId', 'runId'].map(integer),
    text('waitsFor'),
    ...['changes', 'approvedBy'].map((name) => nullable(name, 'text')),
    nullable('approvedAt', 'bigint'),
    ...['tries', 'waits'].map(integer),
    nullable('dueAt', 'bigint'),
  ],
  indices: [
    new TableIndex({ name: 'hold_run', columnNames: ['runId'], isUnique: true }),
    new TableIndex({ name: 'hold_due', columnNames: ['dueAt'], where: '"dueAt" IS NOT NULL' }),
  ],
});

const PROJECT_SECRET = new Table({
  name: 'project_secret',
  columns: [
    ID,
    integer('projectId'),
    ...['name', 'refs'].map(text),
    { name: 'sealedValue', type: 'blob' },
    nullable('declaredBy', 'text'),
    { name: 'updatedAt', type: 'bigint' },
  ],
  indices: [new TableIndex({ name: 'project_secret_name', columnNames: ['projectId', 'name'], isUnique: true })],
});

export class HoldsAndSecrets1700000000010 implements MigrationInterface {
  readonly name = 'HoldsAndSecrets1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [HOLD, PROJECT_SECRET]) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [PROJECT_SECRET, HOLD]) await runner.dropTable(table.name);
  }
}
