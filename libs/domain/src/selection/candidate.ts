import type { MediaServerHealth } from '../media-server-health.state.js';

/** The operator's will about one media server. */
export type MediaServerMode = 'active' | 'draining' | 'disabled';

/** One media server as a selection sees it, read in the transaction that decides. */
export interface Candidate {
  readonly mediaServerId: string;
  readonly mode: MediaServerMode;
  readonly health: MediaServerHealth;
  /** Most placements it may hold. */
  readonly capacity: number;
  /** Relative capacity factor, above 0; 1 is an ordinary server. */
  readonly weight: number;
  readonly region: string | null;
  /** Placements that are reserved, connected or lost: promised seats count like taken ones. */
  readonly seats: number;
  /** Reserved placements alone; only the `load-average` policy asks for them. */
  readonly reserved: number;
  /** Seats with a client leg; only the `talking` policy asks for them. */
  readonly talking: number;
  /** One-minute load average as the server last reported it, null when it never did. */
  readonly loadAverage: number | null;
}

/** Who asks, and what is known against a server for this agent. */
export interface SelectionRequest {
  /** Preferred region; null means none is preferred. */
  readonly region: string | null;
  /** Servers the caller asked to leave out. */
  readonly exclude: ReadonlySet<string>;
  /** Servers that failed for this agent a moment ago. */
  readonly failed: ReadonlySet<string>;
}

/** A source of chance in [0, 1), such as `Math.random`. */
export type Random = () => number;

/**
 * Utilisation of a server: seats taken, as a share of the seats it should hold.
 * Not capped at 1, so that overfull servers still compare (a cap would make them tie).
 */
export function utilisationRatio(seats: number, capacity: number, weight: number): number {
  const room = capacity * weight;
  return room > 0 ? seats / room : Number.POSITIVE_INFINITY;
}
