/** Advice on how many agents a media server can hold, learnt from what its machine said of itself. Pure. */

export interface LoadSample {
  /** Agents who sat there. */
  readonly seats: number;
  /** Load average of the machine at that time. */
  readonly load: number;
}

export type CapacityAdvice =
  | { readonly known: true; readonly capacity: number; readonly samples: number; readonly loadPerSeat: number; readonly restLoad: number }
  | { readonly known: false; readonly samples: number; readonly because: 'no-cores' | 'too-few-samples' | 'seats-hardly-changed' | 'load-does-not-follow-seats' };

const fewest = 60;
/** Seats must have differed by this much for a line to mean anything. */
const leastSpan = 5;
/** Share of the variance in load that the seats explain (r squared). */
const leastFit = 0.5;
/** Above this load a core, audio of the ones who are on a call suffers first. */
const fullAt = 0.7;

/**
 * Lays a line through load against seats (least squares) and asks where it reaches 0.7 for each core. The load of Linux holds what waits for
 * disks too, so a machine that does other things gets no advice rather than a wrong one.
 */
export function adviseCapacity(samples: readonly LoadSample[], cores: number | null): CapacityAdvice {
  const count = samples.length;
  const none = (because: Extract<CapacityAdvice, { known: false }>['because']): CapacityAdvice => ({ known: false, samples: count, because });
  if (cores === null) return none('no-cores');
  if (count < fewest) return none('too-few-samples');
  const seats = samples.map((sample) => sample.seats);
  if (Math.max(...seats) - Math.min(...seats) < leastSpan) return none('seats-hardly-changed');
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / count;
  const [meanSeats, meanLoad] = [mean(seats), mean(samples.map(({ load }) => load))];
  const sum = (of: (sample: LoadSample) => number): number => samples.reduce((total, sample) => total + of(sample), 0);
  const together = sum(({ seats: s, load }) => (s - meanSeats) * (load - meanLoad));
  const ofSeats = sum(({ seats: s }) => (s - meanSeats) ** 2);
  const ofLoad = sum(({ load }) => (load - meanLoad) ** 2);
  const loadPerSeat = together / ofSeats;
  const fit = ofLoad === 0 ? 0 : together ** 2 / (ofSeats * ofLoad);
  if (loadPerSeat <= 0 || fit < leastFit) return none('load-does-not-follow-seats');
  const restLoad = Math.max(0, meanLoad - loadPerSeat * meanSeats);
  return { known: true, samples: count, loadPerSeat, restLoad, capacity: Math.max(1, Math.floor((fullAt * cores - restLoad) / loadPerSeat)) };
}
