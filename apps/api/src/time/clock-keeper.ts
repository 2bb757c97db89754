import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SystemClock } from './clock.js';

const everyMs = 30_000;
/** The quickest of so many answers tells best what time it is. */
const questions = 3;
/** A smaller difference is as good as none: the way of the question is part of it. */
const agreedMs = 50;
/** A larger one is told. */
const toldMs = 5_000;

/**
 * Keeps this manager's clock with MySQL's, so that a token, a relay's credentials or a signature made by one manager end at the same moment for all,
 * whatever their machines believe.
 */
@Injectable()
export class ClockKeeper implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('Clock');
  #timer: NodeJS.Timeout | undefined;
  #aheadMs = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: SystemClock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.#ask();
    this.#timer = setInterval(() => void this.#ask(), everyMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    try {
      this.#take(await this.#measure());
    } catch (error) {
      // What was agreed last still holds: clocks drift slowly.
      this.#logger.debug(`MySQL cannot be asked what time it is: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #measure(): Promise<number> {
    let best = { tookMs: Infinity, aheadMs: 0 };
    for (let n = 0; n < questions; n += 1) {
      const before = Date.now();
      const [row] = await this.database.rows<{ now: Date }>('SELECT NOW(3) AS now');
      const after = Date.now();
      if (row && after - before < best.tookMs) best = { tookMs: after - before, aheadMs: (before + after) / 2 - row.now.getTime() };
    }
    return best.aheadMs;
  }

  #take(aheadMs: number): void {
    if (Math.abs(aheadMs - this.#aheadMs) < agreedMs) return;
    if (Math.abs(aheadMs) >= toldMs && Math.abs(aheadMs - this.#aheadMs) >= toldMs) {
      this.#logger.warn(`The clock of this machine is ${Math.abs(Math.round(aheadMs / 1_000))} s ${aheadMs > 0 ? 'ahead of' : 'behind'} MySQL's: MySQL's is used.`);
    }
    this.#aheadMs = aheadMs;
    this.clock.agree(aheadMs);
  }
}
