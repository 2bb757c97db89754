import { canMoveCall, type CallCause, type CallState } from './call.state.js';
import { endReasonOf, type EndReason } from './end-reason.js';
import type { CallNews, LegPlaceSeen } from './leg-facts.js';

export const callPurposes = ['consultation', 'onward'] as const;
export type CallPurpose = (typeof callPurposes)[number];

/** A call as far as its legs are judged by it. */
export interface CallPicture {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly state: CallState;
  readonly conference: string | null;
  readonly mediaServerId: string | null;
  readonly legUniqueid: string | null;
  readonly farMediaServerId: string | null;
  readonly farUniqueid: string | null;
  /** Whether somebody else can be found for the caller. */
  readonly mayQueue: boolean;
  readonly wasAnswered: boolean;
  /** A consultation between agents, or the way of a caller to a number she was handed on to; null for any other call. */
  readonly purpose: CallPurpose | null;
  /** Why the number did not take the caller who was handed on to it; null as long as that is not known. */
  readonly onwardCause: number | null;
  readonly wantedEnd: 'agent' | 'system' | null;
}

/** Q.850: hung up. */
const normalClearing = 16;

/** How long the Hangup of a leg may come behind the news that its dialling failed. */
const hangupWithinSeconds = 2;

/** What follows for the row of a call from something seen of its legs. */
export type CallStep =
  /** The near leg is known from now on. */
  | { readonly kind: 'seen'; readonly uniqueid: string }
  /** Its leg is where it was sent: nothing is due any more. */
  | { readonly kind: 'arrived' }
  /** Nothing stands there; unless more is heard in this time, it is over. */
  | { readonly kind: 'due'; readonly seconds: number }
  /** The near leg went before it met the agent; the far one still waits. */
  | { readonly kind: 'near-gone' }
  /** The number did not take the caller, for this cause; where the caller goes is decided once the leg is back. */
  | { readonly kind: 'onward-refused'; readonly cause: number | null }
  /** The caller is back from a number, or from the way to another agent, that did not take her, and has no queue to wait in. */
  | { readonly kind: 'onward-failed' }
  | { readonly kind: 'move'; readonly cause: Exclude<CallCause, 'over'> }
  | { readonly kind: 'end'; readonly reason: EndReason; readonly cause: number | null };

/**
 * What one piece of news from a media server means for a call; nothing for one that is over. Every move it answers is one the table knows.
 * Apply the steps, then judge the next piece of news by what the row is then.
 */
export function judgeNews(call: CallPicture, mediaServerId: string, news: CallNews): CallStep[] {
  if (call.state === 'ended') return [];
  switch (news.kind) {
    case 'stands':
      return judgePlace(call, mediaServerId, news);
    case 'ended':
      return judgeEnd(call, mediaServerId, news.uniqueid, news.cause);
    case 'dial-failed':
      // The Hangup of the leg says why, and comes a moment before or after (OriginateResponse knows few reasons). Only a leg that never was has none.
      return isNeverDialled(call, mediaServerId) ? [{ kind: 'due', seconds: hangupWithinSeconds }] : [];
    case 'onward':
      return judgeOnwardLeg(call, mediaServerId, news);
    case 'across-failed':
      // Said by the dialplan before the leg is in the queue again, so it cannot be a leg that has not left it yet.
      if (call.state !== 'ringing' || call.purpose !== null || !isFar(call, mediaServerId, news.uniqueid)) return [];
      return [call.mayQueue ? { kind: 'move', cause: 'not-taken' } : { kind: 'onward-failed' }];
    case 'digit':
    case 'quality':
    case 'recording':
      return [];
  }
}

/** Whether the leg ordered there may never have been; of a consultation with a colleague it is the far one. */
function isNeverDialled(call: CallPicture, mediaServerId: string): boolean {
  if (call.purpose === 'consultation' && call.state === 'ringing') return isFar(call, mediaServerId, call.id);
  return call.state === 'dialing' && call.mediaServerId === mediaServerId && call.legUniqueid === null;
}

function judgePlace(call: CallPicture, mediaServerId: string, { uniqueid, place, conference }: { uniqueid: string; place: LegPlaceSeen; conference: string | null }): CallStep[] {
  if (isFar(call, mediaServerId, uniqueid)) {
    // Back from the dial to the other media server although client and agent were together: whoever left, it was not the caller.
    return place === 'queue' && (call.state === 'answered' || call.state === 'held') && call.mayQueue ? [{ kind: 'move', cause: 'agent-gone' }] : [];
  }
  if (!isNear(call, mediaServerId, uniqueid)) return [];
  if (call.purpose === 'onward') return judgeOnward(call, place);
  const steps: CallStep[] = call.legUniqueid === null ? [{ kind: 'seen', uniqueid }] : [];
  const cause = causeOf(call, place, conference);
  if (cause !== null && canMoveCall(call.state, cause)) steps.push({ kind: 'move', cause });
  else if (hasArrived(call, place)) steps.push({ kind: 'arrived' });
  return steps;
}

