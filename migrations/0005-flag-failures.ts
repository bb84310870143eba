/** Flags count the tries in which the row itself failed apart from those that the world ended. */
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const FAILURES = new TableColumn({ name: 'failures', type: 'integer', default: '0' });

export class FlagFailures1700000000005 implements MigrationInterface {
  readonly name = 'FlagFailures1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('flag', FAILURES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('flag', 'failures');
  }
}
