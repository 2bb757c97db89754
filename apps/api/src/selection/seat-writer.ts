import { livePlacementStates, releaseReason } from '@nailup/domain';
import { change, type Tx } from '../database/database.js';
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

/**
 * Moves `media_servers.seats` by what each server gains or loses. A server that gains must still be usable: its row is locked from here on, so
 * one that fails now finds the new seats when it is cleared.
 */
export async function moveSeats(tx: Tx, deltas: ReadonlyMap<string, SeatDelta>): Promise<void> {
  const of = (gains: boolean) => [...deltas].flatMap(([id, delta]) => (delta.gains === gains ? [[id, delta.net] as const] : []));
  await moveSome(tx, of(true), "AND mode = 'active' AND health = 'healthy' AND deleted_at IS NULL");
  await moveSome(tx, of(false), '');
}

async function moveSome(tx: Tx, deltas: readonly (readonly [string, number])[], guard: string): Promise<void> {
  if (deltas.length === 0) return;
  const { affectedRows } = await change(
    tx,
    `UPDATE media_servers SET seats = seats + CASE id ${deltas.map(() => 'WHEN ? THEN ?').join(' ')} END WHERE id IN (?) ${guard}`,
    [...deltas.flat(), deltas.map(([id]) => id)],
  );
  if (affectedRows !== deltas.length) throw new StaleRead('A chosen media server is no longer usable.');
}

/** Ends the seats of agents who move; each must still be live. */
export async function leaveSeats(tx: Tx, seats: readonly PlacementRecord[], now: Date): Promise<void> {
  if (seats.length === 0) return;
  const { affectedRows } = await change(
    tx,
    "UPDATE placements SET state = 'released', released_at = ?, release_reason = ? WHERE id IN (?) AND state IN (?)",
    [now, releaseReason('moved'), seats.map(({ id }) => id), livePlacementStates],
  );
  if (affectedRows !== seats.length) throw new StaleRead('A seat that was to be left has ended.');
}

/** Gives seats that are held already a fresh password, and their agents the time to come with it. */
export async function refreshSeats(
  tx: Tx,
  seats: readonly { readonly placement: PlacementRecord; readonly credentials: SipCredentials }[],
  now: Date,
  times: SeatTimes,
): Promise<void> {
  if (seats.length === 0) return;
  const { affectedRows } = await change(
    tx,
    `UPDATE placements SET sip_ha1 = CASE id ${seats.map(() => 'WHEN ? THEN ?').join(' ')} END, sip_expires_at = ? + INTERVAL ? SECOND,
       expires_at = IF(state = 'reserved', ? + INTERVAL ? SECOND, expires_at), lost_until = IF(state = 'lost', ? + INTERVAL ? SECOND, lost_until)
     WHERE id IN (?) AND state IN (?)`,
    [
      ...seats.flatMap(({ placement, credentials }) => [placement.id, credentials.ha1]),
      now, times.sipSeconds, now, times.reservationSeconds, now, times.lostGraceSeconds,
      seats.map(({ placement }) => placement.id), livePlacementStates,
    ],
  );
  if (affectedRows !== seats.length) throw new StaleRead('A seat that was to be kept has ended.');
}

/** Writes the promised seats. The UNIQUE key on the live agent is the last guard against a second seat. */
export async function takeSeats(tx: Tx, seats: readonly NewSeat[], now: Date, times: SeatTimes): Promise<void> {
  if (seats.length === 0) return;
  const row = "(?, ?, ?, 'reserved', ?, ?, ? + INTERVAL ? SECOND, ?, ?, ?, ?, ?)";
  const values = seats.flatMap(({ placement, credentials, decision }) => [
    placement.id, placement.agentId, placement.mediaServerId, placement.sipUsername, credentials.ha1, now, times.sipSeconds,
    placement.conference, placement.parking, now, placement.expiresAt, JSON.stringify(decision),
  ]);
  await change(
    tx,
    `INSERT INTO placements (id, agent_id, media_server_id, state, sip_username, sip_ha1, sip_expires_at, conference, parking, reserved_at, expires_at, decision)
     VALUES ${seats.map(() => row).join(', ')}`,
    values,
  );
}

/** Keeps what the batch saw, for those who will ask why. */
export async function keepPicture(tx: Tx, id: string, servers: readonly ServerRow[], picks: Parameters<typeof paint>[1]): Promise<void> {
  await change(tx, 'INSERT INTO selection_pictures (id, picture) VALUES (?, ?)', [id, JSON.stringify(paint(servers, picks))]);
}
