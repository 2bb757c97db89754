import { livePlacementStates, releaseReason } from '@nailup/domain';
import { commit } from '../database/bounded-pool.js';
import { inOneTrip, type Statement, toSql, type Tx } from '../database/database.js';
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
  /** How many rows it must touch. */
  readonly expects?: number;
}

/** MySQL's word for a text that is no JSON (ER_INVALID_JSON_TEXT_IN_PARAM): what `counted` makes of a wrong count. */
const noJson = 3141;

/** Fails when the statement before it touched other rows than it was to. */
const counted = (rows: number): SeatStatement => ({ sql: "DO JSON_LENGTH(IF(ROW_COUNT() = ?, '[]', 'a chosen media server or a seat has changed'))", parameters: [rows] });

/**
 * Sends them in one trip to MySQL, counts what they touch, and commits. @returns their results
 * @throws StaleRead when one touched other rows than it expects; nothing is committed then
 */
export async function writeAndCommit(tx: Tx, statements: readonly SeatStatement[]): Promise<readonly unknown[]> {
  const all = [...statements.flatMap((one) => (one.expects === undefined ? [one] : [one, counted(one.expects)])), { sql: commit }];
  try {
    const results = await inOneTrip(tx, all);
    return statements.map((one) => results[all.indexOf(one)]);
  } catch (error) {
    throw Number((error as { errno?: unknown }).errno) === noJson ? new StaleRead('A chosen media server is no longer usable, or a seat has ended.') : error;
  }
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
      expects: ids.length,
    };
  });
}

/** Ends the seats of agents who move; each must still be live. */
export function leavingSeats(seats: readonly PlacementRecord[], now: Date): SeatStatement[] {
  if (seats.length === 0) return [];
  return [{
    sql: "UPDATE placements SET state = 'released', released_at = ?, release_reason = ? WHERE id IN (?) AND state IN (?)",
    parameters: [now, releaseReason('moved'), seats.map(({ id }) => id), livePlacementStates],
    expects: seats.length,
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
    expects: seats.length,
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

/** Keeps what the batch saw, for those who will ask why. @param as the picture that names the same servers, if there is one */
export function keepingPicture(id: string, servers: readonly ServerRow[], picks: Parameters<typeof paint>[1], as: string | null): SeatStatement[] {
  return [{ sql: 'INSERT INTO selection_pictures (id, picture) VALUES (?, ?)', parameters: [id, JSON.stringify(paint(servers, picks, as))] }];
}

export function later(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1_000);
}
