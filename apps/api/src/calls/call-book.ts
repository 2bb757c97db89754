import { Injectable } from '@nestjs/common';
import { agentHoldingStates, type CallCause, type CallQuality, type CallState, canMoveCall, type EndReason, moveCall } from '@nailup/domain';
import { freeFromCall, takeAllForCalls, takeForCall } from '../agents/agent-duty.js';
import { change, rows, type Tx } from '../database/database.js';
import { isDuplicate } from '../database/database-error.js';
import type { NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { recordingsOver } from '../recordings/recording-book.js';
import { SettingsService } from '../settings/settings.service.js';
import { callEvent, type CallEventType } from './call-events.js';
import { callColumns, type CallDirection, type CallRecord } from './call.record.js';

/** A call that begins. */
export interface NewCall {
  readonly id: string;
  readonly direction: CallDirection;
  readonly state: 'queued' | 'dialing' | 'ringing';
  readonly from: string;
  readonly to: string;
  readonly agentId?: string;
  readonly placementId?: string;
  readonly conference?: string;
  readonly mediaServerId: string;
  readonly queueId?: string;
  readonly wantedAgentId?: string;
  readonly sipCallId?: string;
  /** Seconds until its leg must have been seen. */
  readonly dueSeconds: number;
  /** What else is known of it from the beginning. */
  readonly also?: CallChanges;
}

/** How a call ends. `keepsAgent`: another call takes her in the same transaction. */
export interface CallEnding {
  readonly reason: EndReason;
  readonly cause?: number | null;
  readonly keepsAgent?: boolean;
}

/** What changes in the row together with a move; absent fields stay. */
export type CallChanges = Partial<
  Pick<CallRecord, 'agentId' | 'placementId' | 'conference' | 'mediaServerId' | 'legUniqueid' | 'farMediaServerId' | 'farUniqueid' | 'wantedEnd'
    | 'queueId' | 'wantedAgentId' | 'purpose' | 'originCallId' | 'transferredBy' | 'onwardCause' | 'from'>
> & { readonly dueSeconds?: number | null };

const columnOf: Readonly<Record<Exclude<keyof CallChanges, 'dueSeconds'>, string>> = {
  agentId: 'agent_id', placementId: 'placement_id', conference: 'conference', mediaServerId: 'media_server_id', legUniqueid: 'leg_uniqueid',
  farMediaServerId: 'far_media_server_id', farUniqueid: 'far_uniqueid', wantedEnd: 'wanted_end',
  queueId: 'queue_id', wantedAgentId: 'wanted_agent_id', purpose: 'purpose', originCallId: 'origin_call_id', transferredBy: 'transferred_by', onwardCause: 'onward_cause',
  from: 'from_number',
};

/** Moments that a move writes; the first one of each kind counts, but of offers the last. */
const momentsOf: Readonly<Record<Exclude<CallCause, 'over'>, string>> = {
  rang: 'ringing_at = COALESCE(ringing_at, NOW(3))',
  offered: 'offered_at = NOW(3), ringing_at = COALESCE(ringing_at, NOW(3))',
  'handed-on': 'offered_at = NOW(3), ringing_at = COALESCE(ringing_at, NOW(3))',
  joined: 'answered_at = COALESCE(answered_at, NOW(3))',
  parted: '',
  'not-taken': 'offered_at = NULL',
  'agent-gone': 'offered_at = NULL',
};

/**
 * The one hand that writes calls. Each method works in the caller's transaction, writes the row and a step of the call's ladder, takes or frees the
 * agent with it, and answers the events to be appended last. Lock order: dispatch, pool, media server, placement, call, agent, event_head.
 */
@Injectable()
export class CallBook {
  constructor(private readonly settings: SettingsService) {}

  /** Writes a call that begins; an agent named in it is taken (on-call) with it. @throws Problem CALL.AGENT_BUSY, AGENT.NOT_FOUND, AGENT.DISABLED */
  open(tx: Tx, call: NewCall): Promise<NewEvent[]> {
    return this.openAll(tx, [call]);
  }

  /** Several that begin at the same moment, in as many statements as one takes: whoever routes a crowd holds the lock of all managers meanwhile. */
  async openAll(tx: Tx, calls: readonly NewCall[]): Promise<NewEvent[]> {
    if (calls.length === 0) return [];
    const row = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(3), IF(?, NOW(3), NULL), IF(?, NOW(3), NULL), NOW(3) + INTERVAL ? SECOND)';
    await unlessBusy(() =>
      change(
        tx,
        `INSERT INTO calls (id, direction, state, agent_id, placement_id, conference, media_server_id, queue_id, wanted_agent_id, from_number, to_number, sip_call_id,
           started_at, offered_at, ringing_at, due_at)
         VALUES ${calls.map(() => row).join(', ')}`,
        calls.flatMap((call) => [
          call.id, call.direction, call.state, call.agentId ?? null, call.placementId ?? null, call.conference ?? null, call.mediaServerId, call.queueId ?? null, call.wantedAgentId ?? null,
          call.from, call.to, call.sipCallId ?? null, call.direction === 'inbound' && call.agentId !== undefined, call.state === 'ringing', call.dueSeconds,
        ]),
      ),
    );
    for (const { id, also } of calls) if (also !== undefined) await this.amend(tx, { id, wantedEnd: null }, also);
    const taken = await takeAllForCalls(tx, calls.flatMap(({ agentId }) => agentId ?? []));
    const told = await this.#tellAll(tx, calls.map(({ id, state, agentId = null }) => ({ id, type: `call.${state}` as const, agentId })));
    return calls.flatMap(({ id, agentId }) => [...(told.get(id) ?? []), ...(agentId === undefined ? [] : (taken.get(agentId) ?? []))]);
  }

  /** The call, locked until the commit; null when there is none. */
  async lock(tx: Tx, id: string): Promise<CallRecord | null> {
    const [found] = await rows<CallRecord>(tx, `SELECT ${callColumns} FROM calls c WHERE c.id = ? FOR UPDATE`, [id]);
    return found ?? null;
  }

  /** These calls, locked until the commit in the order of their ids, by id. */
  async lockAll(tx: Tx, ids: readonly string[]): Promise<Map<string, CallRecord>> {
    if (ids.length === 0) return new Map();
    const found = await rows<CallRecord>(tx, `SELECT ${callColumns} FROM calls c WHERE c.id IN (?) ORDER BY c.id FOR UPDATE`, [ids]);
    return new Map(found.map((call) => [call.id, call]));
  }

  /** Moves a locked call by the table of `@nailup/domain`; a cause that its state does not know changes nothing and answers no events. */
  async move(tx: Tx, call: CallRecord, cause: Exclude<CallCause, 'over'>, changes: CallChanges = {}, data: Readonly<Record<string, unknown>> = {}): Promise<NewEvent[]> {
    if (!canMoveCall(call.state, cause)) return [];
    const state = moveCall(call.state, cause);
    const leaves = state === 'queued';
    const all: CallChanges = { ...(leaves ? withoutAgent(call) : {}), dueSeconds: null, ...changes };
    const { sets, values } = assignments(call, all);
    const moments = momentsOf[cause];
    await unlessBusy(() => change(tx, `UPDATE calls SET ${[...sets, ...(moments === '' ? [] : [moments]), 'state = ?'].join(', ')} WHERE id = ?`, [...values, state, call.id]));
    const agentId = all.agentId ?? call.agentId;
    const duty = leaves || cause === 'handed-on' ? await this.#free(tx, call) : [];
    if ((cause === 'offered' || cause === 'handed-on') && agentId !== null) duty.push(...(await takeForCall(tx, agentId)));
    // Whoever was asked for advice was asked by an agent who has the call no more.
    if (leaves || cause === 'handed-on') await this.#endConsultation(tx, call.id);
    return [...(await this.#tell(tx, call.id, cause === 'joined' && call.state === 'held' ? 'call.resumed' : `call.${state}`, agentId, data)), ...duty];
  }

  /** What changes in the row of a locked call without a move: no event, no step of the ladder. */
  async amend(tx: Tx, call: Pick<CallRecord, 'id' | 'wantedEnd'>, changes: CallChanges): Promise<void> {
    const { sets, values } = assignments(call, changes);
    if (sets.length > 0) await change(tx, `UPDATE calls SET ${sets.join(', ')} WHERE id = ?`, [...values, call.id]);
  }

  /** How the leg towards the caller sounded, also of a call that has just ended; what any other leg says is not the call's. */
  async sounded(tx: Tx, { id, legUniqueid, farUniqueid }: CallRecord, uniqueid: string, quality: CallQuality): Promise<void> {
    if (uniqueid === (farUniqueid ?? legUniqueid)) await change(tx, 'UPDATE calls SET quality = ? WHERE id = ?', [JSON.stringify(quality), id]);
  }

  /** The one final record; nothing for a call that has it already. Frees the agent: wrap-up when she has talked, else what she did before. */
  async end(tx: Tx, call: CallRecord, { reason, cause = null, keepsAgent = false }: CallEnding): Promise<NewEvent[]> {
    const { affectedRows } = await change(
      tx,
      "UPDATE calls SET state = 'ended', ended_at = NOW(3), end_reason = ?, hangup_cause = ?, due_at = NULL WHERE id = ? AND state <> 'ended'",
      [reason, cause, call.id],
    );
    if (affectedRows === 0) return [];
    await this.#endConsultation(tx, call.id);
    return [...(await this.#tell(tx, call.id, 'call.ended', call.agentId)), ...(await recordingsOver(tx, call)), ...(keepsAgent ? [] : await this.#free(tx, call))];
  }

  /** Ends every call that has a leg on a media server which is gone. In a transaction that holds the lock of its row. */
  async endOfServer(tx: Tx, mediaServerId: string): Promise<NewEvent[]> {
    const found = await rows<CallRecord>(
      tx,
      `SELECT ${callColumns} FROM calls c WHERE c.state <> 'ended' AND (c.media_server_id = ? OR c.far_media_server_id = ?) ORDER BY c.id FOR UPDATE`,
      [mediaServerId, mediaServerId],
    );
    const events: NewEvent[] = [];
    for (const call of found) events.push(...(await this.end(tx, call, { reason: 'media-server-failed' })));
    return events;
  }

  /** The order to hand the caller on was refused: the agent who was meant is free, and everything is as before. */
  async handBack(tx: Tx, call: CallRecord, before: CallRecord): Promise<NewEvent[]> {
    const { agentId, placementId, conference, mediaServerId, legUniqueid, farMediaServerId, farUniqueid, transferredBy } = before;
    const freed = await this.#free(tx, call);
    const back = await this.move(tx, call, 'joined', { agentId, placementId, conference, mediaServerId, legUniqueid, farMediaServerId, farUniqueid, transferredBy }, { reason: 'refused' });
    const taken = agentId === null ? [] : await takeForCall(tx, agentId);
    const now = before.state === 'held' ? await this.lock(tx, call.id) : null;
    return [...freed, ...back, ...taken, ...(now === null ? [] : await this.move(tx, now, 'parted'))];
  }

  /** The caller was handed on; told to the agent who did it. `data` names both sides. */
  transferred(tx: Tx, id: string, fromAgentId: string | null, data: Readonly<Record<string, unknown>>): Promise<NewEvent[]> {
    return this.#tell(tx, id, 'call.transferred', fromAgentId, { fromAgentId, ...data });
  }

  /** A step that changes no state (`leg.…`), for the ladder alone. */
  async note(tx: Tx, callId: string, type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    await change(tx, 'INSERT INTO call_events (call_id, type, data, at) VALUES (?, ?, ?, NOW(3))', [callId, type, JSON.stringify(data)]);
  }

  /** A consultation about a call that its agent has no more: due at once, so that the sweep of this second hangs its legs up. */
  async #endConsultation(tx: Tx, callId: string): Promise<void> {
    await change(tx, "UPDATE calls SET wanted_end = 'system', due_at = NOW(3) WHERE origin_call_id = ? AND purpose = 'consultation' AND state <> 'ended'", [callId]);
  }

  /** She has talked when she had the call; an agent whom it only rang at is back at once. */
  async #free(tx: Tx, { agentId, state }: CallRecord): Promise<NewEvent[]> {
    if (agentId === null || !holdsAgent(state)) return [];
    const talked = state === 'answered' || state === 'held';
    return freeFromCall(tx, agentId, talked ? (await this.settings.read(tx)).wrapUpSeconds : 0);
  }

  async #tell(tx: Tx, id: string, type: CallEventType, agentId: string | null, data: Readonly<Record<string, unknown>> = {}): Promise<NewEvent[]> {
    return (await this.#tellAll(tx, [{ id, type, agentId, data }])).get(id) ?? [];
  }

  /** A step of each of these calls: for its ladder, and the events of it, by call. */
  async #tellAll(tx: Tx, steps: readonly { id: string; type: CallEventType; agentId: string | null; data?: Readonly<Record<string, unknown>> }[]): Promise<Map<string, NewEvent[]>> {
    const calls = await this.lockAll(tx, steps.map(({ id }) => id));
    const told = steps.map(({ id, type, agentId, data = {} }) => {
      const now = calls.get(id);
      if (now === undefined) throw new Error('The call vanished inside the transaction.');
      return { now, event: callEvent(type, now, agentId, data) };
    });
    const notes = told.flatMap(({ now, event }) => [now.id, event.type, JSON.stringify(event.data)]);
    await change(tx, `INSERT INTO call_events (call_id, type, data, at) VALUES ${told.map(() => '(?, ?, ?, NOW(3))').join(', ')}`, notes);
    const events = new Map<string, NewEvent[]>();
    for (const { now, event } of told) events.set(now.id, [event, ...(await this.#tellOrigin(tx, now))]);
    return events;
  }

  /** The agent who asked for advice hears of it under the call it is about. */
  async #tellOrigin(tx: Tx, { id, purpose, originCallId, state, to, agentId, endReason, hangupCause }: CallRecord): Promise<NewEvent[]> {
    if (purpose !== 'consultation' || originCallId === null) return [];
    const [origin] = await rows<CallRecord>(tx, `SELECT ${callColumns} FROM calls c WHERE c.id = ?`, [originCallId]);
    if (!origin) return [];
    const event = callEvent('call.consultation', origin, origin.agentId, { consultation: { callId: id, state, to, agentId, endReason, hangupCause } });
    await this.note(tx, originCallId, event.type, event.data);
    return [event];
  }
}

/** The agent is not the call's any more. A caller who came in by another media server waits there again, where the far leg is. */
function withoutAgent({ farMediaServerId, farUniqueid }: CallRecord): CallChanges {
  const nobody = { agentId: null, placementId: null, conference: null };
  return farMediaServerId === null ? nobody : { ...nobody, mediaServerId: farMediaServerId, legUniqueid: farUniqueid, farMediaServerId: null, farUniqueid: null };
}

/** A call whose end was asked for stays due until it has ended. */
function assignments({ wantedEnd }: Pick<CallRecord, 'wantedEnd'>, { dueSeconds, ...changes }: CallChanges): { sets: string[]; values: unknown[] } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined) as [keyof typeof columnOf, unknown][];
  const sets = given.map(([name]) => `${columnOf[name]} = ?`);
  const values = given.map(([, value]) => value);
  if (dueSeconds === null && wantedEnd === null) sets.push('due_at = NULL');
  if (typeof dueSeconds === 'number') {
    sets.push('due_at = NOW(3) + INTERVAL ? SECOND');
    values.push(dueSeconds);
  }
  return { sets, values };
}

function holdsAgent(state: CallState): boolean {
  return (agentHoldingStates as readonly CallState[]).includes(state);
}

/** No agent ever has two calls: a UNIQUE key says so, whoever asks at the same moment. */
async function unlessBusy(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isDuplicate(error, 'calls_live_agent')) throw problem('CALL.AGENT_BUSY');
    throw error;
  }
}
