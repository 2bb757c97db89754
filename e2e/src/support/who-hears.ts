import type { Page } from 'playwright-core';
import { levels } from './browser.js';
import { until } from './wait.js';
import { readWave, toneShare } from './wave.js';

/** Who says what: each party by the tone (Hz) that it sounds all the time. */
export type Tones = Readonly<Record<string, number>>;

/**
 * Waits until this page plays the tones of these parties and of nobody else among `tones`. Beside the loudest tone Opus leaves noise of about 46 dB less,
 * so silence is measured from there, and nobody is heard who is no louder than that.
 */
export function pageHears(page: Page, who: string, tones: Tones, heard: readonly string[]): Promise<true> {
  const parties = Object.keys(tones);
  return until(`${who} hears ${heard.join(' and ') || 'nobody'} only`, 15_000, async () => {
    const measured = await levels(page, Object.values(tones));
    const silent = Math.max(-65, Math.max(...measured) - 42);
    const loud = Math.max(-55, silent);
    const wrong = parties.filter((party, index) => (heard.includes(party) ? (measured[index] ?? -200) < loud : (measured[index] ?? -200) > silent));
    if (wrong.length > 0) throw new Error(parties.map((party, index) => `${party} ${measured[index]?.toFixed(0)} dB`).join(', '));
    return true as const;
  });
}

/**
 * The same for somebody outside, by the last second of what the telephone network records of her. Shares of the whole, and small ones: a browser takes a
 * steady tone for noise and lets 1 % of its power through, beside a caller's tone at full strength.
 * @param tones of those whom she may hear: her own is not in it
 */
export function outsideHearsOnly(recording: string, tones: Tones, heard: readonly string[]): Promise<true> {
  return until(`the client hears ${heard.join(' and ') || 'nobody'} only`, 15_000, () => {
    const { rate, samples } = readWave(recording);
    const tail = samples.subarray(-rate);
    const shares = Object.entries(tones).map(([party, hertz]) => [party, toneShare(tail, rate, hertz)] as const);
    if (shares.some(([party, share]) => (heard.includes(party) ? share < 0.002 : share > 0.001))) throw new Error(shares.map(([party, share]) => `${party} ${share.toFixed(3)}`).join(', '));
    return true as const;
  });
}
