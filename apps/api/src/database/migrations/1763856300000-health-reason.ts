import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a media server is not healthy, in the words of who watches it. */
export class HealthReason1763856300000 implements MigrationInterface {
  readonly name = 'HealthReason1763856300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE media_servers ADD COLUMN health_reason VARCHAR(512) NULL AFTER health');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE media_servers DROP COLUMN health_reason');
  }
}
