// @ts-check
import { Agent, request } from 'node:http';
import { followStream } from './support/stream.mjs';
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'manager-stopped',
  breaks: 'SIGTERM of one of two managers behind a balancer, under load and with live streams',
  async run(world, figure) {
    const drainSeconds = world.small ? 3 : 10;
    const going = await world.manager({ DRAIN_SECONDS: String(drainSeconds) });
    const staying = await world.manager();
    let all = [going.url, staying.url];
    // The balancer: asks every half second who is ready, and tries nobody else in between.
    let balancing = true;
    const balancer = (async () => {
      while (balancing) {
        const ready = await Promise.all([going.url, staying.url].map(async (url) => ((await fetch(`${url}/health/ready`).catch(() => null))?.status === 200 ? [url] : [])));
        all = ready.flat();
        await pause(500);
      }
    })();
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    let [answered, failed] = [0, 0];
    let loading = true;
    const client = async () => {
      for (let turn = 0; loading; turn += 1) {
        const status = await ask(agent, `${all[turn % all.length]}/api/v1/media-servers?limit=5`, world.apiKey);
        if (status === 200) answered += 1;
        else failed += 1;
        await pause(20);
      }
    };
    const clients = Array.from({ length: 20 }, client);
    const streams = Array.from({ length: 8 }, () => followStream({ urls: () => all, token: world.apiKey }));
    await eventually('streams and requests run', () => answered > 200 && streams.every((stream) => stream.cursor() >= 0));
    const open = async () => Number(/nailup_live_streams (\d+)/.exec(await going.metrics().catch(() => ''))?.[1] ?? 0);
    await eventually('it has streams', async () => (await open()) >= 3);
    const before = await open();
    const began = performance.now();
    const end = going.signal('SIGTERM');
    const notReady = await eventually('it is not ready', async () => (await fetch(`${going.url}/health/ready`).catch(() => null))?.status !== 200, 5_000);
    await pause(drainSeconds * 300);
    const middle = await open();
    const code = await end;
    figure('until it says that it is not ready', notReady, 's', 0.5);
    figure('its streams sent away in the first moment, of all', before === 0 ? 0 : (before - middle) / before, '', 0.9);
    figure('until it has ended', (performance.now() - began) / 1_000, 's', 30);
    figure('exit code', code ?? 255, '', 0);
    await eventually('the streams are with the other one', async () => Number(/nailup_live_streams (\d+)/.exec(await staying.metrics())?.[1]) === streams.length, 30_000);
    loading = false;
    balancing = false;
    await Promise.all([...clients, balancer]);
    world.log(`${answered} requests`);
    figure('requests that failed', failed, '', 0);
    figure('events that came twice in a stream', streams.reduce((sum, stream) => sum + stream.twice(), 0), '', 0);
    await Promise.all(streams.map((stream) => stream.close()));
    agent.destroy();
  },
};

/** @param {Agent} agent @param {string} url @param {string} token @returns {Promise<number>} 0 when there was no answer */
function ask(agent, url, token) {
  return new Promise((resolve) => {
    request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)))
      .on('error', () => resolve(0)).end();
  });
}
