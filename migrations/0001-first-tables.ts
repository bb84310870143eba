/** The first tables: projects, deliveries and events, runs, flags, tokens. Append-only: later changes are new files. */
import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions, TableIndex } from 'typeorm';

const rowId: TableColumnOptions = {
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
};

const column = (type: string, name: string): TableColumnOptions => ({ name, type });
const integer = (...names: string[]) => names.map((name) => column('integer', name));
const text = (...names: string[]) => names.map((name) => column('text', name));
const time = (...names: string[]) => names.map((name) => column('bigint', name));
const boolean = (...names: string[]) => names.map((name) => column('boolean', name));
const blob = (...names: string[]) => names.map((name) => column('blob', name));
const nullable = (columns: TableColumnOptions[]) => columns.map((one) => ({ ...one, isNullable: true }));
const primary = (columns: TableColumnOptions[]) => columns.map((one) => ({ ...one, isPrimary: true }));

const index = (name: string, columnNames: string[]) => new TableIndex({ name, columnNames });
const unique = (name: string, columnNames: string[]) => new TableIndex({ name, columnNames, isUnique: true });
const partial = (name: string, columnNames: string[], where: string) => new TableIndex({ name, columnNames, where });

const PROJECTS = [
  new Table({
    name: 'project',
    columns: [
      rowId,
      ...text('instance', 'instanceAliases', 'fullname'),
      ...boolean('public', 'enabled'),
      ...nullable(text('declaredBy')),
      ...text('settings'),
      ...integer('version'),
      ...time('createdAt', 'updatedAt'),
    ],
    indices: [unique('project_name', ['instance', 'fullname'])],
  }),
  new Table({ name: 'project_token', columns: [...primary(integer('projectId')), ...blob('sealedToken')] }),
  new Table({
    name: 'project_key',
    columns: [
      rowId,
      ...integer('projectId', 'position'),
      ...blob('sealedKey'),
      ...text('fingerprint'),
      ...time('createdAt'),
    ],
    indices: [index('project_key_project', ['projectId']), unique('project_key_fingerprint', ['fingerprint'])],
  }),
  new Table({
    name: 'pipeline',
    columns: [
      rowId,
      ...integer('projectId'),
      ...text('name'),
      ...boolean('enabled'),
      ...nullable(text('declaredBy')),
      ...integer('version'),
      ...text('text'),
      ...time('updatedAt'),
    ],
    indices: [unique('pipeline_name', ['projectId', 'name'])],
  }),
  new Table({
    name: 'pipeline_version',
    columns: [...primary(integer('pipelineId', 'version')), ...text('text'), ...time('createdAt')],
  }),
];

const EVENTS = [
  new Table({
    name: 'delivery',
    columns: [
      rowId,
      ...integer('projectId'),
      ...text('source', 'msgId', 'bodyHash', 'verdict', 'headers'),
      ...time('receivedAt'),
    ],
    indices: [unique('delivery_message', ['projectId', 'source', 'msgId', 'bodyHash'])],
  }),
  new Table({ name: 'delivery_body', columns: [...primary(integer('deliveryId')), ...blob('body')] }),
  new Table({
    name: 'refused_delivery',
    columns: [
      rowId,
      ...time('receivedAt'),
      ...text('code'),
      ...nullable(text('projectHint')),
      ...integer('sizeBytes'),
      ...text('remoteAddress'),
    ],
  }),
  new Table({
    name: 'event',
    columns: [
      rowId,
      ...integer('projectId'),
      ...nullable(integer('deliveryId')),
      ...text('source', 'topic', 'kind'),
      ...nullable(text('action', 'ref', 'before', 'after')),
      ...boolean('forced'),
      ...nullable(text('commit')),
      ...nullable(integer('pullRequest')),
      ...nullable(text('actor', 'url')),
      ...text('summary', 'verdict', 'state'),
      ...nullable(text('note')),
      ...integer('tries', 'waits'),
      ...nullable(time('dueAt')),
      ...time('receivedAt'),
    ],
    indices: [
      index('event_ref', ['projectId', 'ref', 'id', 'after']),
      partial('event_pull_request', ['projectId', 'pullRequest', 'id'], '"pullRequest" IS NOT NULL'),
      partial('event_due', ['dueAt'], '"dueAt" IS NOT NULL'),
    ],
  }),
  new Table({
    name: 'decision',
    columns: [
      ...primary(integer('eventId')),
      ...primary(text('pipelineKey')),
      ...integer('position'),
      ...text('pipelineName', 'outcome', 'reason'),
      ...nullable(integer('runId')),
    ],
    indices: [index('decision_run', ['runId'])],
  }),
];

