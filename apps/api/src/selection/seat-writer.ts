import { livePlacementStates, releaseReason } from '@nailup/domain';
import { type Changed, inOneTrip, type Statement, toSql, type Tx } from '../database/database.js';
import { paint } from './decision-record.js';
import type { SipCredentials } from './credentials.js';
import type { PlacementRecord } from './placement.record.js';
import type { ServerRow } from './selection-facts.js';

/** Somebody changed a row between our reading and our writing it: the batch is decided again. */
export class StaleRead extends Error {
  override readonly name = 'StaleRead';
}

/** A seat about to be given. */
export interface NewSeat {
  readonly placement: PlacementRecord;
  readonly credentials: SipCredentials;
  readonly decision: object;
}

/** Seconds a reservation, a lost seat and a password last. */
export interface SeatTimes {
  readonly reservationSeconds: number;
  readonly lostGraceSeconds: number;
  readonly sipSeconds: number;
}

/** By how much the seats of one server change, and whether somebody comes to it. */
export interface SeatDelta {
  net: number;
  gains: boolean;
}

/** A statement of a batch. */
export interface SeatStatement extends Statement {
  /** How many rows it must touch, and what it means when it does not. */
  readonly expects?: { readonly rows: number; readonly otherwise: string };
}

/**
 * Sends them in one trip to MySQL. @returns their results
 * @throws StaleRead when one touched other rows than it expects; the transaction must not be committed then
 */
export async function write(tx: Tx, statements: readonly SeatStatement[]): Promise<readonly unknown[]> {
  const results = await inOneTrip(tx, statements);
  statements.forEach(({ expects }, at) => {
    if (expects && (results[at] as Changed).affectedRows !== expects.rows) throw new StaleRead(expects.otherwise);
  });
  return results;
}

/**
 * Moves `media_servers.seats` by what each server gains or loses. A server that gains must still be usable: its row is locked from here on, so
 * one that fails now finds the new seats when it is cleared.
 */
export function movingSeats(deltas: ReadonlyMap<string, SeatDelta>): SeatStatement[] {
  const gaining = [...deltas].filter(([, { gains }]) => gains);
  const losing = [...deltas].filter(([, { gains }]) => !gains);
  return [...movingSome(gaining, "AND mode = 'active' AND health = 'healthy' AND deleted_at IS NULL"), ...movingSome(losing, '')];
}

/** One statement for all that change by the same: in a crowd that is by one, and a CASE over 255 servers is read 255 times. */
function movingSome(deltas: readonly (readonly [string, SeatDelta])[], guard: string): SeatStatement[] {
  return [...new Set(deltas.map(([, { net }]) => net))].map((net) => {
    const ids = deltas.filter(([, delta]) => delta.net === net).map(([id]) => id);
    return {
      sql: `UPDATE media_servers SET seats = seats + ? WHERE id IN (?) ${guard}`,
      parameters: [net, ids],
      expects: { rows: ids.length, otherwise: 'A chosen media server is no longer usable.' },
    };
  });
}

/** Ends the seats of agents who move; each must still be live. */
export function leavingSeats(seats: readonly PlacementRecord[], now: Date): SeatStatement[] {
  if (seats.length === 0) return [];
  return [{
    sql: "UPDATE placements SET state = 'released', released_at = ?, release_reason = ? WHERE id IN (?) AND state IN (?)",
    parameters: [now, releaseReason('moved'), seats.map(({ id }) => id), livePlacementStates],
    expects: { rows: seats.length, otherwise: 'A seat that was to be left has ended.' },
  }];
}

/** Gives seats that are held already a fresh password, and their agents the time to come with it. */
export function refreshingSeats(
  seats: readonly { readonly placement: PlacementRecord; readonly credentials: SipCredentials }[],
  now: Date,
  times: SeatTimes,
): SeatStatement[] {
  if (seats.length === 0) return [];
  return [{
    sql: `UPDATE placements SET sip_ha1 = CASE id ${seats.map(() => 'WHEN ? THEN ?').join(' ')} END, sip_expires_at = ? + INTERVAL ? SECOND,
       expires_at = IF(state = 'reserved', ? + INTERVAL ? SECOND, expires_at), lost_until = IF(state = 'lost', ? + INTERVAL ? SECOND, lost_until)
     WHERE id IN (?) AND state IN (?)`,
    parameters: [
      ...seats.flatMap(({ placement, credentials }) => [placement.id, credentials.ha1]),
      now, times.sipSeconds, now, times.reservationSeconds, now, times.lostGraceSeconds,
      seats.map(({ placement }) => placement.id), livePlacementStates,
    ],
    expects: { rows: seats.length, otherwise: 'A seat that was to be kept has ended.' },
  }];
}

/** Writes the promised seats. The UNIQUE key on the live agent is the last guard against a second seat. */
export function takingSeats(seats: readonly NewSeat[], now: Date, times: SeatTimes): SeatStatement[] {
  if (seats.length === 0) return [];
  // Told once for all rows: making a moment into SQL costs as much as three other values.
  const [reservedAt, expiresAt, sipExpiresAt] = [now, later(now, times.reservationSeconds), later(now, times.sipSeconds)].map(toSql);
  const row = `(?, ?, ?, 'reserved', ?, ?, '${sipExpiresAt}', ?, ?, '${reservedAt}', '${expiresAt}', ?)`;
  return [{
    sql: `INSERT INTO placements (id, agent_id, media_server_id, state, sip_username, sip_ha1, sip_expires_at, conference, parking, reserved_at, expires_at, decision)
     VALUES ${seats.map(() => row).join(', ')}`,
    parameters: seats.flatMap(({ placement, credentials, decision }) => [
      placement.id, placement.agentId, placement.mediaServerId, placement.sipUsername, credentials.ha1, placement.conference, placement.parking, JSON.stringify(decision),
    ]),
  }];
}

/** Keeps what the batch saw, for those who will ask why. */
export function keepingPicture(id: string, servers: readonly ServerRow[], picks: Parameters<typeof paint>[1]): SeatStatement[] {
  return [{ sql: 'INSERT INTO selection_pictures (id, picture) VALUES (?, ?)', parameters: [id, JSON.stringify(paint(servers, picks))] }];
}

export function later(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1_000);
}
