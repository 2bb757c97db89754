import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database, rows, type Tx } from '../database/database.js';
import { recordingColumns, type RecordingRecord } from './recording.record.js';

/** A recording with the agent whose call it is of. */
export interface HeldRecording extends RecordingRecord {
  readonly agentId: string | null;
}

/** Who had anything to do with a recording; `system` when its time had come. */
export interface Accessor {
  readonly kind: 'user' | 'api-key' | 'system';
  readonly id: string | null;
}

export type Deed = 'read' | 'heard' | 'deleted' | 'expired';

export interface Access {
  readonly id: string;
  readonly at: Date;
  readonly kind: Accessor['kind'];
  readonly whoId: string | null;
  readonly name: string | null;
  readonly what: Deed;
  readonly detail: string | null;
}

/** Recordings for reading, and the book of who did. */
@Injectable()
export class RecordingRepository {
  constructor(private readonly database: Database) {}

  /** Also one that was removed. */
  async find(id: string): Promise<HeldRecording | null> {
    const [found] = await this.database.rows<HeldRecording>(`SELECT ${recordingColumns}, c.agent_id AS agentId FROM recordings r JOIN calls c ON c.id = r.call_id WHERE r.id = ?`, [id]);
    return found ?? null;
  }

  async note(recordingId: string, who: Accessor, what: Deed, detail: string | null = null): Promise<void> {
    await this.database.change('INSERT INTO recording_accesses (id, recording_id, at, who_kind, who_id, what, detail) VALUES (?, ?, NOW(3), ?, ?, ?, ?)', [newId(), recordingId, who.kind, who.id, what, detail]);
  }

  /** Newest first, from after `afterId` on, one more than `limit`. */
  accesses(recordingId: string, limit: number, afterId: string | undefined): Promise<Access[]> {
    return this.database.rows<Access>(
      `SELECT x.id, x.at, x.who_kind AS kind, x.who_id AS whoId, COALESCE(a.display_name, k.name) AS name, x.what, x.detail
       FROM recording_accesses x LEFT JOIN agents a ON x.who_kind = 'user' AND a.id = x.who_id LEFT JOIN api_keys k ON x.who_kind = 'api-key' AND k.id = x.who_id
       WHERE x.recording_id = ? ${afterId === undefined ? '' : 'AND x.id < ?'} ORDER BY x.id DESC LIMIT ?`,
      [recordingId, ...(afterId === undefined ? [] : [afterId]), limit + 1],
    );
  }

  /**
   * The agent of a call that a media server had a leg of; undefined when it had none, or there is no such call. Also legs that have gone, because
   * a recording is handed over after that.
   */
  async agentOfCallOn(mediaServerId: string, callId: string): Promise<string | null | undefined> {
    const [call] = await this.database.rows<{ agentId: string | null }>(
      `SELECT c.agent_id AS agentId FROM calls c WHERE c.id = ? AND (? IN (c.media_server_id, c.far_media_server_id)
         OR EXISTS (SELECT 1 FROM recordings r WHERE r.call_id = c.id AND r.media_server_id = ?)
         OR EXISTS (SELECT 1 FROM call_events e WHERE e.call_id = c.id AND e.type LIKE 'leg.%' AND e.data->>'$.mediaServerId' = ?))`,
      [callId, mediaServerId, mediaServerId, mediaServerId],
    );
    return call?.agentId;
  }

  /** The recording a file is of that names none: the newest one that waits for its file, else the newest. */
  async awaited(mediaServerId: string, callId: string): Promise<string | null> {
    const [found] = await this.database.rows<{ id: string }>(
      "SELECT r.id FROM recordings r WHERE r.call_id = ? AND r.media_server_id = ? ORDER BY r.state <> 'stored' DESC, r.id DESC LIMIT 1",
      [callId, mediaServerId],
    );
    return found?.id ?? null;
  }

  /** Removed is what is older than the settings keep it. */
  due(retentionDays: number, atOnce: number): Promise<{ id: string }[]> {
    return this.database.rows<{ id: string }>(
      "SELECT r.id FROM recordings r WHERE r.deleted_at IS NULL AND r.state IN ('stored', 'failed') AND r.ended_at < NOW(3) - INTERVAL ? DAY ORDER BY r.ended_at LIMIT ?",
      [retentionDays, atOnce],
    );
  }

  /** Ended so long ago that its media server is not expected to hand it over any more. It is taken all the same when it comes. */
  missing(hours: number, atOnce: number): Promise<{ id: string }[]> {
    return this.database.rows<{ id: string }>("SELECT r.id FROM recordings r WHERE r.state = 'stopped' AND r.ended_at < NOW(3) - INTERVAL ? HOUR ORDER BY r.ended_at LIMIT ?", [hours, atOnce]);
  }

  async callOf(tx: Tx, callId: string): Promise<{ id: string; agentId: string | null } | null> {
    const [call] = await rows<{ id: string; agentId: string | null }>(tx, 'SELECT id, agent_id AS agentId FROM calls WHERE id = ? FOR UPDATE', [callId]);
    return call ?? null;
  }
}
