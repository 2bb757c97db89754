import type { Line } from '../ports.js';

/**
 * The lines a phone holds: the one it sits on, and perhaps one that fades. A fading line has lost its socket but its
 * audio may still flow, so the agent and a client go on hearing each other until the next line is up.
 */
export class Lines {
  #current: Line | null = null;
  #fading: Line | null = null;

  get current(): Line | null {
    return this.#current;
  }

  take(line: Line): void {
    this.#current = line;
  }

  /** Lets go of `line`, whatever the phone has taken since. */
  drop(line: Line): void {
    line.hangUp();
    if (this.#current === line) this.#current = null;
  }

  /** The present line has lost its socket: keep its audio, and only its. */
  fade(): void {
    this.#fading?.hangUp();
    this.#fading = this.#current;
    this.#current = null;
  }

  /** The present line lost its socket and its leg. */
  forget(): void {
    this.#current?.hangUp();
    this.#current = null;
  }

  /** The new line is up. */
  endFading(): void {
    this.#fading?.hangUp();
    this.#fading = null;
  }

  setMuted(muted: boolean): void {
    this.#current?.setMuted(muted);
    this.#fading?.setMuted(muted);
  }

  hangUp(): void {
    this.endFading();
    this.forget();
  }
}
