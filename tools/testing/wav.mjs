// @ts-check
// What can be heard in a recording: the samples of a WAV file (8 kHz, 16 bit, one channel), and which tone is in which stretch of it.

import { power } from './rtp.mjs';

const HEAD = 44;
const RATE = 8000;

/** @param {Buffer} file */
export function openWav(file) {
  const samples = Array.from({ length: Math.max(0, Math.floor((file.length - HEAD) / 2)) }, (_, n) => file.readInt16LE(HEAD + n * 2));
  const energy = (/** @type {number[]} */ part) => part.reduce((sum, sample) => sum + sample * sample, 0);
  /** Quarters of a second, oldest first. */
  const parts = Array.from({ length: Math.floor(samples.length / (RATE / 4)) }, (_, n) => samples.slice((n * RATE) / 4, ((n + 1) * RATE) / 4));
  const holds = (/** @type {number[]} */ part, /** @type {number} */ frequency, /** @type {number} */ share) => (
    energy(part) / part.length > 10_000 && power(part, frequency) / energy(part) > share
  );
  return {
    isWav: file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE',
    seconds: samples.length / RATE,
    /** Seconds in which this tone is heard. @param {number} frequency @param {number} [share] of it in what is heard, at least; less beside a louder one */
    secondsOf: (frequency, share = 0.3) => parts.filter((part) => holds(part, frequency, share)).length / 4,
    /** The longest stretch in which nothing is heard, in seconds. */
    longestSilence() {
      let longest = 0;
      let now = 0;
      for (const part of parts) {
        now = energy(part) / part.length < 1_000 ? now + 0.25 : 0;
        longest = Math.max(longest, now);
      }
      return longest;
    },
  };
}
