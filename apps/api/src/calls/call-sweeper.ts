import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { endReasonOf, type EndReason } from '@nailup/domain';
import { endWrapUp } from '../agents/agent-duty.js';
import { Database, rows, type Tx } from '../database/database.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { judgingSql } from '../selection/judging.js';
import { comesBack, isToBeTold, mayQueue } from '../transfers/comes-back.js';
import { CallBook } from './call-book.js';
import { CallOrders, type LegPlace } from './call-orders.js';
import type { CallRecord } from './call.record.js';
import { type KnownLeg, legsOf } from './legs-of.js';

const sweepMs = 1_000;
const atOnce = 500;
/** Seconds until what was ordered again must have shown itself. */
const againSeconds = 10;
const hangUpAgainSeconds = 4;
/** For so long who is let go hears that nobody can be reached. */
const toldSeconds = 20;

/**
 * Media servers whose calls are over: taken out, or silent in every way for a minute. A shorter silence ends no call; when its process is proven gone
 * they have ended already. An agent who sits there and beats is the better witness.
 */
const serverGone = `(s.deleted_at IS NOT NULL OR (s.health = 'down' AND (s.last_seen_at IS NULL OR s.last_seen_at < NOW(3) - INTERVAL 60 SECOND)
  AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.id = c.placement_id AND p.state = 'connected')))`;

type Why = 'due' | 'seat-gone' | 'server-gone';

/** What is ordered once the transaction stands: legs to hang up, and one to be sent somewhere, mostly back to the queue. */
interface Outcome {
  readonly events: readonly NewEvent[];
  readonly hangUp?: readonly KnownLeg[];
  readonly send?: { readonly leg: KnownLeg | undefined; readonly place: LegPlace };
}

const nothing: Outcome = { events: [] };

/**
 * Ends or moves the calls that ran out: legs that never came, agents who are not coming back, media servers that are gone; and wrap-ups. By MySQL's
 * clock alone. Every manager sweeps: each call is judged again under its lock, so whoever comes second finds nothing to do.
 */
