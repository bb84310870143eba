/** Attempts of runs, commands that people gave in comments, and the comments that answer them. */
import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

const integer = (name: string) => ({ name, type: 'integer' });
const text = (name: string) => ({ name, type: 'text' });
const time = (name: string) => ({ name, type: 'bigint' });
const nullable = (name: string, type: 'text' | 'bigint') => ({ name, type, isNullable: true });
const ID = { ...integer('id'), isPrimary: true, isGenerated: true, generationStrategy: 'increment' as const };
const due = (name: string) => new TableIndex({ name, columnNames: ['dueAt'], where: '"dueAt" IS NOT NULL' });

const JOB_COLUMNS = [
  new TableColumn({ ...integer('runAttempt'), default: '1' }),
  new TableColumn({ ...integer('replacedIn'), isNullable: true }),
];
const KEY = { name: 'job_key', columnNames: ['runId', 'key'], isUnique: true };

const RUN_ATTEMPT = new Table({
  name: 'run_attempt',
  columns: [
    ...['runId', 'attempt'].map((name) => ({ ...integer(name), isPrimary: true })),
    text('result'),
    nullable('reason', 'text'),
    ...['startedAt', 'finishedAt'].map((name) => nullable(name, 'bigint')),
    ...['repeated', 'repeatedBy'].map(text),
    time('repeatedAt'),
  ],
});

const COMMAND = new Table({
  name: 'command',
  columns: [
    ID,
    ...['projectId', 'eventId'].map(integer),
    text('thread'),
    ...['number', 'commentId'].map(integer),
    ...['author', 'text', 'state'].map(text),
    ...['outcome', 'work'].map((name) => nullable(name, 'text')),
    ...['tries', 'waits'].map(integer),
    nullable('dueAt', 'bigint'),
    time('createdAt'),
  ],
  indices: [
    new TableIndex({
      name: 'command_once',
      columnNames: ['projectId', 'thread', 'commentId'],
      isUnique: true,
    }),
    due('command_due'),
  ],
});

const COMMENT = new Table({
  name: 'comment',
  columns: [
    ID,
    integer('projectId'),
    text('thread'),
    integer('number'),
    ...['cause', 'marker', 'text'].map(text),
    { name: 'unsure', type: 'boolean' },
    ...['tries', 'failures'].map(integer),
    ...['pausedReason', 'lastError'].map((name) => nullable(name, 'text')),
    nullable('dueAt', 'bigint'),
    nullable('sentAt', 'bigint'),
    time('createdAt'),
  ],
  indices: [
    new TableIndex({ name: 'comment_cause', columnNames: ['projectId', 'cause'], isUnique: true }),
    new TableIndex({ name: 'comment_marker', columnNames: ['marker'], isUnique: true }),
    new TableIndex({ name: 'comment_thread', columnNames: ['projectId', 'thread', 'number', 'createdAt'] }),
    due('comment_due'),
  ],
});

export class AttemptsAndComments1700000000012 implements MigrationInterface {
  readonly name = 'AttemptsAndComments1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('job', 'job_key');
    await runner.addColumns('job', JOB_COLUMNS);
    await runner.createIndex('job', new TableIndex({ ...KEY, where: '"replacedIn" IS NULL' }));
    await runner.createIndex('job', new TableIndex({ name: 'job_run', columnNames: ['runId'] }));
    for (const table of [RUN_ATTEMPT, COMMAND, COMMENT]) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [COMMENT, COMMAND, RUN_ATTEMPT]) await runner.dropTable(table.name);
    await runner.query('DELETE FROM "job" WHERE "replacedIn" IS NOT NULL');
    for (const name of ['job_run', 'job_key']) await runner.dropIndex('job', name);
    await runner.dropColumns('job', JOB_COLUMNS);
    await runner.createIndex('job', new TableIndex(KEY));
  }
}
