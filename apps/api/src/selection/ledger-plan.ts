import type { ConferenceLevel, PlacementState } from '@nailup/domain';
import type { PlacementFact } from './placement-events.js';

/** A placement as it is written, before what Asterisk shows is compared with it. */
export interface WrittenSeat extends PlacementFact {
  readonly state: PlacementState;
  readonly clientLegs: number;
}

/** Legs that sit where nobody is entitled to sit any more; the owner of the server hangs them up. */
export interface Orphan {
  readonly conference: string;
  readonly legs: string[];
}

export interface LedgerPlan {
  /** Reserved or lost, and their leg is there. */
  readonly joined: { readonly seat: WrittenSeat; readonly leg: string; readonly clientLegs: number }[];
  /** Connected, and their leg is gone. */
  readonly lost: { readonly seat: WrittenSeat; readonly clientLegs: number }[];
  /** Same state, but another leg or another number of clients. */
  readonly adjusted: { readonly seat: WrittenSeat; readonly leg: string | null; readonly clientLegs: number }[];
  readonly orphans: Orphan[];
}

/**
 * Compares what stands on a media server with what is written. Pure, and level-triggered: the same picture twice changes nothing.
 * @param written the placements of the named conferences, and for a snapshot every connected one of that server
 */
export function compareWithAsterisk(mediaServerId: string, shown: readonly ConferenceLevel[], written: readonly WrittenSeat[]): LedgerPlan {
  const plan: LedgerPlan = { joined: [], lost: [], adjusted: [], orphans: [] };
  const levels = new Map(shown.map((level) => [level.conference, level]));
  const known = new Set<string>();
  for (const seat of written) {
    known.add(seat.conference);
    const level = levels.get(seat.conference) ?? { conference: seat.conference, legs: [], clientLegs: 0 };
    compareSeat(plan, seat, level, seat.mediaServerId === mediaServerId);
  }
  for (const level of shown) if (!known.has(level.conference)) evict(plan, level.conference, level.legs);
  return plan;
}

function compareSeat(plan: LedgerPlan, seat: WrittenSeat, level: ConferenceLevel, sitsHere: boolean): void {
  const { clientLegs } = level;
  if (!sitsHere || seat.state === 'released' || seat.state === 'expired') return evict(plan, level.conference, level.legs);
  // A lost seat that still names its leg was lost by silence: that leg is dead though Asterisk has not noticed, and must not revive the seat.
  const silent = seat.state === 'lost' ? seat.legUniqueid : null;
  const present = level.legs.filter((uniqueid) => uniqueid !== silent);
  // While the known leg stands it is the one: the newer of two takes over when the dialplan has ended the older.
  const leg = present.find((uniqueid) => seat.state === 'connected' && uniqueid === seat.legUniqueid) ?? present.at(-1) ?? null;
  if (silent !== null && level.legs.includes(silent)) evict(plan, level.conference, [silent]);
  if (leg !== null && seat.state !== 'connected') plan.joined.push({ seat, leg, clientLegs });
  else if (leg === null && seat.state === 'connected') plan.lost.push({ seat, clientLegs });
  else if (clientLegs !== seat.clientLegs || (leg !== null && leg !== seat.legUniqueid)) plan.adjusted.push({ seat, leg: leg ?? seat.legUniqueid, clientLegs });
}

function evict(plan: LedgerPlan, conference: string, legs: readonly string[]): void {
  if (legs.length > 0) plan.orphans.push({ conference, legs: [...legs] });
}
