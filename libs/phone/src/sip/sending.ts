/** How long one digit and the pause after it last; the shortest that every exchange hears are 40 ms each (ITU-T Q.24). Milliseconds. */
const digitMs = 120;
const gapMs = 80;

/**
 * What a leg sends. A resting one sends no packets at all: muting would go on sending silence, which the media server decodes and mixes
 * fifty times a second for nobody.
 */
export class Sending {
  #wanted = false;
  #resting = false;
  #begun = false;
  #busy = false;

  /** @param sender the sender of the microphone, once there is one */
  constructor(private readonly sender: () => RTCRtpSender | undefined) {}

  /** The leg is up: from now on the sender can be told. */
  begin(): void {
    this.#begun = true;
    void this.#apply();
  }

  rest(resting: boolean): void {
    this.#wanted = resting;
    void this.#apply();
  }

  /** @returns false when this sender can send no digits */
  dtmf(digits: string): boolean {
    const tones = this.sender()?.dtmf;
    if (!tones?.canInsertDTMF) return false;
    // What is inserted takes the place of what is still to be sent (WebRTC §7.2): put it behind that.
    tones.insertDTMF(tones.toneBuffer + digits, digitMs, gapMs);
    return true;
  }

  /** One change at a time: `setParameters` takes only what `getParameters` gave just before (WebRTC §5.2). */
  async #apply(): Promise<void> {
    if (this.#busy || !this.#begun) return;
    this.#busy = true;
    try {
      while (this.#resting !== this.#wanted) {
        const resting = this.#wanted;
        const sender = this.sender();
        const parameters = sender?.getParameters();
        if (!sender || !parameters?.encodings?.length) return;
        for (const encoding of parameters.encodings) encoding.active = !resting;
        await sender.setParameters(parameters);
        this.#resting = resting;
      }
    } catch {
      // The leg is gone, or this browser cannot: a microphone that does not rest costs a little and harms nobody.
    } finally {
      this.#busy = false;
    }
  }
}
