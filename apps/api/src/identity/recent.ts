import { isDatabaseUnavailable } from '../database/database-error.js';
import type { Clock } from '../time/clock.js';

interface Remembered<T> {
  readonly until: number;
  readonly value: Promise<T>;
  /** The last answer that MySQL gave, and when. */
  told: { readonly answer: T; readonly at: number } | undefined;
}

const mostEntries = 50_000;
/** While MySQL is away or late, whoever was known this recently is still who they were. */
const trustedMs = 15 * 60_000;
/** Longer than this nobody waits for MySQL who is known. */
const patienceMs = 300;

/**
 * Remembers answers for a moment, so that a request does not cost a query, and a revocation is still felt within that moment; and for longer while MySQL
 * does not answer, so that those who are known can go on.
 */
export class Recent<T> {
  readonly #entries = new Map<string, Remembered<T>>();

  /** @param forMs how long an answer may be used while MySQL can be asked */
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
    const asked = this.find(key);
    const told = known?.told !== undefined && now - known.told.at < trustedMs ? known.told : undefined;
    const entry: Remembered<T> = { until: now + this.forMs, value: told === undefined ? asked : unlessLate(asked, told.answer), told };
    this.#entries.set(key, entry);
    asked.then((answer) => (entry.told = { answer, at: now }), () => undefined);
    entry.value.catch(() => this.forget(key));
    return entry.value;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}

async function unlessLate<T>(asked: Promise<T>, former: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(former), patienceMs)));
  try {
    return await Promise.race([asked, late]);
  } catch (error) {
    if (isDatabaseUnavailable(error)) return former;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
