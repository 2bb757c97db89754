import type { LineEvents, SeatOffer } from '../ports.js';
import { createPhone, type Phone } from '../seat/phone.js';
import type { SeatState } from '../seat/seat.state.js';
import { FakeClock } from './fake-clock.js';
import { FakeAudio, FakeLine, FakePlacements, FakeRivals, type Outcome } from './fake-world.js';

/** A phone in a made-up world, and everything that happened to it. */
export class Scene {
  readonly clock = new FakeClock();
  /** How long the manager and the lines take for each answer, in milliseconds. */
  lagMs = 0;
  readonly manager = new FakePlacements(() => this.#lag());
  readonly audio = new FakeAudio();
  readonly rivals = new FakeRivals();
  readonly lines: FakeLine[] = [];
  readonly states: SeatState[] = [];
  readonly bugs: unknown[] = [];
  /** How the steps of the lines opened from now on end. */
  plan: { connect: Outcome; join: Outcome; restart: Outcome } = { connect: 'well', join: 'well', restart: 'well' };
  /** Chance; 0.5 unless a test says otherwise. */
  random = 0.5;
  readonly phone: Phone;

  constructor() {
    this.phone = createPhone({
      placements: this.manager,
      audio: this.audio,
      rivals: this.rivals,
      clock: this.clock,
      random: () => this.random,
      onBug: (error) => this.bugs.push(error),
      openLine: (offer: SeatOffer, events: LineEvents) => {
        const line = new FakeLine(offer, events, { ...this.plan }, () => this.#lag());
        this.lines.push(line);
        return line;
      },
    });
    this.phone.subscribe(() => {
      const { state } = this.phone.picture();
      if (this.states.at(-1) !== state) this.states.push(state);
    });
  }

  get picture() {
    return this.phone.picture();
  }

  get line(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error('No line was opened yet');
    return line;
  }

  /** She presses "Go online" and everything that can happen at once has happened. */
  async goesOnline(): Promise<void> {
    this.phone.goOnline();
    await this.clock.pass(0);
  }

  #lag(): Promise<void> {
    return this.lagMs === 0 ? Promise.resolve() : new Promise((resolve) => this.clock.setTimeout(resolve, this.lagMs));
  }
}
