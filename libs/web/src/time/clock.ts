/** Time handed in, so that tests may turn it by hand. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Runs `work` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, work: () => void): () => void;
}

// A browser's timer is a signed 32-bit count of milliseconds; anything longer would fire at once.
const longestTimerMs = 2_147_483_647;

export const browserClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, Math.min(Math.max(delayMs, 0), longestTimerMs));
    return () => clearTimeout(timer);
  },
};
