import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { holdsSeat, type PlacementState } from '@nailup/domain';
import { Database } from '../database/database.js';
import { Metrics } from '../health/metrics.js';
import type { LogEvent } from '../live/event-log.js';
import { EventTail, type Subscription } from '../live/event-tail.js';
import { Clock } from '../time/clock.js';
import { sipSeconds } from './credentials.js';
import type { Parking } from './placement.record.js';
import type { NewSeat } from './seat-writer.js';

const pageSize = 2_000;
const retryMs = 1_000;
/** More seats than any pool has; past it the memory is of no use, and does no harm either. */
const mostSeats = 200_000;

/** A live placement as every manager remembers it. */
export interface LiveSeat {
  readonly placementId: string;
  readonly agentId: string;
  readonly mediaServerId: string;
  readonly username: string;
  /** MD5(username:realm:password): it opens nothing but this seat, and is forgotten with it. */
  readonly ha1: string;
  readonly parking: Parking;
  readonly state: PlacementState;
  /** Until when its password opens a call, in milliseconds of this manager's monotonic clock. */
  readonly passwordUntilMs: number;
}

interface SeatSql extends Omit<LiveSeat, 'passwordUntilMs'> {
  readonly passwordLeftMs: number;
}

const columns = `id AS placementId, agent_id AS agentId, media_server_id AS mediaServerId, sip_username AS username, sip_ha1 AS ha1, parking, state,
  TIMESTAMPDIFF(MICROSECOND, NOW(3), sip_expires_at) / 1000 AS passwordLeftMs`;
const live = "state IN ('reserved', 'connected', 'lost')";

/**
 * The live placements of the whole pool in the memory of this manager, for the time in which MySQL does not answer; while it does, it is asked. Read once
 * at the start, then kept up by the event log, which tells of the seats that every manager gives and ends. The log holds no secret, so those are read.
 */
