import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { change, Database, rows, type Tx } from '../database/database.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { judgingSql, neverSwept, outageSeconds } from './judging.js';
import { namesSeconds } from './picture-names.js';
import { type EndingCause, lockServer, SeatEnder } from './placement-moves.js';
import { placementEvent, type PlacementFact } from './placement-events.js';
import { SeatCount } from './seat-count.js';

const sweepMs = 1_000;
/** One manager sweeps for all; the others find that it did so less than this ago. */
const freshSeconds = 0.9;
/** Every so many sweeps the seats are counted and old pictures forgotten. */
const slowBeat = 30;
/** Every so many sweeps the disabled agents are looked at, which reads all agents. */
const thoroughBeat = 10;
const atOnce = 2_000;
/** How long it can be told why a media server was chosen. */
const pictureDays = 30;

/**
 * Who may be let go from a media server that fell silent: nobody whose call may still live there, as far as her browser or its SIP side has been heard of
 * within a minute; and nobody while there is no other one to go to. Of a process that is proven gone all seats have ended already (PlacementLedger).
 */
// Inside a sub-query on media_servers.
const losesNothing = `NOT (placements.state = 'connected'
    AND (placements.client_legs > 0 OR EXISTS (SELECT 1 FROM calls c WHERE c.placement_id = placements.id AND c.state IN ('dialing', 'ringing', 'answered', 'held')))
    AND (placements.heartbeat_at IS NOT NULL OR last_seen_at > NOW(3) - INTERVAL 60 SECOND))
  AND EXISTS (SELECT 1 FROM media_servers o WHERE o.id <> media_servers.id AND o.health = 'healthy' AND o.mode = 'active' AND o.deleted_at IS NULL)`;

type SweepCause = 'silent' | Extract<EndingCause, 'not-taken-up' | 'grace-ran-out' | 'evicted' | 'server-failed'>;

interface Due {
  readonly id: string;
  readonly mediaServerId: string;
  readonly cause: SweepCause;
}

