import type { SimulatedServer } from './server.js';

/** `churn`: client legs of no call come and go, so the counts move with each. `noise`: events that change nothing. */
export type FloodKind = 'churn' | 'noise';

export interface FloodOptions {
  /** Events a second. */
  readonly perSecond: number;
  readonly kind?: FloodKind;
}

const beatMs = 10;
/** Whoever stood still makes good for this long at most. */
const longestStepMs = 250;
/** Newstate, join, leave and hang-up. */
const eventsOfACaller = 4;

/** A stream of events of one server at a steady rate, in small pieces, until it is stopped. */
export class Flood {
  /** Events so far. */
  told = 0;
  private readonly timer: NodeJS.Timeout;
  private owed = 0;
  private at = performance.now();
  private seat = 0;

  constructor(
    private readonly server: SimulatedServer,
    private readonly options: FloodOptions,
  ) {
    this.timer = setInterval(() => this.beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    const now = performance.now();
    this.owed += (Math.min(longestStepMs, now - this.at) / 1_000) * this.options.perSecond;
    this.at = now;
    const seats = this.server.seats();
    while (this.owed >= 1) {
      const told = this.options.kind === 'noise' || seats.length === 0 ? this.noise() : this.caller(seats[this.seat++ % seats.length] as string);
      this.told += told;
      this.owed -= told;
    }
  }

  private caller(conference: string): number {
    this.server.hangUp(this.server.arrive({ place: { conference } }));
    return eventsOfACaller;
  }

  private noise(): number {
    this.server.asterisk.board.say(
      `Event: UserEvent\r\nPrivilege: user,all\r\nSystemName: ${this.server.name}\r\nUserEvent: NailupFlood\r\nNumber: ${this.told}\r\n\r\n`,
    );
    return 1;
  }
}
