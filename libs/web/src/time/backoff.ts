/**
 * How long to wait before try number `attempt` (0 = the first repeat): doubles from one second, stays under `ceilingMs`,
 * and is spread over its upper half so that a thousand tabs do not come back in the same instant.
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random: () => number, ceilingMs = 20_000): number {
  const full = Math.min(1000 * 2 ** attempt, ceilingMs);
  return full / 2 + (full / 2) * random();
}