@Injectable()
export class CallSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('CallSweeper');
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;

  constructor(
    private readonly database: Database,
    private readonly book: CallBook,
    private readonly orders: CallOrders,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  /** One round over everything that ran out. */
  async sweep(): Promise<void> {
    for (const { id, why } of await this.#findDue()) await this.#sweepCall(id, why);
    const wrapped = await this.database.rows<{ id: string }>("SELECT id FROM agents WHERE state = 'wrap-up' AND wrap_up_until <= NOW(3) ORDER BY id LIMIT ?", [atOnce]);
    for (const { id } of wrapped) await this.database.inTransaction(async (tx) => appendEvents(tx, await endWrapUp(tx, id, true)));
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.#beat().finally(() => this.#schedule());
    }, sweepMs);
  }

  async #beat(): Promise<void> {
    try {
      await this.sweep();
      if (this.#failing) this.#logger.log('Calls that ran out are found again');
      this.#failing = false;
    } catch (error) {
      // The next beat tries again; one line an outage is enough.
      if (!this.#failing) this.#logger.warn(`Calls that ran out cannot be found: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
  }

  #findDue(): Promise<{ id: string; why: Why }[]> {
    const gone = `${serverGone} AND c.state <> 'ended'`;
    return this.database.rows<{ id: string; why: Why }>(
      `SELECT id, 'due' AS why FROM calls WHERE state IN ('queued', 'dialing', 'ringing', 'answered', 'held') AND due_at <= NOW(3) AND ${judgingSql}
       UNION ALL SELECT c.id, 'seat-gone' FROM calls c JOIN placements p ON p.id = c.placement_id
         WHERE c.state IN ('dialing', 'ringing', 'answered', 'held') AND p.state IN ('released', 'expired')
       UNION ALL SELECT c.id, 'server-gone' FROM media_servers s JOIN calls c ON c.media_server_id = s.id WHERE ${gone}
       UNION ALL SELECT c.id, 'server-gone' FROM media_servers s JOIN calls c ON c.far_media_server_id = s.id WHERE ${gone}
       ORDER BY id LIMIT ${atOnce}`,
    );
  }

  async #sweepCall(id: string, why: Why): Promise<void> {
    const { hangUp = [], send } = await this.database.inTransaction(async (tx) => {
      const call = await this.book.lock(tx, id);
      if (call === null || call.state === 'ended' || !(await this.#stillSo(tx, call, why))) return nothing;
      const outcome = await this.#judge(tx, call, why);
      await appendEvents(tx, outcome.events);
      return outcome;
    });
    await Promise.all([
      ...hangUp.map(({ mediaServerId, uniqueid }) => this.orders.hangUp(mediaServerId, uniqueid)),
      ...(send?.leg === undefined ? [] : [this.orders.send(send.leg.mediaServerId, send.leg.uniqueid, send.place)]),
    ]);
  }

  /** Between finding and locking it may have moved on. */
  async #stillSo(tx: Tx, { id }: CallRecord, why: Why): Promise<boolean> {
    const conditions: Readonly<Record<Why, string>> = {
      due: `c.due_at <= NOW(3) AND ${judgingSql}`,
      'seat-gone': "EXISTS (SELECT 1 FROM placements p WHERE p.id = c.placement_id AND p.state IN ('released', 'expired'))",
      'server-gone': `EXISTS (SELECT 1 FROM media_servers s WHERE s.id IN (c.media_server_id, c.far_media_server_id) AND ${serverGone})`,
    };
    return (await rows(tx, `SELECT c.id FROM calls c WHERE c.id = ? AND ${conditions[why]}`, [id])).length > 0;
  }

  async #judge(tx: Tx, call: CallRecord, why: Why): Promise<Outcome> {
    if (why === 'server-gone') return this.#end(tx, call, 'media-server-failed');
    if (why === 'due') return this.#overdue(tx, call);
    if (call.state !== 'queued' && mayQueue(call)) return this.#backToQueue(tx, call, 'agent-gone');
    // Whoever had asked for the end is who ended it.
    return this.#end(tx, call, call.wantedEnd === null && (await cutOff(tx, call)) ? 'media-server-failed' : wanted(call));
  }

  async #overdue(tx: Tx, call: CallRecord): Promise<Outcome> {
    const legs = legsOf(call);
    if (call.wantedEnd !== null) {
      if (legs.length === 0) return this.#end(tx, call, wanted(call));
      if (isToBeTold(call)) {
        await this.book.amend(tx, call, { dueSeconds: toldSeconds });
        return { events: [], send: { leg: legs[0], place: { kind: 'sorry' } } };
      }
      // The order was lost, or its media server was away.
      await this.book.amend(tx, call, { dueSeconds: hangUpAgainSeconds });
      return { events: [], hangUp: legs };
    }
    if (call.purpose === 'onward' && (call.state === 'dialing' || call.state === 'ringing')) return this.#comesBack(tx, call);
    switch (call.state) {
      case 'dialing':
        if (legs.length === 0) return this.#end(tx, call, 'congestion');
        break;
      case 'ringing':
        if (call.purpose === 'consultation') return this.#end(tx, call, 'no-answer');
        if (call.direction === 'outbound' && call.answeredAt === null) break;
        if (legs.length > 0 && mayQueue(call)) return this.#backToQueue(tx, call, 'not-taken');
        return legs.length > 0 && call.transferredBy !== null ? this.#comesBack(tx, call) : this.#end(tx, call, 'abandoned');
      case 'queued':
        if (legs.length === 0) return this.#end(tx, call, 'abandoned');
        await this.book.amend(tx, call, { dueSeconds: againSeconds });
        return { events: [], send: { leg: legs[0], place: queueOf(call) } };
    }
    await this.book.amend(tx, call, { dueSeconds: null });
    return nothing;
  }

  /** The leg towards the caller goes to the queue; a second one, with the agent who is not there, ends. */
  async #backToQueue(tx: Tx, call: CallRecord, cause: 'not-taken' | 'agent-gone'): Promise<Outcome> {
    const [waiting, ...others] = legsOf(call);
    const events = await this.book.move(tx, call, cause, { dueSeconds: againSeconds });
    return { events, hangUp: others, send: { leg: waiting, place: queueOf(call) } };
  }

  /** Nobody took the caller who was handed on. */
  async #comesBack(tx: Tx, call: CallRecord): Promise<Outcome> {
    const [waiting, ...others] = legsOf(call);
    return { events: await comesBack(tx, this.book, call), hangUp: others, send: { leg: waiting, place: queueOf(call) } };
  }

  async #end(tx: Tx, call: CallRecord, reason: EndReason): Promise<Outcome> {
    return { events: await this.book.end(tx, call, { reason }), hangUp: legsOf(call) };
  }
}

/** A leg that was handed on may still bear the id of the former call. */
function queueOf({ id, originCallId }: CallRecord): LegPlace {
  return originCallId === null ? { kind: 'queue' } : { kind: 'queue', callId: id };
}

/** Whether her seat ended because its media server could not be heard, which the agent did not want. */
async function cutOff(tx: Tx, { placementId }: CallRecord): Promise<boolean> {
  return (await rows(tx, "SELECT id FROM placements WHERE id = ? AND release_reason IN ('failure_reported', 'media_server_failed', 'moved')", [placementId])).length > 0;
}

/** The reason of a call that ends by our side's will. */
function wanted({ direction, answeredAt }: CallRecord): EndReason {
  return endReasonOf({ direction, wasAnswered: answeredAt !== null, cause: null, wantedBy: 'agent' });
}
