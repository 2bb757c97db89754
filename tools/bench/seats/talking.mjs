// @ts-check
// Talking pairs a core: an agent in the browser and a client by telephone in her conference, both talking without a pause.

import { eventually } from '../../testing/media-world.mjs';
import { AGENT_HERTZ, CLIENT_HERTZ } from './stage.mjs';
import { median, pass, round, share, spread } from './measure.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */
/** @typedef {{ codecs: string, rate: number, interval: number }} Cell what the browser is offered, samples a second, milliseconds */

const CODECS = /** @type {const} */ ({ Opus: 'opus', 'G.711': 'ulaw' });
const MIXINGS = [{ rate: 8000, interval: 20 }, { rate: 8000, interval: 40 }, { rate: 16_000, interval: 20 }, { rate: 16_000, interval: 40 }];

/**
 * The share of a core one pair uses: the whole process divided by the pairs. The agents rest in the holding bridge before and after, so
 * each measurement begins with conferences of its own.
 * @param {import('./stage.mjs').Stage} stage @param {string[]} names of agents who rest @param {{ settleMs: number, windowMs: number }} size
 */
async function talkingPair({ world, server }, names, { settleMs, windowMs }) {
  const clients = await Promise.all(names.map((conference) => world.arrive({ kind: 'agent', conference }, { tone: CLIENT_HERTZ })));
  await eventually('every client hears the agent', () => clients.every(({ audio }) => audio.hears(AGENT_HERTZ)), 15_000);
  await pass(settleMs);
  const used = await share(server.pid, windowMs);
  for (const { leg } of clients) leg.hangup();
  await eventually('all conferences are over', async () => !/^\S+\s+\d+\s+\d+\s/m.test(await server.cli('confbridge list')));
  return used / names.length;
}

/**
 * @param {import('./stage.mjs').Stage} stage @param {{ rounds: number, small: boolean, log: (text: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function talkingFigures(stage, { rounds, small, log }) {
  const mixings = small ? MIXINGS.slice(0, 1) : MIXINGS;
  const size = small ? { settleMs: 500, windowMs: 2500 } : { settleMs: 1000, windowMs: 3000 };
  /** @type {Map<string, number[]>} */
  const costs = new Map();
  for (let n = 0; n < rounds; n += 1) {
    for (const [codec, codecs] of Object.entries(small ? { Opus: CODECS.Opus } : CODECS)) {
      await stage.empty();
      const agents = await stage.sit(small ? 5 : 10, { parking: 'holding', codecs });
      for (const mixing of mixings) {
        await stage.mixing(mixing);
        const cost = await talkingPair(stage, agents.map(({ name }) => name), size);
        const name = `talking pairs a core: ${codec} in the browser, mixed at ${mixing.rate / 1000} kHz every ${mixing.interval} ms`;
        log(`${name}: ${(cost * 100).toFixed(2)} % of a core a pair`);
        costs.set(name, [...(costs.get(name) ?? []), cost]);
      }
      await Promise.all(agents.map((one) => one.hangUp()));
    }
  }
  await stage.mixing();
  return [...costs].map(([name, values]) => {
    const pairs = values.map((cost) => 1 / cost);
    return { name, value: round(median(pairs)), unit: 'pairs/core', goal: null, met: null, peer: null, peerValue: null, spread: spread(pairs) };
  });
}
