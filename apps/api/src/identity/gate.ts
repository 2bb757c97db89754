/** Lets a few pass at once, keeps some waiting in order, refuses the rest. */
export class Gate {
  #inside = 0;
  readonly #queue: (() => void)[] = [];

  /** @param refusal made for whoever finds the queue full */
  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
    private readonly refusal: () => Error,
  ) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.atOnce) {
      if (this.#queue.length >= this.waiting) throw this.refusal();
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#inside += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#inside -= 1;
      else next();
    }
  }
}
