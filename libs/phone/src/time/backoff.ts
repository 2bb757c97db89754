import type { Random } from './clock.js';

/** How long to wait between tries. All values in milliseconds. */
export const backoffLimits = {
  firstMs: 250,
  /** In the first `briskMs` of trouble the agent is waiting and looks at the screen: stay quick. */
  briskMs: 15_000,
  briskCapMs: 1_000,
  capMs: 20_000,
  retryAfterCapMs: 120_000,
  /** Spread on top of a Retry-After, so that a hundred agents told "5 seconds" do not return together. */
  retryAfterSpreadMs: 1_000,
} as const;

/**
 * The wait before the next try, with full jitter: anything between nothing and the cap of that try,
 * so that everyone who lost the same server does not come back at the same moment.
 * @param attempt tries already made in this trouble, from 0
 * @param troubleMs how long the trouble lasts
 * @param retryAfterMs what the manager asked for; never undercut
 * @returns milliseconds
 */
export function nextWait(
  { attempt, troubleMs, retryAfterMs }: { attempt: number; troubleMs: number; retryAfterMs: number | null },
  random: Random,
): number {
  if (retryAfterMs !== null) {
    return Math.min(retryAfterMs, backoffLimits.retryAfterCapMs) + random() * backoffLimits.retryAfterSpreadMs;
  }
  const cap = troubleMs < backoffLimits.briskMs ? backoffLimits.briskCapMs : backoffLimits.capMs;
  return random() * Math.min(cap, backoffLimits.firstMs * 2 ** Math.min(attempt, 16));
}