@Injectable()
export class LiveSeats implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('LiveSeats');
  readonly #byId = new Map<string, LiveSeat>();
  readonly #byUsername = new Map<string, LiveSeat>();
  readonly #wanted = new Set<string>();
  /** Seats this manager gave, by the event that will tell of them. */
  readonly #given = new WeakMap<LogEvent, LiveSeat>();
  /** Words that thousands of seats share, each kept once: MySQL's driver makes a text of its own for each row. */
  readonly #words = new Map<string, string>();
  #following: Subscription | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | null = null;
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly tail: EventTail,
    private readonly clock: Clock,
    { registry }: Metrics,
  ) {
    const seats = this.#byId;
    new Gauge({ name: 'nailup_seats_remembered', help: 'Seats this manager answers for from memory while MySQL is away.', registers: [registry], collect() { this.set(seats.size); } });
  }

  async onApplicationBootstrap(): Promise<void> {
    const [head] = await this.database.rows<{ seq: number }>('SELECT seq FROM event_head WHERE id = 1');
    for (let after = ''; ; ) {
      const page = await this.#read(`id > ? AND ${live} ORDER BY id LIMIT ${pageSize}`, [after]);
      for (const seat of page) this.remember(seat);
      if (page.length < pageSize) break;
      after = page.at(-1)!.placementId;
    }
    this.#following = this.tail.subscribe(head?.seq ?? 0, (events) => this.#follow(events));
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#following?.close();
    clearTimeout(this.#timer);
    await this.#reading;
  }

  byId(placementId: string): LiveSeat | null {
    return this.#byId.get(placementId) ?? null;
  }

  byUsername(mediaServerId: string, username: string): LiveSeat | null {
    const seat = this.#byUsername.get(username);
    return seat?.mediaServerId === mediaServerId ? seat : null;
  }

  ofServer(mediaServerId: string): LiveSeat[] {
    return [...this.#byId.values()].filter((seat) => seat.mediaServerId === mediaServerId).sort((one, other) => (one.username < other.username ? -1 : 1));
  }

  /** Whether its password may still open a call. */
  answersForPassword({ passwordUntilMs }: LiveSeat): boolean {
    return this.clock.monotonic() < passwordUntilMs;
  }

  /** Takes in what was read of a seat. */
  remember(seat: LiveSeat): void {
    if (!holdsSeat(seat.state)) return this.forget(seat.placementId);
    if (this.#byId.size >= mostSeats && !this.#byId.has(seat.placementId)) return;
    const kept = { ...seat, mediaServerId: this.#word(seat.mediaServerId), parking: this.#word(seat.parking), state: this.#word(seat.state) };
    this.#byId.set(seat.placementId, kept);
    this.#byUsername.set(seat.username, kept);
  }

  /**
   * Keeps what this manager knows of the seats it gave until their events come by, in the order of all events; so it need not read them.
   * @param events as they are handed to the tail
   */
  given(events: readonly LogEvent[], seats: readonly NewSeat[]): void {
    const passwordUntilMs = this.clock.monotonic() + sipSeconds * 1_000;
    const eventOf = new Map(events.map((event) => [event.subject, event]));
    for (const { placement: { id, agentId, mediaServerId, parking, state }, credentials: { username, ha1 } } of seats) {
      const event = eventOf.get(id);
      if (event) this.#given.set(event, { placementId: id, agentId, mediaServerId, username, ha1, parking, state, passwordUntilMs });
    }
  }

  /** Takes in the fresh passwords this manager gave to seats that were held already: no event tells of them. */
  renewed(seats: readonly Pick<NewSeat, 'placement' | 'credentials'>[]): void {
    const passwordUntilMs = this.clock.monotonic() + sipSeconds * 1_000;
    for (const { placement: { id }, credentials: { ha1 } } of seats) {
      const known = this.#byId.get(id);
      if (known) this.remember({ ...known, ha1, passwordUntilMs });
      // The event of the seat is still under way, with the password before.
      else if (this.#following) this.#wanted.add(id);
    }
    this.#readWanted();
  }

  /** Takes in that it has ended, whoever saw it first. */
  forget(placementId: string): void {
    const seat = this.#byId.get(placementId);
    this.#byId.delete(placementId);
    if (seat) this.#byUsername.delete(seat.username);
    this.#wanted.delete(placementId);
  }

  #word<Word extends string>(word: Word): Word {
    const known = this.#words.get(word);
    if (known === undefined) this.#words.set(word, word);
    return (known ?? word) as Word;
  }

  #follow(events: readonly LogEvent[]): void {
    for (const event of events) {
      const { type, subject } = event;
      if (!type.startsWith('placement.')) continue;
      const state = type.slice('placement.'.length) as PlacementState;
      const known = this.#byId.get(subject) ?? this.#given.get(event);
      if (!holdsSeat(state)) this.forget(subject);
      else if (state !== 'connected' && known) this.remember({ ...known, state });
      // A seat that is joined (again) may have been given a fresh password before, of which no event tells.
      else this.#wanted.add(subject);
    }
    this.#readWanted();
  }

  #readWanted(): void {
    if (this.#reading !== null || this.#wanted.size === 0 || this.#stopped) return;
    const ids = [...this.#wanted].slice(0, pageSize);
    this.#reading = this.#read(`id IN (?) AND ${live}`, [ids])
      .then((found) => {
        // One that ended while it was read is not wanted any more.
        for (const seat of found) if (this.#wanted.has(seat.placementId)) this.remember(seat);
        for (const id of ids) this.#wanted.delete(id);
        this.#reading = null;
        this.#readWanted();
      })
      .catch((error: unknown) => {
        this.#logger.debug(`Seats cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        this.#reading = null;
        if (!this.#stopped) this.#timer = setTimeout(() => this.#readWanted(), retryMs);
      });
  }

  async #read(where: string, parameters: readonly unknown[]): Promise<LiveSeat[]> {
    const found = await this.database.rows<SeatSql>(`SELECT ${columns} FROM placements WHERE ${where}`, parameters);
    const now = this.clock.monotonic();
    return found.map(({ passwordLeftMs, ...seat }) => ({ ...seat, passwordUntilMs: now + Number(passwordLeftMs) }));
  }
}
