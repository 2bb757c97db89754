import type { Clock } from './clock.js';

/**
 * The outcome of `work`, or the rejection made by `late` once `ms` milliseconds went by.
 */
export function within<T>(clock: Clock, ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(late()), ms);
    work.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
