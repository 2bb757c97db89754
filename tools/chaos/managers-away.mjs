// @ts-check
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'managers-away',
  breaks: 'all managers are away for a minute, while agents and clients come and go',
  async run(world, figure) {
    const before = [await world.manager(), await world.manager()];
    const crowd = await world.crowd(before);
    const { pool, crew } = crowd;
    const agents = crew.seated.length;
    await Promise.all(before.map((manager) => manager.signal('SIGKILL')));
    // Every tenth agent loses a client she had, every tenth gains one, every fiftieth loses her browser.
    crew.stop();
    const seats = [...crew.seated];
    for (const [index, seat] of seats.entries()) {
      if (index % 10 === 0) seat.server.arrive({ place: { conference: seat.conference } });
      if (index % 50 === 25) seat.server.hangUp(seat.leg);
    }
    const gone = seats.filter((_, index) => index % 50 === 25).length;
    await pause(world.small ? 6_000 : 60_000);
    figure('legs that ended, but for those who left', agents - gone - pool.servers.reduce((sum, server) => sum + server.seats().length, 0), '', 0);
    const began = performance.now();
    const after = [await world.manager(), await world.manager()];
    const api = crowd.api.constructor;
    const fresh = new /** @type {any} */ (api)({ managers: after.map(({ url }) => url), apiKey: world.apiKey });
    const counted = await eventually('all counts are right', async () => (await world.query(`SELECT COUNT(*) AS n FROM placements WHERE state = 'connected'`))[0].n === agents - gone
      && (await world.query('SELECT COUNT(*) AS n FROM placements WHERE client_legs > 0'))[0].n === seats.filter((_, index) => index % 10 === 0 && index % 50 !== 25).length);
    figure('until all counts are right, from their start', (performance.now() - began) / 1_000, 's', 10);
    world.log(`of which ${counted.toFixed(1)} s after both were ready`);
    // New agents: the restarted managers must know how full each is.
    const more = Math.min(200, Math.ceil(agents / 4));
    const ids = Array.from({ length: more }, () => crypto.randomUUID());
    await world.query('INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES ?', [ids.map((id) => [id, `late-${id}`, 'Late', 'agent', '[]', true, 'none'])]);
    const answers = await Promise.all(ids.map((agentId) => fresh.call('POST', '/placements', { body: { agentId } })));
    figure('new agents who got no seat', answers.filter(({ status }) => status !== 201).length, '', 0);
    const [{ spread }] = await world.query('SELECT MAX(seats) - MIN(seats) AS spread FROM media_servers');
    figure('seats of one media server more than of another: no herd', Number(spread), '', 1);
    fresh.close();
  },
};
