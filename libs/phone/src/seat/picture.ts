import type { SeatOffer } from '../ports.js';
import type { ReasonCode } from '../reasons.js';
import { emptyRoom, type RoomView } from './room.js';
import type { SeatState } from './seat.state.js';

/** The seat the agent holds or is on the way to; never with its secret. */
export interface SeatFacts {
  readonly placementId: string;
  readonly server: { readonly id: string; readonly name: string; readonly host: string };
  readonly conference: string;
  readonly parking: 'conference' | 'holding';
}

/** Everything a console needs to show, replaced as a whole with every change. Times are milliseconds since the epoch. */
export interface PhonePicture extends RoomView {
  readonly state: SeatState;
  /** When this state was entered. */
  readonly since: number;
  /** Why the phone is recovering or failed; null when nothing is wrong. */
  readonly reason: ReasonCode | null;
  /** The other side's own words, for a log or a fold-out: never the only explanation. */
  readonly detail: string | null;
  /** When the next try starts, while recovering. */
  readonly retryAt: number | null;
  /** Tries made in the present trouble. */
  readonly attempt: number;
  readonly seat: SeatFacts | null;
  /** Since when she is online without having left; recoveries do not interrupt it. */
  readonly onlineSince: number | null;
  /** Did the manager answer lately? A seated agent does not need it to talk. */
  readonly manager: 'there' | 'away' | 'signed-out';
  readonly muted: boolean;
  /** Why there is no microphone while seated; null when it works. */
  readonly microphone: ReasonCode | null;
  /** The last time the phone changed servers by itself. */
  readonly moved: { readonly from: string; readonly to: string; readonly at: number } | null;
}

/** The picture of a phone that was never used. */
export function blankPicture(now: number): PhonePicture {
  return {
    state: 'offline',
    since: now,
    reason: null,
    detail: null,
    retryAt: null,
    attempt: 0,
    seat: null,
    onlineSince: null,
    manager: 'there',
    muted: false,
    microphone: null,
    moved: null,
    ...emptyRoom,
  };
}

/** What of an offer a picture shows. */
export const factsOf = ({ id, conference, parking, mediaServer: { id: serverId, name, host } }: SeatOffer): SeatFacts => ({
  placementId: id,
  server: { id: serverId, name, host },
  conference,
  parking,
});

/** The change of servers that taking this seat would be; the last one when it is none. */
export function movedBy({ seat, onlineSince, moved }: PhonePicture, { mediaServer }: SeatOffer, now: number): PhonePicture['moved'] {
  const isMove = seat !== null && onlineSince !== null && seat.server.id !== mediaServer.id;
  return isMove ? { from: seat.server.name, to: mediaServer.name, at: now } : moved;
}
