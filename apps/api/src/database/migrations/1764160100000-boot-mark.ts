import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which run of its Asterisk a media server is on, whatever its clock does. */
export class BootMark1764160100000 implements MigrationInterface {
  readonly name = 'BootMark1764160100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE media_servers ADD COLUMN boot_mark VARCHAR(32) NULL COMMENT 'when its Asterisk began, by its own clock'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE media_servers DROP COLUMN boot_mark');
  }
}
