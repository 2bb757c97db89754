import { Injectable } from '@nestjs/common';
import { change, Database, rows } from '../database/database.js';
import { isId } from '../problem/id.pipe.js';
import { recordingWanted } from '../recordings/recording-book.js';
import { targetPattern } from '../routing/target.js';
import { hashToken } from '../secrets/token.js';
import type { RealtimeRow } from './realtime-query.js';

/** The tables the dialplan asks about client legs. */
export const callTables = ['nailup_targets', 'nailup_waits'] as const;
export type CallTable = (typeof callTables)[number];

interface TargetSql {
  readonly callId: string;
  readonly kind: string;
  readonly conference: string | null;
  readonly musicClass: string | null;
}

/** What the call must be like for its target to lead anywhere: the promise it was made for still holds. */
const stillMeant = "((t.kind = 'queue' AND c.state = 'queued') OR (t.kind IN ('agent', 'consult') AND c.state = 'ringing' AND c.conference = t.conference)) AND c.wanted_end IS NULL";

/** Answers the dialplan of one media server about client legs: where a one-use target leads, and who is next in line. */
@Injectable()
export class CallLookups {
  constructor(private readonly database: Database) {}

  /** The one row of `id`, or null: for what is unknown, over, another media server's, or was asked for before. */
  find(mediaServerId: string, table: CallTable, id: string): Promise<RealtimeRow | null> {
    return table === 'nailup_targets' ? this.#spend(mediaServerId, id) : this.#position(mediaServerId, id);
  }

  /** Spends the target: of two INVITEs that show it at the same moment, one finds it. */
  async #spend(mediaServerId: string, token: string): Promise<RealtimeRow | null> {
    // What is not written as a token cannot be one, and asking the database for it would be a waste.
    if (!targetPattern.test(token)) return null;
    const hash = hashToken(token);
    return this.database.inTransaction(async (tx) => {
      const { affectedRows } = await change(
        tx,
        `UPDATE call_targets t JOIN calls c ON c.id = t.call_id SET t.spent_at = NOW(3)
         WHERE t.token_hash = ? AND t.media_server_id = ? AND t.spent_at IS NULL AND t.expires_at > NOW(3) AND ${stillMeant}`,
        [hash, mediaServerId],
      );
      if (affectedRows !== 1) return null;
      const [target] = await rows<TargetSql>(tx, 'SELECT call_id AS callId, kind, conference, music_class AS musicClass FROM call_targets WHERE token_hash = ?', [hash]);
      if (!target) return null;
      const record = await recordingWanted(tx, target.callId);
      return { id: token, call: target.callId, kind: target.kind, conference: target.conference ?? '', music: target.musicClass ?? '', ...(record === '' ? {} : { record }) };
    });
  }

  /** 1 is next. Those who wait for one agent stand in a line of their own. */
  async #position(mediaServerId: string, callId: string): Promise<RealtimeRow | null> {
    if (!isId(callId)) return null;
    const [found] = await this.database.rows<{ position: number }>(
      `SELECT 1 + (SELECT COUNT(*) FROM calls o WHERE o.state = 'queued' AND o.queue_id <=> c.queue_id AND o.wanted_agent_id <=> c.wanted_agent_id
         AND (o.started_at < c.started_at OR (o.started_at = c.started_at AND o.id < c.id))) AS position
       FROM calls c WHERE c.id = ? AND c.state = 'queued' AND ? IN (c.media_server_id, c.far_media_server_id)`,
      [callId, mediaServerId],
    );
    return found ? { id: callId, position: String(found.position) } : null;
  }
}
