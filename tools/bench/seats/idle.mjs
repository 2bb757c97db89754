// @ts-check
// Idle agents a core: what a media server uses while nothing but seats are on it and nobody talks to anybody.

import { interleaved, median, pass, round, share, spread } from './measure.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */
/** @typedef {keyof typeof WAYS} Way */

/** The ways to wait, in the order they are measured. */
export const WAYS = /** @type {const} */ ({
  holding: { says: 'holding bridge, microphone resting', seat: { parking: 'holding', resting: true } },
  'holding, sending': { says: 'holding bridge, microphone sending', seat: { parking: 'holding' } },
  conference: { says: 'conference as shipped, microphone sending', seat: {} },
  tuned: { says: 'conference at 8 kHz, every 80 ms, silence dropped, microphone resting', seat: { context: 'peer-tuned', resting: true } },
  default: { says: "conference with ConfBridge's default profile, microphone sending", seat: { context: 'peer-default' } },
});

/**
 * The share of a core one idle seat uses: the whole process, its own idling included, divided by the seats.
 * @param {import('./stage.mjs').Stage} stage @param {Way} way @param {{ seats: number, settleMs: number, windowMs: number }} size
 */
export async function idleSeat(stage, way, { seats, settleMs, windowMs }) {
  await stage.empty();
  const taken = await stage.sit(seats, WAYS[way].seat);
  await pass(settleMs);
  const used = await share(stage.server.pid, windowMs);
  await Promise.all(taken.map((one) => one.hangUp()));
  return used / seats;
}

/**
 * @param {import('./stage.mjs').Stage} stage @param {{ rounds: number, small: boolean, log: (text: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function idleFigures(stage, { rounds, small, log }) {
  const ways = /** @type {Way[]} */ (small ? ['holding', 'tuned', 'default'] : Object.keys(WAYS));
  const size = small ? { seats: 10, settleMs: 1000, windowMs: 3000 } : { seats: 20, settleMs: 2000, windowMs: 5000 };
  const costs = await interleaved(rounds, ways, async (way) => {
    const cost = await idleSeat(stage, way, size);
    log(`idle, ${way}: ${(cost * 100).toFixed(3)} % of a core a seat`);
    return cost;
  });
  const perCore = (/** @type {number[]} */ values) => values.map((cost) => 1 / cost);
  /** @type {Figure[]} */
  const figures = ways.map((way) => ({
    name: `idle seats a core: ${WAYS[way].says}`, value: round(median(perCore(costs[way]))), unit: 'seats/core',
    goal: null, met: null, peer: null, peerValue: null, spread: spread(perCore(costs[way])),
  }));
  for (const [peer, goal] of /** @type {[Way, number][]} */ ([['default', 20], ['tuned', 8]])) {
    const ratios = costs.holding.map((cost, n) => costs[peer][n] / cost);
    figures.push({
      name: `idle seats a core: holding against ${peer === 'default' ? "a conference with ConfBridge's default profile" : 'a tuned, resting conference'}`,
      value: round(median(ratios)), unit: 'x', goal: `>= ${goal}x`, met: median(ratios) >= goal,
      peer: WAYS[peer].says, peerValue: round(median(perCore(costs[peer]))), spread: spread(ratios),
    });
  }
  return figures;
}
