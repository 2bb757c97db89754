import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { CallBook } from '../calls/call-book.js';
import { CallOrders, type LegPlace, type OrderOutcome } from '../calls/call-orders.js';
import type { CallRecord } from '../calls/call.record.js';
import { type KnownLeg, legsOf } from '../calls/legs-of.js';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Database, type Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { legDueSeconds } from '../routing/route-round.js';
import type { SeatedAgent } from '../routing/routing-facts.js';
import { sipAddress } from '../routing/sip-address.js';
import { keepTargets, mintTarget } from '../routing/target.js';
import { planTransfer } from '../routing/transfer.js';
import { SettingsService } from '../settings/settings.service.js';
import { comesBack } from './comes-back.js';
import { holdColleague, queueByName } from './transfer-target.js';
import { clientNumber, lockTalking, notTooManyOf, numberToDial, type Talking } from './transferable.js';

/** Seconds in which the caller's leg must have been seen on its way to the number. */
const onwardDueSeconds = 10;

/** A caller who was given to another agent, and what has to be ordered for it. */
export interface Handed {
  readonly before: CallRecord;
  readonly toAgentId: string;
  readonly leg: KnownLeg;
  readonly place: LegPlace;
}

/** Blind transfers: written in one transaction, ordered once; what media servers show, or the due time, decides the rest. */
@Injectable()
export class HandingOn {
  constructor(
    private readonly database: Database,
    private readonly book: CallBook,
    private readonly orders: CallOrders,
    private readonly settings: SettingsService,
    @TheConfig() private readonly config: Config,
  ) {}

  /** @throws Problem of `lockTalking` and `holdColleague`, CALL.MEDIA_SERVER_AWAY when nothing was changed */
  async toAgent(caller: Caller, id: string, username: string): Promise<void> {
    const handed = await this.database.inTransaction(async (tx) => {
      await lockDispatch(tx);
      const { call } = await lockTalking(tx, this.book, caller, id);
      const made = await this.write(tx, call, await holdColleague(tx, username, call.agentId));
      await appendEvents(tx, made.events);
      return made.handed;
    });
    if ((await this.order(handed)) === 'refused') throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. Nothing was changed.' });
  }

  /** Gives a locked call to an agent who is held, under the lock of the dispatch row. */
  async write(tx: Tx, call: CallRecord, seat: SeatedAgent): Promise<{ handed: Handed; events: NewEvent[] }> {
    const plan = planTransfer(call, seat.mediaServerId);
    const address = sipAddress(seat.sipUri);
    if (plan === null || address === null) throw problem('CALL.WRONG_STATE');
    const { agentId, placementId, conference, mediaServerId } = seat;
    const token = mintTarget();
    if (plan.across) await keepTargets(tx, [{ token, callId: call.id, mediaServerId, kind: 'agent', conference, musicClass: null }]);
    const place: LegPlace = plan.across ? { kind: 'across', callId: call.id, token, address } : { kind: 'conference', conference };
    const changes = { agentId, placementId, conference, ...plan.legs, transferredBy: call.agentId, dueSeconds: legDueSeconds };
    const moved = await this.book.move(tx, call, 'handed-on', changes, { across: plan.across });
    const told = await this.book.transferred(tx, call.id, call.agentId, { toAgentId: agentId });
    return { handed: { before: call, toAgentId: agentId, leg: plan.leg, place }, events: [...told, ...moved] };
  }

  /** Orders what was written; refused, everything is as it was. `unknown` may have happened: facts tell, or the due time sends the caller back. */
  async order({ before, toAgentId, leg, place }: Handed): Promise<OrderOutcome> {
    const outcome = await this.orders.send(leg.mediaServerId, leg.uniqueid, place);
    if (outcome !== 'refused') return outcome;
    await this.database.inTransaction(async (tx) => {
      await lockDispatch(tx);
      const call = await this.book.lock(tx, before.id);
      if (call?.state === 'ringing' && call.agentId === toAgentId) await appendEvents(tx, await this.book.handBack(tx, call, before));
    });
    return outcome;
  }

  /** @throws Problem of `lockTalking`, CALL.TARGET_UNKNOWN */
  async toQueue(caller: Caller, id: string, name: string): Promise<void> {
    const legs = await this.database.inTransaction(async (tx) => {
      const { call } = await lockTalking(tx, this.book, caller, id);
      const queue = await queueByName(tx, name);
      const changes = { queueId: queue.id, wantedAgentId: null, transferredBy: call.agentId, dueSeconds: legDueSeconds };
      const moved = await this.book.move(tx, call, 'agent-gone', changes, { reason: 'transferred' });
      const told = await this.book.transferred(tx, id, call.agentId, { toAgentId: null, toQueueId: queue.id, toQueueName: queue.name });
      await appendEvents(tx, [...told, ...moved]);
      return legsOf(call);
    });
    await this.#toMusic(id, legs);
  }

  /** @throws Problem of `lockTalking`, `numberToDial` and `notTooManyOf` */
  async toNumber(caller: Caller, id: string, typed: string): Promise<void> {
    const { onwardId, facing, number } = await this.database.inTransaction(async (tx) => {
      const { dialling } = await this.settings.read(tx);
      const to = numberToDial(typed, dialling, this.config);
      const talking = await lockTalking(tx, this.book, caller, id);
      await notTooManyOf(tx, talking.call.agentId, dialling.callsPerMinute);
      return { ...(await this.#writeOnward(tx, talking, to)), number: to };
    });
    if ((await this.orders.send(facing.mediaServerId, facing.uniqueid, { kind: 'onward', callId: onwardId, number })) === 'refused') await this.#failed(onwardId);
  }

  /** The agent's call ends here; the caller's leg is the onward call's from now on, also before the media server has heard of it. */
  async #writeOnward(tx: Tx, { call, facing }: Talking, to: string): Promise<{ onwardId: string; facing: KnownLeg }> {
    const onwardId = newId();
    const opened = await this.book.open(tx, {
      id: onwardId, direction: 'outbound', state: 'dialing', from: clientNumber(call), to, mediaServerId: facing.mediaServerId, dueSeconds: onwardDueSeconds,
      also: { legUniqueid: facing.uniqueid, originCallId: call.id, purpose: 'onward', transferredBy: call.agentId, queueId: call.queueId },
    });
    const told = await this.book.transferred(tx, call.id, call.agentId, { toAgentId: null, toNumber: to, onwardCallId: onwardId });
    await appendEvents(tx, [...told, ...(await this.book.end(tx, call, { reason: 'transferred' })), ...opened]);
    return { onwardId, facing };
  }

  /** The caller was surely not sent out: back to whoever takes her. */
  async #failed(onwardId: string): Promise<void> {
    const legs = await this.database.inTransaction(async (tx) => {
      const call = await this.book.lock(tx, onwardId);
      if (call === null || call.purpose !== 'onward') return [];
      await appendEvents(tx, await comesBack(tx, this.book, call));
      return legsOf(call);
    });
    await this.#toMusic(onwardId, legs);
  }

  /** What is not taken is ordered again by the sweep. */
  async #toMusic(callId: string, [facing, ...others]: readonly KnownLeg[]): Promise<void> {
    if (facing === undefined) return;
    await this.orders.send(facing.mediaServerId, facing.uniqueid, { kind: 'queue', callId });
    await Promise.all(others.map(({ mediaServerId, uniqueid }) => this.orders.hangUp(mediaServerId, uniqueid)));
  }
}
