/** What steps report beside their result (annotations, outputs, summaries), and what of a job is kept sealed. */
import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

const integer = (name: string) => ({ name, type: 'integer' });
const text = (name: string) => ({ name, type: 'text' });
const nullable = (name: string, type: 'integer' | 'text' | 'blob') => ({ name, type, isNullable: true });

const ANNOTATION = new Table({
  name: 'annotation',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
    ...['runId', 'jobId', 'attempt', 'step', 'place'].map(integer),
    ...['level', 'message'].map(text),
    ...['title', 'file'].map((name) => nullable(name, 'text')),
    ...['line', 'endLine', 'column', 'endColumn'].map((name) => nullable(name, 'integer')),
  ],
  indices: [
    new TableIndex({ name: 'annotation_run', columnNames: ['runId'] }),
    new TableIndex({ name: 'annotation_step', columnNames: ['jobId', 'attempt', 'step'] }),
    new TableIndex({ name: 'annotation_shown', columnNames: ['runId'], where: '"place" <= 10' }),
  ],
});

const STEP_REPORT = new Table({
  name: 'step_report',
  columns: [
    ...['jobId', 'attempt', 'number'].map((name) => ({ ...integer(name), isPrimary: true })),
    text('outputs'),
    nullable('summary', 'text'),
  ],
});

const HIDDEN_JOB = new Table({
  name: 'hidden_job',
  columns: [
    { ...integer('jobId'), isPrimary: true },
    nullable('sealedOutputs', 'blob'),
    nullable('sealedPlan', 'blob'),
  ],
});

export class StepReports1700000000008 implements MigrationInterface {
  readonly name = 'StepReports1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [ANNOTATION, STEP_REPORT, HIDDEN_JOB]) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [HIDDEN_JOB, STEP_REPORT, ANNOTATION]) await runner.dropTable(table.name);
  }
}
