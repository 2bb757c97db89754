import { createHmac } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { AmiError, type AmiFields, type AmiSession } from '@nailup/ami';
import { dialActionId } from '../ami-ingest/links/translate-calls.js';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Clock } from '../time/clock.js';
import { AmiSessions } from './ami-sessions.js';
import { CallOrders, type DialOrder, type LegPlace, type OrderOutcome } from './call-orders.js';
import { allPlain, type PlainKind } from './plain.js';

const answerWithinMs = 3_000;
/** How long the proxy takes a signature: it is used at once, and clocks differ by a little. */
const signatureSeconds = 30;
const digitMs = 120;
const betweenDigitsMs = 80;
/** The tone for the agent watches the client leg and ends with its ringing; this bounds it when it cannot. */
const toneBeyondRingingMs = 5_000;

/** Orders to media servers by AMI. Every field is refused unless it is plain: what goes into a channel name or a dialplan is never somebody's free text. */
@Injectable()
export class AmiActions extends CallOrders {
  readonly #logger = new Logger('AmiActions');

  constructor(
    private readonly sessions: AmiSessions,
    private readonly clock: Clock,
    @TheConfig() private readonly config: Config,
  ) {
    super();
  }

  async dial(order: DialOrder): Promise<OrderOutcome> {
    const { callId, mediaServerId, number, callerId, conference, ringTimeoutSeconds, deadlineMs, role = 'client', address, recordingId } = order;
    const signature = this.#signature(callId, number);
    const target = address === undefined ? (['number', number] as const) : (['token', number] as const);
    if (signature === null || !this.#plain([['uuid', callId], target, ['address', address ?? 'a:1'], ['callerId', callerId], ['conference', conference], ['uuid', recordingId ?? callId]])) return 'refused';
    const session = await this.#session(mediaServerId);
    // Whatever held this up, as a process that stood still: past its deadline the row is somebody else's to end, and a late leg would ring for nothing.
    if (session === null || (deadlineMs !== undefined && this.clock.monotonic() >= deadlineMs)) return 'refused';
    const ringMs = Math.round(ringTimeoutSeconds * 1_000);
    const outcome = this.#act(session, {
      Action: 'Originate', ActionID: dialActionId(callId), ChannelId: callId, Channel: address === undefined ? `PJSIP/${number}@proxy` : `PJSIP/proxy/sip:${number}@${address}`, Async: true, Timeout: ringMs,
      Context: 'clients', Exten: conference, Priority: 1, CallerID: callerId,
      Variable: [
        `__NAILUP_CALL=${callId}`, `NAILUP_ROLE=${role}`, ...(recordingId === undefined ? [] : [`NAILUP_RECORDING=${recordingId}`]),
        // Of the same action, because PreDialGoSub is not carried over to an asynchronous one (main/manager.c: fast_originate).
        `PJSIP_HEADER(add,X-Nailup-Call)=${callId}`, `PJSIP_HEADER(add,X-Nailup-Signature)=${signature}`,
      ],
    });
    if (address !== undefined) return outcome;
    // The ringing that the agent hears. Lost or refused it costs the tone and nothing else.
    void this.#act(session, {
      Action: 'Originate', Channel: `Local/${callId}@ringback/n`, Async: true, Timeout: ringMs + toneBeyondRingingMs, Context: 'tone', Exten: conference, Priority: 1,
      Variable: [`NAILUP_CALL=${callId}`, 'NAILUP_ROLE=tone'],
    });
    return outcome;
  }

  async send(mediaServerId: string, uniqueid: string, place: LegPlace): Promise<OrderOutcome> {
    if (!this.#plain([['uniqueid', uniqueid]])) return 'refused';
    switch (place.kind) {
      case 'conference':
        return this.#plain([['conference', place.conference]]) ? this.#redirect(mediaServerId, uniqueid, 'clients', place.conference) : 'refused';
      case 'hold':
        return this.#redirect(mediaServerId, uniqueid, 'hold', 'hold');
      case 'queue':
        if (place.callId !== undefined && (await this.relabel(mediaServerId, uniqueid, place.callId)) !== 'done') return 'refused';
        return this.#redirect(mediaServerId, uniqueid, 'queue', 'wait');
      case 'onward':
        return this.#onward(mediaServerId, uniqueid, place);
      case 'together':
        if (!this.#plain([['uuid', place.uniqueid]]) || (await this.relabel(mediaServerId, uniqueid, place.callId)) !== 'done') return 'refused';
        return this.#redirect(mediaServerId, uniqueid, 'onward', `w${place.uniqueid}`);
      case 'meeting':
        return this.#redirect(mediaServerId, uniqueid, 'meeting', 'meeting');
      case 'sorry':
        return this.#redirect(mediaServerId, uniqueid, 'sorry', 'sorry');
      case 'supervise':
        return this.#plain([['conference', place.conference]]) ? this.#redirect(mediaServerId, uniqueid, `supervise-${place.mode}`, place.conference) : 'refused';
      case 'across':
        return this.#across(mediaServerId, uniqueid, place);
    }
  }

  async relabel(mediaServerId: string, uniqueid: string, callId: string): Promise<OrderOutcome> {
    if (!this.#plain([['uniqueid', uniqueid], ['uuid', callId]])) return 'refused';
    return this.#repeatable(mediaServerId, { Action: 'Setvar', Channel: uniqueid, Variable: '__NAILUP_CALL', Value: callId });
  }

  async hangUp(mediaServerId: string, uniqueid: string): Promise<OrderOutcome> {
    // Normal clearing, Q.850 cause 16.
    return this.#plain([['uniqueid', uniqueid]]) ? this.#repeatable(mediaServerId, { Action: 'Hangup', Channel: uniqueid, Cause: 16 }) : 'refused';
  }

  async dtmf(mediaServerId: string, uniqueid: string, digits: string): Promise<OrderOutcome> {
    if (!this.#plain([['uniqueid', uniqueid], ['digits', digits]])) return 'refused';
    for (const [index, Digit] of [...digits].entries()) {
      if (index > 0) await new Promise((resolve) => setTimeout(resolve, digitMs + betweenDigitsMs));
      const outcome = await this.#order(mediaServerId, { Action: 'PlayDTMF', Channel: uniqueid, Digit, Duration: digitMs });
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  async #across(mediaServerId: string, uniqueid: string, { callId, token, address }: Extract<LegPlace, { kind: 'across' }>): Promise<OrderOutcome> {
    const signature = this.#signature(callId, token);
    if (signature === null || !this.#plain([['uuid', callId], ['token', token], ['address', address]])) return 'refused';
    for (const [Variable, Value] of [['NAILUP_SIGNATURE', signature], ['NAILUP_ACROSS', address]] as const) {
      const outcome = await this.#repeatable(mediaServerId, { Action: 'Setvar', Channel: uniqueid, Variable, Value });
      // Until the redirect nothing has happened to the caller.
      if (outcome !== 'done') return 'refused';
    }
    // Not repeatable: its token is good for one entry.
    return this.#order(mediaServerId, { Action: 'Redirect', Channel: uniqueid, Context: 'across', Exten: token, Priority: 1 });
  }

  async #onward(mediaServerId: string, uniqueid: string, { callId, number }: Extract<LegPlace, { kind: 'onward' }>): Promise<OrderOutcome> {
    const signature = this.#signature(callId, number);
    if (signature === null || !this.#plain([['number', number]]) || (await this.relabel(mediaServerId, uniqueid, callId)) !== 'done') return 'refused';
    if ((await this.#repeatable(mediaServerId, { Action: 'Setvar', Channel: uniqueid, Variable: 'NAILUP_SIGNATURE', Value: signature })) !== 'done') return 'refused';
    // Not repeatable: it dials.
    return this.#order(mediaServerId, { Action: 'Redirect', Channel: uniqueid, Context: 'onward', Exten: number, Priority: 1 });
  }

  #redirect(mediaServerId: string, Channel: string, Context: string, Exten: string): Promise<OrderOutcome> {
    return this.#repeatable(mediaServerId, { Action: 'Redirect', Channel, Context, Exten, Priority: 1 });
  }

  /** An order that does no more when it is done twice: given once more when the first session broke under it, as that of a process which was restarted. */
  async #repeatable(mediaServerId: string, action: AmiFields): Promise<OrderOutcome> {
    const outcome = await this.#order(mediaServerId, action);
    return outcome === 'unknown' ? this.#order(mediaServerId, action) : outcome;
  }

  async #order(mediaServerId: string, action: AmiFields): Promise<OrderOutcome> {
    const session = await this.#session(mediaServerId);
    return session === null ? 'refused' : this.#act(session, action);
  }

  /** Null when nobody can be reached there: nothing was sent. */
  async #session(mediaServerId: string): Promise<AmiSession | null> {
    try {
      return await this.sessions.to(mediaServerId);
    } catch (error) {
      this.#logger.warn(`Media server ${mediaServerId} takes no orders: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  async #act(session: AmiSession, action: AmiFields): Promise<OrderOutcome> {
    try {
      await session.action(action, { timeoutMs: answerWithinMs });
      return 'done';
    } catch (error) {
      const fault = error instanceof AmiError ? error.fault : null;
      this.#logger.debug(`${action.Action} was not done: ${error instanceof Error ? error.message : String(error)}`);
      return fault === 'action-refused' || fault === 'field-invalid' || fault === 'not-connected' ? 'refused' : 'unknown';
    }
  }

  /** What the proxy checks without asking anybody: `<expires>.<hex>`, over the call, the user part of the Request-URI and when it expires. */
  #signature(callId: string, user: string): string | null {
    const { proxySecret } = this.config;
    if (proxySecret === null) return null;
    const expires = Math.floor(this.clock.now() / 1_000) + signatureSeconds;
    return `${expires}.${createHmac('sha256', proxySecret).update(`${callId}|${user}|${expires}`).digest('hex')}`;
  }

  #plain(fields: readonly (readonly [PlainKind, string])[]): boolean {
    const odd = allPlain(fields);
    if (odd !== null) this.#logger.error(`An order was not given: its ${odd} is not plain`);
    return odd === null;
  }
}
