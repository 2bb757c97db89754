/**
 * Lets so many pieces of work run at once; the others wait in the order in which they came. Whole media servers are written through one: when all of
 * them are read anew, requests must still find a connection to MySQL.
 */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Runs `work` once there is room. @throws what `work` throws */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await work();
    } finally {
      // The place is handed on, not given back: nobody who comes now overtakes.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
