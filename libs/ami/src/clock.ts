/** Time as this room needs it, handed in so that tests can turn it. */
export interface AmiClock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls `work` once after `ms`; the answer cancels it. Must not keep the process alive. */
  after(ms: number, work: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: AmiClock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
