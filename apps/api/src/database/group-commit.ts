/** What became of one request of a batch: an answer, or an expected "no" to throw at its caller alone. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly refusal: Error };

export interface GroupCommitOptions<Request, Answer> {
  /** Does what waits in one transaction; the outcomes stand in the order of the requests. */
  readonly commit: (turn: Turn<Request>) => Promise<readonly Outcome<Answer>[]>;
  /** Whose request it is: a batch holds one request of each. */
  readonly keyOf: (request: Request) => string;
  /** Whether two requests of one key may share an answer, like both clicks of a double click. */
  readonly isSame: (a: Request, b: Request) => boolean;
  readonly maxBatch: number;
  /** Why one who has waited for so many milliseconds is not taken any more; null while they still are, as they always are without this. */
  readonly tooLate?: (waitedMs: number) => Error | null;
}

/** One transaction's turn. */
export interface Turn<Request> {
  /** Those who wait at this moment, one request of each; the same ones when asked again. The later it is asked for, the more have come. */
  take(): readonly Request[];
  /** Lets the next turn begin before this one has ended. What they may not do at once is for locks to keep apart. */
  passOn(): void;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  readonly since: number;
}

type Group<Request, Answer> = readonly Waiting<Request, Answer>[];

/** How many are answered in one turn of the event loop: what MySQL says meanwhile to the next transaction must not wait for a crowd of answers. */
const answersAtOnce = 16;

/**
 * Group commit: while one transaction is under way, requests gather; the next transaction takes all of them. Nobody
 * waits longer than for the transaction before theirs and their own, and a crowd costs as many locks and flushes as one.
 */
export class GroupCommit<Request, Answer> {
  private waiting: Waiting<Request, Answer>[] = [];
  private running = false;

  constructor(private readonly options: GroupCommitOptions<Request, Answer>) {}

  submit(request: Request): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ request, resolve, reject, since: performance.now() });
      if (this.running) return;
      this.running = true;
      // One turn of the event loop later, so that requests read from the sockets in this turn come along.
      setImmediate(() => this.nextTurn());
    });
  }

  private nextTurn(): void {
    if (this.waiting.length === 0) {
      this.running = false;
      return;
    }
    let passed = false;
    const passOn = (): void => {
      if (passed) return;
      passed = true;
      this.nextTurn();
    };
    void this.commitOne(passOn);
  }

  private async commitOne(passOn: () => void): Promise<void> {
    let batch: readonly Group<Request, Answer>[] | null = null;
    const taken = (): readonly Group<Request, Answer>[] => (batch ??= this.takeBatch());
    try {
      const outcomes = await this.options.commit({ take: () => taken().flatMap(([first]) => (first ? [first.request] : [])), passOn });
      passOn();
      await answer(taken(), outcomes);
    } catch (error) {
      // Nobody else will ask for them: also those it had not come to take.
      for (const one of taken().flat()) one.reject(error);
      passOn();
    }
  }

  /** Groups of requests that share an answer, one group per key; the rest stays for the next batch. */
  private takeBatch(): Group<Request, Answer>[] {
    const { keyOf, isSame, maxBatch, tooLate } = this.options;
    const now = performance.now();
    const groups = new Map<string, Waiting<Request, Answer>[]>();
    const left: Waiting<Request, Answer>[] = [];
    for (const one of this.waiting) {
      const late = tooLate?.(now - one.since) ?? null;
      if (late !== null) {
        one.reject(late);
        continue;
      }
      const key = keyOf(one.request);
      const group = groups.get(key);
      if (group?.[0] && isSame(group[0].request, one.request)) group.push(one);
      else if (group || groups.size >= maxBatch) left.push(one);
      else groups.set(key, [one]);
    }
    this.waiting = left;
    return [...groups.values()];
  }
}

async function answer<Request, Answer>(batch: readonly Group<Request, Answer>[], outcomes: readonly Outcome<Answer>[]): Promise<void> {
  for (const [at, sharers] of batch.entries()) {
    if (at > 0 && at % answersAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    const outcome = outcomes[at] ?? { refusal: new Error('A batch was answered with fewer outcomes than it had requests.') };
    for (const one of sharers) {
      if ('answer' in outcome) one.resolve(outcome.answer);
      else one.reject(outcome.refusal);
    }
  }
}
