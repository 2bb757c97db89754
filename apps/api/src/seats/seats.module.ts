import { Global, Injectable, Logger, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Tx } from '../database/database.js';
import { type EvictionReason, SeatKeeper } from './seat-keeper.js';

/** Finds the SeatKeeper once everything has started, so that no room has to import the one that keeps the seats. */
@Injectable()
export class Seats implements OnApplicationBootstrap {
  readonly #logger = new Logger(Seats.name);
  #keeper: SeatKeeper | null = null;

  constructor(private readonly moduleRef: ModuleRef) {}

  onApplicationBootstrap(): void {
    try {
      this.#keeper = this.moduleRef.get(SeatKeeper, { strict: false });
    } catch {
      this.#logger.warn('Nobody keeps the seats: they outlive a disabled agent.');
    }
  }

  async endOfAgent(agentId: string, reason: EvictionReason): Promise<void> {
    await this.#keeper?.endSeatOfAgent(agentId, reason);
  }

  async endOfMediaServer(mediaServerId: string, reason: EvictionReason): Promise<number> {
    return (await this.#keeper?.endSeatsOfMediaServer(mediaServerId, reason)) ?? 0;
  }

  async endIdle(mediaServerId: string, most: (tx: Tx) => Promise<number>, reason: EvictionReason): Promise<number> {
    return (await this.#keeper?.endIdleSeats(mediaServerId, most, reason)) ?? 0;
  }
}

@Global()
@Module({ providers: [Seats], exports: [Seats] })
export class SeatsModule {}
