/** One microphone or loudspeaker to choose from. */
export interface AudioDevice {
  readonly id: string;
  /** The name the system gives it; empty until the microphone was permitted once. */
  readonly label: string;
}

export interface AudioDevices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
}

const none: AudioDevices = { microphones: [], speakers: [] };

/**
 * The devices of this computer, kept up to date. Asked only when the browser says that something changed:
 * asking often degrades the sound of some systems.
 */
export class DeviceList {
  #devices = none;
  readonly #listeners = new Set<() => void>();

  /** @param media `navigator.mediaDevices`; undefined on an insecure page */
  constructor(private readonly media: MediaDevices | undefined) {
    media?.addEventListener('devicechange', () => void this.refresh());
  }

  readonly devices = (): AudioDevices => this.#devices;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the devices anew; call it once the microphone was permitted, because only then they have names. */
  async refresh(): Promise<void> {
    const found = (await this.media?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind): AudioDevice[] =>
      found.filter((device) => device.kind === kind && device.deviceId !== '').map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.#devices = { microphones: of('audioinput'), speakers: of('audiooutput') };
    for (const listener of [...this.#listeners]) listener();
  }
}
