import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CallOrders } from '../calls/call-orders.js';
import { Database, rows, type Tx } from '../database/database.js';
import { appendEvents, type LogEvent } from '../live/event-log.js';
import { EventTail, type Subscription } from '../live/event-tail.js';
import { judgingSql } from '../selection/judging.js';
import { SupervisionBook } from './supervision-book.js';
import type { SupervisionEnd, SupervisionRecord } from './supervision.record.js';

const sweepMs = 1_000;
const atOnce = 500;

/** Why a supervision must end, by its rows alone; null while it may go on. A lost seat may come back: its supervision waits as the call does. */
const why = `CASE
  WHEN c.id IS NULL OR c.state = 'ended' THEN 'call-ended'
  WHEN s.id IS NULL OR s.health = 'down' OR s.deleted_at IS NOT NULL THEN 'media-server-failed'
  WHEN a.id IS NULL OR a.deleted_at IS NOT NULL OR NOT a.enabled OR a.role = 'agent' THEN 'not-allowed'
  WHEN c.state NOT IN ('answered', 'held') OR NOT (c.conference <=> v.conference) OR NOT (c.media_server_id <=> v.media_server_id) OR NOT (c.placement_id <=> v.placement_id)
    OR p.state IN ('released', 'expired') THEN 'moved'
  WHEN v.leg_uniqueid IS NULL AND v.sip_expires_at <= NOW(3) AND ${judgingSql} THEN 'never-joined' END`;

const joined = `FROM supervisions v LEFT JOIN calls c ON c.id = v.call_id LEFT JOIN media_servers s ON s.id = v.media_server_id
  LEFT JOIN agents a ON a.id = v.supervisor_id LEFT JOIN placements p ON p.id = v.placement_id WHERE v.live_supervisor_id IS NOT NULL`;

/** Events after which a supervision may have to end at once. */
const tells = (event: LogEvent): boolean => /^(call\.(ended|queued|ringing|answered|transferred)|placement\.(released|expired)|agent\.)/.test(event.type);

/**
 * Ends supervisions whose reason has gone, within one beat of the event log, and by looking every second. Every manager sweeps; each supervision is
 * judged again under its lock.
 */
@Injectable()
export class SupervisionSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('SupervisionSweeper');
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #following: Subscription | undefined;
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly book: SupervisionBook,
    private readonly orders: CallOrders,
    private readonly tail: EventTail,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // From here on; what ended before is found by the first look.
    const [head] = await this.database.rows<{ seq: number }>('SELECT seq FROM event_head WHERE id = 1');
    this.#following = this.tail.subscribe(head?.seq ?? 0, (events) => (events.some(tells) ? this.#beat() : undefined));
    this.#schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#following?.close();
    await this.#underWay;
  }

  /** One round over everything that has lost its reason. */
  async sweep(): Promise<void> {
    const found = await this.database.rows<{ id: string; callId: string }>(`SELECT v.id, v.call_id AS callId ${joined} AND ${why} IS NOT NULL ORDER BY v.id LIMIT ${atOnce}`);
    for (const one of found) await this.#end(one);
  }

  async #end({ id, callId }: { id: string; callId: string }): Promise<void> {
    const ended = await this.database.inTransaction(async (tx) => {
      await rows(tx, 'SELECT id FROM calls WHERE id = ? FOR UPDATE', [callId]);
      const record = await this.book.lockLive(tx, id);
      const reason = record === null ? null : await this.#reason(tx, id);
      if (record === null || reason === null) return null;
      await appendEvents(tx, await this.book.end(tx, record, reason));
      return record;
    });
    if (ended !== null) await this.#hangUp(ended);
  }

  /** Between finding and locking it may have moved on. */
  async #reason(tx: Tx, id: string): Promise<SupervisionEnd | null> {
    return (await rows<{ reason: SupervisionEnd | null }>(tx, `SELECT ${why} AS reason ${joined} AND v.id = ?`, [id]))[0]?.reason ?? null;
  }

  async #hangUp({ mediaServerId, legUniqueid }: SupervisionRecord): Promise<void> {
    if (legUniqueid !== null) await this.orders.hangUp(mediaServerId, legUniqueid);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#beat().finally(() => this.#schedule()), sweepMs);
  }

  /** One after the other; a fault is left to the next beat. */
  #beat(): Promise<void> {
    this.#underWay = this.#underWay
      .then(() => (this.#stopped ? undefined : this.sweep()))
      .catch((error: unknown) => this.#logger.warn(`Supervisions cannot be looked at: ${error instanceof Error ? error.message : String(error)}`));
    return this.#underWay;
  }
}
