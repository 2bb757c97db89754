/** How finely samples are kept, and for how long. */
export interface Grain {
  readonly stepSeconds: number;
  readonly keepHours: number;
}

/** Finest first. Each is made of the one before it. */
export const grains = [
  { stepSeconds: 10, keepHours: 6 },
  { stepSeconds: 60, keepHours: 7 * 24 },
  { stepSeconds: 900, keepHours: 400 * 24 },
] as const satisfies readonly Grain[];

const finest: Grain = grains[0];
const coarsest: Grain = grains[2];

/** The grain to read: the coarsest that still resolves the step asked for, or coarser when the finer ones do not reach back that far. */
export function grainFor(stepSeconds: number, ageSeconds: number): Grain {
  const reaching: readonly Grain[] = grains.filter(({ keepHours }) => ageSeconds <= keepHours * 3_600);
  return reaching.findLast((grain) => grain.stepSeconds <= stepSeconds) ?? reaching[0] ?? coarsest;
}

const readable = [finest.stepSeconds, 30, 60, 300, 900, 3_600, 21_600, 86_400];
const fitting = 400;

/** A step that gives a plot of `spanSeconds` a few hundred points. */
export function defaultStep(spanSeconds: number): number {
  return readable.find((step) => spanSeconds / step <= fitting) ?? 86_400;
}
