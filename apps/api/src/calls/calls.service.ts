import { Injectable } from '@nestjs/common';
import { agentHoldingStates, endReasonOf } from '@nailup/domain';
import { endWrapUp } from '../agents/agent-duty.js';
import { Database, rows, type Tx } from '../database/database.js';
import { afterId, defaultLimit, toPage } from '../http/page.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents } from '../live/event-log.js';
import { invalid, problem } from '../problem/problem.js';
import { SettingsService } from '../settings/settings.service.js';
import { mayAgentSee } from '../supervision/supervision-book.js';
import { CallBook } from './call-book.js';
import type { CallQuery, DispositionBody, DtmfBody, PlaceCallBody } from './call.dto.js';
import { CallOrders, type OrderOutcome } from './call-orders.js';
import type { CallRecord } from './call.record.js';
import { CallRepository, type NamedCall } from './call.repository.js';
import { type CallLadderView, type CallPage, type CallView, toCallView } from './call.view.js';
import { Dialling } from './dialling.js';
import { legsOf } from './legs-of.js';

/** Seconds after which a hang-up that showed no effect is ordered again. */
const hangUpDueSeconds = 4;
/** How many of her calls are looked at for the one that ended last: a consultation begins in the middle of another call. */
const lastCalls = 5;

/** What people and integrators may ask of calls. */
@Injectable()
export class CallsService {
  constructor(
    private readonly database: Database,
    private readonly calls: CallRepository,
    private readonly book: CallBook,
    private readonly orders: CallOrders,
    private readonly dialling: Dialling,
    private readonly settings: SettingsService,
  ) {}

  /** @throws Problem REQUEST.INVALID, AGENT.NOT_FOUND, and all of `Dialling.place` */
  async place(caller: Caller, body: PlaceCallBody): Promise<CallView> {
    return this.#view(await this.dialling.place(whoCalls(caller, body.agentId), body));
  }

  async list(caller: Caller, query: CallQuery): Promise<CallPage> {
    const after = afterId(query.cursor);
    const limit = query.limit ?? defaultLimit;
    const asked = query.agentId?.toLowerCase();
    if (caller.role === 'agent' && asked !== undefined && asked !== caller.agentId) return { items: [], nextCursor: null };
    const agentId = caller.role === 'agent' ? caller.agentId : asked;
    const { state, endReason, live, number } = query;
    const found = await this.calls.list({ agentId, state, endReason, live, number, from: momentOf(query.from), to: momentOf(query.to) }, limit, after);
    return toPage(found, limit, toCallView);
  }

