import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The roll of managers, by which media servers are shared out between them. */
export class Managers1763856200000 implements MigrationInterface {
  readonly name = 'Managers1763856200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE managers (name VARCHAR(64) NOT NULL PRIMARY KEY, alive_until DATETIME(3) NOT NULL) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE managers');
  }
}
