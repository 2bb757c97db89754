import type { Clock } from './clock.js';

/**
 * A socket that closes (FIN, RST, a close frame) is known at once, by the browser's event. One that only falls silent - a pulled cable, a firewall that
 * forgot the connection, a frozen server - is known after at most `everyMs` + `answerMs`, and no sooner by any means a page has. What that asks for:
 * one UPDATE in `everyMs` from each seat, and an answer that TCP delivers within `answerMs`: one lost segment (resent after 200 to 300 ms) and mostly
 * a second one are outlived. A network that loses more looks like a dead one; then a new leg is made beside the old one, whose audio goes on meanwhile.
 */
export const pulseTimes = { everyMs: 800, answerMs: 1_200 } as const;

/** Feels whether the other end of a socket is still there. */
export interface Pulse {
  /** The other end was heard. */
  heard(): void;
  /** Probe now instead of at the next turn (the network has changed). */
  hurry(): void;
  stop(): void;
}

/**
 * SIP.js never notices a socket that died without a FIN (its CRLF keep-alive only clears a flag), and the browser
 * notices after minutes. So the phone asks by itself and counts any answer as life.
 * @param probe sends one question
 * @param silent told once, when a question stayed unanswered
 */
export function startPulse(clock: Clock, probe: () => void, silent: () => void): Pulse {
  let timer: number | null = null;
  let stopped = false;

  const rest = (): void => {
    timer = clock.setTimeout(ask, pulseTimes.everyMs);
  };
  const ask = (): void => {
    const due = clock.now() + pulseTimes.answerMs;
    timer = clock.setTimeout(() => {
      // A timer that comes far too late means that this computer slept, not the server: ask again before judging.
      if (clock.now() - due > pulseTimes.answerMs) return ask();
      timer = null;
      stopped = true;
      silent();
    }, pulseTimes.answerMs);
    probe();
  };
  const again = (next: () => void): void => {
    if (stopped) return;
    if (timer !== null) clock.clearTimeout(timer);
    next();
  };

  rest();
  return {
    heard: () => again(rest),
    hurry: () => again(ask),
    stop: () => {
      again(() => undefined);
      stopped = true;
    },
  };
}
