import type { PlacementState } from '@nailup/domain';
import type { NewEvent } from '../live/event-log.js';

/** What every event of a placement tells: enough to find its seat on the media server without asking the database. */
export interface PlacementFact {
  readonly id: string;
  readonly agentId: string;
  readonly mediaServerId: string;
  readonly conference: string;
  /** The channel that sits there, or sat there last; null before the first. */
  readonly legUniqueid: string | null;
}

/**
 * The event of a placement that has come to be in `state`.
 * @param reason why, for those that were lost or ended
 */
export function placementEvent(state: PlacementState, fact: PlacementFact, reason: string | null = null): NewEvent {
  const { id, agentId, mediaServerId, conference, legUniqueid } = fact;
  return {
    type: `placement.${state}`,
    subject: id,
    agentId,
    data: { placementId: id, agentId, mediaServerId, conference, state, reason, legUniqueid },
  };
}
