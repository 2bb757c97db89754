/** Two rising tones, short and soft: heard beside a voice, and like no tone of a telephone network. Hertz; seconds. */
const tones = [659.25, 987.77] as const;
const toneSeconds = 0.11;
const loudness = 0.16;
/** How long a tone takes to swell and to fade: without that it clicks. Seconds. */
const edgeSeconds = 0.012;

/** Tells the agent by ear that somebody has joined. Made in the page, so it needs no file, no manager and no media server. */
export class Chime {
  #rung = 0;
  #parts: { context: AudioContext; out: MediaStreamAudioDestinationNode } | null = null;

  /**
   * @param element plays it, because only an element goes to a chosen loudspeaker in every browser
   * @param makeContext called with the first chime
   */
  constructor(
    private readonly element: HTMLAudioElement,
    private readonly makeContext: () => AudioContext,
  ) {}

  play(): void {
    void this.#ring().catch(() => undefined);
  }

  /** Rejects when the browser wants a click before it plays: then the screen alone tells. */
  async #ring(): Promise<void> {
    const { context, out } = this.#ready();
    const mine = ++this.#rung;
    await Promise.all([context.resume(), this.element.play()]);
    const start = context.currentTime + 0.02;
    const [, last] = tones.map((hertz, place) => this.#tone(context, out, hertz, start + place * toneSeconds));
    // Silence costs as much as sound: eight hours are mostly without a chime.
    last?.addEventListener('ended', () => void (mine === this.#rung && context.suspend()));
  }

  #ready(): { context: AudioContext; out: MediaStreamAudioDestinationNode } {
    if (!this.#parts) {
      const context = this.makeContext();
      const out = context.createMediaStreamDestination();
      this.element.srcObject = out.stream;
      this.#parts = { context, out };
    }
    return this.#parts;
  }

  #tone(context: AudioContext, out: AudioNode, hertz: number, start: number): OscillatorNode {
    const end = start + toneSeconds;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(loudness, start + edgeSeconds);
    volume.gain.setValueAtTime(loudness, end - edgeSeconds);
    volume.gain.linearRampToValueAtTime(0, end);
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume).connect(out);
    tone.start(start);
    tone.stop(end);
    return tone;
  }
}
