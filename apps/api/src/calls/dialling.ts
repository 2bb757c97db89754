import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Database, rows, type Tx } from '../database/database.js';
import { appendEvents } from '../live/event-log.js';
import { invalid, problem } from '../problem/problem.js';
import type { DiallingSettings } from '../settings/settings.dto.js';
import { SettingsService } from '../settings/settings.service.js';
import { Clock } from '../time/clock.js';
import { CallBook } from './call-book.js';
import type { PlaceCallBody } from './call.dto.js';
import { CallOrders, type DialOrder } from './call-orders.js';
import { shownNumber, whomToCall } from './number-rules.js';

/** Seconds in which an ordered leg must have been seen; then the call is over, whatever becomes of the order. */
const dueSeconds = 10;
/** The order is not sent in the last of them: a leg that came then would find its call ended. */
const marginSeconds = 2;
const defaultRingSeconds = 45;
const anonymous = 'anonymous';

interface Seat {
  readonly id: string;
  readonly state: string;
  readonly conference: string;
  readonly mediaServerId: string;
}

/** Calls that go out: who may call whom is judged and the call written in one transaction, then its leg is ordered, once. */
@Injectable()
export class Dialling {
  constructor(
    private readonly database: Database,
    private readonly settings: SettingsService,
    private readonly book: CallBook,
    private readonly orders: CallOrders,
    private readonly clock: Clock,
    @TheConfig() private readonly config: Config,
  ) {}

  /**
   * @returns the id of the call
   * @throws Problem AGENT.NOT_FOUND, CALL.NO_PROXY, CALL.DIALLING_OFF, CALL.NUMBER_NOT_ALLOWED, CALL.NO_SEAT, CALL.AGENT_BUSY, CALL.TOO_MANY, and
   *   CALL.MEDIA_SERVER_AWAY when nothing could be ordered: the call has ended then
   */
  async place(agentId: string, body: PlaceCallBody): Promise<string> {
    if (this.config.proxySecret === null) throw problem('CALL.NO_PROXY');
    const begunMs = this.clock.monotonic();
    const order = await this.database.inTransaction(async (tx) => {
      const { dialling, recording } = await this.settings.read(tx);
      if (!dialling.enabled) throw problem('CALL.DIALLING_OFF');
      const { to, from } = numbers(body, dialling);
      const seat = await this.#seat(tx, agentId);
      await this.#notTooMany(tx, agentId, dialling.callsPerMinute);
      const id = newId();
      const { id: placementId, conference, mediaServerId } = seat;
      await appendEvents(tx, await this.book.open(tx, { id, direction: 'outbound', state: 'dialing', from, to, agentId, placementId, conference, mediaServerId, dueSeconds }));
      return {
        callId: id, mediaServerId, number: to, callerId: from, conference, ringTimeoutSeconds: body.ringTimeoutSeconds ?? defaultRingSeconds,
        ...(recording.mode === 'always' ? { recordingId: newId() } : {}),
        deadlineMs: begunMs + (dueSeconds - marginSeconds) * 1_000,
      } satisfies DialOrder;
    });
    // `unknown` is not asked again: the leg shows itself, or the call runs out (design decision 9).
    if ((await this.orders.dial(order)) === 'refused') {
      await this.#giveUp(order.callId);
      throw problem('CALL.MEDIA_SERVER_AWAY');
    }
    return order.callId;
  }

  /** Her seat, locked, so that her calls are counted one after the other. */
  async #seat(tx: Tx, agentId: string): Promise<Seat> {
    const [agent] = await rows<{ id: string }>(tx, 'SELECT id FROM agents WHERE id = ? AND deleted_at IS NULL', [agentId]);
    if (!agent) throw problem('AGENT.NOT_FOUND');
    const [seat] = await rows<Seat>(tx, 'SELECT id, state, conference, media_server_id AS mediaServerId FROM placements WHERE live_agent_id = ? FOR UPDATE', [agentId]);
    if (seat?.state !== 'connected') throw problem('CALL.NO_SEAT');
    return seat;
  }

  /** Ids are in the order of time, so the call before so many calls is found without reading the others. */
  async #notTooMany(tx: Tx, agentId: string, callsPerMinute: number): Promise<void> {
    const [last] = await rows<{ waitSeconds: number }>(
      tx,
      `SELECT TIMESTAMPDIFF(MICROSECOND, NOW(3), started_at + INTERVAL 1 MINUTE) / 1000000 AS waitSeconds
       FROM calls WHERE agent_id = ? AND direction = 'outbound' ORDER BY id DESC LIMIT 1 OFFSET ?`,
      [agentId, callsPerMinute - 1],
    );
    const waitSeconds = Number(last?.waitSeconds ?? 0);
    if (waitSeconds > 0) throw problem('CALL.TOO_MANY', { retryAfterSeconds: waitSeconds });
  }

  async #giveUp(callId: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const call = await this.book.lock(tx, callId);
      if (call !== null) await appendEvents(tx, await this.book.end(tx, call, { reason: 'congestion' }));
    });
  }
}

function numbers(body: PlaceCallBody, dialling: DiallingSettings): { to: string; from: string } {
  const to = whomToCall(body.to, dialling);
  if (to === null) throw problem('CALL.NUMBER_NOT_ALLOWED');
  const typed = body.callerId ?? dialling.callerId;
  const from = typed === null ? anonymous : shownNumber(typed, dialling);
  if (from === null) throw invalid([{ pointer: '/callerId', message: 'must be a telephone number' }]);
  return { to, from };
}
