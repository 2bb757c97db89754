import { Injectable } from '@nestjs/common';
import { type ConferenceLevel, placementStatesBefore } from '@nailup/domain';
import { CallBook } from '../calls/call-book.js';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { change, Database, rows, type Tx } from '../database/database.js';
import { appendEvents } from '../live/event-log.js';
import { compareWithAsterisk, type LedgerPlan, type Orphan, type WrittenSeat } from './ledger-plan.js';
import { lockServer, SeatEnder } from './placement-moves.js';
import { placementEvent } from './placement-events.js';
import { arrive } from './presence.js';
import { hasLegs, shownDigest, writtenDigestSql } from './seat-digest.js';

/** From a phone's first beat until its leg is written, at most. */
const freshBeat = 'heartbeat_at > NOW(3) - INTERVAL 2 SECOND';

/** What the owner of a media server sees on it. */
export interface Observation {
  readonly mediaServerId: string;
  /** Of the lease the observer holds; a stale one writes nothing. */
  readonly epoch: number;
  /** True for a snapshot: a connected placement that is not listed has lost its leg. */
  readonly complete: boolean;
  /** Agent legs by uniqueid, oldest first, and how many clients are with them. */
  readonly conferences: readonly ConferenceLevel[];
}

/** Makes the placements equal to what Asterisk shows. The only way a placement becomes connected. */
@Injectable()
export class PlacementLedger {
  readonly #graceSeconds: number;

  constructor(
    private readonly database: Database,
    private readonly seats: SeatEnder,
    private readonly calls: CallBook,
    @TheConfig() config: Config,
  ) {
    this.#graceSeconds = config.lostGraceSeconds;
  }

  /**
   * Takes a picture of one media server in, in one transaction.
   * @returns legs in conferences that belong to no live placement of that server: to be hung up
   */
  async observe(seen: Observation): Promise<{ orphans: Orphan[] }> {
    if (!seen.complete && seen.conferences.length === 0) return { orphans: [] };
    if (seen.complete && (await this.#isWritten(seen))) return { orphans: [] };
    return this.database.inTransaction(async (tx) => {
      if ((await lockServer(tx, seen.mediaServerId))?.epoch !== seen.epoch) return { orphans: [] };
      const plan = compareWithAsterisk(seen.mediaServerId, seen.conferences, await this.#written(tx, seen));
      await this.#join(tx, plan.joined);
      await this.#lose(tx, plan.lost);
      await this.#adjust(tx, plan.adjusted);
      await appendEvents(tx, [
        ...plan.joined.map(({ seat, leg }) => placementEvent('connected', { ...seat, legUniqueid: leg })),
        ...plan.lost.map(({ seat }) => placementEvent('lost', seat, 'leg_ended')),
        ...(await arrive(tx, plan.joined.map(({ seat }) => seat.agentId))),
      ]);
      return { orphans: plan.orphans };
    });
  }

  /** The media server is down: its calls are over, its agents get their next seat elsewhere at once. @returns how many seats ended */
  async serverFailed(mediaServerId: string, epoch: number): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      if ((await lockServer(tx, mediaServerId))?.epoch !== epoch) return 0;
      // Placements before calls before agents, as everybody locks them.
      await rows(tx, "SELECT id FROM placements WHERE media_server_id = ? AND state IN ('reserved', 'connected', 'lost') ORDER BY id FOR UPDATE", [mediaServerId]);
      const calls = await this.calls.endOfServer(tx, mediaServerId);
      const seats = await this.seats.end(tx, { mediaServerId, cause: 'server-failed' });
      await appendEvents(tx, [...calls, ...seats]);
      return seats.length;
    });
  }

