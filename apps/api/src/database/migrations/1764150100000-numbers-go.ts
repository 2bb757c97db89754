import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A number that was removed is remembered: removing it again is no mistake, and a demo that is set up again does not bring it back. */
export class NumbersGo1764150100000 implements MigrationInterface {
  readonly name = 'NumbersGo1764150100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE numbers
      ADD COLUMN deleted_at DATETIME(3) NULL AFTER agent_id,
      ADD COLUMN live_number VARCHAR(64) GENERATED ALWAYS AS (IF(deleted_at IS NULL, number, NULL)) STORED AFTER number,
      DROP KEY numbers_number, ADD UNIQUE KEY numbers_live_number (live_number), ADD KEY numbers_number (number)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM numbers WHERE deleted_at IS NOT NULL');
    await runner.query('ALTER TABLE numbers DROP KEY numbers_live_number, DROP KEY numbers_number, DROP COLUMN live_number, DROP COLUMN deleted_at, ADD UNIQUE KEY numbers_number (number)');
  }
}
