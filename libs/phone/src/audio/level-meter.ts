/** Loudness below this counts as silence (dBFS); speech close to a headset is around -30. */
const floorDb = -60;

/** @returns 0 for silence to 1 for full scale, linear in decibels, as an ear would put it */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rms)) / floorDb));
}

/** Measures how loud the microphone hears. */
export class LevelMeter {
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #samples = new Float32Array(new ArrayBuffer(0));

  constructor(private readonly makeContext: () => AudioContext) {}

  /** Listens to this track from now on; null stops listening. */
  listenTo(track: MediaStreamTrack | null): void {
    this.#source?.disconnect();
    this.#source = null;
    if (!track) {
      void this.#context?.suspend();
      return;
    }
    this.#context ??= this.makeContext();
    if (!this.#analyser) {
      this.#analyser = this.#context.createAnalyser();
      this.#analyser.fftSize = 1024;
      this.#samples = new Float32Array(new ArrayBuffer(this.#analyser.fftSize * 4));
    }
    // A browser may start it suspended until somebody clicks; resuming is harmless and repeated with every track.
    void this.#context.resume();
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** The present level, 0 to 1; read it as often as it is drawn. */
  readonly level = (): number => {
    if (!this.#analyser || !this.#source) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return levelOf(this.#samples);
  };

  /** Call it from a click: lets a suspended meter run. */
  wake(): void {
    if (this.#source) void this.#context?.resume();
  }
}
