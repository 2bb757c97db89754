/** Longest step that counts in one look: when this process itself stood still, that is not the silence of anybody else. */
const longestStepMs = 500;

/** How long nothing has been heard, measured by regular looks. */
export class Silence {
  private quietMs = 0;
  private lookedAt: number;
  /** Whether anything was heard since `takeHeard`. */
  private heardSince = false;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: number) {
    this.lookedAt = now;
  }

  heard(): void {
    this.quietMs = 0;
    this.heardSince = true;
  }

  /** Looks, and answers for how many milliseconds nothing was heard. */
  look(now: number): number {
    this.quietMs += Math.min(longestStepMs, Math.max(0, now - this.lookedAt));
    this.lookedAt = now;
    return this.quietMs;
  }

  /** Whether anything was heard since this was asked last. */
  takeHeard(): boolean {
    const heard = this.heardSince;
    this.heardSince = false;
    return heard;
  }
}
