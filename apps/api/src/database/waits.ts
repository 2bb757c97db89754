const tickMs = 100;
/** Longest step that counts in one tick: when this process itself stood still, that is not MySQL's slowness. */
const longestStepMs = 2 * tickMs;
/** A statement that takes longer is given up, and its connection with it. Longer than any statement of ours takes on a machine that is merely busy. */
const statementMs = 5_000;
/** Whoever wants a connection while MySQL answers nobody for this long is refused; while it does answer, a crowd may queue for longer. */
const silentMs = 500;
const crowdMs = 10_000;
/** No statement of ours takes this long, also in a crowd; one that did says for a while that requests need not wait. */
const hopelessMs = 1_500;
const hopelessForMs = 3_000;

/** Somebody who waits for MySQL. */
export interface Wait {
  /** Over: MySQL answered, or has failed (`lost`: the connection is gone or cannot be made). */
  end(how: 'answered' | 'lost'): void;
}

interface Pending {
  readonly kind: 'statement' | 'connection';
  readonly giveUp: () => void;
  ageMs: number;
}

/** Who waits for MySQL and for how long: what bounds every wait, and what this process knows of MySQL without asking. */
export class Waits {
  readonly #pending = new Set<Pending>();
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = 0;
  /** The age of the oldest statement; who merely queues for a connection says nothing of MySQL. */
  #oldestMs = 0;
  /** For how long somebody has been waiting and nobody was answered. */
  #quietMs = 0;
  #hopelessAt = -Infinity;
  #lost = false;
  #troubleSince: number | null = null;

  /**
   * @param longestMs after which a statement is given up; Infinity for migrations, which may take as long as they need
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    private readonly longestMs = statementMs,
    now: () => number = () => performance.now(),
  ) {
    this.#now = now;
  }

  /** Whether MySQL is away or late at this moment: what can be answered from memory should be. */
  get stalled(): boolean {
    return this.#lost || this.#oldestMs >= silentMs || this.#quietMs >= silentMs;
  }

  /** Whether requests that have waited for long should be refused: MySQL is away, or so late that a crowd does not explain it. */
  get hopeless(): boolean {
    return this.#lost || this.#now() - this.#hopelessAt < hopelessForMs;
  }

  /** For how many milliseconds MySQL has been away or late; null while it is not. */
  get stalledForMs(): number | null {
    return this.stalled && this.#troubleSince !== null ? this.#now() - this.#troubleSince : null;
  }

  /** @param giveUp called once when it has taken too long; the wait is over then */
  begin(kind: Pending['kind'], giveUp: () => void): Wait {
    const pending: Pending = { kind, giveUp, ageMs: 0 };
    this.#pending.add(pending);
    this.#start();
    return { end: (how) => (this.#pending.delete(pending) ? this.#ended(how) : undefined) };
  }

  /** Looks at everybody who waits. */
  tick(): void {
    const now = this.#now();
    const stepMs = Math.min(longestStepMs, Math.max(0, now - this.#lookedAt));
    this.#lookedAt = now;
    this.#oldestMs = 0;
    this.#quietMs = this.#pending.size === 0 ? 0 : this.#quietMs + stepMs;
    for (const pending of this.#pending) {
      pending.ageMs += stepMs;
      if (pending.kind === 'statement') this.#oldestMs = Math.max(this.#oldestMs, pending.ageMs);
      if (!this.#isTooLate(pending)) continue;
      this.#pending.delete(pending);
      this.#lost = true;
      pending.giveUp();
    }
    if (Math.max(this.#oldestMs, this.#quietMs) >= hopelessMs) this.#hopelessAt = now;
    this.#note();
    if (this.#pending.size === 0) this.#stop();
  }

  #isTooLate({ kind, ageMs }: Pending): boolean {
    if (kind === 'statement') return ageMs >= this.longestMs;
    return ageMs >= crowdMs || (ageMs >= silentMs && this.#quietMs >= silentMs);
  }

  #ended(how: 'answered' | 'lost'): void {
    this.#lost = how === 'lost';
    if (how === 'answered') this.#quietMs = 0;
    if (this.#pending.size === 0) this.#oldestMs = this.#quietMs = 0;
    this.#note();
  }

  #note(): void {
    if (!this.stalled) this.#troubleSince = null;
    else this.#troubleSince ??= this.#now();
  }

  #start(): void {
    if (this.#timer !== undefined) return;
    this.#lookedAt = this.#now();
    this.#timer = setInterval(() => this.tick(), tickMs);
    this.#timer.unref();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
