import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin';

/** Calls that come of calls: consultations, and the way of a caller to the number an agent handed her on to. */
export class Transfers1764150400000 implements MigrationInterface {
  readonly name = 'Transfers1764150400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE calls
      ADD COLUMN origin_call_id ${id} NULL COMMENT 'the call this one came of',
      ADD COLUMN purpose VARCHAR(16) NULL COMMENT 'consultation: between the agent of the origin and somebody; onward: its caller, on the way to a number',
      ADD COLUMN transferred_by ${id} NULL COMMENT 'the agent who handed the caller on',
      ADD COLUMN onward_cause SMALLINT UNSIGNED NULL COMMENT 'ITU-T Q.850: why the number did not take the caller',
      ADD KEY calls_origin (origin_call_id, id), ADD KEY calls_transferred_by (transferred_by, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE calls DROP KEY calls_transferred_by, DROP KEY calls_origin,
      DROP COLUMN onward_cause, DROP COLUMN transferred_by, DROP COLUMN purpose, DROP COLUMN origin_call_id`);
  }
}
