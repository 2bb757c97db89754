import { LineFault, PlacementRefused, type Line, type PlacementsPort, type SeatOffer } from '../ports.js';
import type { Run, Trouble } from './run.js';

/** What the phone does at each step of a way up. None of them is called once the run is over, but `unwanted`. */
export interface Steps {
  /** The manager said no, or nothing. */
  refused(why: PlacementRefused): void;
  /** The manager offered a seat: returns the line to it and the microphone to send. */
  offered(offer: SeatOffer): { line: Line; track: MediaStreamTrack };
  /** The WebSocket is open. */
  opened(): void;
  /** The leg is in its conference and audio flows. */
  seated(line: Line): void;
  /** This server cannot be reached; the line is no use any more. */
  abandoned(line: Line, offer: SeatOffer, fault: LineFault): Promise<void>;
  /** An offer came after the agent had left. */
  unwanted(offer: SeatOffer): Promise<void>;
}

/**
 * One way up: ask for a seat, open the socket, join.
 * @returns null when seated or when the run is over, the trouble otherwise
 */
export async function goUpOnce(run: Run, placements: PlacementsPort, steps: Steps): Promise<Trouble | null> {
  let offer: SeatOffer;
  try {
    offer = await run.place(placements);
  } catch (error) {
    if (!(error instanceof PlacementRefused)) throw error;
    if (run.live) steps.refused(error);
    return { reason: error.reason, detail: error.message, retryAfterMs: error.retryAfterMs };
  }
  if (!run.live) {
    await steps.unwanted(offer);
    return null;
  }
  const { line, track } = steps.offered(offer);
  try {
    await line.connect(track);
    if (!run.live) return null;
    steps.opened();
    await line.join();
  } catch (error) {
    if (!run.live) return null;
    if (!(error instanceof LineFault)) throw error;
    await steps.abandoned(line, offer, error);
    return { reason: error.reason, detail: error.message, retryAfterMs: null };
  }
  if (run.live) steps.seated(line);
  return null;
}
