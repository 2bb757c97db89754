import { Injectable } from '@nestjs/common';
import { movePlacement, type PlacementCause, placementStatesBefore, releaseReason } from '@nailup/domain';
import { change, rows, type Tx } from '../database/database.js';
import { IdempotencyStore } from '../idempotency/idempotency.store.js';
import type { NewEvent } from '../live/event-log.js';
import { placementEvent, type PlacementFact } from './placement-events.js';
import { leave } from './presence.js';

/** The causes that end a placement. */
export type EndingCause = Exclude<PlacementCause, 'joined' | 'leg-ended' | 'silent'>;

/**
 * Locks a media server's row: whoever moves its placements does so one after the other, in the order of locks the whole
 * product keeps (pool, media server, placement, event_head).
 * @returns null when there is no such row
 */
export async function lockServer(tx: Tx, mediaServerId: string): Promise<{ readonly epoch: number; readonly seats: number } | null> {
  const [server] = await rows<{ epoch: number; seats: number }>(tx, 'SELECT ami_epoch AS epoch, seats FROM media_servers WHERE id = ? FOR UPDATE', [mediaServerId]);
  return server ?? null;
}

export interface EndSeats {
  readonly mediaServerId: string;
  readonly cause: EndingCause;
  /** The word kept as releaseReason, when the cause alone does not tell. */
  readonly reason?: string;
  /** Which placements; absent for all of that server. */
  readonly ids?: readonly string[];
  /** A further condition in SQL on `placements`, as that the reservation has really run out; judged under the lock. */
  readonly provided?: string;
}

/** Ends seats, in a transaction that the caller has begun with `lockServer` and finishes with `appendEvents`. */
@Injectable()
export class SeatEnder {
  constructor(private readonly idempotency: IdempotencyStore) {}

  /**
   * Ends the placements that may still end so, gives their seats back and drops the answers that hold their secrets.
   * @returns the events of the placements that ended by this call, and of the agents who are offline by it; none for what somebody else ended before
   */
  async end(tx: Tx, { mediaServerId, cause, reason, ids, provided }: EndSeats): Promise<NewEvent[]> {
    if (ids?.length === 0) return [];
    const before = placementStatesBefore(cause);
    const facts = await rows<PlacementFact>(
      tx,
      `SELECT id, agent_id AS agentId, media_server_id AS mediaServerId, conference, leg_uniqueid AS legUniqueid FROM placements
       WHERE media_server_id = ? AND state IN (?) ${ids ? 'AND id IN (?)' : ''} ${provided ? `AND (${provided})` : ''} ORDER BY id`,
      [mediaServerId, before, ...(ids ? [ids] : [])],
    );
    if (facts.length === 0) return [];
    const state = movePlacement(before[0]!, cause);
    const why = state === 'released' ? (reason ?? releaseReason(cause)) : null;
    const ended = facts.map(({ id }) => id);
    const { affectedRows } = await change(
      tx,
      "UPDATE placements SET state = ?, released_at = IF(? = 'released', NOW(3), NULL), release_reason = ? WHERE id IN (?) AND state IN (?)",
      [state, state, why, ended, before],
    );
    if (affectedRows !== facts.length) throw new Error(`Placements of media server ${mediaServerId} moved without the lock of its row.`);
    await change(tx, 'UPDATE media_servers SET seats = seats - ? WHERE id = ?', [affectedRows, mediaServerId]);
    await this.idempotency.dropForPlacements(tx, ended);
    return [...facts.map((fact) => placementEvent(state, fact, why)), ...(await leave(tx, facts.map(({ agentId }) => agentId), cause))];
  }
}
