import { v7 as newId } from 'uuid';
import { change, rows, type Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';
import { recordingColumns, type Pause, type RecordingRecord } from './recording.record.js';

/** Types of the live stream. */
export type RecordingEventType = `recording.${'started' | 'paused' | 'resumed' | 'stopped' | 'stored' | 'failed'}`;

/** The call a recording is of, as far as its events need it. */
interface OfCall {
  readonly id: string;
  readonly agentId: string | null;
}

const running = "r.state IN ('recording', 'paused')";
const sinceStart = 'TIMESTAMPDIFF(MICROSECOND, started_at, NOW(3)) / 1000000';

/** The recording, locked until the commit; null when there is none. The call is locked before it. */
export async function lockRecording(tx: Tx, id: string): Promise<RecordingRecord | null> {
  const [found] = await rows<RecordingRecord>(tx, `SELECT ${recordingColumns} FROM recordings r WHERE r.id = ? FOR UPDATE`, [id]);
  return found ?? null;
}

/** The recording of a call that runs now, locked. */
export async function runningRecording(tx: Tx, callId: string): Promise<RecordingRecord | null> {
  const [found] = await rows<RecordingRecord>(tx, `SELECT ${recordingColumns} FROM recordings r WHERE r.call_id = ? AND ${running} ORDER BY r.id DESC LIMIT 1 FOR UPDATE`, [callId]);
  return found ?? null;
}

/** The id of the recording a leg begins when it meets its agent; empty when calls are not always recorded, or one of this call runs on another leg. */
export async function recordingWanted(tx: Tx, callId: string): Promise<string> {
  const [pool] = await rows<{ mode: string | null }>(tx, "SELECT settings->>'$.recording.mode' AS mode FROM pool WHERE id = 1");
  if (pool?.mode !== 'always') return '';
  const [present] = await rows<{ id: string }>(tx, `SELECT r.id FROM recordings r WHERE r.call_id = ? AND ${running} LIMIT 1`, [callId]);
  return present === undefined ? newId() : '';
}

/** A media server says that it records a leg. Said twice, or after the file has come, it changes nothing. */
export async function recordingBegun(tx: Tx, begun: { id: string; callId: string; agentId: string | null; mediaServerId: string; uniqueid: string }): Promise<NewEvent[]> {
  const { affectedRows } = await change(
    tx,
    "INSERT IGNORE INTO recordings (id, call_id, media_server_id, leg_uniqueid, state, started_at, pauses) VALUES (?, ?, ?, ?, 'recording', NOW(3), '[]')",
    [begun.id, begun.callId, begun.mediaServerId, begun.uniqueid],
  );
  return affectedRows === 0 ? [] : recordingTold(tx, begun.id, 'recording.started', begun.agentId);
}

/** The media server has confirmed that nothing of what is said is kept from now on. */
export async function recordingPaused(tx: Tx, { id }: RecordingRecord, agentId: string | null): Promise<NewEvent[]> {
  const { affectedRows } = await change(
    tx,
    `UPDATE recordings SET state = 'paused', paused_at = NOW(3), pauses = JSON_ARRAY_APPEND(pauses, '$', JSON_OBJECT('fromSeconds', ${sinceStart}, 'toSeconds', NULL))
     WHERE id = ? AND state = 'recording'`,
    [id],
  );
  return affectedRows === 0 ? [] : recordingTold(tx, id, 'recording.paused', agentId);
}

/** It goes on (`recording.resumed`), or has ended (`recording.stopped`); a pause ends with it. */
export async function recordingMoved(tx: Tx, { id, pauses }: Pick<RecordingRecord, 'id' | 'pauses'>, to: 'recording' | 'stopped', agentId: string | null): Promise<NewEvent[]> {
  const last = pauses.length - 1;
  const closing = isOpen(pauses.at(-1)) ? `, pauses = JSON_SET(pauses, '$[${last}].toSeconds', ${sinceStart})` : '';
  const { affectedRows } = await change(
    tx,
    `UPDATE recordings SET state = ?, paused_at = NULL${to === 'stopped' ? ', ended_at = NOW(3)' : ''}${closing} WHERE id = ? AND state IN ('paused'${to === 'stopped' ? ", 'recording'" : ''})`,
    [to, id],
  );
  return affectedRows === 0 ? [] : recordingTold(tx, id, to === 'stopped' ? 'recording.stopped' : 'recording.resumed', agentId);
}

/** Nothing of a call is recorded any more: it is over, or this leg of it is. */
export async function recordingsOver(tx: Tx, call: OfCall, uniqueid?: string): Promise<NewEvent[]> {
  const found = await rows<RecordingRecord>(
    tx,
    `SELECT ${recordingColumns} FROM recordings r WHERE r.call_id = ? AND ${running} ${uniqueid === undefined ? '' : 'AND r.leg_uniqueid = ?'} ORDER BY r.id FOR UPDATE`,
    uniqueid === undefined ? [call.id] : [call.id, uniqueid],
  );
  const events: NewEvent[] = [];
  for (const recording of found) events.push(...(await recordingMoved(tx, recording, 'stopped', call.agentId)));
  return events;
}

/** The event of a recording as it stands now, and the step of it in the ladder of its call. */
export async function recordingTold(tx: Tx, id: string, type: RecordingEventType, agentId: string | null): Promise<NewEvent[]> {
  const now = await lockRecording(tx, id);
  if (now === null) return [];
  const { callId, mediaServerId, state, startedAt, pausedAt, endedAt, seconds, bytes, failure } = now;
  const data = {
    recordingId: id, callId, agentId, mediaServerId, state,
    startedAt: startedAt.toISOString(), pausedAt: pausedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null, seconds, bytes, failure,
  };
  await change(tx, 'INSERT INTO call_events (call_id, type, data, at) VALUES (?, ?, ?, NOW(3))', [callId, type, JSON.stringify(data)]);
  return [{ type, subject: id, agentId, data }];
}

function isOpen(pause: Pause | undefined): boolean {
  return pause?.toSeconds === null;
}
