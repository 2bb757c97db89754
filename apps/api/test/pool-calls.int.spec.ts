import { Callers } from '@nailup/pool-simulator';
import { addQueue, allCalls } from './support/caller-world.js';
import { proxySecret } from './support/call-world.js';
import { SimulatedWorld } from './support/simulated-pool.js';
import { until } from './support/until.js';

const agents = 8;
let world: SimulatedWorld;

beforeAll(async () => {
  world = await SimulatedWorld.create({ servers: 4, agents, seed: 3, env: { PROXY_SECRET: proxySecret } });
  await world.database.query("UPDATE pool SET settings = JSON_SET(settings, '$.wrapUpSeconds', 0) WHERE id = 1");
  await world.crew.seatAll();
  await world.until('everybody is counted', ({ agentsInCall }) => agentsInCall === agents);
}, 60_000);
afterAll(() => world.stop());

describe('callers of a number on a pool of four media servers', () => {
  it('reach agents on every server, more of them than there are agents, and leave no call and no count behind', async () => {
    const { number } = await addQueue(world.database);
    const { pool, crew, api: manager } = world;
    const callers = new Callers({ pool, crew, manager, kind: 'routed', atOnce: 12, talkMs: 400, pauseMs: 50, number }).start();
    const answered = async (): Promise<number> => (await allCalls(world.database)).filter(({ placementId }) => placementId !== null).length;
    await until('30 of them spoke with an agent', async () => (await answered()) >= 30, 40_000);
    await callers.stop();
    await until('every call has ended', async () => (await allCalls(world.database)).every(({ state }) => state === 'ended'), 20_000);
    await world.untilCountsAgree();
    expect((await world.compare()).talking).toBe(0);
    expect(pool.channels).toBe(agents);
    const calls = await allCalls(world.database);
    expect(new Set(calls.map(({ mediaServerId }) => mediaServerId)).size).toBe(4);
    // Some waited on one server for an agent on another: both legs had the id of the call.
    expect(calls.some(({ farMediaServerId }) => farMediaServerId !== null)).toBe(true);
  });
});
