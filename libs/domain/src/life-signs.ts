/**
 * Three questions to a media server that fail for different reasons: `ping` (does its AMI answer?), `echo` (do its events still come?), `sip` (does
 * its SIP side, which agents need, answer?).
 */
export const lifeSignals = ['ping', 'echo', 'sip'] as const;
export type LifeSignal = (typeof lifeSignals)[number];

/** Limits of patience, in milliseconds since a signal was heard last. */
export interface LifeLimits {
  /** After this a signal is late: one alone makes a server suspect. */
  readonly suspectAfterMs: number;
  /** After this it counts as failed: two of them make a server down. */
  readonly downAfterMs: number;
  /** The same for a server of which nothing but the ping can be asked. */
  readonly aloneAfterMs: number;
  /** After this it is overdue, which says something of one server, and of our own network when most are. */
  readonly overdueAfterMs: number;
}

/** So many answers in a row make a late signal good again. */
const goodAgain = 3;
/** Longest step that counts in one look: when this process itself stood still, that is not the silence of anybody else. */
const longestStepMs = 500;

interface Signal {
  quietMs: number;
  late: boolean;
  goodInARow: number;
}

/**
 * The signs of life of one media server. A signal that never came counts for nothing: its SIP side may be out of our reach, and then the other two
 * decide. The ping counts from the beginning, because whoever cannot even be logged in at is not there. Measured by regular looks.
 */
export class LifeSigns {
  private readonly signals = new Map<LifeSignal, Signal>([['ping', { quietMs: 0, late: false, goodInARow: 0 }]]);
  private lookedAt: number;
  /** Whether anything was heard since `takeHeard`. */
  private heardSince = false;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    now: number,
    private readonly limits: LifeLimits,
  ) {
    this.lookedAt = now;
  }

  heard(name: LifeSignal): void {
    this.heardSince = true;
    const signal = this.signals.get(name);
    if (!signal) return void this.signals.set(name, { quietMs: 0, late: false, goodInARow: 0 });
    signal.quietMs = 0;
    signal.goodInARow += 1;
    if (signal.goodInARow >= goodAgain) signal.late = false;
  }

  /** Its process is proven gone: whoever answers there later has to prove itself first. */
  gone(): void {
    for (const signal of this.signals.values()) Object.assign(signal, { late: true, goodInARow: 0 });
  }

  look(now: number): void {
    const step = Math.min(longestStepMs, Math.max(0, now - this.lookedAt));
    this.lookedAt = now;
    for (const signal of this.signals.values()) {
      signal.quietMs += step;
      if (signal.quietMs >= this.limits.suspectAfterMs) Object.assign(signal, { late: true, goodInARow: 0 });
    }
  }

  /** Which signals are late or have not yet answered often enough again, each with the milliseconds since it was heard. */
  late(): ReadonlyMap<LifeSignal, number> {
    return new Map([...this.signals].filter(([, { late }]) => late).map(([name, { quietMs }]) => [name, quietMs]));
  }

  /** Whether each signal that counts answers. */
  get well(): boolean {
    return ![...this.signals.values()].some(({ late }) => late);
  }

  /** Whether two of three have failed, or the only one there is. */
  get failed(): boolean {
    if (this.signals.size === 1) return this.quietSince(this.limits.aloneAfterMs) === 1;
    return this.quietSince(this.limits.downAfterMs) >= 2;
  }

  /** Whether it seems to be gone: sooner than `failed`, and not to be acted upon. */
  get overdue(): boolean {
    return this.quietSince(this.limits.overdueAfterMs) >= Math.min(2, this.signals.size);
  }

  /** Whether a signal counts here, and is good. Undefined: it never came. */
  good(name: LifeSignal): boolean | undefined {
    const signal = this.signals.get(name);
    return signal && !signal.late;
  }

  /** Whether anything was heard since this was asked. */
  takeHeard(): boolean {
    const heard = this.heardSince;
    this.heardSince = false;
    return heard;
  }

  private quietSince(ms: number): number {
    return [...this.signals.values()].filter(({ quietMs }) => quietMs >= ms).length;
  }
}

/** How many media servers of those that were well a moment ago seem to be gone. */
export interface Outlook {
  readonly overdue: number;
  readonly all: number;
}

/**
 * Whether what we see is more likely our own network's fault than theirs: more than half seem gone at once, and at least two, of the media servers
 * this manager watches or of the whole pool. One server alone cannot be told from us; then it is judged by its own signs.
 */
export function looksLikeOurFault(mine: Outlook, pool: Outlook): boolean {
  return [mine, pool].some(({ overdue, all }) => overdue >= 2 && overdue > all / 2);
}
