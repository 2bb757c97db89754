/** Time, handed in: `now` in milliseconds since the epoch, never going backwards. */
export interface Clock {
  now(): number;
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(handle: number): void;
}

/** Chance, handed in: a number in [0, 1). */
export type Random = () => number;

/** The clock of a page. Browsers slow its timers in hidden tabs: prefer `workerClock` for a phone. */
export function pageClock(): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms) as unknown as number,
    clearTimeout: (handle) => globalThis.clearTimeout(handle),
  };
}
