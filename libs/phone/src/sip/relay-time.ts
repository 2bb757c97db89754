import type { SeatOffer } from '../ports.js';

/** The clock of this computer may differ from the relay's by this much. Milliseconds. */
const doubtMs = 60_000;

/**
 * Would the relay of this offer still give an address? The user name begins with the second its credentials end
 * (draft-uberti-behave-turn-rest-00 §2.2). A call that runs over the relay goes on past that second, but an ICE restart asks for a new
 * address and gets none. True where there is no relay.
 */
export function relayHolds(iceServers: SeatOffer['iceServers'], nowMs: number): boolean {
  return iceServers.every(({ username }) => {
    const seconds = /^(\d+):/.exec(username ?? '')?.[1];
    return seconds === undefined || Number(seconds) * 1000 - doubtMs > nowMs;
  });
}
