/** The contract's words for why a call ended. */
export const endReasons = [
  'caller-hung-up', 'agent-hung-up', 'busy', 'no-answer', 'cancelled', 'rejected', 'congestion', 'media-server-failed', 'abandoned', 'transferred', 'limit',
] as const;
export type EndReason = (typeof endReasons)[number];

/** What is known of a call whose client leg is gone. */
export interface CallEnd {
  readonly direction: 'inbound' | 'outbound';
  /** Whether client and agent have been together. */
  readonly wasAnswered: boolean;
  /** Q.850 cause of the Hangup event; null when it was not heard. */
  readonly cause: number | null;
  /** Who asked for the end, as far as it was asked for; it says more than the cause does. */
  readonly wantedBy: 'agent' | 'system' | null;
  /** Whether the far end was heard ringing. */
  readonly rang?: boolean;
}

/** Q.850 causes in the words of the contract; the rest of them mean that the network could not. */
const refusals: ReadonlyMap<number, EndReason> = new Map([
  [17, 'busy'],
  [18, 'no-answer'],
  [19, 'no-answer'],
  [20, 'no-answer'],
  [1, 'rejected'],
  [3, 'rejected'],
  [21, 'rejected'],
  [22, 'rejected'],
  [28, 'rejected'],
]);

/**
 * Asterisk's own ring timeout clears a leg with these: nobody asked for the end, no refusal came, so nobody answered.
 * Without ringing only a normal clearing (16) tells so; 0 and 127 are also said of a leg that could not be set up.
 */
function ranOut(cause: number | null, rang: boolean): boolean {
  return cause === 16 || (rang && (cause === null || cause === 0 || cause === 127));
}

/** Why the call ended, from what was seen; causes are those of ITU-T Q.850, as Asterisk's Hangup event carries them. */
export function endReasonOf({ direction, wasAnswered, cause, wantedBy, rang = false }: CallEnd): EndReason {
  if (wantedBy !== null) return wasAnswered || direction === 'inbound' ? 'agent-hung-up' : 'cancelled';
  if (wasAnswered) return 'caller-hung-up';
  if (direction === 'inbound') return 'abandoned';
  if (ranOut(cause, rang)) return 'no-answer';
  return (cause !== null && refusals.get(cause)) || 'congestion';
}

const words: ReadonlyMap<number, string> = new Map([
  [0, 'The call could not be placed'],
  [1, 'The number is not in use'],
  [2, 'No route to that network'],
  [3, 'No route to that number'],
  [16, 'Hung up'],
  [17, 'The line is busy'],
  [18, 'The telephone does not respond'],
  [19, 'Nobody answered'],
  [20, 'The subscriber cannot be reached'],
  [21, 'The call was rejected'],
  [22, 'The number has changed'],
  [26, 'Another leg took over'],
  [27, 'The destination is out of order'],
  [28, 'The number is not complete or not valid'],
  [31, 'Hung up by the network'],
  [34, 'No line is free'],
  [38, 'The network is out of order'],
  [41, 'The network failed for a moment'],
  [42, 'The network is overloaded'],
  [44, 'The line asked for is not available'],
  [58, 'That kind of call is not available now'],
  [88, 'The other side cannot take this kind of call'],
  [102, 'The network did not answer in time'],
  [127, 'The network gave no reason'],
]);

/** A Q.850 cause in plain words, for a person. */
export function causeInWords(cause: number): string {
  return words.get(cause) ?? `The network ended the call (cause ${cause})`;
}
