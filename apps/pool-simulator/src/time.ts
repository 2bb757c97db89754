/** Time as this room needs it, handed in so that tests can turn it. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `work` once after `ms`; the answer cancels it. Does not keep the process alive. */
  after(ms: number, work: () => void): () => void;
}

/** The time of the machine. */
export const machineTime: Time = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Time that passes when it is told to. */
export class TurnedTime implements Time {
  private at = 1_800_000_000_000;
  private due: { readonly at: number; readonly work: () => void }[] = [];

  now(): number {
    return this.at;
  }

  after(ms: number, work: () => void): () => void {
    const entry = { at: this.at + ms, work };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((one) => one !== entry);
    };
  }

  /** Lets `ms` pass, and what falls due in it happen in its order. */
  pass(ms: number): void {
    const until = this.at + ms;
    for (;;) {
      const next = this.due.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.due = this.due.filter((one) => one !== next);
      this.at = Math.max(this.at, next.at);
      next.work();
    }
    this.at = until;
  }
}
