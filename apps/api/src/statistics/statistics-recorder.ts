import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { grains } from './grain.js';
import { StatisticsRepository } from './statistics.repository.js';

/** Twice a step, so that a late timer skips none; a sample is written once. */
const beatMs = (grains[0].stepSeconds * 1_000) / 2;
/** Every so many beats samples are rolled up and old ones thrown away. */
const slowBeat = 6;

/** Records the media servers this manager owns. */
@Injectable()
export class StatisticsRecorder implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Statistics');
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #stopped = false;
  #beats = 0;
  #failing = false;

  constructor(
    private readonly repository: StatisticsRepository,
    @TheConfig() private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.#beat().finally(() => this.#schedule());
    }, beatMs);
  }

  async #beat(): Promise<void> {
    try {
      await this.repository.record(this.config.managerName);
      this.#beats += 1;
      if (this.#beats % slowBeat === 0) {
        await this.repository.rollUp(this.config.managerName);
        await this.repository.forgetOld();
      }
      this.#failing = false;
    } catch (error) {
      // A gap in a plot; the next beat goes on.
      if (!this.#failing) this.#logger.warn(`Statistics cannot be recorded: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
  }
}
