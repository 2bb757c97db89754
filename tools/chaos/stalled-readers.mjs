// @ts-check
import { request } from 'node:http';
import { residentOf } from './support/resident.mjs';
import { followStream } from './support/stream.mjs';
import { eventually, pause } from './support/world.mjs';

const text = 'x'.repeat(4_000);

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'stalled-readers',
  breaks: '200 readers who open the live stream and read nothing, again and again for ten minutes, while it is busy',
  async run(world, figure) {
    const manager = await world.manager();
    const readers = world.small ? 30 : 200;
    /** @type {string[]} */
    const keys = [];
    for (let n = 0; n < readers; n += 10) keys.push(await world.key('events:read'));
    const healthy = followStream({ urls: () => [manager.url], token: world.apiKey });
    const streams = async () => Number(/nailup_live_streams (\d+)/.exec(await manager.metrics())?.[1]);
    await eventually('the healthy one reads', async () => (await streams()) === 1);

    /** @type {number[]} */
    const lags = [];
    let [before, highest, longest] = [0, 0, 0];
    const end = performance.now() + (world.small ? 0 : 600_000);
    do {
      const asleep = await Promise.all(Array.from({ length: readers }, (_, n) => fallAsleep(manager.url, keys[Math.floor(n / 10)])));
      await eventually('all have opened it', async () => (await streams()) === readers + 1);
      before ||= residentOf(manager.pid);
      const began = performance.now();
      // Told until the sockets of all are full, and for as long as it takes to give them up.
      while ((await streams()) > 1) {
        if (performance.now() - began > 120_000) throw new Error('Readers who read nothing are never given up.');
        const last = await world.tell(25, { text });
        const told = performance.now();
        await eventually('the healthy one has heard it', () => healthy.cursor() >= last, 10_000);
        lags.push(performance.now() - told);
        highest = Math.max(highest, residentOf(manager.pid));
        await pause(world.small ? 50 : 250);
      }
      longest = Math.max(longest, (performance.now() - began) / 1_000);
      for (const one of asleep) one.destroy();
    } while (performance.now() < end);
    lags.sort((a, b) => a - b);
    world.log(`${(lags.length * 25 * 4) / 1_000} MB told, the readers given up after ${longest.toFixed(0)} s at the latest`);
    figure('memory at its highest, above the beginning', highest - before, 'MB', 64);
    figure('from an event to the healthy reader, p99', lags[Math.floor(lags.length * 0.99)] ?? 0, 'ms', 300);
    figure('events the healthy one missed or heard twice', healthy.missing() + healthy.twice(), '', 0);
    await healthy.close();
  },
};

/** @param {string} url @param {string} key @returns {Promise<import('node:http').ClientRequest>} */
async function fallAsleep(url, key) {
  const answer = await fetch(`${url}/api/v1/events/tickets`, { method: 'POST', headers: { authorization: `Bearer ${key}` } });
  const { ticket } = /** @type {any} */ (await answer.json());
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/v1/events?ticket=${ticket}`, { agent: false }, (stream) => {
      stream.pause();
      stream.socket.pause();
      stream.on('error', () => undefined);
      resolve(asked);
    });
    asked.on('error', reject).end();
  });
}
