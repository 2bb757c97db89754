import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { Chance } from '../time/clock.js';

const everyMs = 60_000;
const atOnce = 5_000;

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

/** Removes what has expired, and events past their retention. Every manager does it; two at once do no harm. */
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
    await this.#trimEventLog();
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
