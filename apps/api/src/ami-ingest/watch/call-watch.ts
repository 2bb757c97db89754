import { type CallFact, type CallLeg, CallLegs, type CallLevel } from '@nailup/domain';
import type { Gate } from '../gate.js';
import { LevelWriter } from './level-writer.js';

/** A call is several statements, and its transaction holds the media server's row, for which whoever looks for a seat waits. */
const callsAtOnce = 25;

/** What the calls are told; `CallLedger` of `calls` is one. */
export interface CallsLedger {
  /** @returns uniqueids of legs that belong to no live call: to be hung up */
  observe(seen: { mediaServerId: string; epoch: number; complete: boolean; calls: readonly CallLevel[] }): Promise<{ orphans: string[] }>;
}

export interface CallWatchSurroundings {
  readonly mediaServerId: string;
  readonly epoch: number;
  readonly ledger: CallsLedger;
  readonly gatherMs: number;
  /** What is written whole goes through it. */
  readonly gate: Gate;
  readonly hangUp: (uniqueids: readonly string[]) => void;
  readonly failing: (error: Error | null) => void;
}

/** The legs of calls on one media server whose lease this manager holds: what is seen of them is written as it stands then. */
export class CallWatch {
  private readonly legs = new CallLegs();
  private readonly writer: LevelWriter<CallLevel>;
  private stopped = false;

  constructor({ mediaServerId, epoch, ledger, gatherMs, gate, hangUp, failing }: CallWatchSurroundings) {
    this.writer = new LevelWriter(
      {
        all: () => this.legs.levels(),
        levels: (ids) => ids.map((id) => this.legs.level(id)),
        write: async (complete, calls) => {
          const observe = async (): Promise<{ orphans: string[] }> => (this.stopped ? { orphans: [] } : ledger.observe({ mediaServerId, epoch, complete, calls }));
          const { orphans } = await (complete ? gate.through(observe) : observe());
          this.legs.written(calls);
          if (!this.stopped && orphans.length > 0) hangUp(orphans);
        },
        failing,
      },
      gatherMs,
      callsAtOnce,
    );
  }

  facts(facts: readonly CallFact[]): void {
    for (const fact of facts) this.writer.changed(this.legs.apply(fact));
  }

  /** Everything that stands there; written by `everything`. */
  snapshot(legs: readonly CallLeg[]): void {
    this.writer.changed(this.legs.snapshot(legs));
  }

  /** Writes everything; resolves once that is done (never, when stopped before). */
  everything(): Promise<void> {
    return this.writer.everything();
  }

  hold(): void {
    this.writer.hold();
  }

  release(): void {
    this.writer.release();
  }

  stop(): void {
    this.stopped = true;
    this.writer.stop();
  }
}
