import { Injectable } from '@nestjs/common';
import type { CallLevel } from '@nailup/domain';
import { v7 as newId } from 'uuid';
import { CallBook } from '../calls/call-book.js';
import { change, rows, type Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';
import type { SipCredentials } from '../selection/credentials.js';
import { supervisionColumns, type SupervisionEnd, type SupervisionMode, type SupervisionRecord } from './supervision.record.js';

/** Seconds in which the leg of a supervision must have been seen, and in which its secret opens one. */
export const supervisorSecretSeconds = 30;

/** A supervision that begins. */
export interface NewSupervision extends Pick<SupervisionRecord, 'callId' | 'supervisorId' | 'agentId' | 'mediaServerId' | 'conference' | 'mode' | 'visible'> {
  readonly placementId: string | null;
  readonly sip: SipCredentials;
}

type Told = 'started' | 'switched' | 'ended';

/**
 * The one hand that writes supervisions. Whatever it does stands in the ladder of the call: who, how, when. Works in the caller's transaction and
 * answers the events to be appended last; a supervision is locked after its call.
 */
@Injectable()
export class SupervisionBook {
  constructor(private readonly calls: CallBook) {}

  /** The supervision this person has going, locked until the commit. */
  async lockOwn(tx: Tx, supervisorId: string): Promise<SupervisionRecord | null> {
    return (await this.#locked(tx, 'v.live_supervisor_id = ?', [supervisorId]))[0] ?? null;
  }

  /** This supervision, locked, unless it has ended. */
  async lockLive(tx: Tx, id: string): Promise<SupervisionRecord | null> {
    return (await this.#locked(tx, 'v.id = ? AND v.ended_at IS NULL', [id]))[0] ?? null;
  }

  async open(tx: Tx, { callId, supervisorId, agentId, placementId, mediaServerId, conference, mode, visible, sip }: NewSupervision): Promise<SupervisionRecord> {
    const id = newId();
    await change(
      tx,
      `INSERT INTO supervisions (id, call_id, supervisor_id, agent_id, placement_id, media_server_id, conference, mode, visible, sip_username, sip_ha1, sip_expires_at, asked_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(3) + INTERVAL ? SECOND, NOW(3))`,
      [id, callId, supervisorId, agentId, placementId, mediaServerId, conference, mode, visible, sip.username, sip.ha1, supervisorSecretSeconds],
    );
    const record = { id, callId, supervisorId, agentId, mediaServerId, conference, mode, visible, sipUsername: sip.username, legUniqueid: null, endedAt: null };
    // Asked for is audited as well, whatever comes of it; it is told to nobody, because nobody hears anything yet.
    await this.calls.note(tx, callId, 'supervision.asked', factsOf(record));
    return record;
  }

  /** Another secret for the same identity: what was told before opens nothing any more. */
  async renew(tx: Tx, { id }: SupervisionRecord, { ha1 }: SipCredentials): Promise<void> {
    await change(tx, 'UPDATE supervisions SET sip_ha1 = ?, sip_expires_at = NOW(3) + INTERVAL ? SECOND WHERE id = ?', [ha1, supervisorSecretSeconds, id]);
  }

  async switched(tx: Tx, record: SupervisionRecord, mode: SupervisionMode): Promise<NewEvent[]> {
    if (record.mode === mode) return [];
    await change(tx, 'UPDATE supervisions SET mode = ? WHERE id = ?', [mode, record.id]);
    return [await this.#tell(tx, 'switched', { ...record, mode })];
  }

  /** Nothing for one that has ended already. */
  async end(tx: Tx, record: SupervisionRecord, reason: SupervisionEnd): Promise<NewEvent[]> {
    const { affectedRows } = await change(tx, 'UPDATE supervisions SET ended_at = NOW(3), end_reason = ? WHERE id = ? AND ended_at IS NULL', [reason, record.id]);
    return affectedRows === 0 ? [] : [await this.#tell(tx, 'ended', record, { reason })];
  }

  /**
   * Takes in what the owner of a media server sees of supervisors' legs: the first sight begins a supervision, the last leg gone ends it.
   * @returns the events, and legs whose supervision is over, unknown or elsewhere: to be hung up
   */
  async observe(tx: Tx, mediaServerId: string, complete: boolean, calls: readonly CallLevel[]): Promise<{ events: NewEvent[]; orphans: string[] }> {
    // Who lost her last leg is seen as nobody's: such levels are few, and of calls they name nothing here.
    const levels = calls.filter(({ legs, news }) => legs.some(({ role }) => role === 'supervisor') || (legs.length === 0 && news.length === 0));
    const seen = new Map(levels.map(({ callId, legs }) => [callId, legs.filter(({ role }) => role === 'supervisor').map(({ uniqueid }) => uniqueid)]));
    const known = await this.#those(tx, mediaServerId, complete, [...seen.keys()]);
    const events: NewEvent[] = [];
    const orphans: string[] = [];
    for (const record of known) {
      const legs = seen.get(record.id) ?? [];
      if (record.endedAt !== null || record.mediaServerId !== mediaServerId) orphans.push(...legs);
      else events.push(...(await this.#follow(tx, record, legs)));
    }
    for (const [id, legs] of seen) if (!known.some((record) => record.id === id)) orphans.push(...legs);
    return { events, orphans };
  }

  async #follow(tx: Tx, record: SupervisionRecord, legs: readonly string[]): Promise<NewEvent[]> {
    if (legs.length === 0) return record.legUniqueid === null ? [] : this.end(tx, record, 'hung-up');
    // The newest stays, the media server ends the others itself.
    const leg = record.legUniqueid !== null && legs.includes(record.legUniqueid) && legs.length === 1 ? record.legUniqueid : (legs.at(-1) ?? null);
    if (leg === record.legUniqueid) return [];
    await change(tx, 'UPDATE supervisions SET leg_uniqueid = ?, joined_at = COALESCE(joined_at, NOW(3)) WHERE id = ?', [leg, record.id]);
    return record.legUniqueid === null ? [await this.#tell(tx, 'started', record)] : [];
  }

  #those(tx: Tx, mediaServerId: string, complete: boolean, ids: readonly string[]): Promise<SupervisionRecord[]> {
    const conditions = [...(ids.length > 0 ? ['v.id IN (?)'] : []), ...(complete ? ['v.live_media_server_id = ?'] : [])];
    if (conditions.length === 0) return Promise.resolve([]);
    return this.#locked(tx, conditions.join(' OR '), [...(ids.length > 0 ? [ids] : []), ...(complete ? [mediaServerId] : [])]);
  }

  async #locked(tx: Tx, condition: string, values: readonly unknown[]): Promise<SupervisionRecord[]> {
    const found = await rows<SupervisionRecord>(tx, `SELECT ${supervisionColumns} FROM supervisions v WHERE ${condition} ORDER BY v.id FOR UPDATE`, values);
    // MySQL answers a flag as 0 or 1.
    return found.map((record) => ({ ...record, visible: Boolean(record.visible) }));
  }

  async #tell(tx: Tx, action: Told, record: SupervisionRecord, more: Readonly<Record<string, unknown>> = {}): Promise<NewEvent> {
    const data = { ...factsOf(record), action, ...more };
    await this.calls.note(tx, record.callId, 'call.supervision', data);
    // Agents see the events that name them: an agent who is not to know is not named.
    return { type: 'call.supervision', subject: record.callId, agentId: record.visible ? record.agentId : null, data };
  }
}

function factsOf({ id, callId, supervisorId, agentId, mode, visible, mediaServerId }: SupervisionRecord): Record<string, unknown> {
  return { supervisionId: id, callId, supervisorId, agentId, mode, visibleToAgent: visible, mediaServerId };
}

/** Whether a step of the ladder is for the agent's eyes: of a supervision only what the policy showed. */
export function mayAgentSee({ type, data }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }): boolean {
  return !(type === 'call.supervision' || type === 'supervision.asked') || data.visibleToAgent === true;
}
