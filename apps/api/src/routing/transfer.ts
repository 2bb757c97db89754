import type { CallRecord } from '../calls/call.record.js';

/** A leg of the caller, and the media server it is on. */
export interface Leg {
  readonly mediaServerId: string;
  readonly uniqueid: string;
}

/** How a waiting caller reaches an agent: which leg is sent, and what the call is like once it has been. */
export interface Transfer {
  readonly leg: Leg;
  readonly across: boolean;
  readonly legs: Pick<CallRecord, 'mediaServerId' | 'legUniqueid' | 'farMediaServerId' | 'farUniqueid'>;
}

/**
 * The way of a waiting caller to the media server of an agent; null while no leg was seen.
 *
 * Where a leg of the caller is on that server already, it goes straight into the conference. Else the leg that faces the caller goes across: never a
 * second hop, so that a caller who lost an agent on another server is not sent from there to a third.
 */
export function planTransfer(call: Pick<CallRecord, 'mediaServerId' | 'legUniqueid' | 'farMediaServerId' | 'farUniqueid'>, agentMediaServerId: string): Transfer | null {
  const near = legOf(call.mediaServerId, call.legUniqueid);
  const facing = legOf(call.farMediaServerId, call.farUniqueid) ?? near;
  if (near?.mediaServerId === agentMediaServerId) {
    return { leg: near, across: false, legs: { mediaServerId: near.mediaServerId, legUniqueid: near.uniqueid, farMediaServerId: call.farMediaServerId, farUniqueid: call.farUniqueid } };
  }
  if (facing === null) return null;
  if (facing.mediaServerId === agentMediaServerId) {
    return { leg: facing, across: false, legs: { mediaServerId: facing.mediaServerId, legUniqueid: facing.uniqueid, farMediaServerId: null, farUniqueid: null } };
  }
  return { leg: facing, across: true, legs: { mediaServerId: agentMediaServerId, legUniqueid: null, farMediaServerId: facing.mediaServerId, farUniqueid: facing.uniqueid } };
}

function legOf(mediaServerId: string | null, uniqueid: string | null): Leg | null {
  return mediaServerId === null || uniqueid === null ? null : { mediaServerId, uniqueid };
}
