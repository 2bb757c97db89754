import { Injectable } from '@nestjs/common';
import type { CallCause, EndReason } from '@nailup/domain';
import type { Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';
import type { CallDirection, CallRecord } from './call.record.js';

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
}

/** What changes in the row together with a move; absent fields stay. */
export type CallChanges = Partial<
  Pick<CallRecord, 'agentId' | 'placementId' | 'conference' | 'mediaServerId' | 'legUniqueid' | 'farMediaServerId' | 'farUniqueid' | 'wantedEnd'>
> & { readonly dueSeconds?: number | null };

/**
 * The one hand that writes calls. Each method works in the caller's transaction, writes the row and a step of the call's ladder, takes or frees the
 * agent with it, and answers the events to be appended last. Lock order: dispatch, pool, media server, placement, call, agent, event_head.
 */
@Injectable()
export class CallBook {
  /** Writes a call that begins; an agent named in it is taken (on-call) with it. */
  async open(_tx: Tx, _call: NewCall): Promise<NewEvent[]> {
    throw new Error('not built');
  }

  /** The call, locked until the commit; null when there is none. */
  async lock(_tx: Tx, _id: string): Promise<CallRecord | null> {
    throw new Error('not built');
  }

  /** Moves a locked call by the table of `@nailup/domain`; a cause that its state does not know changes nothing and answers no events. */
  async move(_tx: Tx, _call: CallRecord, _cause: Exclude<CallCause, 'over'>, _changes?: CallChanges, _data?: Readonly<Record<string, unknown>>): Promise<NewEvent[]> {
    throw new Error('not built');
  }

  /** The one final record. Frees the agent: wrap-up when she has talked, else what she did before. */
  async end(_tx: Tx, _call: CallRecord, _how: { readonly reason: EndReason; readonly cause?: number | null }): Promise<NewEvent[]> {
    throw new Error('not built');
  }

  /** A step that changes no state (`leg.…`), for the ladder alone. */
  async note(_tx: Tx, _callId: string, _type: string, _data: Readonly<Record<string, unknown>>): Promise<void> {
    throw new Error('not built');
  }
}
