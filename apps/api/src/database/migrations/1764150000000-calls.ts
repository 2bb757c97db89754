import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin';
const moment = 'DATETIME(3)';
const number = 'VARCHAR(64)';

const tables: Readonly<Record<string, string>> = {
  // The one row whoever promises an agent to a caller locks first: in order of arrival over all managers and media servers.
  dispatch: `
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY`,
  queues: `
    id ${id} NOT NULL PRIMARY KEY,
    name VARCHAR(64) NOT NULL,
    live_name VARCHAR(64) GENERATED ALWAYS AS (IF(deleted_at IS NULL, name, NULL)) STORED,
    skills JSON NOT NULL,
    music_class VARCHAR(64) NULL,
    max_wait_seconds INT UNSIGNED NULL,
    deleted_at ${moment} NULL,
    created_at ${moment} NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    UNIQUE KEY queues_live_name (live_name)`,
  numbers: `
    id ${id} NOT NULL PRIMARY KEY,
    number ${number} NOT NULL,
    queue_id ${id} NULL,
    agent_id ${id} NULL,
    created_at ${moment} NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    UNIQUE KEY numbers_number (number)`,
  calls: `
    id ${id} NOT NULL PRIMARY KEY,
    direction VARCHAR(8) NOT NULL,
    state VARCHAR(16) NOT NULL,
    agent_id ${id} NULL,
    live_agent_id ${id} GENERATED ALWAYS AS (IF(state IN ('dialing', 'ringing', 'answered', 'held'), agent_id, NULL)) STORED,
    placement_id ${id} NULL,
    conference VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
    media_server_id ${id} NULL COMMENT 'of the near leg, which meets the agent',
    leg_uniqueid VARCHAR(150) NULL COMMENT 'the near leg; null before it was seen',
    far_media_server_id ${id} NULL COMMENT 'of the leg towards the caller, where that is another one',
    far_uniqueid VARCHAR(150) NULL,
    queue_id ${id} NULL,
    wanted_agent_id ${id} NULL COMMENT 'the caller waits for this agent and no other',
    from_number ${number} NOT NULL,
    to_number ${number} NOT NULL,
    sip_call_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Call-ID of the INVITE the proxy asked for',
    started_at ${moment} NOT NULL,
    offered_at ${moment} NULL,
    ringing_at ${moment} NULL,
    answered_at ${moment} NULL,
    ended_at ${moment} NULL,
    due_at ${moment} NULL COMMENT 'by when the leg must have been seen where it was sent',
    wanted_end VARCHAR(16) NULL COMMENT 'who asked for the end: agent or system',
    end_reason VARCHAR(32) NULL,
    hangup_cause SMALLINT UNSIGNED NULL COMMENT 'ITU-T Q.850',
    quality JSON NULL,
    disposition VARCHAR(64) NULL,
    disposition_note VARCHAR(2000) NULL,
    UNIQUE KEY calls_live_agent (live_agent_id),
    UNIQUE KEY calls_sip_call_id (sip_call_id),
    KEY calls_state (state, started_at),
    KEY calls_agent (agent_id, id),
    KEY calls_server (media_server_id, state),
    KEY calls_far_server (far_media_server_id, state),
    KEY calls_placement (placement_id),
    KEY calls_to (to_number, id),
    KEY calls_from (from_number, id)`,
  call_events: `
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    call_id ${id} NOT NULL,
    at ${moment} NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    type VARCHAR(64) NOT NULL,
    data JSON NOT NULL,
    KEY call_events_call (call_id, id)`,
  call_targets: `
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    call_id ${id} NOT NULL,
    media_server_id ${id} NOT NULL,
    kind VARCHAR(8) NOT NULL,
    conference VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
    music_class VARCHAR(64) NULL,
    expires_at ${moment} NOT NULL,
    spent_at ${moment} NULL,
    KEY call_targets_call (call_id),
    KEY call_targets_expiry (expires_at)`,
};

/** Client legs: calls with their ladder, queues, numbers, one-use targets; what an agent goes back to after a call; settings of the pool. */
export class Calls1764150000000 implements MigrationInterface {
  readonly name = 'Calls1764150000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, body] of Object.entries(tables)) {
      await runner.query(`CREATE TABLE ${table} (${body}) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci`);
    }
    await runner.query('INSERT INTO dispatch (id) VALUES (1)');
    await runner.query("ALTER TABLE pool ADD COLUMN settings JSON NOT NULL DEFAULT (JSON_OBJECT())");
    await runner.query(`ALTER TABLE agents
      ADD COLUMN resume_state VARCHAR(16) NULL COMMENT 'what she goes back to after the call', ADD COLUMN resume_reason VARCHAR(128) NULL, ADD COLUMN wrap_up_until ${moment} NULL,
      ADD KEY agents_state (state, state_since)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agents DROP KEY agents_state, DROP COLUMN wrap_up_until, DROP COLUMN resume_reason, DROP COLUMN resume_state');
    await runner.query('ALTER TABLE pool DROP COLUMN settings');
    for (const table of Object.keys(tables).reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
