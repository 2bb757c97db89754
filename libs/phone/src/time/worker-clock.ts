import { pageClock, type Clock } from './clock.js';

/** What travels to the worker: start or drop a timer. */
export type TimerOrder = { kind: 'start'; handle: number; ms: number } | { kind: 'drop'; handle: number };

/** The end of a message pipe: a Worker seen from the page, or the worker's own scope. */
export interface TimerPipe<Out, In> {
  postMessage(message: Out): void;
  addEventListener(type: 'message', listener: (event: { data: In }) => void): void;
}

/**
 * A clock whose timers run in a worker. Browsers throttle a hidden page's timers to one a minute when no peer
 * connection is open, which is exactly when a phone is busy getting back on a server; workers are left alone.
 */
export function workerClock(worker: TimerPipe<TimerOrder, number>): Clock {
  const waiting = new Map<number, () => void>();
  let last = 0;
  worker.addEventListener('message', ({ data: handle }) => {
    const callback = waiting.get(handle);
    waiting.delete(handle);
    callback?.();
  });
  return {
    now: pageClock().now,
    setTimeout(callback, ms) {
      const handle = ++last;
      waiting.set(handle, callback);
      worker.postMessage({ kind: 'start', handle, ms });
      return handle;
    },
    clearTimeout(handle) {
      if (waiting.delete(handle)) worker.postMessage({ kind: 'drop', handle });
    },
  };
}

/** The worker's half of `workerClock`: the whole script of the timer worker. */
export function serveTimers(scope: TimerPipe<number, TimerOrder>, clock: Clock = pageClock()): void {
  const running = new Map<number, number>();
  scope.addEventListener('message', ({ data: order }) => {
    if (order.kind === 'drop') {
      const timer = running.get(order.handle);
      if (timer !== undefined) clock.clearTimeout(timer);
      running.delete(order.handle);
      return;
    }
    const timer = clock.setTimeout(() => {
      running.delete(order.handle);
      scope.postMessage(order.handle);
    }, order.ms);
    running.set(order.handle, timer);
  });
}
