import type { Microphone, Speaker } from '@nailup/phone';

const keys = { microphone: 'nailup-microphone', speaker: 'nailup-speaker' } as const;

/** What this computer's user chose last; a device that is not there any more falls back to the system's default. */
export class DeviceChoice {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  /** Puts the remembered devices into use. */
  async restore(microphone: Microphone, speaker: Speaker): Promise<void> {
    await microphone.choose(this.storage.getItem(keys.microphone));
    await speaker.choose(this.storage.getItem(keys.speaker)).catch(() => this.remember('speaker', null));
  }

  /** @param id null for the system's default */
  remember(kind: keyof typeof keys, id: string | null): void {
    if (id === null) this.storage.removeItem(keys[kind]);
    else this.storage.setItem(keys[kind], id);
  }
}
