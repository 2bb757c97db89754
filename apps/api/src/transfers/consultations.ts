import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { CallBook } from '../calls/call-book.js';
import { CallOrders, type DialOrder } from '../calls/call-orders.js';
import { callColumns, type CallRecord } from '../calls/call.record.js';
import { legsOf } from '../calls/legs-of.js';
import { shownNumber } from '../calls/number-rules.js';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Database, rows, type Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { sipAddress } from '../routing/sip-address.js';
import { keepTargets, mintTarget } from '../routing/target.js';
import { SettingsService } from '../settings/settings.service.js';
import { Clock } from '../time/clock.js';
import { holdColleague, type WrittenTarget } from './transfer-target.js';
import { lockTalking, notTooManyOf, numberToDial, type Talking } from './transferable.js';

/** Seconds in which the leg must have been seen; a colleague is with the agent by then or is not coming. */
const dueSeconds = 10;
/** The order is not sent in the last of them. */
const marginSeconds = 2;
const numberRingSeconds = 45;
const hangUpDueSeconds = 4;
const anonymous = 'anonymous';

/**
 * Somebody is asked while the client hears music. A consultation is a call of its own, whose one end is in the conference of the agent who asks: so the
 * colleague has a call like any other, nobody has two, and its legs end with it. It never counts as the client.
 */
@Injectable()
export class Consultations {
  constructor(
    private readonly database: Database,
    private readonly book: CallBook,
    private readonly orders: CallOrders,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
    @TheConfig() private readonly config: Config,
  ) {}

