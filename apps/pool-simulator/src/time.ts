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
