import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SettingsService } from '../settings/settings.service.js';
import { Chance, Clock } from '../time/clock.js';
import { RecordingFiles } from './recording-files.js';
import { RecordingRepository } from './recording.repository.js';
import { RecordingsService } from './recordings.service.js';

const everyMs = 60_000;
const atOnce = 200;
/** A media server that was away for a day has most likely not only been restarted. */
const missingHours = 24;

/** Removes recordings whose time has come, by MySQL's clock. Every manager does it; two at once do no harm. */
@Injectable()
export class RecordingKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('RecordingKeeper');
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly recordings: RecordingRepository,
    private readonly service: RecordingsService,
    private readonly files: RecordingFiles,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  /** One round. */
  async sweep(): Promise<void> {
    const { retentionDays } = (await this.settings.read()).recording;
    for (const { id } of await this.recordings.due(retentionDays, atOnce)) await this.service.expire(id);
    for (const { id } of await this.recordings.missing(missingHours, atOnce)) await this.service.giveUp(id);
    await this.files.tidy(this.clock.now());
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.sweep()
        .catch((error: unknown) => this.#logger.warn(`Recordings whose time has come could not be removed: ${error instanceof Error ? error.message : String(error)}`))
        .finally(() => this.#schedule());
    }, everyMs * (0.5 + this.chance.next()));
  }
}
