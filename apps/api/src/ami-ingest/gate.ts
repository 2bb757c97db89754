/**
 * Lets so many pieces of work run at once; the others wait in the order in which they came. When all media servers are read anew, requests must still
 * find a connection to MySQL and a core.
 */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param patienceMs whoever takes longer goes on, but keeps nobody waiting any more; absent: whoever is in is waited for */
  constructor(
    private readonly most: number,
    private readonly patienceMs?: number,
  ) {}

  /** Runs `work` once there is room. @throws what `work` throws */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((go) => this.waiting.push(go));
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      // The place is handed on, not given back: nobody who comes now overtakes.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    };
    const timer = this.patienceMs === undefined ? undefined : setTimeout(leave, this.patienceMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      leave();
    }
  }
}
