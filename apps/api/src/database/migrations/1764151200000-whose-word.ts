import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose word an agent's state is, also of the one she goes back to after a call; and how often the settings were changed. */
export class WhoseWord1764151200000 implements MigrationInterface {
  readonly name = 'WhoseWord1764151200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agents
      ADD COLUMN state_set_by VARCHAR(16) NOT NULL DEFAULT 'system' COMMENT 'self, supervisor, integrator, system', ADD COLUMN resume_set_by VARCHAR(16) NULL`);
    await runner.query('ALTER TABLE pool ADD COLUMN settings_version INT UNSIGNED NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pool DROP COLUMN settings_version');
    await runner.query('ALTER TABLE agents DROP COLUMN resume_set_by, DROP COLUMN state_set_by');
  }
}
