/**
 * Asks until the answer is a fact: returns the first value of `look` that is neither null, undefined nor false.
 * Throws with `what` and the last thing seen when `withinMs` have passed.
 */
export async function until<T>(what: string, withinMs: number, look: () => Promise<T | null | undefined | false> | T | null | undefined | false): Promise<T> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await look();
      if (value !== null && value !== undefined && value !== false) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${what} (last seen: ${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
