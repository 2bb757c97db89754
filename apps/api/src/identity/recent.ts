import type { Clock } from '../time/clock.js';

interface Remembered<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

const mostEntries = 50_000;

/** Remembers answers for a moment, so that a request does not cost a query, and a revocation is still felt within that moment. */
export class Recent<T> {
  readonly #entries = new Map<string, Remembered<T>>();

  /** @param forMs how long an answer may be used */
  constructor(
    private readonly clock: Clock,
    private readonly forMs: number,
    private readonly find: (key: string) => Promise<T>,
  ) {}

  get(key: string): Promise<T> {
    const now = this.clock.monotonic();
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    if (this.#entries.size >= mostEntries) this.#entries.clear();
    const value = this.find(key);
    this.#entries.set(key, { until: now + this.forMs, value });
    value.catch(() => this.forget(key));
    return value;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}
