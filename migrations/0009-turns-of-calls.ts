/** A turn says of which part of the run it is: a call takes turns beside runs and jobs. */
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

export class TurnsOfCalls1700000000009 implements MigrationInterface {
  readonly name = 'TurnsOfCalls1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('turn', new TableColumn({ name: 'key', type: 'text', isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('turn', 'key');
  }
}
