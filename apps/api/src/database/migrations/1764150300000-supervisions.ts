import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'CHARACTER SET ascii COLLATE ascii_bin';
const moment = 'DATETIME(3)';

/** Supervisors who listen to a call, whisper to its agent or barge in: who, where, how, from when to when, and the SIP identity for it. */
export class Supervisions1764150300000 implements MigrationInterface {
  readonly name = 'Supervisions1764150300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE supervisions (
      id ${id} NOT NULL PRIMARY KEY,
      call_id ${id} NOT NULL,
      supervisor_id ${id} NOT NULL,
      live_supervisor_id ${id} GENERATED ALWAYS AS (IF(ended_at IS NULL, supervisor_id, NULL)) STORED,
      agent_id ${id} NULL COMMENT 'who is supervised',
      placement_id ${id} NULL,
      media_server_id ${id} NOT NULL,
      live_media_server_id ${id} GENERATED ALWAYS AS (IF(ended_at IS NULL, media_server_id, NULL)) STORED,
      conference VARCHAR(80) ${word} NOT NULL,
      mode VARCHAR(8) NOT NULL,
      visible BOOLEAN NOT NULL COMMENT 'whether the agent is told, by the policy as it was at the start',
      sip_username VARCHAR(64) ${word} NOT NULL,
      sip_ha1 CHAR(32) ${word} NOT NULL,
      sip_expires_at ${moment} NOT NULL,
      leg_uniqueid VARCHAR(150) NULL COMMENT 'null before the leg was seen',
      asked_at ${moment} NOT NULL,
      joined_at ${moment} NULL,
      ended_at ${moment} NULL,
      end_reason VARCHAR(32) NULL,
      UNIQUE KEY supervisions_live_supervisor (live_supervisor_id),
      UNIQUE KEY supervisions_sip_username (sip_username),
      KEY supervisions_live_server (live_media_server_id),
      KEY supervisions_call (call_id)
    ) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE supervisions');
  }
}