  /** @throws Problem of `lockTalking`, `holdColleague` and `numberToDial`, CALL.CONSULTING, CALL.MEDIA_SERVER_AWAY when nobody could be asked */
  async begin(caller: Caller, id: string, target: Exclude<WrittenTarget, { kind: 'queue' }>): Promise<void> {
    const deadlineMs = this.clock.monotonic() + (dueSeconds - marginSeconds) * 1_000;
    const { call, order } = await this.database.inTransaction(async (tx) => {
      const { dialling } = await this.settings.read(tx);
      await lockDispatch(tx);
      const talking = await lockTalking(tx, this.book, caller, id);
      if ((await this.#present(tx, id)) !== null) throw problem('CALL.CONSULTING');
      const callerId = (dialling.callerId === null ? null : shownNumber(dialling.callerId, dialling)) ?? anonymous;
      if (target.kind === 'agent') return { call: talking.call, order: await this.#askColleague(tx, talking, target.username, deadlineMs) };
      const number = numberToDial(target.typed, dialling, this.config);
      await notTooManyOf(tx, talking.call.agentId, dialling.callsPerMinute);
      return { call: talking.call, order: await this.#askNumber(tx, talking, number, callerId, deadlineMs) };
    });
    // The client must not hear what is said about her.
    const held = call.state === 'held' || (await this.orders.send(call.mediaServerId, call.legUniqueid, { kind: 'hold' })) === 'done';
    if (held && (await this.orders.dial(order)) !== 'refused') return;
    await this.database.inTransaction(async (tx) => {
      const consultation = await this.book.lock(tx, order.callId);
      if (consultation !== null) await appendEvents(tx, await this.book.end(tx, consultation, { reason: 'congestion' }));
    });
    if (held && call.state === 'answered') await this.orders.send(call.mediaServerId, call.legUniqueid, { kind: 'conference', conference: call.conference });
    throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. Nobody was asked.' });
  }

  /** The client joins: all hear each other. @throws Problem of `lockTalking`, CALL.NO_CONSULTATION, CALL.MEDIA_SERVER_AWAY */
  async join(caller: Caller, id: string): Promise<void> {
    const call = await this.database.inTransaction(async (tx) => {
      const talking = await lockTalking(tx, this.book, caller, id);
      if ((await this.#present(tx, id))?.state !== 'answered') throw problem('CALL.NO_CONSULTATION');
      return talking.call;
    });
    await this.#toAgent(call);
  }

  /** Who was asked goes, the client comes back; also when who was asked has gone already. @throws Problem of `lockTalking`, CALL.MEDIA_SERVER_AWAY */
  async cancel(caller: Caller, id: string): Promise<void> {
    const { call, legs } = await this.database.inTransaction(async (tx) => {
      const talking = await lockTalking(tx, this.book, caller, id);
      const consultation = await this.#present(tx, id);
      if (consultation === null) return { call: talking.call, legs: [] };
      const known = legsOf(consultation);
      await this.book.amend(tx, consultation, { wantedEnd: 'agent', dueSeconds: hangUpDueSeconds });
      // The order may be on its way: its leg would bear the id of the consultation.
      return { call: talking.call, legs: known.length > 0 ? known : [{ mediaServerId: talking.call.mediaServerId, uniqueid: consultation.id }] };
    });
    await Promise.all(legs.map(({ mediaServerId, uniqueid }) => this.orders.hangUp(mediaServerId, uniqueid)));
    await this.#toAgent(call);
  }

  /** The consultation about a call that is under way, locked; null when there is none. */
  async present(tx: Tx, id: string): Promise<CallRecord | null> {
    return this.#present(tx, id);
  }

  async #present(tx: Tx, id: string): Promise<CallRecord | null> {
    const [found] = await rows<CallRecord>(
      tx,
      `SELECT ${callColumns} FROM calls c WHERE c.origin_call_id = ? AND c.purpose = 'consultation' AND c.state <> 'ended' AND c.wanted_end IS NULL FOR UPDATE`,
      [id],
    );
    return found ?? null;
  }

  async #toAgent({ mediaServerId, legUniqueid, conference }: Talking['call']): Promise<void> {
    if ((await this.orders.send(mediaServerId, legUniqueid, { kind: 'conference', conference })) === 'refused') {
      throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. The client still hears music.' });
    }
  }

  /** Through the proxy also where both sit on one media server: one way for all. */
  async #askColleague(tx: Tx, { call }: Talking, username: string, deadlineMs: number): Promise<DialOrder> {
    if (this.config.proxySecret === null) throw problem('CALL.NO_PROXY');
    const seat = await holdColleague(tx, username, call.agentId);
    const address = sipAddress(seat.sipUri);
    if (address === null) throw problem('CALL.WRONG_STATE');
    const callId = newId();
    const token = mintTarget();
    const { agentId, placementId, conference, mediaServerId } = seat;
    const [asking] = await rows<{ username: string }>(tx, 'SELECT username FROM agents WHERE id = ?', [call.agentId]);
    await keepTargets(tx, [{ token, callId, mediaServerId, kind: 'consult', conference, musicClass: null }]);
    await appendEvents(tx, await this.book.open(tx, {
      id: callId, direction: 'outbound', state: 'ringing', from: nameOf(asking?.username ?? ''), to: nameOf(username), agentId, placementId, conference, mediaServerId, dueSeconds,
      also: { farMediaServerId: call.mediaServerId, farUniqueid: callId, originCallId: call.id, purpose: 'consultation' },
    }));
    return { callId, mediaServerId: call.mediaServerId, number: token, address, role: 'consult', callerId: anonymous, conference: call.conference, ringTimeoutSeconds: dueSeconds, deadlineMs };
  }

  async #askNumber(tx: Tx, { call }: Talking, number: string, callerId: string, deadlineMs: number): Promise<DialOrder> {
    const callId = newId();
    const { mediaServerId, conference } = call;
    await appendEvents(tx, await this.book.open(tx, {
      id: callId, direction: 'outbound', state: 'dialing', from: callerId, to: number, conference, mediaServerId, dueSeconds,
      also: { originCallId: call.id, purpose: 'consultation' },
    }));
    return { callId, mediaServerId, number, role: 'consult', callerId, conference, ringTimeoutSeconds: numberRingSeconds, deadlineMs };
  }
}

/** A colleague where a call has a number; the row has room for 64 characters. */
function nameOf(username: string): string {
  return `agent:${username}`.slice(0, 64);
}
