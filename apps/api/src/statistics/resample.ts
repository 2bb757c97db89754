/** How full a media server was at a moment, or on average from that moment on. */
export interface Sample {
  readonly at: Date;
  readonly agentsInCall: number;
  readonly reserved: number;
  readonly talking: number;
  readonly capacity: number;
  /** Of the last minute, as the machine tells it; null when it told none. */
  readonly loadAverage: number | null;
}

/** A sample as it is kept: good for `stepSeconds` from `at`. */
export interface StoredSample extends Sample {
  readonly stepSeconds: number;
}

/**
 * Averages samples over steps of the length asked for, each weighed by the time it stands for. Steps nothing is known of are absent.
 * @param samples in order of time
 */
export function resample(samples: readonly StoredSample[], stepSeconds: number): Sample[] {
  const stepMs = stepSeconds * 1_000;
  const steps = new Map<number, StoredSample[]>();
  for (const sample of samples) {
    const at = Math.floor(sample.at.getTime() / stepMs) * stepMs;
    const present = steps.get(at);
    if (present) present.push(sample);
    else steps.set(at, [sample]);
  }
  return [...steps].map(([at, within]) => ({
    at: new Date(at),
    agentsInCall: round(mean(within, ({ agentsInCall }) => agentsInCall)),
    reserved: round(mean(within, ({ reserved }) => reserved)),
    talking: round(mean(within, ({ talking }) => talking)),
    capacity: within.at(-1)?.capacity ?? 0,
    loadAverage: meanOrNull(within, ({ loadAverage }) => loadAverage),
  }));
}

function mean(samples: readonly StoredSample[], of: (sample: StoredSample) => number): number {
  const seconds = samples.reduce((sum, { stepSeconds }) => sum + stepSeconds, 0);
  return samples.reduce((sum, sample) => sum + of(sample) * sample.stepSeconds, 0) / seconds;
}

function meanOrNull(samples: readonly StoredSample[], of: (sample: StoredSample) => number | null): number | null {
  const known = samples.filter((sample) => of(sample) !== null);
  return known.length === 0 ? null : round(mean(known, (sample) => of(sample) ?? 0), 100);
}

/** Agents come whole; a load average in hundredths. */
function round(value: number, parts = 1): number {
  return Math.round(value * parts) / parts;
}
