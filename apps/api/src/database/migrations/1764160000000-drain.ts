import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A drain with a promise: when it began, how fast it moves agents, and whether the media server retires when it is empty. */
export class Drain1764160000000 implements MigrationInterface {
  readonly name = 'Drain1764160000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE media_servers
      ADD COLUMN drain_started_at DATETIME(3) NULL,
      ADD COLUMN drain_moves_per_minute SMALLINT UNSIGNED NOT NULL DEFAULT 10 COMMENT 'agents who are not on a call; 0 moves nobody',
      ADD COLUMN drain_then_disable BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN cores SMALLINT UNSIGNED NULL COMMENT 'processors of the machine, as it told when it enrolled'`);
    await runner.query("UPDATE media_servers SET drain_started_at = updated_at WHERE mode = 'draining'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE media_servers DROP COLUMN cores, DROP COLUMN drain_then_disable, DROP COLUMN drain_moves_per_minute, DROP COLUMN drain_started_at');
  }
}
