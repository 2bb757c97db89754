import { PlacementRefused, type PlacementsPort } from '../ports.js';
import type { Clock } from '../time/clock.js';
import { within } from '../time/within.js';

/** Longest wait for a courtesy (release, failure report): the phone goes on without an answer. */
const courtesyMs = 2_000;

/** Something the manager should be told, but that must not hold the phone up: a refusal or silence changes nothing. */
export async function courtesy(clock: Clock, telling: Promise<void>): Promise<void> {
  try {
    await within(clock, courtesyMs, telling, () => new PlacementRefused('manager-away'));
  } catch (error) {
    if (!(error instanceof PlacementRefused)) throw error;
  }
}

/** One heartbeat, and what it tells of the manager. `ended`: the manager keeps no such seat any more. */
export async function beat(placements: PlacementsPort, placementId: string): Promise<'there' | 'away' | 'signed-out' | 'ended'> {
  try {
    await placements.heartbeat(placementId);
    return 'there';
  } catch (error) {
    if (!(error instanceof PlacementRefused)) throw error;
    if (error.reason === 'seat-ended') return 'ended';
    return error.reason === 'signed-out' ? 'signed-out' : 'away';
  }
}