const RUNS = [
  new Table({
    name: 'run',
    columns: [
      rowId,
      ...integer('projectId', 'eventId'),
      ...text('pipelineKey', 'pipelineName', 'cause'),
      ...integer('number', 'attempt'),
      ...text('title', 'state'),
      ...nullable(text('result', 'reason')),
      ...text('trust', 'trustReason', 'resolved'),
      ...nullable(text('subject', 'pipelineCommit', 'actor')),
      ...text('problems'),
      ...nullable(text('plan')),
      ...boolean('cancelRequested'),
      ...integer('version'),
      ...time('createdAt'),
      ...nullable(time('startedAt', 'finishedAt')),
    ],
    indices: [
      unique('run_cause', ['projectId', 'pipelineKey', 'cause']),
      unique('run_number', ['projectId', 'pipelineKey', 'number']),
      index('run_event', ['eventId']),
      partial('run_open', ['state'], '"state" <> \'done\''),
    ],
  }),
  new Table({
    name: 'job',
    columns: [
      rowId,
      ...integer('runId', 'projectId'),
      ...text('key', 'name', 'state'),
      ...nullable(text('result', 'reason')),
      ...text('planned', 'outputs'),
      ...integer('attempt'),
      ...nullable(text('owner')),
      ...nullable(time('leaseUntil', 'dueAt')),
      ...nullable(text('cancelReason')),
      ...integer('tries'),
      ...time('createdAt'),
      ...nullable(time('startedAt', 'finishedAt')),
    ],
    indices: [
      unique('job_key', ['runId', 'key']),
      partial('job_due', ['dueAt'], '"dueAt" IS NOT NULL'),
      partial('job_lease', ['leaseUntil'], '"leaseUntil" IS NOT NULL'),
    ],
  }),
  new Table({
    name: 'step',
    columns: [
      ...primary(integer('jobId', 'attempt', 'number')),
      ...text('id', 'name', 'state'),
      ...nullable(text('outcome', 'conclusion')),
      ...nullable(integer('exitCode')),
      ...nullable(text('reason')),
      ...nullable(time('startedAt', 'finishedAt')),
    ],
  }),
  new Table({
    name: 'flag',
    columns: [
      rowId,
      ...integer('projectId'),
      ...text('pipelineKey', 'subject', 'uid'),
      ...integer('runId'),
      ...text('commit', 'username', 'status', 'comment', 'url'),
      ...integer('version', 'sentVersion'),
      ...boolean('unsure'),
      ...integer('tries', 'begun'),
      ...nullable(time('dueAt')),
      ...nullable(text('pausedReason', 'lastError')),
      ...nullable(time('sentAt')),
    ],
    indices: [
      unique('flag_subject', ['projectId', 'pipelineKey', 'subject']),
      index('flag_commit', ['projectId', 'commit']),
      partial('flag_due', ['dueAt'], '"dueAt" IS NOT NULL'),
    ],
  }),
  new Table({
    name: 'api_token',
    columns: [
      rowId,
      ...text('name', 'hash', 'role'),
      ...nullable(text('projects')),
      ...time('createdAt'),
      ...nullable(time('expiresAt', 'revokedAt', 'lastUsedAt')),
    ],
    indices: [unique('api_token_hash', ['hash'])],
  }),
];

const TABLES = [...PROJECTS, ...EVENTS, ...RUNS];

export class FirstTables1700000000001 implements MigrationInterface {
  readonly name = 'FirstTables1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
