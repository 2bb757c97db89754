import type { ReasonCode } from './reasons.js';

/** The seat the manager offers: the answer of `POST /placements`, as far as a phone needs it. */
export interface SeatOffer {
  readonly id: string;
  readonly conference: string;
  readonly parking: 'conference' | 'holding';
  readonly mediaServer: { readonly id: string; readonly name: string; readonly host: string; readonly webSocketUrl: string };
  /** Secret in memory only: never stored, never shown, never logged. */
  readonly sip: { readonly username: string; readonly password: string; readonly uri: string; readonly target: string };
  readonly iceServers: readonly RTCIceServer[];
}

/** How the manager sees a placement now. */
export interface SeatLook {
  readonly state: 'reserved' | 'connected' | 'lost' | 'released' | 'expired';
  readonly releaseReason: string | null;
}

/** Which step of reaching a server failed; the words of the REST contract. */
export type FailureStage = 'websocket' | 'sip' | 'ice' | 'media';

/** The manager, as the phone needs it. Every method rejects with `PlacementRefused` and with nothing else. */
export interface PlacementsPort {
  /** Asks for a seat, or for the one the agent already has. `exclude` holds ids of media servers to stay away from. */
  place(request: { exclude?: readonly string[] }): Promise<SeatOffer>;
  /** Gives the seat back. */
  release(placementId: string): Promise<void>;
  /** Says "this phone is alive". */
  heartbeat(placementId: string): Promise<void>;
  /** Says that this server could not be reached; the manager releases the placement. */
  reportFailure(placementId: string, failure: { stage: FailureStage; reason: string }): Promise<void>;
  /** Asks how the manager sees the placement. */
  look(placementId: string): Promise<SeatLook>;
}

/** The manager said no, or did not answer. */
export class PlacementRefused extends Error {
  override readonly name = 'PlacementRefused';

  constructor(
    readonly reason: ReasonCode,
    /** Milliseconds the manager asked to wait (Retry-After), if it did. */
    readonly retryAfterMs: number | null = null,
    detail = '',
  ) {
    super(detail || reason);
  }
}

/** The microphone and loudspeaker, as the seat needs them. */
export interface AudioPort {
  /** True when the browser will open the microphone without asking. */
  mayOpenUnasked(): Promise<boolean>;
  /** Opens the microphone. Rejects with `AudioRefused`. */
  open(): Promise<MediaStreamTrack>;
  /** Stops the microphone and silences the loudspeaker. */
  close(): void;
  /** Plays what the line hears. */
  play(stream: MediaStream): void;
  /** A short sound for her alone: somebody has joined. */
  chime(): void;
  /** Tells of another track taking over (device changed or unplugged). Returns the unsubscriber. */
  onTrack(listener: (track: MediaStreamTrack) => void): () => void;
  /** Tells that the microphone went away and nothing could replace it. */
  onLost(listener: (reason: ReasonCode) => void): () => void;
}

/** The microphone could not be had. */
export class AudioRefused extends Error {
  override readonly name = 'AudioRefused';

  constructor(
    readonly reason: ReasonCode,
    detail = '',
  ) {
    super(detail || reason);
  }
}

/** What a line tells while it lives. */
export interface LineEvents {
  /** The WebSocket closed or fell silent; audio may still flow. */
  socketLost(): void;
  /** No audio path any more (ICE disconnected or failed). */
  mediaLost(): void;
  /** The media server sent BYE. `replaced` when it said that another leg of the same seat took over. */
  ended(how: { replaced: boolean }): void;
  /** A message inside the dialog. */
  message(contentType: string, body: string): void;
}

/** One SIP leg over one WebSocket to one media server. Every promise rejects with `LineFault`. */
export interface Line {
  /** Opens the WebSocket, and gets the offer to send `track` ready meanwhile. */
  connect(track: MediaStreamTrack): Promise<void>;
  /** Sends the INVITE and waits until the leg is answered and its audio path is up. */
  join(): Promise<void>;
  /** Asks for a new audio path inside the same dialog. */
  restartIce(): Promise<void>;
  /** Sends another microphone from now on. */
  replaceTrack(track: MediaStreamTrack): Promise<void>;
  setMuted(muted: boolean): void;
  /** Stops sending the microphone's packets altogether, or sends them again: a resting seat costs the media server nothing. */
  setResting(resting: boolean): void;
  /** Sends digits as RFC 4733 events. @returns false when this leg cannot, or not yet */
  dtmf(digits: string): boolean;
  /** The computer's network changed: look at once whether the socket and the audio path still stand. */
  networkChanged(): void;
  /** What the agent hears; null before the leg joined. */
  readonly remoteStream: MediaStream | null;
  /** Sends BYE (or CANCEL), as far as that is still possible without waiting, and lets go of everything. */
  hangUp(): void;
}

/** Makes a line for an offered seat; nothing goes out before `connect`. */
export type LineFactory = (offer: SeatOffer, events: LineEvents) => Line;

/** A step of reaching the media server failed. */
export class LineFault extends Error {
  override readonly name = 'LineFault';

  constructor(
    readonly stage: FailureStage,
    readonly reason: ReasonCode,
    detail: string,
  ) {
    super(detail);
  }
}

/** Hears and tells other tabs of this browser who sits on a seat. */
export interface RivalsPort {
  /** Tells the others that this phone now takes the seat. */
  claim(placementId: string): void;
  /** Hears another phone take a seat. Returns the unsubscriber. */
  onClaim(listener: (placementId: string) => void): () => void;
}
