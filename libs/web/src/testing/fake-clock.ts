import type { Clock } from '../time/clock.js';

/** A clock that stands still until told to pass time. */
export class FakeClock implements Clock {
  private waiting: { at: number; work: () => void }[] = [];

  constructor(private time = 1_800_000_000_000) {}

  now(): number {
    return this.time;
  }

  after(delayMs: number, work: () => void): () => void {
    const entry = { at: this.time + delayMs, work };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  /** Milliseconds until the next timer fires, null when none waits. */
  get nextInMs(): number | null {
    return this.waiting.length === 0 ? null : Math.min(...this.waiting.map(({ at }) => at)) - this.time;
  }

  /** Lets `ms` pass, firing timers in order, and lets every promise they touched settle. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      const due = this.waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = due.at;
      this.waiting = this.waiting.filter((other) => other !== due);
      due.work();
      await settled();
    }
    this.time = until;
    await settled();
  }
}

/** Every promise that can settle without time passing has. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
