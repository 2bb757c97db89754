import { LineFault, type AudioPort, type Line, type LineFactory, type SeatOffer } from '../ports.js';
import type { ReasonCode } from '../reasons.js';

/** The leg a supervisor is offered: of a seat's offer what a line needs, and no seat. */
export type EarOffer = Pick<SeatOffer, 'id' | 'conference' | 'mediaServer' | 'sip' | 'iceServers'>;

/** What an ear is made of; everything that touches the world is handed in. */
export interface EarParts {
  readonly audio: Pick<AudioPort, 'open' | 'close' | 'play' | 'onTrack' | 'onLost'>;
  readonly openLine: LineFactory;
  /** A track that says nothing. A leg has to send something to be offered at all; this one then rests. */
  readonly silence: () => MediaStreamTrack;
}

/** What an ear tells while it is on a call. */
export interface EarEvents {
  /** The leg is over, and not by our will. */
  over(reason: ReasonCode): void;
  /** The microphone went away and nothing could replace it: nobody hears her any more. */
  mute(reason: ReasonCode): void;
}

/**
 * A leg that hears, and speaks only when it is told to: a supervisor's. Until then no microphone is opened and no packet of audio sent. It takes no
 * seat and comes back by nothing: whoever made it asks for another leg.
 */
export class Ear {
  #line: Line | null = null;
  #events: EarEvents | null = null;
  #microphone: MediaStreamTrack | null = null;
  #speaking = false;

  constructor(private readonly parts: EarParts) {
    parts.audio.onTrack((track) => {
      if (!this.#microphone) return;
      this.#microphone = track;
      if (this.#speaking) void this.#line?.replaceTrack(track);
    });
    parts.audio.onLost((reason) => {
      this.silence();
      this.#events?.mute(reason);
    });
  }

  /** What is heard; null before the leg is up. */
  get hears(): MediaStream | null {
    return this.#line?.remoteStream ?? null;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** Opens the microphone, and sends nothing yet: the browser asks before anything is changed. Rejects with `AudioRefused`. */
  async openMicrophone(): Promise<void> {
    this.#microphone ??= await this.parts.audio.open();
  }

  /** Joins with this leg, in the place of the one before. Rejects with `LineFault`. */
  async join(offer: EarOffer, events: EarEvents): Promise<void> {
    this.#drop();
    const line: Line = this.parts.openLine(
      { ...offer, parking: 'conference' },
      {
        socketLost: () => this.#over(line, 'socket-lost'),
        mediaLost: () => void this.#restart(line),
        ended: () => this.#over(line, 'leg-ended'),
        message: () => undefined,
      },
    );
    this.#line = line;
    this.#events = events;
    line.setResting(!this.#speaking);
    try {
      await line.connect(this.#speaking && this.#microphone ? this.#microphone : this.parts.silence());
      await line.join();
    } catch (error) {
      line.hangUp();
      if (this.#line === line) this.#line = null;
      throw error;
    }
    // She may have left, or joined with another leg, meanwhile.
    if (this.#line !== line) return line.hangUp();
    if (line.remoteStream) this.parts.audio.play(line.remoteStream);
  }

  /** From now on the microphone is sent. Needs it open. */
  async speak(): Promise<void> {
    if (!this.#microphone || this.#speaking) return;
    this.#speaking = true;
    await this.#line?.replaceTrack(this.#microphone);
    this.#line?.setResting(false);
  }

  /** From now on nothing is sent, and the microphone is closed. */
  silence(): void {
    this.#speaking = false;
    this.#line?.setResting(true);
    this.#closeMicrophone();
  }

  /** Ends the leg and lets go of the microphone. */
  leave(): void {
    this.#drop();
    this.#speaking = false;
    this.#microphone = null;
    this.parts.audio.close();
  }

  #closeMicrophone(): void {
    const line = this.#line;
    if (!this.#microphone) return;
    this.#microphone = null;
    // The track of the leg first: a copy of the microphone that lives on would keep the browser's red light on.
    void line?.replaceTrack(this.parts.silence()).catch(() => undefined);
    this.parts.audio.close();
    if (line?.remoteStream) this.parts.audio.play(line.remoteStream);
  }

  /** One new path for the audio, inside the same leg. */
  async #restart(line: Line): Promise<void> {
    if (line !== this.#line) return;
    try {
      await line.restartIce();
    } catch (error) {
      this.#over(line, error instanceof LineFault ? error.reason : 'ice-failed');
    }
  }

  #over(line: Line, reason: ReasonCode): void {
    if (line !== this.#line) return;
    const events = this.#events;
    this.leave();
    events?.over(reason);
  }

  #drop(): void {
    const line = this.#line;
    this.#line = null;
    line?.hangUp();
  }
}

/** A track of silence, of this page's own making: no device is opened for it. */
export function silentTrack(makeContext: () => AudioContext): () => MediaStreamTrack {
  let context: AudioContext | null = null;
  return () => {
    context ??= makeContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    if (!track) throw new LineFault('media', 'media-failed', 'This browser makes no silence');
    return track;
  };
}
