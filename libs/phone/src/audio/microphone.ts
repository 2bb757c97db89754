import { AudioRefused } from '../ports.js';
import type { ReasonCode } from '../reasons.js';

/** Why the browser did not give the microphone, by the name of its DOMException (Media Capture and Streams §10.2). */
const refusals: Readonly<Record<string, ReasonCode>> = {
  NotAllowedError: 'permission-denied',
  SecurityError: 'permission-denied',
  NotFoundError: 'no-device',
  OverconstrainedError: 'no-device',
  NotReadableError: 'device-busy',
  AbortError: 'device-busy',
};

/** What a person on a headset wants done to her voice. */
const voice: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

/** The agent's microphone: opened when she goes online, swapped while she talks, closed when she leaves. */
export class Microphone {
  #track: MediaStreamTrack | null = null;
  #deviceId: string | null = null;
  /** Counts openings, so that a slow one cannot overtake a newer wish. */
  #wish = 0;
  readonly #onTrack = new Set<(track: MediaStreamTrack) => void>();
  readonly #onLost = new Set<(reason: ReasonCode) => void>();

  /** @param media `navigator.mediaDevices`; undefined on an insecure page */
  constructor(private readonly media: MediaDevices | undefined) {
    // A headset plugged in again, while there was none: take it without being asked.
    media?.addEventListener('devicechange', () => {
      if (this.#track?.readyState === 'ended') void this.#replace();
    });
  }

  /** The open microphone; null before `open` and after `close`. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** The chosen device; null for the system's default. */
  get deviceId(): string | null {
    return this.#deviceId;
  }

  onTrack(listener: (track: MediaStreamTrack) => void): () => void {
    this.#onTrack.add(listener);
    return () => this.#onTrack.delete(listener);
  }

  onLost(listener: (reason: ReasonCode) => void): () => void {
    this.#onLost.add(listener);
    return () => this.#onLost.delete(listener);
  }

  /** Opens the chosen microphone, or another one when that is not plugged in. Rejects with `AudioRefused`. */
  async open(): Promise<MediaStreamTrack> {
    const wish = ++this.#wish;
    const track = await this.#capture();
    if (wish !== this.#wish) {
      track.stop();
      throw new AudioRefused('device-busy', 'Overtaken by a newer wish');
    }
    this.#take(track);
    return track;
  }

  /** Chooses a microphone; an open one is swapped at once. Rejects with `AudioRefused` and keeps the old one then. */
  async choose(deviceId: string | null): Promise<void> {
    const before = this.#deviceId;
    this.#deviceId = deviceId;
    if (!this.#track) return;
    try {
      await this.open();
    } catch (error) {
      this.#deviceId = before;
      throw error;
    }
    for (const listener of [...this.#onTrack]) listener(this.#track);
  }

  close(): void {
    this.#wish += 1;
    this.#track?.stop();
    this.#track = null;
  }

  #take(track: MediaStreamTrack): void {
    this.#track?.stop();
    this.#track = track;
    // Fires when the device goes away or the permission is withdrawn, not when we stop the track ourselves.
    track.addEventListener('ended', () => {
      if (this.#track === track) void this.#replace();
    });
  }

  /** The device went away while in use: go on with whatever is there. */
  async #replace(): Promise<void> {
    try {
      const track = await this.open();
      for (const listener of [...this.#onTrack]) listener(track);
    } catch (error) {
      if (!(error instanceof AudioRefused)) throw error;
      if (this.#track) for (const listener of [...this.#onLost]) listener(error.reason);
    }
  }

  async #capture(): Promise<MediaStreamTrack> {
    if (!this.media) throw new AudioRefused('insecure-page');
    const chosen = this.#deviceId;
    try {
      return await this.#ask(chosen === null ? voice : { ...voice, deviceId: { exact: chosen } });
    } catch (error) {
      if (chosen === null || !(error instanceof AudioRefused) || error.reason !== 'no-device') throw error;
      return this.#ask(voice);
    }
  }

  async #ask(audio: MediaTrackConstraints): Promise<MediaStreamTrack> {
    try {
      const [track] = (await this.media!.getUserMedia({ audio, video: false })).getAudioTracks();
      if (!track) throw new AudioRefused('no-device');
      return track;
    } catch (error) {
      if (error instanceof AudioRefused || !(error instanceof Error)) throw error;
      throw new AudioRefused(refusals[error.name] ?? 'device-busy', `${error.name}: ${error.message}`);
    }
  }
}
