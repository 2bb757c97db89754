/** Loudness below this counts as silence (dBFS); speech close to a headset is around -30. */
const floorDb = -60;

/** How much the meter holds: the most an AnalyserNode can, about 0.7 s, so that nothing falls between two looks. Samples. */
const held = 32_768;

/** What a loudness is measured over: as short as an eye follows. Samples, about 20 ms. */
const moment = 1_024;

/** What the microphone gave lately. */
export interface Heard {
  /** The loudest moment, 0 to 1. */
  readonly peak: number;
  /** Every sample was exactly zero. No open microphone does that, however quiet the room: a switch or a driver does. False when nobody can tell. */
  readonly zeros: boolean;
  /** How far back this look reaches. Milliseconds. */
  readonly overMs: number;
}

const nothingKnown: Heard = { peak: 0, zeros: false, overMs: 0 };

/** @returns 0 for silence to 1 for full scale, linear in decibels, as an ear would put it */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rms)) / floorDb));
}

/** @param sampleRate samples in a second */
export function heardIn(samples: Float32Array, sampleRate: number): Heard {
  let peak = 0;
  for (let from = 0; from < samples.length; from += moment) peak = Math.max(peak, levelOf(samples.subarray(from, from + moment)));
  return { peak, zeros: samples.every((sample) => sample === 0), overMs: (samples.length * 1_000) / sampleRate };
}

/** Measures how loud the microphone hears. */
export class LevelMeter {
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  readonly #samples = new Float32Array(new ArrayBuffer(held * 4));

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
      this.#analyser.fftSize = held;
    }
    // A browser may start it suspended until somebody clicks; resuming is harmless and repeated with every track.
    void this.#context.resume();
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** The present level, 0 to 1; read it as often as it is drawn. */
  readonly level = (): number => (this.#look() ? levelOf(this.#samples.subarray(-moment)) : 0);

  /** What was heard since about half a second ago. A meter that the browser holds still knows nothing, which is not silence. */
  readonly heard = (): Heard => {
    const context = this.#look();
    return context?.state === 'running' ? heardIn(this.#samples, context.sampleRate) : nothingKnown;
  };

  /** Call it from a click: lets a suspended meter run. */
  wake(): void {
    if (this.#source) void this.#context?.resume();
  }

  /** Brings the samples up to date, oldest first; null while nothing is listened to. */
  #look(): AudioContext | null {
    if (!this.#analyser || !this.#source) return null;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return this.#context;
  }
}