  async get(caller: Caller, id: string): Promise<CallView> {
    return toCallView(await this.#seen(caller, id, true));
  }

  async ladder(caller: Caller, id: string): Promise<CallLadderView> {
    await this.#seen(caller, id, true);
    const steps = await this.calls.ladder(id);
    return { items: (caller.role === 'agent' ? steps.filter(mayAgentSee) : steps).map(({ at, type, data }) => ({ at: at.toISOString(), type, data })) };
  }

  /** Ends the client leg; a call that is only ordered is over at once, and a leg that comes of it later belongs to nobody. */
  async hangUp(caller: Caller, id: string): Promise<CallView> {
    await this.#seen(caller, id);
    const legs = await this.database.inTransaction(async (tx) => {
      const call = await this.book.lock(tx, id);
      if (call === null || call.state === 'ended') return [];
      const known = legsOf(call);
      await this.book.amend(tx, call, { wantedEnd: 'agent', dueSeconds: hangUpDueSeconds });
      if (known.length > 0) return known;
      const reason = endReasonOf({ direction: call.direction, wasAnswered: call.answeredAt !== null, cause: null, wantedBy: 'agent' });
      await appendEvents(tx, await this.book.end(tx, call, { reason }));
      // The order may be on its way: the leg would bear the id of the call.
      return call.direction === 'outbound' && call.mediaServerId !== null ? [{ mediaServerId: call.mediaServerId, uniqueid: call.id }] : [];
    });
    // Not done is done later by the sweeper, or by the owner of the media server who sees a leg without a call.
    await Promise.all(legs.map(({ mediaServerId, uniqueid }) => this.orders.hangUp(mediaServerId, uniqueid)));
    return this.#view(id);
  }

  async hold(caller: Caller, id: string): Promise<CallView> {
    const { mediaServerId, legUniqueid } = await this.#standing(caller, id, 'answered');
    return this.#ordered(id, await this.orders.send(mediaServerId, legUniqueid, { kind: 'hold' }));
  }

  async resume(caller: Caller, id: string): Promise<CallView> {
    const { mediaServerId, legUniqueid, conference } = await this.#standing(caller, id, 'held');
    if (conference === null) throw problem('CALL.WRONG_STATE');
    return this.#ordered(id, await this.orders.send(mediaServerId, legUniqueid, { kind: 'conference', conference }));
  }

  async dtmf(caller: Caller, id: string, { digits }: DtmfBody): Promise<CallView> {
    const { mediaServerId, legUniqueid } = await this.#standing(caller, id, 'answered');
    const outcome = await this.orders.dtmf(mediaServerId, legUniqueid, digits);
    if (outcome === 'done') await this.database.inTransaction((tx) => this.book.note(tx, id, 'leg.dtmf', { digits, direction: 'sent' }));
    return this.#ordered(id, outcome);
  }

  /** Says what the call was for the business; the wrap-up of its agent ends with it, when it is the wrap-up of this call. */
  async dispose(caller: Caller, id: string, { code, note }: DispositionBody): Promise<CallView> {
    const call = await this.#seen(caller, id, true);
    // Who has handed the call on says it for herself: the wrap-up of who has it now goes on.
    const whose = caller.role === 'agent' ? caller.agentId : call.agentId;
    const { dispositions } = await this.settings.read();
    if (!dispositions.some((one) => one.code === code)) throw problem('CALL.UNKNOWN_DISPOSITION');
    await this.database.inTransaction(async (tx) => {
      await this.calls.dispose(tx, id, code, note ?? null);
      await this.book.note(tx, id, 'call.disposition', { disposition: code, note: note ?? null, by: caller.agentId });
      if (whose !== null && (await this.#isLastOf(tx, whose, call))) await appendEvents(tx, await endWrapUp(tx, whose));
    });
    return this.#view(id);
  }

  /** Whether she has had no other call since she was done with this one; the order of their ids is not that of their ends. */
  async #isLastOf(tx: Tx, agentId: string, { id, agentId: now, endedAt }: CallRecord): Promise<boolean> {
    const [handedOn] = now === agentId ? [] : await rows<{ at: Date | null }>(tx, "SELECT MAX(at) AS at FROM call_events WHERE call_id = ? AND type = 'call.transferred'", [id]);
    const doneAt = now === agentId ? endedAt : (handedOn?.at ?? null);
    if (doneAt === null) return false;
    const others = await rows<{ endedAt: Date | null }>(tx, `SELECT ended_at AS endedAt FROM calls WHERE agent_id = ? AND id <> ? ORDER BY id DESC LIMIT ${lastCalls}`, [agentId, id]);
    return others.every((other) => other.endedAt !== null && other.endedAt <= doneAt);
  }

  /** Agents see their own calls, in the past also those they handed on; somebody else's do not exist for them. */
  async #seen(caller: Caller, id: string, past = false): Promise<NamedCall> {
    const call = await this.calls.find(id);
    if (call === null || (caller.role === 'agent' && call.agentId !== caller.agentId && !(past && call.transferredBy === caller.agentId))) throw problem('CALL.NOT_FOUND');
    return call;
  }

  /** A call in that state, whose near leg is known. @throws Problem CALL.NOT_FOUND, CALL.ENDED, CALL.WRONG_STATE */
  async #standing(caller: Caller, id: string, state: (typeof agentHoldingStates)[number]): Promise<CallRecord & { mediaServerId: string; legUniqueid: string }> {
    const call = await this.#seen(caller, id);
    if (call.state === 'ended') throw problem('CALL.ENDED');
    const { mediaServerId, legUniqueid } = call;
    if (call.state !== state || mediaServerId === null || legUniqueid === null) throw problem('CALL.WRONG_STATE', { detail: `It is ${call.state}.` });
    return { ...call, mediaServerId, legUniqueid };
  }

  /** What was ordered shows itself; only what was surely not done is said at once. */
  #ordered(id: string, outcome: OrderOutcome): Promise<CallView> {
    if (outcome === 'refused') throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. Nothing was changed.' });
    return this.#view(id);
  }

  async #view(id: string): Promise<CallView> {
    const call = await this.calls.find(id);
    if (call === null) throw problem('CALL.NOT_FOUND');
    return toCallView(call);
  }
}

/** Agents call for themselves, everybody else may call from the seat of anybody. */
function whoCalls(caller: Caller, asked: string | undefined): string {
  const agentId = asked?.toLowerCase() ?? caller.agentId;
  if (agentId === null) throw invalid([{ pointer: '/agentId', message: 'is needed: an API key has no seat of its own' }]);
  if (caller.role === 'agent' && agentId !== caller.agentId) throw problem('AGENT.NOT_FOUND');
  return agentId;
}

const momentOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
