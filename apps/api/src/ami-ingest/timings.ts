import type { LifeLimits } from '@nailup/domain';

/** How patient the ingest is, in milliseconds unless it says otherwise. */
export interface IngestTimings extends LifeLimits {
  /** From one look at the leases to the next. With the lease it bounds a takeover: lease + beat. */
  readonly leaseBeatMs: number;
  readonly leaseMs: number;
  /** From one full reading of a media server to the next. */
  readonly reconcileMs: number;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  readonly loginTimeoutMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Facts of this long are written together. */
  readonly gatherMs: number;
  /** From one question for signs of life to the next. */
  readonly probeMs: number;
  /** The same for the first ones over a new session, so that whoever comes back has proven it soon. */
  readonly firstProbesMs: number;
  /** An event later than this is told as a warning. */
  readonly lateEventMs: number;
  /** Refusals in a row that prove the process gone: one could be a moment between two listeners. */
  readonly refusalsUntilDown: number;
  readonly tickMs: number;
  /** At most one utilisation event a media server in this time. */
  readonly utilisationMs: number;
}

export const INGEST_TIMINGS = Symbol('ingest timings');

/** @param reconcileSeconds of the configuration */
export function defaultTimings(reconcileSeconds: number): IngestTimings {
  return {
    leaseBeatMs: 700,
    leaseMs: 3_000,
    reconcileMs: reconcileSeconds * 1_000,
    pingIntervalMs: 2_000,
    pingTimeoutMs: 4_000,
    loginTimeoutMs: 3_000,
    firstRetryMs: 250,
    longestRetryMs: 5_000,
    gatherMs: 15,
    probeMs: 2_000,
    firstProbesMs: 500,
    lateEventMs: 1_000,
    // Two questions at 2 s went unanswered; with a tick a dead server is found within 6 s of its last word.
    suspectAfterMs: 4_000,
    downAfterMs: 5_250,
    aloneAfterMs: 7_000,
    overdueAfterMs: 2_500,
    refusalsUntilDown: 2,
    tickMs: 250,
    utilisationMs: 1_000,
  };
}
