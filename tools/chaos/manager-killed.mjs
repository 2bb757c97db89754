// @ts-check
import { eventually } from './support/world.mjs';
import { followStream } from './support/stream.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'manager-killed',
  breaks: 'kill -9 of one of three managers',
  async run(world, figure) {
    const managers = [await world.manager(), await world.manager(), await world.manager()];
    const crowd = await world.crowd(managers);
    const owners = () => world.query('SELECT ami_owner AS owner, COUNT(*) AS n FROM media_servers WHERE ami_lease_until > NOW(3) GROUP BY ami_owner');
    await eventually('the media servers are spread evenly', async () => spread(await owners(), 3) <= 1);
    figure('media servers of one manager more than of another, before', spread(await owners(), 3), '', 1);
    const [doomed, ...others] = managers;
    const streams = others.map(({ url }) => followStream({ urls: () => [url], token: world.apiKey }));
    await eventually('the streams are open', () => streams.every((stream) => stream.cursor() > 0));
    const legs = new Set(crowd.crew.seated.map(({ leg }) => leg));
    await doomed.signal('SIGKILL');
    // Somebody leaves where nobody listens for the moment.
    const leaver = crowd.crew.seated[0];
    leaver.server.hangUp(leaver.leg);
    const alive = others.map(({ name }) => name);
    const took = await eventually('all media servers are owned again', async () => {
      const found = await world.query('SELECT ami_owner AS owner FROM media_servers WHERE ami_lease_until <= NOW(3) OR ami_owner IS NULL OR ami_owner NOT IN (?)', [alive]);
      return found.length === 0;
    });
    figure('until all its media servers are owned again', took, 's', 5);
    figure('until the counts are those of the media servers', took + (await eventually('the counts agree', async () => (await crowd.divergences()) === 0)), 's', 10);
    figure('media servers of one manager more than of the other, after', spread(await owners(), 2), '', 1);
    figure('legs that ended, but for the one who left', crowd.crew.figures.lost - 1, '', 0);
    figure('seats that are another leg now', crowd.crew.seated.filter(({ leg }) => !legs.has(leg)).length - 1, '', 0);
    await eventually('both streams have heard the same', () => streams[0].cursor() > 0 && streams[0].cursor() === streams[1].cursor(), 15_000).catch(() => undefined);
    figure('events that came twice in a stream', streams.reduce((sum, stream) => sum + stream.twice(), 0), '', 0);
    figure('events that a stream missed', streams.reduce((sum, stream) => sum + stream.missing(), 0), '', 0);
    await Promise.all(streams.map((stream) => stream.close()));
  },
};

/** @param {any[]} owners @param {number} managers */
function spread(owners, managers) {
  const counts = owners.map(({ n }) => Number(n));
  return Math.max(...counts) - (counts.length < managers ? 0 : Math.min(...counts));
}
