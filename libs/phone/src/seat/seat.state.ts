/**
 * The seat machine: where an agent stands between "offline" and a proven line.
 *
 *              goOnline                placed            socket open         heard
 *   offline ------------> preparing -> finding -> connecting -----> joining -----> ready
 *      ^  ^                   |          ^  |          |               |            |
 *      |  |                   |          |  | fault    | fault         | fault      | line lost
 *      |  |                   |     again|  v          v               v            v
 *      |  |                   |          +------------------ recovering ------------+
 *      |  |                   |                                  |  |
 *      |  |                   | microphone refused               |  +--> ready (ICE restarted, same leg)
 *      |  |                   v                                  v
 *      |  +---- leave ----- failed <--- nothing the phone can do by itself (from anywhere)
 *      |                      |
 *      |                      +--> preparing (the agent tries again, or takes the seat back)
 *      +------ leaving <--- leave (from anywhere on the way)
 */
export type SeatState =
  /** Not working; no seat, no microphone. */
  | 'offline'
  /** The microphone is being opened; the browser may be asking the agent. */
  | 'preparing'
  /** The manager is choosing a media server. */
  | 'finding'
  /** The WebSocket to the chosen media server is being opened. */
  | 'connecting'
  /** The INVITE is out; the leg is joining its conference and the media path is being proven. */
  | 'joining'
  /** Seated: the leg is in the conference and audio flows. */
  | 'ready'
  /** Something broke and the phone is mending it by itself: a reason and perhaps the time of the next try. */
  | 'recovering'
  /** The agent leaves: BYE and release are on their way. */
  | 'leaving'
  /** Stopped for a reason only a person can change. */
  | 'failed';

/** The one table of legal moves. */
export const seatMoves: Readonly<Record<SeatState, readonly SeatState[]>> = {
  offline: ['preparing'],
  preparing: ['finding', 'failed', 'leaving'],
  finding: ['connecting', 'recovering', 'failed', 'leaving'],
  connecting: ['joining', 'recovering', 'failed', 'leaving'],
  joining: ['ready', 'recovering', 'failed', 'leaving'],
  ready: ['recovering', 'failed', 'leaving'],
  recovering: ['ready', 'finding', 'failed', 'leaving'],
  leaving: ['offline'],
  failed: ['preparing', 'offline'],
};

/** A move the table does not know: a bug in the phone, never a fault of the network. */
export class IllegalSeatMove extends Error {
  override readonly name = 'IllegalSeatMove';

  constructor(
    readonly from: SeatState,
    readonly to: SeatState,
  ) {
    super(`A seat cannot go from ${from} to ${to}`);
  }
}

/**
 * The one function that moves a seat.
 * @returns `to`, when the table allows the move
 * @throws IllegalSeatMove otherwise
 */
export function moveSeat(from: SeatState, to: SeatState): SeatState {
  if (!seatMoves[from].includes(to)) throw new IllegalSeatMove(from, to);
  return to;
}

/** States in which the agent means to be online: a reload of the page should bring her back. */
export function meansToBeOnline(state: SeatState): boolean {
  return state !== 'offline' && state !== 'leaving' && state !== 'failed';
}
