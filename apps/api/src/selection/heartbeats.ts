import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { holdsSeat, type PlacementState } from '@nailup/domain';
import { isDatabaseUnavailable } from '../database/database-error.js';
import { Database } from '../database/database.js';
import { EventTail, type Subscription } from '../live/event-tail.js';
import { Clock } from '../time/clock.js';
import { LiveSeats } from './live-seats.js';

const flushMs = 1_000;
const chunk = 500;
/** Who has not beaten for this long is asked of the database again. */
const forgetAfterMs = 60_000;

interface Known {
  readonly agentId: string;
  state: PlacementState;
  lastBeatMs: number;
  /** Beaten since the last flush. */
  fresh: boolean;
}

/**
 * Takes the browsers' heartbeats. 25,000 agents beat 5,000 times a second, so a beat is noted in memory and written with all others once a
 * second. A manager that dies takes at most that second with it, one twelfth of the silence that would be held against an agent, and the
 * browser's next beat through another manager comes within five.
 */
@Injectable()
export class Heartbeats implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Heartbeats');
  readonly #known = new Map<string, Known>();
  #timer: NodeJS.Timeout | undefined;
  #following: Subscription | undefined;
  #stopped = false;
  #failing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tail: EventTail,
    private readonly seats: LiveSeats,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#following?.close();
    await this.#flushOrWarn();
  }

  /**
   * Notes a sign of life.
   * @param agentId who beats; null for a caller who may beat for everybody
   * @returns the state of the placement, at most a second old while it beats; null when there is no such placement of theirs
   */
  async beat(placementId: string, agentId: string | null): Promise<PlacementState | null> {
    const known = this.#known.get(placementId) ?? (await this.#learn(placementId));
    if (!known || (agentId !== null && agentId !== known.agentId)) return null;
    if (holdsSeat(known.state)) Object.assign(known, { lastBeatMs: this.clock.monotonic(), fresh: true });
    return known.state;
  }

  /** Writes what was noted, and learns which of those seats have ended meanwhile. What could not be written is noted still. */
  async flush(): Promise<void> {
    const beaten = [...this.#known].filter(([, known]) => known.fresh).map(([id]) => id).sort();
    for (let at = 0; at < beaten.length; at += chunk) await this.#write(beaten.slice(at, at + chunk));
    const forgetBefore = this.clock.monotonic() - forgetAfterMs;
    for (const [id, known] of this.#known) if (known.lastBeatMs < forgetBefore) this.#known.delete(id);
  }

  async #write(ids: readonly string[]): Promise<void> {
    const mark = (fresh: boolean): void => ids.forEach((id) => Object.assign(this.#known.get(id) ?? {}, { fresh }));
    mark(false);
    try {
      await this.database.inTransaction((tx) => tx.query("UPDATE placements SET heartbeat_at = NOW(3) WHERE id IN (?) AND state IN ('reserved', 'connected', 'lost')", [ids]));
    } catch (error) {
      mark(true);
      throw error;
    }
    const states = await this.database.rows<{ id: string; state: PlacementState }>('SELECT id, state FROM placements WHERE id IN (?)', [ids]);
    for (const { id, state } of states) this.#note(id, state);
  }

  /** An ended placement is forgotten, so that asking for it again reads the truth. */
  #note(id: string, state: PlacementState): void {
    const known = this.#known.get(id);
    if (!holdsSeat(state)) this.seats.forget(id);
    if (known && holdsSeat(state)) known.state = state;
    else this.#known.delete(id);
  }

  /** A seat that ended by whatever manager's hand is forgotten within the moment its event takes. */
  #forgetTheEnded(): Subscription {
    return this.tail.subscribe('head', (events) => {
      for (const { type, subject } of events) if (type === 'placement.released' || type === 'placement.expired') this.#known.delete(subject);
    });
  }

  async #learn(id: string): Promise<Known | null> {
    this.#following ??= this.#forgetTheEnded();
    const row = await this.#find(id);
    if (!row) return null;
    const known = { agentId: row.agentId, state: row.state, lastBeatMs: this.clock.monotonic(), fresh: false };
    if (holdsSeat(row.state)) this.#known.set(id, known);
    // Whoever is told of its end must not find its password answered for from memory, though the event of it is still under way.
    else this.seats.forget(id);
    return known;
  }

  /** While MySQL does not answer, a browser that comes from another manager is known from memory. */
  async #find(id: string): Promise<{ agentId: string; state: PlacementState } | undefined> {
    const remembered = this.seats.byId(id) ?? undefined;
    if (remembered && this.database.stalled) return remembered;
    try {
      return (await this.database.rows<{ agentId: string; state: PlacementState }>('SELECT agent_id AS agentId, state FROM placements WHERE id = ?', [id]))[0];
    } catch (error) {
      if (remembered && isDatabaseUnavailable(error)) return remembered;
      throw error;
    }
  }

  #schedule(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#flushOrWarn().finally(() => this.#schedule()), flushMs);
  }

  async #flushOrWarn(): Promise<void> {
    try {
      await this.flush();
      this.#failing = false;
    } catch (error) {
      // One line an outage is enough.
      if (!this.#failing) this.#logger.warn(`Heartbeats could not be written: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
  }
}
