import type { Heard } from '@nailup/phone';

/** So long a microphone must have given exact zeros, without a gap, before it is spoken of. Milliseconds. */
const silentForMs = 10_000;

/** A loud moment is remembered so long, or the words would change between two syllables. Milliseconds. */
const holdMs = 2_000;

/** What the microphone gives, from looks that follow each other. */
export interface Hearing {
  /** The loudest of the last two seconds, 0 to 1. */
  readonly peak: number;
  /** The microphone is open and has given nothing whatsoever for ten seconds: a mute switch on the headset, the wrong device. */
  readonly dead: boolean;
}

/** Follows an open microphone. Quiet is never called dead: only an unbroken row of zeros is. */
export class Ear {
  #lastLook: number | null = null;
  #zerosSince: number | null = null;
  #loud: { peak: number; at: number }[] = [];

  /** @param now milliseconds of a clock that never jumps back */
  hear({ peak, zeros, overMs }: Heard, now: number): Hearing {
    // What came between two looks and is in neither may have been a voice: a hidden page looks seldom.
    const unbroken = this.#lastLook !== null && now - this.#lastLook <= overMs;
    if (!zeros) this.#zerosSince = null;
    else if (this.#zerosSince === null || !unbroken) this.#zerosSince = now;
    this.#lastLook = now;
    this.#loud = [...this.#loud.filter(({ at }) => now - at < holdMs), { peak, at: now }];
    return { peak: Math.max(...this.#loud.map((look) => look.peak)), dead: this.#zerosSince !== null && now - this.#zerosSince >= silentForMs };
  }
}

/** The level in a few words. */
export function levelWord({ peak, dead }: Hearing): string {
  if (dead) return 'Your microphone gives no sound: is it muted on the headset?';
  if (peak > 0.9) return 'Very loud';
  return peak > 0.35 ? 'We hear you' : 'Quiet';
}
