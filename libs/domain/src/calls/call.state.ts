import { IllegalMoveError } from '../illegal-move.js';

/**
 * The life of a call, from the first order or INVITE to its one final record.
 *
 *    POST /calls          GET /routes, an agent is free     GET /routes, nobody is free
 *         v                          v                              v
 *   +---------+    rang         +---------+  <--- offered ---  +--------+
 *   | dialing | --------------> | ringing |                    | queued | <---------------+
 *   +---------+                 +---------+  --- not-taken --> +--------+                 |
 *        | joined                    | joined                                             |
 *        |                           v                                                    | agent-gone
 *        +---------------------> +----------+  parted   +------+                          |
 *                                | answered | --------> | held | -------------------------+
 *                                +----------+ <-------- +------+                          |
 *                                     |        joined                                     |
 *                                     +---------------------------------------------------+
 *   answered, held --- handed-on ---> ringing (the agent has given the caller to another one, who is reserved)
 *   dialing --- not-taken ---> queued (a number the caller was handed on to, which did not answer)
 *   any of them --- over ---> ended
 *
 * - queued: the caller waits with music, no agent is promised.
 * - dialing: the client leg is ordered; nothing rings yet.
 * - ringing: outbound, the far end rings; inbound, an agent is reserved and the caller is on the way to her conference.
 * - answered: the client leg is in the agent's conference.
 * - held: the caller hears music and the agent keeps the call.
 * - ended: over, with a reason.
 */
export const callStates = ['queued', 'dialing', 'ringing', 'answered', 'held', 'ended'] as const;
export type CallState = (typeof callStates)[number];

/** States of a call that is not over. */
export const liveCallStates = ['queued', 'dialing', 'ringing', 'answered', 'held'] as const satisfies readonly CallState[];

/** States in which an agent is taken by the call. */
export const agentHoldingStates = ['dialing', 'ringing', 'answered', 'held'] as const satisfies readonly CallState[];

/** What can happen to a call. */
export type CallCause =
  | 'rang' // the far end rings
  | 'offered' // an agent was reserved for the waiting caller
  | 'not-taken' // the caller did not reach the reserved agent in time
  | 'handed-on' // the agent has given the caller to another one, who was reserved
  | 'joined' // the client leg entered the agent's conference
  | 'parted' // the client leg left the conference and stands on hold
  | 'agent-gone' // the agent is not coming back: the caller waits for another one
  | 'over'; // the client leg is gone, or the call was ended

const transitions: Readonly<Record<CallState, Readonly<Partial<Record<CallCause, CallState>>>>> = {
  queued: { offered: 'ringing', over: 'ended' },
  dialing: { rang: 'ringing', joined: 'answered', 'not-taken': 'queued', over: 'ended' },
  ringing: { joined: 'answered', 'not-taken': 'queued', 'agent-gone': 'queued', over: 'ended' },
  answered: { parted: 'held', 'handed-on': 'ringing', 'agent-gone': 'queued', over: 'ended' },
  held: { joined: 'answered', 'handed-on': 'ringing', 'agent-gone': 'queued', over: 'ended' },
  ended: {},
};

/** The state after `cause`; throws `IllegalMoveError` when the table has no such move. */
export function moveCall(from: CallState, cause: CallCause): CallState {
  const to = transitions[from][cause];
  if (to === undefined) throw new IllegalMoveError('call', from, cause);
  return to;
}

/** Whether the table has such a move. */
export function canMoveCall(from: CallState, cause: CallCause): boolean {
  return transitions[from][cause] !== undefined;
}
