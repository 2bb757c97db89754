import type { LogEvent } from '../live/event-log.js';

/** Legs to hang up because their seat is over. */
export interface EndedSeat {
  readonly mediaServerId: string;
  readonly conference: string;
  /** One leg; null for every leg of the seat. */
  readonly legUniqueid: string | null;
}

/**
 * What an event of the log says about legs that must go, or null. A seat that ended has no leg any more; a seat lost by the silence of its browser
 * keeps no dead leg. Client legs are never meant.
 */
export function endedSeat(event: LogEvent): EndedSeat | null {
  const { mediaServerId, conference, legUniqueid, reason } = event.data;
  if (typeof mediaServerId !== 'string' || typeof conference !== 'string') return null;
  if (event.type === 'placement.released' || event.type === 'placement.expired') return { mediaServerId, conference, legUniqueid: null };
  if (event.type === 'placement.lost' && reason === 'heartbeat' && typeof legUniqueid === 'string') return { mediaServerId, conference, legUniqueid };
  return null;
}

/** The media server whose utilisation the event changes, or null. */
export function movedServer(event: LogEvent): string | null {
  const { mediaServerId } = event.data;
  return event.type.startsWith('placement.') && typeof mediaServerId === 'string' ? mediaServerId : null;
}
