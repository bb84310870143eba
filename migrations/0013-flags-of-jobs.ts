/** Flags of single jobs, how much of a run is done, and when the flag of an open pull-request is looked at again. */
import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const COLUMNS = [
  new TableColumn({ name: 'jobKey', type: 'text', default: "''" }),
  new TableColumn({ name: 'percent', type: 'integer', isNullable: true }),
  new TableColumn({ name: 'checkAt', type: 'bigint', isNullable: true }),
];
const SUBJECT = ['projectId', 'pipelineKey', 'subject'];
const subject = (columnNames: string[]) => new TableIndex({ name: 'flag_subject', columnNames, isUnique: true });
const CHECK = new TableIndex({ name: 'flag_check', columnNames: ['checkAt'], where: '"checkAt" IS NOT NULL' });

export class FlagsOfJobs1700000000013 implements MigrationInterface {
  readonly name = 'FlagsOfJobs1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('flag', 'flag_subject');
    await runner.addColumns('flag', COLUMNS);
    await runner.createIndices('flag', [subject([...SUBJECT, 'jobKey']), CHECK]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "flag" WHERE "jobKey" <> ''`);
    for (const name of ['flag_subject', 'flag_check']) await runner.dropIndex('flag', name);
    await runner.dropColumns('flag', COLUMNS);
    await runner.createIndex('flag', subject(SUBJECT));
  }
}
