/**
 * Why a seat is not (yet) there: one catalogue, no words for people in it.
 * `lasting` reasons stop the phone until a person acts; the others it mends by itself, again and again.
 */
export const reasons = {
  /** The browser or the agent said no to the microphone. */
  'permission-denied': { lasting: true },
  /** No microphone is plugged in. */
  'no-device': { lasting: true },
  /** Another program holds the microphone. */
  'device-busy': { lasting: true },
  /** The page is not a secure context, so the browser offers no microphone at all. */
  'insecure-page': { lasting: true },
  /** No manager answered. */
  'manager-away': { lasting: false },
  /** The sign-in ended. */
  'signed-out': { lasting: true },
  /** The account may not take a seat (disabled, or not an agent). */
  'agent-disabled': { lasting: true },
  /** The manager answered with something this phone does not understand. */
  'request-refused': { lasting: true },
  /** Every eligible server is full. */
  'pool-full': { lasting: false },
  /** No server is eligible now. */
  'no-server': { lasting: false },
  /** The WebSocket to the media server did not open. */
  'websocket-refused': { lasting: false },
  /** The WebSocket of a seated agent closed or fell silent. */
  'socket-lost': { lasting: false },
  /** The media server answered the INVITE with a final error, or not at all. */
  'sip-rejected': { lasting: false },
  /** No path for audio was found, or it broke and a restart did not mend it. */
  'ice-failed': { lasting: false },
  /** The path is there but the encrypted media did not come up. */
  'media-failed': { lasting: false },
  /** The media server ended the leg and the seat is still the agent's. */
  'leg-ended': { lasting: false },
  /** Somebody ended the seat. */
  'seat-ended': { lasting: true },
  /** The same agent took the seat in another tab or browser. */
  'seat-taken-elsewhere': { lasting: true },
} as const satisfies Record<string, { lasting: boolean }>;

/** A stable name of a reason; consoles turn it into a sentence. */
export type ReasonCode = keyof typeof reasons;

/** Does this reason wait for a person, rather than for the phone's next try? */
export function isLasting(reason: ReasonCode): boolean {
  return reasons[reason].lasting;
}
