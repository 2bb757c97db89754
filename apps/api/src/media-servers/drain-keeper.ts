import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { movesDue } from '@nailup/domain';
import { Database } from '../database/database.js';
import { appendEvents } from '../live/event-log.js';
import { Seats } from '../seats/seats.module.js';
import { type Draining, DrainRepository } from './drain.repository.js';
import { modeEvent } from './media-server.mapping.js';
import { MediaServerRepository } from './media-server.repository.js';

const everyMs = 1_000;

/**
 * Empties the media servers that drain: agents who are not on a call are placed elsewhere one after the other, the others once their call is
 * over, everybody at the deadline; and who is to retire is disabled when nobody is left. It looks at what is, not at what happened: a manager
 * that dies half way, or two at once, leave nothing behind.
 */
@Injectable()
export class DrainKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(DrainKeeper.name);
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #failing = false;

  constructor(
    private readonly database: Database,
    private readonly servers: MediaServerRepository,
    private readonly drains: DrainRepository,
    private readonly seats: Seats,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  onApplicationShutdown(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), everyMs);
  }

  async #look(): Promise<void> {
    try {
      for (const drain of await this.drains.all()) await this.#goOn(drain);
      this.#failing = false;
    } catch (error) {
      // The next look tries again; one line an outage is enough.
      if (!this.#failing) this.#logger.warn(`Media servers cannot be emptied: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
    this.#schedule();
  }

  async #goOn(drain: Draining): Promise<void> {
    const { id, name, agentsLeft, busy, deadlineSeconds } = drain;
    if (agentsLeft === 0) {
      if (drain.thenDisable) await this.#retire(id);
      return;
    }
    if (deadlineSeconds !== null && deadlineSeconds <= 0) {
      await this.seats.endOfMediaServer(id, 'media_server_drained');
      this.#logger.log(`The drain of ${name} reached its deadline: ${agentsLeft} seats ended`);
      return;
    }
    if (agentsLeft === busy || movesDue(drain) === 0) return;
    // Asked again when no other manager can let go of anybody meanwhile. Nobody loses the seat she has for one that is not there.
    const moved = await this.seats.endIdle(id, (tx) => this.drains.movesNow(tx, id), 'media_server_drained');
    if (moved > 0) this.#logger.debug(`The drain of ${name} placed ${moved} elsewhere, ${agentsLeft - moved} left`);
  }

  async #retire(id: string): Promise<void> {
    const retired = await this.database.inTransaction(async (tx) => {
      await this.servers.lockPool(tx);
      const server = await this.servers.lock(tx, id);
      if (server === null || server === 'deleted' || server.mode !== 'draining' || !server.drainThenDisable || !(await this.drains.empty(tx, id))) return null;
      const after = await this.servers.setMode(tx, id, 'disabled');
      await appendEvents(tx, [modeEvent(after)]);
      return after.name;
    });
    if (retired !== null) this.#logger.log(`${retired} is empty and retired`);
  }
}
