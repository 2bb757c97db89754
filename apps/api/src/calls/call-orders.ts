/** How an order to a media server went. `unknown`: sent, and no answer came; events and lists will tell, it is never sent again. */
export type OrderOutcome = 'done' | 'refused' | 'unknown';

/** A client leg to be dialled. Its channel's Uniqueid is the id of the call. */
export interface DialOrder {
  readonly callId: string;
  readonly mediaServerId: string;
  /** E.164 with its plus. */
  readonly number: string;
  readonly callerId: string;
  readonly conference: string;
  /** A leg of a consultation is no client. */
  readonly role?: 'client' | 'consult';
  /** Not a number but the one-use target `number` at this host:port of a media server. */
  readonly address?: string;
  readonly ringTimeoutSeconds: number;
  /** The id of the recording to be begun when the client is with the agent; none: not recorded. */
  readonly recordingId?: string;
  /** Milliseconds of this process's monotonic clock after which it must not be sent any more: its row runs out then. */
  readonly deadlineMs?: number;
}

/** Where a client leg is sent on its media server. */
export type LegPlace =
  | { readonly kind: 'conference'; readonly conference: string }
  | { readonly kind: 'hold' }
  /** `callId`: the leg becomes that call's, when it may still be known as another one's. */
  | { readonly kind: 'queue'; readonly callId?: string }
  /** Out to a number; the leg becomes that call's. */
  | { readonly kind: 'onward'; readonly callId: string; readonly number: string }
  /** Together with a leg that stands in `meeting` on the same media server; the leg becomes that call's. */
  | { readonly kind: 'together'; readonly callId: string; readonly uniqueid: string }
  /** Waits for a moment for the leg that is sent `together` with it. */
  | { readonly kind: 'meeting' }
  /** Is told that nobody can be reached, and let go. */
  | { readonly kind: 'sorry' }
  /** A supervisor's leg, which hears or joins that conference from now on in another way. */
  | { readonly kind: 'supervise'; readonly mode: 'listen' | 'whisper' | 'barge'; readonly conference: string }
  /** To another media server through the proxy: `token` is good for one entry at `address` (host:port of its SIP side). */
  | { readonly kind: 'across'; readonly callId: string; readonly token: string; readonly address: string };

/**
 * What is ordered of a media server about client legs, over AMI, by whichever manager has the reason (design decision 4). Never throws for a
 * media server that is away: that is `refused` when nothing was sent, `unknown` when it may have been.
 */
export abstract class CallOrders {
  abstract dial(order: DialOrder): Promise<OrderOutcome>;
  abstract send(mediaServerId: string, uniqueid: string, place: LegPlace): Promise<OrderOutcome>;
  /** The leg, and what it dials from now on, belongs to that call. */
  abstract relabel(mediaServerId: string, uniqueid: string, callId: string): Promise<OrderOutcome>;
  abstract hangUp(mediaServerId: string, uniqueid: string): Promise<OrderOutcome>;
  abstract dtmf(mediaServerId: string, uniqueid: string, digits: string): Promise<OrderOutcome>;
}
