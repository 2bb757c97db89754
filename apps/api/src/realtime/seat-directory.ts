import { Injectable } from '@nestjs/common';
import { isDatabaseUnavailable } from '../database/database-error.js';
import { Database } from '../database/database.js';
import { type LiveSeat, LiveSeats } from '../selection/live-seats.js';
import { RealtimeRepository } from './realtime.repository.js';
import type { SipSeat } from './seat-rows.js';

/** An INVITE waits for several lookups, and Asterisk waits a second for each (asterisk/config/res_curl.conf). */
const patienceMs = 300;

/** The seats of one media server: as MySQL has them, or as this manager remembers them while MySQL does not answer. */
@Injectable()
export class SeatDirectory {
  constructor(
    private readonly database: Database,
    private readonly written: RealtimeRepository,
    private readonly remembered: LiveSeats,
  ) {}

  byUsername(mediaServerId: string, username: string): Promise<SipSeat[]> {
    const seat = this.remembered.byUsername(mediaServerId, username);
    return this.#ask(() => this.written.byUsername(mediaServerId, username), seat === null ? [] : [seat]);
  }

  all(mediaServerId: string): Promise<SipSeat[]> {
    // Only who asks for everything pays for looking through everything.
    return this.#ask(() => this.written.all(mediaServerId), this.database.stalled ? this.remembered.ofServer(mediaServerId) : []);
  }

  /** Of a seat that is not remembered nothing is known while MySQL is away: that is said, and Asterisk asks the next manager. */
  async #ask(written: () => Promise<SipSeat[]>, remembered: readonly LiveSeat[]): Promise<SipSeat[]> {
    if (remembered.length === 0) return written();
    const memory = (): SipSeat[] => remembered.map((seat) => ({ ...seat, answersForPassword: this.remembered.answersForPassword(seat) }));
    if (this.database.stalled) return memory();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<SipSeat[]>((resolve) => (timer = setTimeout(() => resolve(memory()), patienceMs)));
    try {
      return await Promise.race([written(), late]);
    } catch (error) {
      if (isDatabaseUnavailable(error)) return memory();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
