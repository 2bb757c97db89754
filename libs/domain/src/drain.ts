/** How a drain goes on: who may be moved now, and how long it will still take. Pure. */

export interface DrainPace {
  /** How many agents who are not on a call are placed elsewhere in a minute; 0 moves nobody. */
  readonly movesPerMinute: number;
  /** Since the last one was moved, or since the drain began. */
  readonly sinceLastSeconds: number;
}

/**
 * How many agents may be moved now. The first one after a whole interval, so that a drain ordered by mistake can be taken back; and what was
 * missed while nobody could be moved is not made good in one burst.
 */
export function movesDue({ movesPerMinute, sinceLastSeconds }: DrainPace): number {
  return Math.min(Math.floor((Math.max(0, sinceLastSeconds) * movesPerMinute) / 60), Math.ceil(movesPerMinute / 60));
}

export interface DrainRest {
  /** Agents left who are not on a call. */
  readonly idle: number;
  /** Agents left who are. */
  readonly busy: number;
  readonly movesPerMinute: number;
  /** Until the deadline; null without one. */
  readonly deadlineSeconds: number | null;
}

/** Seconds until nobody is left, as promised by rate and deadline; null when it depends on people alone. */
export function drainSecondsLeft({ idle, busy, movesPerMinute, deadlineSeconds }: DrainRest): number | null {
  if (idle + busy === 0) return 0;
  const limit = deadlineSeconds === null ? null : Math.max(0, Math.ceil(deadlineSeconds));
  if (busy > 0 || movesPerMinute === 0) return limit;
  const byMoves = Math.ceil((idle * 60) / movesPerMinute);
  return limit === null ? byMoves : Math.min(byMoves, limit);
}
