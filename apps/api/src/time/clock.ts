/** Wall time as all managers of a database have it. Leases, expiries and epochs do without: they are compared in SQL with MySQL's NOW(3). */
export abstract class Clock {
  /** Milliseconds since 1970, by MySQL's clock as far as it is known. */
  abstract now(): number;
  /** Milliseconds that never go back. */
  abstract monotonic(): number;
}

/** A source of numbers from 0 (inclusive) to 1 (exclusive), for jitter and ties; never for secrets. */
export abstract class Chance {
  abstract next(): number;
}

export class SystemClock extends Clock {
  #aheadMs = 0;

  now(): number {
    return Date.now() - this.#aheadMs;
  }

  /** @param aheadMs by how much the clock of this machine is ahead of MySQL's */
  agree(aheadMs: number): void {
    this.#aheadMs = aheadMs;
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