/** Ends what ran out: reservations nobody took up, seats nobody came back to, and the seats of silent browsers. By MySQL's clock alone. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Sweeper');
  readonly #graceSeconds: number;
  readonly #silenceSeconds: number;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;
  #beats = 0;

  constructor(
    private readonly database: Database,
    private readonly seats: SeatEnder,
    private readonly seatCount: SeatCount,
    @TheConfig() config: Config,
  ) {
    this.#graceSeconds = config.lostGraceSeconds;
    this.#silenceSeconds = config.heartbeatSilenceSeconds;
  }

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  /**
   * One round over everything that ran out.
   * @param thorough looks for the seats of disabled agents as well, which end when it is said: this is for when it was not heard
   * @returns how many placements moved
   */
  async sweep(thorough = true): Promise<number> {
    const byServer = new Map<string, Due[]>();
    for (const due of await this.#findDue(thorough)) byServer.set(due.mediaServerId, [...(byServer.get(due.mediaServerId) ?? []), due]);
    let moved = 0;
    for (const [mediaServerId, due] of byServer) moved += await this.#sweepServer(mediaServerId, due);
    return moved;
  }

  /**
   * Says that a sweep happens now, and holds no time that ran out against anybody for a while when there was none for long.
   * @returns false when another manager swept a moment ago
   */
  async takeTurn(): Promise<boolean> {
    const { affectedRows } = await this.database.change(
      `UPDATE sweeps SET silence_counts_from = IF(swept_at BETWEEN ${neverSwept} AND NOW(3) - INTERVAL ? SECOND, NOW(3) + INTERVAL ? SECOND, silence_counts_from), swept_at = NOW(3)
       WHERE id = 1 AND swept_at <= NOW(3) - INTERVAL ? SECOND`,
      [outageSeconds, this.#silenceSeconds, freshSeconds],
    );
    return affectedRows > 0;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.#beat().finally(() => this.#schedule());
    }, sweepMs);
  }

  async #beat(): Promise<void> {
    try {
      if (await this.takeTurn()) {
        await this.sweep(this.#beats % thoroughBeat === 0);
        this.#beats += 1;
        if (this.#beats % slowBeat === 0) await this.#tidy();
      }
      if (this.#failing) this.#logger.log('Seats that ran out are found again');
      this.#failing = false;
    } catch (error) {
      // The next beat tries again; one line an outage is enough.
      if (!this.#failing) this.#logger.warn(`Seats that ran out cannot be found: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
  }

  async #tidy(): Promise<void> {
    await this.seatCount.correct();
    await this.database.change(`DELETE FROM selection_pictures WHERE at < NOW(3) - INTERVAL ${pictureDays} DAY - INTERVAL ${namesSeconds} SECOND LIMIT 1000`);
  }

  #findDue(thorough: boolean): Promise<Due[]> {
    const { 'not-taken-up': notTakenUp, 'grace-ran-out': graceRanOut, 'server-failed': serverFailed, silent } = this.#conditions();
    return this.database.rows<Due>(
      `SELECT id, media_server_id AS mediaServerId, 'not-taken-up' AS cause FROM placements WHERE state = 'reserved' AND ${notTakenUp}
       UNION ALL SELECT id, media_server_id, 'grace-ran-out' FROM placements WHERE state = 'lost' AND ${graceRanOut}
       UNION ALL SELECT id, media_server_id, 'silent' FROM placements WHERE state = 'connected' AND ${silent}
       ${thorough ? "UNION ALL SELECT p.id, p.media_server_id, 'evicted' FROM agents a JOIN placements p ON p.live_agent_id = a.id WHERE NOT a.enabled OR a.deleted_at IS NOT NULL" : ''}
       UNION ALL SELECT id, media_server_id, 'server-failed' FROM placements WHERE state IN ('reserved', 'connected', 'lost') AND (${serverFailed})
       ORDER BY mediaServerId, id LIMIT ${atOnce}`,
    );
  }

  /** What must hold when the row is locked: between finding and moving, an agent may have come back. */
  #conditions(): Readonly<Record<SweepCause, string>> {
    return {
      'not-taken-up': `expires_at <= NOW(3) AND ${judgingSql}`,
      'grace-ran-out': `lost_until <= NOW(3) AND ${judgingSql}`,
      silent: `heartbeat_at < NOW(3) - INTERVAL ${this.#silenceSeconds} SECOND AND ${judgingSql}`,
      'evicted': 'agent_id IN (SELECT id FROM agents WHERE NOT enabled OR deleted_at IS NOT NULL)',
      'server-failed': `media_server_id IN (SELECT id FROM media_servers WHERE deleted_at IS NOT NULL OR (health = 'down' AND ${losesNothing}))`,
    };
  }

  async #sweepServer(mediaServerId: string, due: readonly Due[]): Promise<number> {
    const conditions = this.#conditions();
    return this.database.inTransaction(async (tx) => {
      await lockServer(tx, mediaServerId);
      const events: NewEvent[] = [];
      for (const cause of new Set(due.map((one) => one.cause))) {
        const ids = due.filter((one) => one.cause === cause).map(({ id }) => id);
        const provided = conditions[cause];
        events.push(...(cause === 'silent' ? await this.#loseSilent(tx, ids, provided) : await this.seats.end(tx, { mediaServerId, cause, ids, provided, ...(cause === 'evicted' ? { reason: 'agent_disabled' } : {}) })));
      }
      await appendEvents(tx, events);
      return events.filter(({ type }) => type !== 'agent.state').length;
    });
  }

  /** The leg stays named, so that it is hung up and cannot make the seat connected again. */
  async #loseSilent(tx: Tx, ids: readonly string[], provided: string): Promise<NewEvent[]> {
    const facts = await rows<PlacementFact>(
      tx,
      `SELECT id, agent_id AS agentId, media_server_id AS mediaServerId, conference, leg_uniqueid AS legUniqueid FROM placements
       WHERE id IN (?) AND state = 'connected' AND ${provided} ORDER BY id FOR UPDATE`,
      [ids],
    );
    if (facts.length === 0) return [];
    await change(tx, "UPDATE placements SET state = 'lost', lost_at = NOW(3), lost_until = NOW(3) + INTERVAL ? SECOND WHERE id IN (?)", [
      this.#graceSeconds, facts.map(({ id }) => id),
    ]);
    return facts.map((fact) => placementEvent('lost', fact, 'heartbeat'));
  }
}
