import type { Clock } from './clock.js';

/** The contract's beat: every 5 s; 15 s of silence cost the seat. */
export const heartbeatMs = 5_000;

/**
 * Beats once at once and then every 5 s, without ever having two beats under way.
 * @param beat sends one beat; its outcome is the sender's business, it must not reject
 * @returns stops the heart
 */
export function startHeart(clock: Clock, beat: () => Promise<void>): () => void {
  let stopped = false;
  let timer: number | null = null;
  const once = (): void => {
    const due = clock.now() + heartbeatMs;
    void beat().then(() => {
      if (!stopped) timer = clock.setTimeout(once, Math.max(0, due - clock.now()));
    });
  };
  once();
  return () => {
    stopped = true;
    if (timer !== null) clock.clearTimeout(timer);
  };
}
