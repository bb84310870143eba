/** Runs and jobs take turns: lines of concurrency groups, and which run a reason names. A job also tells where its environment is. */
import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

const nullable = (name: string, type: 'integer' | 'text') => new TableColumn({ name, type, isNullable: true });

const GROUPS = new Table({
  name: 'concurrency_group',
  columns: [
    { name: 'projectId', type: 'integer', isPrimary: true },
    { name: 'name', type: 'text', isPrimary: true },
    { name: 'version', type: 'integer' },
  ],
});

const TURNS = new Table({
  name: 'turn',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
    { name: 'projectId', type: 'integer' },
    { name: 'group', type: 'text' },
    { name: 'runId', type: 'integer' },
    { name: 'jobId', type: 'integer', isNullable: true },
    { name: 'state', type: 'text' },
    { name: 'reason', type: 'text', isNullable: true },
    { name: 'byRunId', type: 'integer', isNullable: true },
    { name: 'tries', type: 'integer' },
    { name: 'dueAt', type: 'bigint', isNullable: true },
  ],
  indices: [
    new TableIndex({ name: 'turn_group', columnNames: ['projectId', 'group'] }),
    new TableIndex({ name: 'turn_run', columnNames: ['runId'] }),
    new TableIndex({ name: 'turn_due', columnNames: ['dueAt'], where: '"dueAt" IS NOT NULL' }),
  ],
});

export class Turns1700000000006 implements MigrationInterface {
  readonly name = 'Turns1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(GROUPS);
    await runner.createTable(TURNS);
    await runner.addColumn('run', nullable('reasonRunId', 'integer'));
    await runner.addColumns('job', [nullable('reasonRunId', 'integer'), nullable('environmentUrl', 'text')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('job', ['reasonRunId', 'environmentUrl']);
    await runner.dropColumn('run', 'reasonRunId');
    await runner.dropTable(TURNS.name);
    await runner.dropTable(GROUPS.name);
  }
}
