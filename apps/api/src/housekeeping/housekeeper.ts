import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { change, Database, rows } from '../database/database.js';
import { Chance } from '../time/clock.js';

const everyMs = 60_000;
const atOnce = 5_000;
/** Calls that are removed in one transaction: each has a ladder of some dozens of rows, and nobody is to wait behind them. */
const callsAtOnce = 200;

/** Rows that have served: one statement a table, repeated until little is left. */
const expired: readonly string[] = [
  'DELETE FROM idempotency_keys WHERE expires_at < NOW(3)',
  'DELETE FROM event_tickets WHERE expires_at < NOW(3)',
  'DELETE FROM refresh_tokens WHERE expires_at < NOW(3) - INTERVAL 1 DAY',
  'DELETE FROM login_failures WHERE at < NOW(3) - INTERVAL 1 HOUR',
  'DELETE FROM placement_failures WHERE until_at < NOW(3)',
  // A proxy may ask for the same route again for a while after its target has gone.
  'DELETE FROM call_targets WHERE expires_at < NOW(3) - INTERVAL 1 HOUR',
];

/** Removes what has expired, and calls and events past their retention. Every manager does it; two at once do no harm. */
@Injectable()
export class Housekeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(Housekeeper.name);
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly database: Database,
    @TheConfig() private readonly config: Config,
    private readonly chance: Chance,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  onApplicationShutdown(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** One round. */
  async sweep(): Promise<void> {
    for (const statement of expired) await this.#removeAll(`${statement} LIMIT ${atOnce}`);
    await this.#removeCalls();
    await this.#trimEventLog();
  }

  /** Calls with their ladders. One whose recording is still there stays: recordings go by a rule of their own (RecordingKeeper), and their access log stays for good. */
  async #removeCalls(): Promise<void> {
    let removed = callsAtOnce;
    while (removed === callsAtOnce && !this.#stopped) removed = await this.database.inTransaction(async (tx) => {
      // Of two managers the second one takes other calls. The index is that of (state, started_at).
      const old = await rows<{ id: string }>(
        tx,
        `SELECT c.id FROM calls c WHERE c.state = 'ended' AND c.started_at < NOW(3) - INTERVAL ? DAY AND c.ended_at < NOW(3) - INTERVAL ? DAY
           AND NOT EXISTS (SELECT 1 FROM recordings r WHERE r.call_id = c.id AND r.deleted_at IS NULL)
         ORDER BY c.started_at LIMIT ${callsAtOnce} FOR UPDATE OF c SKIP LOCKED`,
        [this.config.callRetentionDays, this.config.callRetentionDays],
      );
      if (old.length === 0) return 0;
      const ids = old.map(({ id }) => id);
      for (const [table, column] of [['call_events', 'call_id'], ['call_targets', 'call_id'], ['supervisions', 'call_id'], ['calls', 'id']]) await change(tx, `DELETE FROM ${table} WHERE ${column} IN (?)`, [ids]);
      return ids.length;
    });
  }

  /** The floor rises before the rows go, so that a reader is told to resync rather than given a gap. */
  async #trimEventLog(): Promise<void> {
    const [old] = await this.database.rows<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM event_log WHERE at < NOW(3) - INTERVAL ? HOUR', [this.config.eventRetentionHours]);
    if (old?.seq == null) return;
    await this.database.change('UPDATE event_head SET floor_seq = GREATEST(floor_seq, ?) WHERE id = 1', [old.seq]);
    await this.#removeAll(`DELETE FROM event_log WHERE seq <= ? ORDER BY seq LIMIT ${atOnce}`, [old.seq]);
  }

  async #removeAll(statement: string, parameters: readonly unknown[] = []): Promise<void> {
    let removed = atOnce;
    while (removed === atOnce && !this.#stopped) removed = (await this.database.change(statement, parameters)).affectedRows;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.sweep()
        .catch((error: unknown) => this.#logger.warn(`Expired rows could not be removed: ${error instanceof Error ? error.message : String(error)}`))
        .finally(() => this.#schedule());
    }, everyMs * (0.5 + this.chance.next()));
  }
}
