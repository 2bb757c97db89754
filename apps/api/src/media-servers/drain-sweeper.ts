import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Seats } from '../seats/seats.module.js';
import { MediaServerRepository } from './media-server.repository.js';

const everyMs = 1_000;

/**
 * Ends the seats that remain on a draining server past its deadline, so that their agents are placed elsewhere. It looks at what is, not at
 * what happened: a manager that dies half way, or two at once, leave nothing behind.
 */
@Injectable()
export class DrainSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(DrainSweeper.name);
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #failing = false;

  constructor(
    private readonly servers: MediaServerRepository,
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
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#sweep(), everyMs);
  }

  async #sweep(): Promise<void> {
    try {
      for (const id of await this.servers.overdue()) {
        const ended = await this.seats.endOfMediaServer(id, 'media_server_drained');
        if (ended > 0) this.#logger.log(`The drain of ${id} reached its deadline: ${ended} seats ended`);
      }
      this.#failing = false;
    } catch (error) {
      // The next sweep tries again; one line an outage is enough.
      if (!this.#failing) this.#logger.warn(`The drain deadlines could not be checked: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
    this.#schedule();
  }
}
