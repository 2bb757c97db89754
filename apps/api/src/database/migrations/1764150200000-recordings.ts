import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin';
const moment = 'DATETIME(3)';

const tables: Readonly<Record<string, string>> = {
  recordings: `
    id ${id} NOT NULL PRIMARY KEY,
    call_id ${id} NOT NULL,
    media_server_id ${id} NOT NULL COMMENT 'where it was recorded, and who hands it over',
    leg_uniqueid VARCHAR(150) NULL,
    state VARCHAR(16) NOT NULL COMMENT 'recording, paused, stopped, stored, failed',
    started_at ${moment} NOT NULL,
    paused_at ${moment} NULL,
    ended_at ${moment} NULL,
    stored_at ${moment} NULL,
    pauses JSON NOT NULL COMMENT 'seconds of the recording: [{fromSeconds, toSeconds}]',
    seconds DECIMAL(10, 3) NULL,
    bytes BIGINT UNSIGNED NULL,
    failure VARCHAR(255) NULL,
    deleted_at ${moment} NULL,
    KEY recordings_call (call_id, id),
    KEY recordings_state (state, ended_at)`,
  recording_accesses: `
    id ${id} NOT NULL PRIMARY KEY,
    recording_id ${id} NOT NULL,
    at ${moment} NOT NULL,
    who_kind VARCHAR(16) NOT NULL COMMENT 'user, api-key, or system: the end of its time',
    who_id ${id} NULL,
    what VARCHAR(16) NOT NULL COMMENT 'read, heard, deleted, expired',
    detail VARCHAR(64) NULL COMMENT 'the bytes that were asked for',
    KEY recording_accesses_recording (recording_id, id)`,
};

/** Recordings of calls, and who had anything to do with them. The sound is no part of the database. */
export class Recordings1764150200000 implements MigrationInterface {
  readonly name = 'Recordings1764150200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, body] of Object.entries(tables)) {
      await runner.query(`CREATE TABLE ${table} (${body}) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(tables).reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
