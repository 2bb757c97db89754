import { PlacementRefused, type PlacementsPort } from '../ports.js';
import type { ReasonCode } from '../reasons.js';

/** How long to let the manager catch up with the media server's events before judging, step by step (milliseconds). */
export const judgeSteps = [200, 300, 1_000] as const;

/** Ends that somebody wanted; every other end is a fault, and the phone asks for a seat again. */
const wantedEnds: Readonly<Record<string, ReasonCode>> = {
  given_up: 'seat-ended',
  agent_disabled: 'agent-disabled',
};

/**
 * The media server hung up. Why? The manager knows, a moment later than the phone.
 * @param rest waits that many milliseconds
 * @param socketLost whether the socket went as well: then the server is going down and its last word counts for nothing
 * @returns the lasting reason, or null when the seat is still hers and she should go back to it
 */
export async function judgeEnd(
  placements: Pick<PlacementsPort, 'look'>,
  placementId: string,
  rest: (ms: number) => Promise<void>,
  socketLost: () => boolean,
): Promise<ReasonCode | null> {
  let wasGone = false;
  for (const ms of judgeSteps) {
    await rest(ms);
    if (socketLost()) return null;
    try {
      const { state, releaseReason } = await placements.look(placementId);
      if (state === 'released' || state === 'expired') return wantedEnds[releaseReason ?? ''] ?? null;
      // When another browser takes the seat, our leg goes a moment before the new one joins: one look must not decide.
      const gone = state !== 'connected';
      if (gone && wasGone) return null;
      wasGone = gone;
    } catch (error) {
      if (!(error instanceof PlacementRefused)) throw error;
      return null;
    }
  }
  // Our leg is gone and yet the seat stays connected: another leg of the same agent sits there.
  return wasGone ? null : 'seat-taken-elsewhere';
}
