/** Where the agent hears. */
export class Speaker {
  #deviceId: string | null = null;
  #blocked = false;
  readonly #listeners = new Set<() => void>();

  /**
   * @param element an audio element of the page, without controls
   * @param others elements that play through the same loudspeaker
   */
  constructor(
    private readonly element: HTMLAudioElement,
    private readonly others: readonly HTMLAudioElement[] = [],
  ) {
    element.autoplay = true;
  }

  /** True when the browser wants a click before it plays (after a reload, say): call `unblock` from that click. */
  readonly blocked = (): boolean => this.#blocked;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The chosen loudspeaker; null for the system's default. */
  get deviceId(): string | null {
    return this.#deviceId;
  }

  /** Not every browser can choose a loudspeaker (`setSinkId`); those that cannot use the system's. */
  get canChoose(): boolean {
    return typeof this.element.setSinkId === 'function';
  }

  play(stream: MediaStream): void {
    this.element.srcObject = stream;
    void this.unblock();
  }

  async unblock(): Promise<void> {
    try {
      await this.element.play();
      this.#setBlocked(false);
    } catch (error) {
      // AbortError: a newer stream took over before this one played.
      this.#setBlocked(error instanceof Error && error.name === 'NotAllowedError');
    }
  }

  stop(): void {
    this.element.srcObject = null;
    this.#setBlocked(false);
  }

  /** Chooses a loudspeaker. Rejects with the browser's error when it is gone, and stays with the old one then. */
  async choose(deviceId: string | null): Promise<void> {
    if (this.canChoose) for (const element of [this.element, ...this.others]) await element.setSinkId(deviceId ?? '');
    this.#deviceId = deviceId;
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    for (const listener of [...this.#listeners]) listener();
  }
}
