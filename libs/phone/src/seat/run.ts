import { PlacementRefused, type PlacementsPort, type SeatOffer } from '../ports.js';
import type { ReasonCode } from '../reasons.js';
import { nextWait } from '../time/backoff.js';
import type { Clock, Random } from '../time/clock.js';

/** What went wrong on one way up. */
export interface Trouble {
  readonly reason: ReasonCode;
  readonly detail: string | null;
  readonly retryAfterMs: number | null;
}

/** A trouble the manager gave no advice on. */
export const trouble = (reason: ReasonCode, detail: string | null = null): Trouble => ({ reason, detail, retryAfterMs: null });

/** The manager keeps a reported server away from the agent as long; the phone asks for the same, should the report get lost. */
const avoidMs = 60_000;

/** From another tab's claim to our BYE it is a second at most; a claim that came to nothing must not be believed for ever. */
const rivalMs = 30_000;

/**
 * One time of being online, from "Go online" to leaving or failing. Everything asynchronous belongs to a run and
 * looks at `live` after every wait, so that nothing of an ended run can touch the next one.
 */
export class Run {
  live = true;
  /** A first answer of the manager that is already on its way. */
  early: Promise<SeatOffer> | null = null;
  /** Whether the end of the leg is being judged; nothing else may start a way up meanwhile. */
  judging = false;
  /** When another tab of this browser claimed the same seat. */
  rivalSince: number | null = null;
  /** Tries since the last time she was ready. */
  attempt = 0;
  #troubleSince: number | null = null;
  readonly #avoided = new Map<string, number>();
  #wake: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Stay away from this media server for a while. */
  avoid(mediaServerId: string): void {
    this.#avoided.set(mediaServerId, this.clock.now() + avoidMs);
  }

  /** Asks the manager for a seat, away from the servers that failed lately. */
  async place(placements: PlacementsPort): Promise<SeatOffer> {
    if (this.early) {
      const early = this.early;
      this.early = null;
      return early;
    }
    const exclude = [...this.#avoided].filter(([, until]) => until > this.clock.now()).map(([id]) => id);
    try {
      return await placements.place(exclude.length > 0 ? { exclude } : {});
    } catch (error) {
      // The only server of a small pool may be back before our minute is over: leave the judgement to the manager.
      if (error instanceof PlacementRefused && error.reason === 'no-server') this.#avoided.clear();
      throw error;
    }
  }

  /** Counts a try and says how many milliseconds to wait before the next one. */
  nextWait(trouble: Trouble): number {
    this.#troubleSince ??= this.clock.now();
    const troubleMs = this.clock.now() - this.#troubleSince;
    return nextWait({ attempt: this.attempt++, troubleMs, retryAfterMs: trouble.retryAfterMs }, this.random);
  }

  /** Rests until `ms` went by, `wake` is called or the run ends. */
  rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.clock.setTimeout(() => this.wake(), ms);
      this.#wake = () => {
        this.clock.clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Did another tab claim the seat just before now? */
  hasRival(): boolean {
    return this.rivalSince !== null && this.clock.now() - this.rivalSince < rivalMs;
  }

  wake(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** She is seated: the trouble is over. */
  settle(): void {
    this.attempt = 0;
    this.#troubleSince = null;
    this.rivalSince = null;
  }

  end(): void {
    this.live = false;
    this.wake();
  }
}
