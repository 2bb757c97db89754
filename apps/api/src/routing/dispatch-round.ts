import { Injectable } from '@nestjs/common';
import { matchCallers } from '@nailup/domain';
import { CallBook } from '../calls/call-book.js';
import type { LegPlace } from '../calls/call-orders.js';
import type { CallRecord } from '../calls/call.record.js';
import type { Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { type HeldMatch, matchHeld } from './matching.js';
import { legDueSeconds } from './route-round.js';
import { type QueuedCaller, readFreeAgents, readQueuedCallers } from './routing-facts.js';
import { sipAddress } from './sip-address.js';
import { keepTargets, mintTarget, type Target } from './target.js';
import { type Leg, planTransfer } from './transfer.js';

/** What is to be ordered once the round is committed. */
export interface Errand {
  readonly callId: string;
  readonly leg: Leg;
  /** Where the leg goes; null when the caller is let go. */
  readonly place: LegPlace | null;
  /** What the call must be like again if nobody was sent anywhere. */
  readonly before: CallRecord;
  readonly agentId: string | null;
}

export interface Round {
  readonly errands: readonly Errand[];
  /** Somebody would have been brought to an agent but for the leg, which has not been seen yet: look again soon. */
  readonly legsMissing: boolean;
}

/** One round over everybody who waits: who is brought to whom, written before anything is ordered. */
@Injectable()
export class DispatchRound {
  constructor(private readonly book: CallBook) {}

  /**
   * Whether a round would do anything, as far as can be seen without the lock: mostly callers wait because nobody is free, and the routes of all managers
   * would wait behind every look at them. Who comes free a moment later says so, and is looked for then.
   */
  async hasWork(tx: Tx): Promise<boolean> {
    const queued = await readQueuedCallers(tx);
    if (queued.some(({ overdue }) => overdue !== null)) return true;
    const waiting = queued.filter(({ inLine }) => inLine);
    return waiting.length > 0 && matchCallers(waiting, await readFreeAgents(tx)).length > 0;
  }

  /** Within the caller's transaction, which it finishes. */
  async run(tx: Tx): Promise<Round> {
    await lockDispatch(tx);
    const queued = await readQueuedCallers(tx);
    const calls = new Map<string, CallRecord>();
    const hold = async (callIds: readonly string[]): Promise<string[]> => {
      const waiting = [...(await this.book.lockAll(tx, callIds)).values()].filter(({ state, wantedEnd }) => state === 'queued' && wantedEnd === null);
      for (const call of waiting) calls.set(call.id, call);
      return waiting.map(({ id }) => id);
    };
    const events: NewEvent[] = [];
    const errands: Errand[] = [];
    const late = new Map(queued.flatMap(({ callId, overdue }) => (overdue === null ? [] : [[callId, overdue]])));
    if (late.size > 0) for (const callId of await hold([...late.keys()])) await this.#letGo(tx, calls.get(callId)!, late.get(callId)!, events, errands);
    const waiting = queued.filter(({ inLine, overdue }) => inLine && overdue === null);
    const matches = waiting.length === 0 ? [] : await matchHeld(tx, waiting, await readFreeAgents(tx), hold);
    let legsMissing = false;
    const targets: Target[] = [];
    for (const match of matches) {
      const before = calls.get(match.caller.callId);
      if (before && !(await this.#offer(tx, match, before, { events, errands, targets }))) legsMissing = true;
    }
    await keepTargets(tx, targets);
    await appendEvents(tx, events);
    return { errands, legsMissing };
  }

  /** The caller was not sent anywhere: waits on, as before, unless something else has happened to the call since. Finishes the transaction. */
  async takeBack(tx: Tx, { callId, before, agentId }: Errand): Promise<void> {
    await lockDispatch(tx);
    const call = await this.book.lock(tx, callId);
    if (call === null || call.state !== 'ringing' || call.agentId !== agentId) return;
    const { mediaServerId, legUniqueid, farMediaServerId, farUniqueid } = before;
    const nobody = { agentId: null, placementId: null, conference: null, dueSeconds: null };
    await appendEvents(tx, await this.book.move(tx, call, 'not-taken', { ...nobody, mediaServerId, legUniqueid, farMediaServerId, farUniqueid }, { reason: 'refused' }));
  }

  async #offer(tx: Tx, { agent }: HeldMatch<QueuedCaller>, before: CallRecord, made: { events: NewEvent[]; errands: Errand[]; targets: Target[] }): Promise<boolean> {
    const transfer = planTransfer(before, agent.mediaServerId);
    const address = sipAddress(agent.sipUri);
    if (transfer === null || address === null) return false;
    const { agentId, placementId, conference, mediaServerId } = agent;
    const token = mintTarget();
    if (transfer.across) made.targets.push({ token, callId: before.id, mediaServerId, kind: 'agent', conference, musicClass: null });
    const place: LegPlace = transfer.across ? { kind: 'across', callId: before.id, token, address } : { kind: 'conference', conference };
    made.events.push(...(await this.book.move(tx, before, 'offered', { agentId, placementId, conference, ...transfer.legs, dueSeconds: legDueSeconds }, { across: transfer.across })));
    made.errands.push({ callId: before.id, leg: transfer.leg, place, before, agentId });
    return true;
  }

  async #letGo(tx: Tx, call: CallRecord, reason: 'limit' | 'no-answer', events: NewEvent[], errands: Errand[]): Promise<void> {
    events.push(...(await this.book.end(tx, call, { reason })));
    for (const [mediaServerId, uniqueid] of [[call.farMediaServerId, call.farUniqueid], [call.mediaServerId, call.legUniqueid]]) {
      if (mediaServerId && uniqueid) errands.push({ callId: call.id, leg: { mediaServerId, uniqueid }, place: null, before: call, agentId: null });
    }
  }
}
