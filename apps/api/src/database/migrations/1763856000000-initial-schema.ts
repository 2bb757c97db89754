import type { MigrationInterface, QueryRunner } from 'typeorm';
import { initialTables } from './initial-tables.js';

/** Every table of the first release, the one pool row and the head of the event log. */
export class InitialSchema1763856000000 implements MigrationInterface {
  readonly name = 'InitialSchema1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, body] of Object.entries(initialTables)) {
      await runner.query(`CREATE TABLE ${table} (${body}) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci`);
    }
    await runner.query('INSERT INTO pool (id) VALUES (1)');
    await runner.query('INSERT INTO event_head (id) VALUES (1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(initialTables).reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
