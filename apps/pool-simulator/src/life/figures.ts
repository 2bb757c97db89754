/** Durations in milliseconds, kept as they are: a day of them is a few megabytes. */
export class Durations {
  private readonly all: number[] = [];

  add(ms: number): void {
    this.all.push(ms);
  }

  get count(): number {
    return this.all.length;
  }

  /** The value that this share of them stays below (0.99 for p99); null without any. */
  at(share: number): number | null {
    if (this.all.length === 0) return null;
    const sorted = [...this.all].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
  }
}

/** What happened to those who asked for a seat. */
export class Figures {
  /** From asking until her leg stands on its media server. */
  readonly toSeat = new Durations();
  seated = 0;
  /** Legs that ended without her doing. */
  lost = 0;
  calls = 0;
  /** Refusals and failures by what was said: `503 SELECTION.POOL_FULL`. */
  readonly refused = new Map<string, number>();

  refuse(why: string): void {
    this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
  }
}
