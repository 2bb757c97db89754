import { type LiveEvent, ProblemError } from '@nailup/web';
import { afterEvent, afterRecording, isOfCalls, mayBeOf } from './call-events.js';
import type { Call, ManagerCalls } from './manager-calls.js';

/** A reading that failed is tried again after this, until something newer is heard. Milliseconds. */
const againMs = 2_000;

/** What is known of her present call. */
export interface Board {
  /** Her call that is not over; null when there is none, or none that the manager has told of. */
  readonly call: Call | null;
  /** The call that ended last while this page looked on, until it is put away. */
  readonly ended: Call | null;
}

/**
 * Her call, from the manager's list and kept up by the live stream: an event changes the screen at once, and a reading follows for the rest. Only the
 * newest reading counts, so an answer that was overtaken by an event cannot turn the screen back.
 */
export class CallBoard {
  #board: Board = { call: null, ended: null };
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly calls: Pick<ManagerCalls, 'live' | 'get'>,
    private readonly agentId: string,
  ) {}

  readonly board = (): Board => this.#board;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  /** What was read before may have changed unseen. */
  resync(): void {
    this.#read();
  }

  hear(event: LiveEvent): void {
    const { call, ended } = this.#board;
    const recorded = call && afterRecording(call, event);
    if (recorded) {
      this.#settle(recorded);
      this.#read();
    }
    if (!isOfCalls(event)) return;
    const known = event.subject === call?.id || event.subject === ended?.id;
    if (!known && !mayBeOf(this.agentId, event)) return;
    if (call && event.subject === call.id) this.#settle(afterEvent(call, event));
    this.#read();
  }

  /**
   * The manager answered an order with the call as it was then. Of a call that is known already the stream may have told newer things meanwhile (a
   * quick far end answers before the order is), so only a new one is shown, and each is read again.
   */
  readonly take = (call: Call): void => {
    const { call: present, ended } = this.#board;
    if (call.id !== present?.id && call.id !== ended?.id) this.#settle(call);
    this.#read();
  };

  readonly putAway = (): void => this.#show({ ...this.#board, ended: null });

  #stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  #read(): void {
    this.#stop();
    const mine = this.#turn;
    const look = async (): Promise<void> => {
      try {
        const found = await this.#find();
        if (mine === this.#turn) this.#settle(found);
      } catch {
        if (mine === this.#turn) this.#timer = setTimeout(() => void look(), againMs);
      }
    };
    void look();
  }

  /** The list forgets a call when it ends, so one that she had is then read by its id: how it ended is still to be told. */
  async #find(): Promise<Call | null> {
    const { call, ended } = this.#board;
    const live = await this.calls.live(this.agentId);
    if (live) return live;
    const last = call ?? (ended?.endReason === null ? ended : null);
    return last && this.calls.get(last.id).catch(unlessGone);
  }

  #settle(next: Call | null): void {
    const before = this.#board;
    const hers = next && next.agentId === this.agentId && next.state !== 'queued' ? next : null;
    if (!hers) return this.#show({ ...before, call: null, ...(next && next.id === before.call?.id ? handedOn(next, this.agentId) : {}) });
    const same = hers.id === before.call?.id;
    if (hers.state !== 'ended') return this.#show({ call: hers, ended: hers.id === before.ended?.id ? null : before.ended });
    // What comes late about a call of the past must not push away the present one.
    if (same) this.#show({ call: null, ended: hers });
    else if (hers.id === before.ended?.id) this.#show({ ...before, ended: hers });
  }

  #show(next: Board): void {
    this.#board = next;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** For her a call that she has handed on is over, also while it goes on with somebody else: what came of it is still to be said. */
function handedOn(call: Call, agentId: string): { ended?: Call } {
  return call.transferredBy === agentId ? { ended: { ...call, state: 'ended', endReason: 'transferred', endedAt: call.endedAt ?? new Date().toISOString() } } : {};
}

/** A call that was handed on and handed on again is not hers to see any more. */
function unlessGone(error: unknown): null {
  if (error instanceof ProblemError && error.status === 404) return null;
  throw error;
}
