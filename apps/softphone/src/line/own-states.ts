import type { Duty } from './duty.js';

const key = 'nailup-own-state';

/**
 * Which states she chose herself in this browser: the manager tells the state and not who set it, and "paused by a supervisor" must not be said
 * of her own pause. Kept for all tabs and over a reload; nothing but the moment of the state is stored.
 */
export class OwnStates {
  #asking = 0;

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'>) {}

  /** Her own wish is under way: what the stream tells meanwhile is its outcome. */
  async whileAsking(wish: Promise<Duty>): Promise<Duty> {
    this.#asking += 1;
    try {
      const duty = await wish;
      this.storage.setItem(key, duty.since);
      return duty;
    } finally {
      this.#asking -= 1;
    }
  }

  has({ since }: Duty): boolean {
    return this.#asking > 0 || this.storage.getItem(key) === since;
  }
}
