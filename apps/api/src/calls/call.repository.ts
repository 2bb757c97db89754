import { Injectable } from '@nestjs/common';
import { callStates, type CallState, type EndReason } from '@nailup/domain';
import { change, Database, type Tx } from '../database/database.js';
import { callColumns, type CallRecord } from './call.record.js';

/** A call with the names of what it names. */
export interface NamedCall extends CallRecord {
  /** When its present state began, by the ladder. */
  readonly stateSince: Date | null;
  /** Ids of its recordings, in no order; null when there is none. */
  readonly recordings: readonly string[] | null;
  readonly recording: { readonly id: string; readonly state: 'recording' | 'paused' } | null;
  readonly agentUsername: string | null;
  readonly agentDisplayName: string | null;
  readonly serverName: string | null;
  readonly farServerName: string | null;
  readonly queueName: string | null;
  /** The last consultation about it. */
  readonly askedCallId: string | null;
  readonly askedState: CallState | null;
  readonly askedTo: string | null;
  readonly askedName: string | null;
  readonly askedEndReason: EndReason | null;
}

export interface CallFilter {
  readonly agentId?: string;
  readonly state?: CallState;
  readonly endReason?: EndReason;
  /** true: not over; false: over. */
  readonly live?: boolean;
  /** The last digits of either number. */
  readonly number?: string;
  readonly from?: Date;
  readonly to?: Date;
}

export interface LadderStep {
  readonly at: Date;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** The steps that are a state of their own; the newest of them is the present one. */
const stateSteps = [...callStates.map((state) => `call.${state}`), 'call.resumed'].map((type) => `'${type}'`).join(', ');

const named = `SELECT ${callColumns}, (SELECT e.at FROM call_events e WHERE e.call_id = c.id AND e.type IN (${stateSteps}) ORDER BY e.id DESC LIMIT 1) AS stateSince,
    a.username AS agentUsername, a.display_name AS agentDisplayName, s.name AS serverName, f.name AS farServerName, q.name AS queueName,
    k.id AS askedCallId, k.state AS askedState, k.to_number AS askedTo, ka.display_name AS askedName, k.end_reason AS askedEndReason,
    (SELECT JSON_ARRAYAGG(r.id) FROM recordings r WHERE r.call_id = c.id AND r.deleted_at IS NULL) AS recordings,
    (SELECT JSON_OBJECT('id', r.id, 'state', r.state) FROM recordings r WHERE r.call_id = c.id AND r.state IN ('recording', 'paused') ORDER BY r.id DESC LIMIT 1) AS recording
  FROM calls c LEFT JOIN agents a ON a.id = c.agent_id LEFT JOIN media_servers s ON s.id = c.media_server_id
    LEFT JOIN media_servers f ON f.id = c.far_media_server_id LEFT JOIN queues q ON q.id = c.queue_id
    LEFT JOIN calls k ON k.id = (SELECT MAX(o.id) FROM calls o WHERE o.origin_call_id = c.id AND o.purpose = 'consultation') LEFT JOIN agents ka ON ka.id = k.agent_id`;
/** Most steps shown of one call. */
const mostSteps = 2_000;

/** The calls as they are written, for reading. */
@Injectable()
export class CallRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<NamedCall | null> {
    return (await this.database.rows<NamedCall>(`${named} WHERE c.id = ?`, [id]))[0] ?? null;
  }

  /** Newest first, from after `afterId` on, one more than `limit` so that the caller knows whether there is a next page. */
  list({ agentId, state, endReason, live, number, from, to }: CallFilter, limit: number, afterId: string | undefined): Promise<NamedCall[]> {
    // Digits only by the DTO, so that nothing in it is a wildcard.
    const ending = number === undefined ? undefined : `%${number}`;
    const conditions: [string, unknown[] | undefined][] = [
      ['c.agent_id = ?', given(agentId)],
      ['c.state = ?', given(state)],
      ['c.end_reason = ?', given(endReason)],
      [live === true ? "c.state <> 'ended'" : "c.state = 'ended'", live === undefined ? undefined : []],
      ['(c.from_number LIKE ? OR c.to_number LIKE ?)', ending === undefined ? undefined : [ending, ending]],
      ['c.started_at >= ?', given(from)],
      ['c.started_at < ?', given(to)],
      ['c.id < ?', given(afterId)],
    ];
    const wanted = conditions.filter((condition): condition is [string, unknown[]] => condition[1] !== undefined);
    const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(([sql]) => sql).join(' AND ')}`;
    return this.database.rows<NamedCall>(`${named} ${where} ORDER BY c.id DESC LIMIT ?`, [...wanted.flatMap(([, values]) => values), limit + 1]);
  }

  ladder(id: string): Promise<LadderStep[]> {
    return this.database.rows<LadderStep>('SELECT at, type, data FROM call_events WHERE call_id = ? ORDER BY id LIMIT ?', [id, mostSteps]);
  }

  async dispose(tx: Tx, id: string, code: string, note: string | null): Promise<void> {
    await change(tx, 'UPDATE calls SET disposition = ?, disposition_note = ? WHERE id = ?', [code, note, id]);
  }
}

function given(value: unknown): unknown[] | undefined {
  return value === undefined ? undefined : [value];
}
