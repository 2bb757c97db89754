import type { Tx } from '../database/database.js';

/** Why a seat ends that its agent did not leave; written as releaseReason. */
export type EvictionReason = 'agent_disabled' | 'agent_deleted' | 'media_server_disabled' | 'media_server_drained';

/**
 * What the rooms around selection ask of it: end seats, nothing more. `selection` provides it globally
 * (`{ provide: SeatKeeper, useExisting: … }`), so that agents and media servers need not know how a seat ends.
 */
export abstract class SeatKeeper {
  /** Releases the live placement of the agent, if there is one. Repeating it changes nothing. */
  abstract endSeatOfAgent(agentId: string, reason: EvictionReason): Promise<void>;

  /** Releases every live placement of the media server; returns how many. Repeating it changes nothing. */
  abstract endSeatsOfMediaServer(mediaServerId: string, reason: EvictionReason): Promise<number>;

  /**
   * Releases the seats of agents of the media server who sit there and are not on a call, who sat longest first; returns how many.
   * @param most how many at most; asked while nobody else ends or gives seats
   */
  abstract endIdleSeats(mediaServerId: string, most: (tx: Tx) => Promise<number>, reason: EvictionReason): Promise<number>;
}
