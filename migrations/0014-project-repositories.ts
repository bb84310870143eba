/** Where projects are fetched from that are not fetched from their forge's own URL, with sealed keys. */
import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const PROJECT_REPOSITORY = new Table({
  name: 'project_repository',
  columns: [
    { name: 'projectId', type: 'integer', isPrimary: true },
    ...['url', 'hostKeys'].map((name) => ({ name, type: 'text' })),
    { name: 'sealedKey', type: 'blob', isNullable: true },
  ],
});

export class ProjectRepositories1700000000014 implements MigrationInterface {
  readonly name = 'ProjectRepositories1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(PROJECT_REPOSITORY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(PROJECT_REPOSITORY.name);
  }
}
