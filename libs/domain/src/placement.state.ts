import { IllegalMoveError } from './illegal-move.js';

/**
 * The life of a placement, an agent's seat on one media server.
 *
 *                    joined                 leg-ended | silent
 *   +----------+ ------------> +-----------+ ----------------> +------+
 *   | reserved |               | connected |                   | lost |
 *   +----------+               +-----------+ <---------------- +------+
 *     |     |                        |             joined          |
 *     |     | given-up | moved | failure-reported                  | the same, and
 *     |     | evicted | server-failed                            | grace-ran-out
 *     |     +------------------------+-----------------------------+
 *     | not-taken-up                 v
 *     v                        +----------+
 *  +---------+                 | released |
 *  | expired |                 +----------+
 *  +---------+
 *
 * - reserved: promised, counted, credentials handed out; nobody sits there yet.
 * - connected: the seat's channel is in its conference.
 * - lost: its channel went away; still counted and still the agent's, for the grace.
 * - released: over, by somebody's will or by failure.
 * - expired: over, because nobody came.
 */
export const placementStates = ['reserved', 'connected', 'lost', 'released', 'expired'] as const;
export type PlacementState = (typeof placementStates)[number];

/** States that hold a seat; an agent has one such placement at most. */
export const livePlacementStates = ['reserved', 'connected', 'lost'] as const satisfies readonly PlacementState[];

/** What can happen to a placement. */
export type PlacementCause =
  | 'joined' // the seat's channel entered its conference
  | 'leg-ended' // the seat's channel is gone
  | 'silent' // the browser's heartbeat, once begun, stopped
  | 'not-taken-up' // the reservation ran out
  | 'grace-ran-out' // nobody came back in time
  | 'given-up' // the agent, or somebody for them, released it
  | 'moved' // the agent asked for another server
  | 'failure-reported' // the browser could not get audio on this server
  | 'evicted' // an operator's will: its agent or its server may not be used any more
  | 'server-failed'; // the media server is down

const endings = {
  'given-up': 'released',
  moved: 'released',
  'failure-reported': 'released',
  evicted: 'released',
  'server-failed': 'released',
} as const satisfies Partial<Record<PlacementCause, PlacementState>>;

const transitions: Readonly<Record<PlacementState, Readonly<Partial<Record<PlacementCause, PlacementState>>>>> = {
  reserved: { joined: 'connected', 'not-taken-up': 'expired', ...endings },
  connected: { 'leg-ended': 'lost', silent: 'lost', ...endings },
  lost: { joined: 'connected', 'grace-ran-out': 'released', ...endings },
  released: {},
  expired: {},
};

/** The state after `cause`; throws `IllegalMoveError` when the table has no such move. */
export function movePlacement(from: PlacementState, cause: PlacementCause): PlacementState {
  const to = transitions[from][cause];
  if (to === undefined) throw new IllegalMoveError('placement', from, cause);
  return to;
}

/** The states `cause` may happen to: the guard of the UPDATE that makes the move. */
export function placementStatesBefore(cause: PlacementCause): PlacementState[] {
  return placementStates.filter((state) => transitions[state][cause] !== undefined);
}

/** Whether a placement in this state holds a seat on its server. */
export function holdsSeat(state: PlacementState): boolean {
  return state === 'reserved' || state === 'connected' || state === 'lost';
}

/** The word the contract keeps for why a placement ended. */
export function releaseReason(cause: PlacementCause): string {
  return cause === 'server-failed' ? 'media_server_failed' : cause.replaceAll('-', '_');
}
