import type { FarEnd } from './asterisk/outbound.js';
import type { Chance } from './chance.js';
import type { Time } from './time.js';

/** Rings this long before it answers, in milliseconds, on average. */
const ringMs = 300;
const talkMs = 5_000;

/**
 * The telephone network of the demo (design: demo numbers): +15550102 is busy, +15550103 never answers, +15550105 hangs up after five seconds; every
 * other number rings for a moment, answers and talks until it is hung up. Other media servers' tokens are nobody's number: refused.
 */
export function demoNumbers(chance: Chance, time: Time): FarEnd {
  return (leg) => {
    if (leg.number.includes('@')) return void time.after(1, () => leg.refuse(1, 404));
    if (leg.number.endsWith('5550102')) return void time.after(chance.wait(ringMs), () => leg.refuse(17, 486));
    time.after(1, () => leg.ring());
    if (leg.number.endsWith('5550103')) return;
    time.after(1 + chance.wait(ringMs), () => {
      leg.answer();
      if (leg.number.endsWith('5550105')) time.after(talkMs, () => leg.hangUp());
    });
  };
}
