/** Wall time of this process. Leases, expiries and epochs never use it: they are compared in SQL with MySQL's NOW(3). */
export abstract class Clock {
  /** Milliseconds since 1970. */
  abstract now(): number;
  /** Milliseconds that never go back. */
  abstract monotonic(): number;
}

/** A source of numbers from 0 (inclusive) to 1 (exclusive), for jitter and ties; never for secrets. */
export abstract class Chance {
  abstract next(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }
}

export class SystemChance extends Chance {
  next(): number {
    return Math.random();
  }
}
