/** A difference below this is the second that HTTP dates are rounded to, and the way of the answer: not worth correcting. Milliseconds. */
const trifleMs = 2_000;

/**
 * What the manager's clock reads beside this page's. Countdowns and "time in state" are counted from moments of the manager, and the clock of an
 * agent's computer may be minutes off.
 */
export class ManagerClock {
  #aheadMs = 0;

  constructor(private readonly now: () => number = () => Date.now()) {}

  /** `fetch`, but the clock hears the date of every answer. */
  listening(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const response = await fetch(input, init);
      this.#hear(response.headers.get('date'));
      return response;
    };
  }

  /** @param iso a moment of the manager @returns the same moment on this page's clock, epoch ms */
  readonly onPage = (iso: string): number => Date.parse(iso) - this.#aheadMs;

  #hear(date: string | null): void {
    // RFC 9110 dates carry whole seconds: the middle of that second is the best guess.
    const ahead = Date.parse(date ?? '') + 500 - this.now();
    if (!Number.isFinite(ahead)) return;
    // Once known it is left alone while it holds, or every timer on the page would jump with every answer.
    if (Math.abs(ahead - this.#aheadMs) >= trifleMs) this.#aheadMs = Math.abs(ahead) < trifleMs ? 0 : ahead;
  }
}
