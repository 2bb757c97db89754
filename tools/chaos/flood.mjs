// @ts-check
import { residentOf } from './support/resident.mjs';
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'flood',
  breaks: '5,000 events a second on one media server, for a minute: clients that come and go, then noise',
  async run(world, figure) {
    const manager = await world.manager({ RECONCILE_SECONDS: '10' });
    const { pool } = await world.crowd([manager], world.small ? { servers: 4, agents: 40 } : { servers: 20, agents: 2_000 });
    const [server] = pool.servers;
    const quiet = server.seats()[0];
    await pause(3_000);
    const before = residentOf(manager.pid);
    let highest = before;
    /** @type {number[]} */
    /** @type {number[]} */
    const lags = [];
    for (const kind of /** @type {const} */ (['churn', 'noise'])) {
      const flood = server.flood({ perSecond: 5_000, kind });
      const until = performance.now() + (world.small ? 5_000 : 30_000);
      while (performance.now() < until) {
        // The flood passes through every seat of that server; what is timed is an agent of hers whose client stays a moment.
        const client = server.arrive({ place: { conference: quiet } });
        const began = performance.now();
        await eventually('the client is counted', async () => (await world.query("SELECT client_legs AS n FROM placements WHERE conference = ? AND state = 'connected'", [quiet]))[0]?.n >= 1, 10_000);
        lags.push(performance.now() - began);
        server.hangUp(client);
        highest = Math.max(highest, residentOf(manager.pid));
        await pause(100);
      }
      world.log(`${flood.told} events of ${kind}`);
      server.stopFlood();
    }
    const sorted = lags.sort((a, b) => a - b);
    const text = await manager.metrics();
    const of = (/** @type {string} */ le) => Number(new RegExp(`nailup_ami_event_latency_seconds_bucket\\{le="${le.replace('+', '\\+')}",media_server="${server.name}"\\} (\\d+)`).exec(text)?.[1]);
    figure('from a client’s coming to her being counted, p99', sorted[Math.floor(sorted.length * 0.99)], 'ms', 250);
    figure('echoes of that media server that took longer than 250 ms', of('+Inf') - of('0.25'), '', 0);
    figure('sessions that were lost by it', Number(/AMI connection (?:broke|was closed)|does not answer/.test(manager.log())), '', 0);
    figure('memory of the manager at its highest, above the calm', highest - before, 'MB', 50);
    await eventually('it comes to rest', async () => (await world.query('SELECT COUNT(*) AS n FROM placements WHERE client_legs > 0'))[0].n === 0, 20_000);
    figure('media servers that are not healthy after it', Number((await world.query("SELECT COUNT(*) AS n FROM media_servers WHERE health <> 'healthy'"))[0].n), '', 0);
  },
};
