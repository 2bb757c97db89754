import { Injectable } from '@nestjs/common';
import { CallBook } from '../calls/call-book.js';
import { CallOrders } from '../calls/call-orders.js';
import type { CallRecord } from '../calls/call.record.js';
import { legsOf } from '../calls/legs-of.js';
import { Database, rows, type Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import type { SeatedAgent } from '../routing/routing-facts.js';
import { Consultations } from './consultations.js';
import { type Handed, HandingOn } from './handing-on.js';
import { clientNumber, lockTalking, type Talking } from './transferable.js';

/** Seconds in which the client must have been seen with the number. */
const togetherDueSeconds = 10;

type Made =
  | { readonly kind: 'agent'; readonly handed: Handed; readonly consultation: CallRecord }
  | { readonly kind: 'number'; readonly call: Talking['call']; readonly consultation: CallRecord };

/** Ends a warm transfer: the client goes to whom was asked, the agent is free. */
@Injectable()
export class Completing {
  constructor(
    private readonly database: Database,
    private readonly book: CallBook,
    private readonly orders: CallOrders,
    private readonly consultations: Consultations,
    private readonly handing: HandingOn,
  ) {}

  /** @throws Problem of `lockTalking`, CALL.NO_CONSULTATION, CALL.MEDIA_SERVER_AWAY */
  async complete(caller: Caller, id: string): Promise<void> {
    const made = await this.database.inTransaction(async (tx): Promise<Made> => {
      await lockDispatch(tx);
      const { call } = await lockTalking(tx, this.book, caller, id);
      const consultation = await this.consultations.present(tx, id);
      if (consultation?.state !== 'answered') throw problem('CALL.NO_CONSULTATION');
      return consultation.agentId === null ? this.#toNumber(tx, call, consultation) : this.#toColleague(tx, call, consultation);
    });
    await (made.kind === 'agent' ? this.#orderAgent(made) : this.#orderNumber(made));
  }

  /** The colleague changes from the consultation to the client within one transaction: nobody else can be brought to her in between. */
  async #toColleague(tx: Tx, call: CallRecord, consultation: CallRecord): Promise<Made> {
    const [seat] = await rows<SeatedAgent>(
      tx,
      `SELECT p.agent_id AS agentId, p.id AS placementId, p.conference, p.media_server_id AS mediaServerId, s.sip_uri AS sipUri
       FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE p.id = ? AND p.state = 'connected'`,
      [consultation.placementId],
    );
    if (!seat) throw problem('CALL.NO_CONSULTATION');
    const ended = await this.book.end(tx, consultation, { reason: 'transferred', keepsAgent: true });
    const { handed, events } = await this.handing.write(tx, call, seat);
    await appendEvents(tx, [...ended, ...events]);
    return { kind: 'agent', handed, consultation };
  }

  /** The consultation becomes the onward call of the client; the agent's call ends. */
  async #toNumber(tx: Tx, call: Talking['call'], consultation: CallRecord): Promise<Made> {
    const { mediaServerId, legUniqueid, farMediaServerId, farUniqueid, queueId } = call;
    await this.book.amend(tx, consultation, {
      purpose: 'onward', transferredBy: call.agentId, from: clientNumber(call), conference: null, mediaServerId, legUniqueid, farMediaServerId, farUniqueid, queueId,
      dueSeconds: togetherDueSeconds,
    });
    const told = await this.book.transferred(tx, call.id, call.agentId, { toAgentId: null, toNumber: consultation.to, onwardCallId: consultation.id });
    await appendEvents(tx, [...told, ...(await this.book.end(tx, call, { reason: 'transferred' }))]);
    return { kind: 'number', call, consultation };
  }

  async #orderAgent({ handed, consultation }: Extract<Made, { kind: 'agent' }>): Promise<void> {
    const outcome = await this.handing.order(handed);
    await Promise.all(legsOf(consultation).map(({ mediaServerId, uniqueid }) => this.orders.hangUp(mediaServerId, uniqueid)));
    if (outcome === 'refused') throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. The client is still yours; the colleague was let go.' });
  }

  /** What fails here runs out, and the sweep brings the client back. */
  async #orderNumber({ call, consultation: { id } }: Extract<Made, { kind: 'number' }>): Promise<void> {
    const { mediaServerId, legUniqueid, farMediaServerId, farUniqueid } = call;
    if (farMediaServerId !== null && farUniqueid !== null) await this.orders.relabel(farMediaServerId, farUniqueid, id);
    if ((await this.orders.send(mediaServerId, id, { kind: 'meeting' })) === 'refused') return;
    await this.orders.send(mediaServerId, legUniqueid, { kind: 'together', callId: id, uniqueid: id });
  }
}
