import type { Chance } from '../chance.js';
import type { Time } from '../time.js';

/** What may happen to events on their way, each as a probability from 0 to 1. Answers to actions are never touched. */
export interface Mischief {
  readonly drop: number;
  readonly double: number;
  /** Told after the one that comes next. */
  readonly swap: number;
}

export const honest: Mischief = { drop: 0, double: 0, swap: 0 };

/** An event that waits for the next one to be told first waits no longer than this. */
const longestSwapMs = 50;

/** Drops, doubles and swaps events. */
export class Mangler {
  mischief: Mischief = honest;
  /** How often each has happened. */
  readonly count = { told: 0, dropped: 0, doubled: 0, swapped: 0 };
  private held: string | null = null;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly chance: Chance,
    private readonly time: Time,
    private readonly tell: (event: string) => void,
  ) {}

  take(event: string): void {
    const { drop, double, swap } = this.mischief;
    if (this.chance.happens(drop)) return void (this.count.dropped += 1);
    if (this.held === null && this.chance.happens(swap)) {
      this.count.swapped += 1;
      this.held = event;
      this.cancel = this.time.after(longestSwapMs, () => this.flush());
      return;
    }
    this.say(event);
    if (this.chance.happens(double)) {
      this.count.doubled += 1;
      this.say(event);
    }
    this.flush();
  }

  /** Tells what waits. */
  flush(): void {
    this.cancel();
    const { held } = this;
    this.held = null;
    if (held !== null) this.say(held);
  }

  private say(event: string): void {
    this.count.told += 1;
    this.tell(event);
  }
}
