import type { CallQuality } from './call-quality.js';

/**
 * Where a leg of a call stands on its media server. `coming`: it exists and nothing more is known; `up`: answered; `moving`: out of a conference, on its
 * way to another place or to its end; `onward`: on the way to a number, or through.
 */
export const legPlaces = ['coming', 'ringing', 'up', 'moving', 'conference', 'queue', 'hold', 'across', 'onward'] as const;
export type LegPlaceSeen = (typeof legPlaces)[number];

/**
 * What a leg of a call is there for: `client` faces the caller or the dialled number, `across` goes on to another media server, `tone` lets the agent
 * hear ringing, `supervisor` listens, `consult` joins the agents of a consultation (or one of them with a number), `onward` is what the caller's own leg has
 * dialled since the agent handed the caller on to a number.
 */
export const callLegRoles = ['client', 'across', 'tone', 'supervisor', 'consult', 'onward'] as const;
export type CallLegRole = (typeof callLegRoles)[number];

/** One channel of a call, as a media server shows it. */
export interface CallLeg {
  readonly callId: string;
  readonly uniqueid: string;
  readonly role: CallLegRole;
  readonly place: LegPlaceSeen;
  /** Where it stands in one; null elsewhere. */
  readonly conference: string | null;
}

/** What is learnt of the legs of calls on one media server. Uniqueids are those of that server since it booted. */
export type CallFact =
  | ({ readonly kind: 'call-leg' } & CallLeg)
  /** The leg left its conference; where it goes is not known yet. */
  | { readonly kind: 'call-leg-left'; readonly callId: string; readonly uniqueid: string; readonly conference: string }
  /** Its channel ended. `cause` is that of ITU-T Q.850; null when none was told. */
  | { readonly kind: 'call-leg-ended'; readonly callId: string; readonly uniqueid: string; readonly role: CallLegRole; readonly cause: number | null }
  /** The other side pressed a key. */
  | { readonly kind: 'call-digit'; readonly callId: string; readonly uniqueid: string; readonly digit: string }
  /** The leg is being recorded from now on; the id is that which the manager asked for. */
  | { readonly kind: 'call-recording'; readonly callId: string; readonly uniqueid: string; readonly recordingId: string }
  /** How the leg sounded, told once when it ends. */
  | { readonly kind: 'call-quality'; readonly callId: string; readonly uniqueid: string; readonly quality: CallQuality }
  /** The way across to another media server failed: the leg is back where it came from. */
  | { readonly kind: 'call-across-failed'; readonly callId: string; readonly uniqueid: string }
  /** An ordered leg never came to be, or was not answered. */
  | { readonly kind: 'call-dial-failed'; readonly callId: string; readonly cause: number | null };

/** Something that happened to a call since it was written last, in order. Legs that only lead on or make a tone are no news, but for the one of `onward`. */
export type CallNews =
  | { readonly kind: 'stands'; readonly uniqueid: string; readonly place: LegPlaceSeen; readonly conference: string | null }
  | { readonly kind: 'ended'; readonly uniqueid: string; readonly cause: number | null }
  | { readonly kind: 'digit'; readonly uniqueid: string; readonly digit: string }
  /** The leg that was dialled onward: it rings, was answered, or ended. */
  | { readonly kind: 'onward'; readonly uniqueid: string; readonly place: LegPlaceSeen | 'ended'; readonly cause: number | null }
  | { readonly kind: 'recording'; readonly uniqueid: string; readonly recordingId: string }
  | { readonly kind: 'quality'; readonly uniqueid: string; readonly quality: CallQuality }
  | { readonly kind: 'across-failed'; readonly uniqueid: string }
  | { readonly kind: 'dial-failed'; readonly cause: number | null };

/** How one call stands on one media server, and what happened to it there since it was written last. */
export interface CallLevel {
  readonly callId: string;
  /** Oldest first. */
  readonly legs: readonly CallLeg[];
  readonly news: readonly CallNews[];
}
