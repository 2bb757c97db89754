import { Callers, type SimulatedServer } from '@nailup/pool-simulator';
import { SimulatedWorld } from './support/simulated-pool.js';
import { until } from './support/until.js';

const servers = 20;
const agents = 200;

let world: SimulatedWorld;

beforeAll(async () => {
  world = await SimulatedWorld.create({ servers, agents, seed: 1, env: { RECONCILE_SECONDS: '5' } });
}, 60_000);
afterAll(() => world.stop());

const at = (index: number): SimulatedServer => world.pool.servers[index] as SimulatedServer;

// One pool, and one day of it: each test goes on where the one before has ended.
describe('a pool of 20 media servers with 200 agents', () => {
  it('seats everybody who comes at once, evenly, and counts what the servers themselves say', async () => {
    expect(await world.crew.seatAll()).toBe(agents);
    await world.until('everybody is counted', ({ agentsInCall, reserved }) => agentsInCall === agents && reserved === 0);
    const { divergences, spread } = await world.compare();
    expect(divergences).toEqual([]);
    expect(spread).toBeLessThanOrEqual(1);
    expect(Math.max(...world.pool.servers.map((server) => server.seats().length))).toBe(agents / servers);
  });

  it('counts right while clients come and go, and after they have gone', async () => {
    const callers = new Callers({ pool: world.pool, crew: world.crew, manager: world.api, kind: 'local', atOnce: 40, talkMs: 60, pauseMs: 20 }).start();
    await until('there were 400 calls', () => world.crew.figures.calls >= 400, 30_000);
    await callers.stop();
    await world.untilCountsAgree();
    expect((await world.compare()).talking).toBe(0);
  });

  it('lets the agents of a server that was restarted sit again, and nobody in two seats', async () => {
    const seatsBefore = world.crew.figures.seated;
    await at(3).restart();
    await until('all of them sit again', () => world.crew.seated.length === agents && world.crew.figures.seated > seatsBefore, 20_000);
    await world.until(
      'everybody is counted',
      ({ agentsInCall, reserved, divergences }) => agentsInCall === agents && reserved === 0 && divergences.length === 0,
      20_000,
    );
    expect(new Set(world.crew.seated.map(({ agentId }) => agentId)).size).toBe(agents);
    expect(world.pool.servers.reduce((sum, server) => sum + server.seats().length, 0)).toBe(agents);
  });

  it('is right again on the slow beat after events were dropped, doubled and swapped', async () => {
    for (const server of world.pool.servers) server.mischief({ drop: 0.2, double: 0.2, swap: 0.2 });
    // Nobody's leg is replaced here: each event that is lost is one of a client who came or went.
    const callers = new Callers({ pool: world.pool, crew: world.crew, manager: world.api, kind: 'local', atOnce: 40, talkMs: 60, pauseMs: 20 }).start();
    const before = world.crew.figures.calls;
    await until('there were 200 calls', () => world.crew.figures.calls >= before + 200, 30_000);
    await callers.stop();
    expect(world.pool.servers.reduce((sum, { events }) => sum + events.dropped, 0)).toBeGreaterThan(50);
    await world.untilCountsAgree(20_000);
    for (const server of world.pool.servers) server.mischief();
  });
});