function causeOf(call: CallPicture, place: LegPlaceSeen, conference: string | null): Exclude<CallCause, 'over'> | null {
  if (place === 'ringing') return call.direction === 'outbound' && !call.wasAnswered ? 'rang' : null;
  if (place === 'hold') return 'parted';
  if (place === 'conference') return conference === call.conference && call.state !== 'answered' ? 'joined' : null;
  // While an agent is promised the leg may still be on its way out of the queue; a call that was answered has come back to it.
  if (place === 'queue') return (call.state === 'answered' || call.state === 'held') && call.mayQueue ? 'agent-gone' : null;
  return null;
}

/** The caller's own leg, which dials: on its way, or back because nobody took it. */
function judgeOnward(call: CallPicture, place: LegPlaceSeen): CallStep[] {
  if (place === 'queue') return call.state === 'queued' ? [{ kind: 'arrived' }] : [{ kind: 'onward-failed' }];
  return place === 'onward' ? [{ kind: 'arrived' }] : [];
}

/** What the caller's leg has dialled. It is not the call's own: when it ends, the caller's leg shows what becomes of the call. */
function judgeOnwardLeg(call: CallPicture, mediaServerId: string, { place, cause }: { place: LegPlaceSeen | 'ended'; cause: number | null }): CallStep[] {
  if (call.purpose !== 'onward' || call.mediaServerId !== mediaServerId) return [];
  if (place === 'ended') return call.state === 'dialing' || call.state === 'ringing' ? [{ kind: 'onward-refused', cause }] : [];
  if (place === 'ringing' && call.state === 'dialing') return [{ kind: 'move', cause: 'rang' }];
  return place === 'up' && (call.state === 'dialing' || call.state === 'ringing') ? [{ kind: 'move', cause: 'joined' }] : [];
}

/** Whether nothing is due of a leg that stands there, although the state does not change by it. */
function hasArrived(call: CallPicture, place: LegPlaceSeen): boolean {
  if (call.direction === 'outbound' && !call.wasAnswered && call.farUniqueid === null && (call.state === 'dialing' || call.state === 'ringing')) return true;
  return call.state === 'queued' && place === 'queue';
}

function judgeEnd(call: CallPicture, mediaServerId: string, uniqueid: string, cause: number | null): CallStep[] {
  if (isFar(call, mediaServerId, uniqueid)) return [over(call, cause)];
  if (!isNear(call, mediaServerId, uniqueid)) return [];
  if (call.farUniqueid !== null && call.state === 'ringing') return call.legUniqueid === null ? [] : [{ kind: 'near-gone' }];
  return [over(call, cause)];
}

function over(call: CallPicture, told: number | null): CallStep {
  const { direction, wasAnswered, wantedEnd, state, onwardCause } = call;
  // A leg that hangs up while it hears music ends with cause 0 (Asterisk): what it says by BYE or CANCEL is a normal clearing (RFC 3398, 8.2). A leg that was
  // dialled in vain ends with 0 as well, and there it is no clearing.
  const cause = told === 0 && (direction === 'inbound' || wasAnswered) ? normalClearing : told;
  if (onwardCause !== null && !wasAnswered) return { kind: 'end', reason: endReasonOf({ direction, wasAnswered, cause: onwardCause, wantedBy: null }), cause: onwardCause };
  return { kind: 'end', reason: endReasonOf({ direction, wasAnswered, cause, wantedBy: wantedEnd, rang: state === 'ringing' }), cause };
}

/**
 * Whether it is the leg that meets the agent, or can only be it. A leg we ordered bears the id of its call; others that carry the variables of the call
 * (Asterisk makes a channel of its own to say that a dialling failed) are not it.
 */
function isNear(call: CallPicture, mediaServerId: string, uniqueid: string): boolean {
  if (call.mediaServerId !== mediaServerId) return false;
  if (call.legUniqueid !== null) return call.legUniqueid === uniqueid;
  return call.direction === 'inbound' || call.farUniqueid !== null || uniqueid === call.id;
}

function isFar(call: CallPicture, mediaServerId: string, uniqueid: string): boolean {
  return call.farUniqueid !== null && call.farMediaServerId === mediaServerId && call.farUniqueid === uniqueid;
}
