import type { Clock } from '../time/clock.js';
import { blankPicture, type PhonePicture } from './picture.js';
import { moveSeat, type SeatState } from './seat.state.js';

/** On the way up again the picture keeps saying why; only arriving or starting afresh clears it. */
const keepsReason: ReadonlySet<SeatState> = new Set(['recovering', 'finding', 'connecting', 'joining']);

/** Holds the one picture of a phone and tells whoever looks at it. */
export class Showcase {
  #picture: PhonePicture;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly clock: Clock) {
    this.#picture = blankPicture(clock.now());
  }

  /** The present picture; the same object until something changes. */
  get picture(): PhonePicture {
    return this.#picture;
  }

  get state(): SeatState {
    return this.#picture.state;
  }

  /** Calls `listener` after every change. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Moves the seat, by the one table, and shows what changed with it. */
  move(to: SeatState, changes: Partial<PhonePicture> = {}): void {
    const state = moveSeat(this.#picture.state, to);
    const cleared = keepsReason.has(state) ? {} : { reason: null, detail: null };
    this.show({ ...cleared, retryAt: null, ...changes, state, since: this.clock.now() });
  }

  /** Shows a change that is not a move. Says nothing when nothing changed. */
  show(changes: Partial<PhonePicture>): void {
    const keys = Object.keys(changes) as (keyof PhonePicture)[];
    if (keys.every((key) => Object.is(this.#picture[key], changes[key]))) return;
    this.#picture = { ...this.#picture, ...changes };
    for (const listener of [...this.#listeners]) listener();
  }
}
