// @ts-check
import { eventually } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'media-server-failed',
  breaks: 'a media server is killed, one stands still (SIGSTOP), one is cut off (AMI half-open); then most of the pool at once',
  async run(world, figure) {
    const managers = [await world.manager(), await world.manager()];
    const crowd = await world.crowd(managers, world.small ? { servers: 6, agents: 60 } : {});
    const { pool, crew } = crowd;
    const agents = crew.seated.length;
    const idOf = (/** @type {number} */ n) => /** @type {any} */ (pool.servers[n].enrolled).id;
    const health = async (/** @type {string} */ id) => (await world.query('SELECT health FROM media_servers WHERE id = ?', [id]))[0].health;
    const allWell = () => eventually('all is as before', async () => {
      const { healthy, agentsInCall, divergences } = await crowd.compare();
      return healthy === pool.servers.length && agentsInCall === agents && divergences.length === 0;
    }, 60_000);

    const [killed, stopped, cut] = [pool.servers[0], pool.servers[1], pool.servers[2]];
    await killed.die('rst');
    figure('killed: until it is down', await eventually('it is down', async () => (await health(idOf(0))) === 'down'), 's', 3);
    figure('killed: until its agents sit elsewhere', await eventually('they do', () => crew.seated.length === agents), 's', 10);
    await killed.start();
    figure('killed: until it is back after its start', await eventually('it is', async () => (await health(idOf(0))) === 'healthy'), 's', 10);
    await allWell();

    for (const [how, server, n] of /** @type {const} */ ([['stands still', stopped, 1], ['cut off', cut, 2]])) {
      const seats = server.seats();
      const talks = seats[0];
      const client = server.arrive({ place: { conference: talks } });
      await eventually('the client is counted', async () => (await world.query('SELECT client_legs AS n FROM placements WHERE conference = ? AND state = ?', [talks, 'connected']))[0]?.n === 1);
      if (how === 'cut off') server.halfOpen();
      else server.hang();
      figure(`${how}: until it is down`, await eventually('it is down', async () => (await health(idOf(n))) === 'down'), 's', 6);
      const idle = async () => (await world.query("SELECT COUNT(*) AS n FROM placements WHERE media_server_id = ? AND state IN ('reserved', 'connected', 'lost') AND client_legs = 0", [idOf(n)]))[0].n;
      figure(`${how}: until its idle agents may sit elsewhere`, await eventually('they may', async () => (await idle()) === 0), 's', 4);
      server.heal();
      figure(`${how}: until it is back after it goes on`, await eventually('it is', async () => (await health(idOf(n))) === 'healthy'), 's', 10);
      await eventually('all sit again', () => crew.seated.length === agents, 30_000);
      const [kept] = await world.query('SELECT state FROM placements WHERE conference = ?', [talks]);
      figure(`${how}: talking agents who lost seat or client by it`, Number(kept?.state !== 'connected' || !server.has(client)), '', 0);
      server.hangUp(client);
      await allWell();
    }

    const lost = crew.figures.lost;
    const many = pool.servers.slice(0, Math.floor(pool.servers.length / 2) + 1);
    for (const server of many) server.hang();
    const frozen = () => world.query("SELECT data FROM event_log WHERE type = 'pool.frozen'");
    figure('more than half at once: until it is said to be our own fault', await eventually('it is said', async () => (await frozen()).length > 0), 's', 6.5);
    const ready = await Promise.all(managers.map(async ({ url }) => /** @type {any} */ (await (await fetch(`${url}/health/ready`)).json()).dependencies.mediaServers?.status));
    figure('more than half at once: managers whose readiness does not name it', Number(!ready.includes('degraded')), '', 0);
    for (const server of many) server.heal();
    await eventually('all are healthy again', async () => (await crowd.compare()).healthy === pool.servers.length, 60_000);
    const [{ ended }] = await world.query("SELECT COUNT(*) AS ended FROM placements WHERE state IN ('released', 'expired') AND released_at > (SELECT MIN(at) FROM event_log WHERE type = 'pool.frozen')");
    figure('more than half at once: agents moved', Number(ended) + crew.figures.lost - lost, '', 0);
  },
};
