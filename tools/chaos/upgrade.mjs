// @ts-check
import { openBalancer } from './support/balancer.mjs';
import { buildFormer } from './support/former.mjs';
import { followStream } from './support/stream.mjs';
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'upgrade',
  breaks: 'two managers of the former version are replaced by this one, one after the other, on the schema of this one (FORMER: a commit)',
  async run(world, figure) {
    const { commit, root, remove } = await buildFormer(process.env.FORMER);
    world.undo.push(async () => remove());
    world.log(`the former version is ${commit}`);
    const draining = { DRAIN_SECONDS: '3' };
    const former = [await world.manager(draining, [], root), await world.manager(draining, [], root)];
    let managers = [...former];
    const balancer = await openBalancer(() => managers);
    world.undo.push(() => balancer.close());
    const crowd = await world.crowd([balancer], world.small ? { servers: 6, agents: 60 } : { servers: 20, agents: 1_000 });
    const { crew } = crowd;
    const stream = followStream({ urls: () => managers.map(({ url }) => url), token: world.apiKey });
    await eventually('the stream is open', () => stream.cursor() > 0);

    // A client is with every tenth agent; the others come and go all the time.
    const agents = crew.seated.length;
    const clients = crew.seated.filter((_, n) => n % 10 === 0).map(({ server, conference }) => ({ server, leg: server.arrive({ place: { conference } }) }));
    const ids = crew.seated.filter((_, n) => n % 10 !== 0).map(({ agentId }) => agentId);
    let working = true;
    /** @type {string[]} */
    const failed = [];
    let [asked, left] = [0, 0];
    const work = (async () => {
      for (let n = 0; working; n += 1) {
        const agentId = ids[(n * 7 + 1) % ids.length];
        try {
          await crew.leave(agentId);
          left += 1;
          await crew.reload(agentId);
          const answer = await crowd.api.call('GET', '/placements?limit=5');
          if (answer.status !== 200) failed.push(String(answer.status));
          asked += 3;
        } catch (error) {
          failed.push(error instanceof Error ? error.message : String(error));
        }
        await pause(20);
      }
    })();
    const settled = (/** @type {string} */ when) => eventually(`all is as the media servers say, ${when}`, async () => (await crowd.divergences()) === 0, 60_000);
    const beside = async () => {
      const owners = await world.query('SELECT DISTINCT ami_owner AS owner FROM media_servers WHERE ami_lease_until > NOW(3)');
      return owners.length;
    };
    for (const [n, old] of former.entries()) {
      const fresh = await world.manager(draining);
      managers = [...managers, fresh];
      await eventually('it owns media servers beside the former ones', async () => (await beside()) === managers.length);
      await pause(world.small ? 1_000 : 10_000);
      figure(`exit code of the former manager ${n + 1}`, (await old.signal('SIGTERM')) ?? 255, '', 0);
      managers = managers.filter((one) => one !== old);
    }
    await pause(2_000);
    working = false;
    await work;
    await settled('after it');
    world.log(`${asked} requests, ${left} agents came and went`);
    const refused = [...crew.figures.refused];
    if (failed.length + refused.length > 0) world.log(JSON.stringify([...refused, ...failed.slice(0, 5)]));
    figure('requests that failed', failed.length + refused.reduce((sum, [, count]) => sum + count, 0), '', 0);
    figure('legs that ended but by their agents’ hands', crew.figures.lost, '', 0);
    figure('agents without a seat', agents - crew.seated.length, '', 0);
    figure('clients whose leg ended', clients.filter(({ server, leg }) => !server.has(leg)).length, '', 0);
    figure('seats the managers count otherwise than the media servers', await crowd.divergences(), '', 0);
    await stream.caughtUp(world.query);
    figure('events that came twice in a stream', stream.twice(), '', 0);
    figure('events that a stream missed', stream.missing(), '', 0);
    await stream.close();
  },
};