  /**
   * Whether a snapshot tells nothing new, which is so nearly every time; found out without a lock, and without reading a seat. Whoever moves a seat of
   * this server at the same moment has it told by the event log.
   */
  async #isWritten({ mediaServerId, epoch, conferences }: Observation): Promise<boolean> {
    const shown = shownDigest(conferences);
    if (shown === null) return false;
    const [written] = await this.database.rows<{ epoch: number; digest: string }>(writtenDigestSql, [mediaServerId]);
    return written?.epoch === epoch && written.digest === shown;
  }

  async #written(tx: Tx, { mediaServerId, complete, conferences }: Observation): Promise<WrittenSeat[]> {
    const columns = `id, agent_id AS agentId, media_server_id AS mediaServerId, conference, leg_uniqueid AS legUniqueid, state, client_legs AS clientLegs`;
    const names = conferences.map(({ conference }) => conference);
    const named = names.length === 0 ? [] : await rows<WrittenSeat>(tx, `SELECT ${columns} FROM placements WHERE sip_username IN (?)`, [names]);
    if (!complete) return named;
    const unlisted = names.length === 0 ? '' : 'AND sip_username NOT IN (?)';
    const here = await rows<WrittenSeat>(
      tx,
      `SELECT ${columns} FROM placements WHERE media_server_id = ? AND ${hasLegs} ${unlisted}`,
      [mediaServerId, ...(names.length === 0 ? [] : [names])],
    );
    return [...named, ...here];
  }

  /**
   * A new leg is a new browser page: whether it beats is not known yet, so the silence of the one before is forgotten. A beat of just now is her own,
   * written before her leg was: forgotten as well, a page that freezes before its next one would never be found.
   */
  async #join(tx: Tx, joined: LedgerPlan['joined']): Promise<void> {
    if (joined.length === 0) return;
    await this.#update(
      tx,
      joined,
      `state = 'connected', connected_at = COALESCE(connected_at, NOW(3)), expires_at = NULL, lost_at = NULL, lost_until = NULL,
       heartbeat_at = IF(${freshBeat}, heartbeat_at, NULL),
       leg_uniqueid = ${perRow(joined)}, client_legs = ${perRow(joined)}`,
      [...joined.flatMap(({ seat, leg }) => [seat.id, leg]), ...joined.flatMap(({ seat, clientLegs }) => [seat.id, clientLegs])],
      placementStatesBefore('joined'),
    );
  }

  async #lose(tx: Tx, lost: LedgerPlan['lost']): Promise<void> {
    if (lost.length === 0) return;
    await this.#update(
      tx,
      lost,
      `state = 'lost', lost_at = NOW(3), lost_until = NOW(3) + INTERVAL ? SECOND, leg_uniqueid = NULL, client_legs = ${perRow(lost)}`,
      [this.#graceSeconds, ...lost.flatMap(({ seat, clientLegs }) => [seat.id, clientLegs])],
      placementStatesBefore('leg-ended'),
    );
  }

  async #adjust(tx: Tx, adjusted: LedgerPlan['adjusted']): Promise<void> {
    if (adjusted.length === 0) return;
    const legs = adjusted.flatMap(({ seat, leg }) => [seat.id, leg]);
    await this.#update(
      tx,
      adjusted,
      `heartbeat_at = IF(${freshBeat} OR leg_uniqueid <=> ${perRow(adjusted)}, heartbeat_at, NULL), leg_uniqueid = ${perRow(adjusted)}, client_legs = ${perRow(adjusted)}`,
      [...legs, ...legs, ...adjusted.flatMap(({ seat, clientLegs }) => [seat.id, clientLegs])],
      ['reserved', 'connected', 'lost'],
    );
  }

  async #update(tx: Tx, moves: readonly { seat: WrittenSeat }[], set: string, values: unknown[], states: readonly string[]): Promise<void> {
    const ids = moves.map(({ seat }) => seat.id);
    const { affectedRows } = await change(tx, `UPDATE placements SET ${set} WHERE id IN (?) AND state IN (?)`, [...values, ids, states]);
    if (affectedRows !== ids.length) throw new Error('Placements moved without the lock of their media server.');
  }
}

/** `CASE id WHEN ? THEN ? … END`, one pair of parameters a row. */
function perRow(moves: readonly unknown[]): string {
  return `CASE id ${moves.map(() => 'WHEN ? THEN ?').join(' ')} END`;
}
