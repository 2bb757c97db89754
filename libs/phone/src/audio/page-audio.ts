import type { AudioPort } from '../ports.js';
import { Chime } from './chime.js';
import { DeviceList } from './devices.js';
import { LevelMeter } from './level-meter.js';
import { Microphone } from './microphone.js';
import { Speaker } from './speaker.js';

/** The parts of a browser that audio is made of. */
export interface AudioParts {
  /** `navigator.mediaDevices`: undefined on an insecure page. */
  readonly media: MediaDevices | undefined;
  /** `navigator.permissions`, where there is one. */
  readonly permissions: Permissions | undefined;
  readonly element: HTMLAudioElement;
  /** Another one for the chime, which must not take the place of what the line hears. */
  readonly chimeElement: HTMLAudioElement;
  readonly makeContext: () => AudioContext;
}

/** The microphone and loudspeaker of this page: what the seat needs (`AudioPort`) and what a console shows. */
export class PageAudio implements AudioPort {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly meter: LevelMeter;
  readonly devices: DeviceList;
  readonly #chime: Chime;

  constructor(private readonly parts: AudioParts) {
    this.microphone = new Microphone(parts.media);
    this.speaker = new Speaker(parts.element, [parts.chimeElement]);
    this.#chime = new Chime(parts.chimeElement, parts.makeContext);
    this.meter = new LevelMeter(parts.makeContext);
    this.devices = new DeviceList(parts.media);
    this.microphone.onTrack((track) => this.meter.listenTo(track));
  }

  async mayOpenUnasked(): Promise<boolean> {
    try {
      // Not every browser knows the microphone as a permission to ask about: then it may ask the agent.
      return (await this.parts.permissions?.query({ name: 'microphone' as PermissionName }))?.state === 'granted';
    } catch {
      return false;
    }
  }

  async open(): Promise<MediaStreamTrack> {
    const track = await this.microphone.open();
    this.meter.listenTo(track);
    void this.devices.refresh();
    return track;
  }

  close(): void {
    this.microphone.close();
    this.meter.listenTo(null);
    this.speaker.stop();
  }

  play(stream: MediaStream): void {
    this.speaker.play(stream);
  }

  chime(): void {
    this.#chime.play();
  }

  onTrack(listener: (track: MediaStreamTrack) => void): () => void {
    return this.microphone.onTrack(listener);
  }

  onLost(listener: Parameters<AudioPort['onLost']>[0]): () => void {
    return this.microphone.onLost(listener);
  }
}
