const firstRetryMs = 100;
const longestRetryMs = 2_000;
/** More names than this that wait are not kept: everything is written instead, as it stands then. */
const mostWaiting = 5_000;

export interface LevelWriterPort<Level> {
  /** How the named conferences (or calls) stand at this moment. */
  levels(names: readonly string[]): Level[];
  /** How everything stands at this moment. */
  all(): Level[];
  write(complete: boolean, levels: readonly Level[]): Promise<void>;
  /** Called once an outage, and once with null at its end. */
  failing(error: Error | null): void;
}

/**
 * Turns "these conferences have changed", or these calls, into few transactions: what changes while one is under way goes into the next, as it stands then.
 * A write that fails is tried again with what is true by then; nothing is lost, because levels are written and not changes.
 */
export class LevelWriter<Level> {
  private readonly dirty = new Set<string>();
  private complete: (() => void)[] = [];
  private completeDue = false;
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private holding = false;
  private stopped = false;
  private failures = 0;

  constructor(
    private readonly port: LevelWriterPort<Level>,
    private readonly gatherMs: number,
    /** Conferences (or calls) written in one transaction, unless a snapshot needs all of them in one. */
    private readonly atOnce = 500,
  ) {}

  changed(names: Iterable<string>): void {
    for (const name of names) this.dirty.add(name);
    if (this.dirty.size > mostWaiting) {
      this.dirty.clear();
      void this.everything();
    }
    if (this.dirty.size > 0) this.schedule(this.gatherMs);
  }

  /** Writes everything; resolves once that is done (never, when stopped before). */
  everything(): Promise<void> {
    this.completeDue = true;
    this.schedule(0);
    return new Promise((resolve) => this.complete.push(resolve));
  }

  /** Writes nothing until `release`: something else must be written first. */
  hold(): void {
    this.holding = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  release(): void {
    this.holding = false;
    if (this.completeDue || this.dirty.size > 0) this.schedule(0);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(ms: number): void {
    if (this.running || this.holding || this.stopped || (this.timer !== undefined && ms > 0)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms);
  }

  private async flush(): Promise<void> {
    this.running = true;
    const complete = this.completeDue;
    const waiting = complete ? this.complete.splice(0) : [];
    const names = complete ? [...this.dirty] : [...this.dirty].slice(0, this.atOnce);
    this.completeDue = false;
    for (const name of names) this.dirty.delete(name);
    try {
      await this.port.write(complete, complete ? this.port.all() : this.port.levels(names));
      if (this.failures > 0) this.port.failing(null);
      this.failures = 0;
      for (const resolve of waiting) resolve();
    } catch (error) {
      if (this.failures === 0) this.port.failing(error instanceof Error ? error : new Error(String(error)));
      this.failures += 1;
      for (const name of names) this.dirty.add(name);
      this.completeDue ||= complete;
      this.complete.push(...waiting);
    }
    this.running = false;
    if (this.failures > 0) this.schedule(Math.min(longestRetryMs, firstRetryMs * 2 ** this.failures));
    else if (this.completeDue) this.schedule(0);
    else if (this.dirty.size > 0) this.schedule(this.gatherMs);
  }
}
