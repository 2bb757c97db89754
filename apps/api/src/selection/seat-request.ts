import type { PlacementRecord } from './placement.record.js';

/** An agent asks for a seat. */
export interface SeatRequest {
  readonly agentId: string;
  /** Preferred region of this request; null leaves it to the agent's own. */
  readonly region: string | null;
  readonly exclude: readonly string[];
}

/** The seat, and the one telling of its password. */
export interface Seat {
  readonly placement: PlacementRecord;
  readonly password: string;
  /** How long a new INVITE may use the password. */
  readonly sipExpiresAt: Date;
  /** False when the agent had this seat already. */
  readonly created: boolean;
}

/** Two requests that can only have the same answer. */
export function isSameRequest(a: SeatRequest, b: SeatRequest): boolean {
  return a.region === b.region && a.exclude.length === b.exclude.length && a.exclude.every((id, at) => id === b.exclude[at]);
}
