// @ts-check
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'late-owner',
  breaks: 'a manager stands still (SIGSTOP) until others own its media servers, and goes on as if it owned them',
  async run(world, figure) {
    const [sleeper, other] = [await world.manager(), await world.manager()];
    const crowd = await world.crowd([other], world.small ? { servers: 6, agents: 60 } : { servers: 60, agents: 3_000 });
    const owned = async (/** @type {string} */ name) => Number((await world.query('SELECT COUNT(*) AS n FROM media_servers WHERE ami_owner = ? AND ami_lease_until > NOW(3)', [name]))[0].n);
    await eventually('both own some', async () => (await owned(sleeper.name)) > 0 && (await owned(other.name)) > 0);
    await sleeper.signal('SIGSTOP');
    figure('until the other one owns them', await eventually('it does', async () => (await owned(other.name)) === crowd.pool.servers.length), 's', 5);
    // What the sleeper would find in its sockets: clients who came and have gone meanwhile, and one who stays.
    for (const server of crowd.pool.servers) {
      const [first, second] = server.seats();
      server.hangUp(server.arrive({ place: { conference: first } }));
      server.arrive({ place: { conference: second } });
    }
    await eventually('the counts agree', async () => (await crowd.divergences()) === 0);
    const [{ seq }] = await world.query('SELECT seq FROM event_head');
    await sleeper.signal('SIGCONT');
    let wrong = 0;
    const until = performance.now() + (world.small ? 4_000 : 15_000);
    while (performance.now() < until) {
      if ((await crowd.divergences()) > 0) wrong += 1;
      await pause(100);
    }
    figure('looks at which a count was wrong, once it went on', wrong, '', 0);
    figure('changes of health it told', Number((await world.query("SELECT COUNT(*) AS n FROM event_log WHERE seq > ? AND type = 'media-server.health'", [seq]))[0].n), '', 0);
    figure('agents who lost their seat', crowd.crew.figures.lost, '', 0);
    await eventually('it has its share again', async () => Math.abs((await owned(sleeper.name)) - (await owned(other.name))) <= 1);
    figure('counts that are wrong after that', (await eventually('the counts agree', async () => (await crowd.divergences()) === 0), await crowd.divergences()), '', 0);
  },
};
