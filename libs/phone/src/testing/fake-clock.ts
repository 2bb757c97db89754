import type { Clock } from '../time/clock.js';

/** A clock that stands still until told to pass time. */
export class FakeClock implements Clock {
  #now = 1_800_000_000_000;
  #handles = 0;
  readonly #timers = new Map<number, { at: number; callback: () => void }>();

  now = (): number => this.#now;

  setTimeout = (callback: () => void, ms: number): number => {
    const handle = ++this.#handles;
    this.#timers.set(handle, { at: this.#now + Math.max(0, ms), callback });
    return handle;
  };

  clearTimeout = (handle: number): void => {
    this.#timers.delete(handle);
  };

  get pending(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass, firing timers in order, and lets every promise they touched settle. */
  async pass(ms: number): Promise<void> {
    await settled();
    const until = this.#now + ms;
    for (;;) {
      const [due] = [...this.#timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
      if (!due) break;
      const [handle, { at, callback }] = due;
      this.#timers.delete(handle);
      this.#now = Math.max(this.#now, at);
      callback();
      await settled();
    }
    this.#now = until;
    await settled();
  }

  /** The computer slept: time went by and no timer ran. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}

/** Every promise that can settle without time passing has. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};
