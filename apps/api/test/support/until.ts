/**
 * Waits for a fact: asks again every few milliseconds until `fact` holds.
 * @param what the fact in words, for the failure
 */
export async function until(what: string, fact: () => Promise<boolean> | boolean, patienceMs = 10_000): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await fact())) {
    if (performance.now() > deadline) throw new Error(`Waited ${patienceMs} ms in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
