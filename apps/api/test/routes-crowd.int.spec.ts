import { addQueue, addSeated, allCalls, ask, type CallRow, callRow } from './support/caller-world.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { dispatchWorld } from './support/dispatch-world.js';
import { type RunningManager, startManager } from './support/manager.js';
import { addApiKey, addServers } from './support/pool.js';

let database: FreshDatabase;
let managers: RunningManager[];

beforeAll(async () => {
  database = await freshDatabase();
  managers = await Promise.all([1, 2].map(() => startManager({ databaseUrl: database.url })));
}, 60_000);
afterAll(() => database.drop());

it('a hundred callers at once, two managers, three media servers, ten agents: nobody is lost, no agent has two, and everybody is served in order of arrival', async () => {
  const key = await addApiKey(database, ['routes:read']);
  const servers = await addServers(database, 3);
  const { number } = await addQueue(database);
  const agents = await Promise.all(Array.from({ length: 10 }, (_, n) => addSeated(database, servers[n % 3]!.id)));

  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => ask(managers[n % 2]!, key, number)));
  await Promise.all(managers.map((manager) => manager.stop()));
  expect(answers.map(({ status }) => status)).toEqual(new Array(100).fill(200));
  const calls = await allCalls(database);
  expect(calls.map(({ id }) => id).sort()).toEqual(answers.map(({ body }) => body.callId).sort());
  // The first ten to arrive have the agents, one each; the others wait, spread evenly over what the agents left.
  expect(calls.map(({ state }) => state)).toEqual([...new Array<string>(10).fill('ringing'), ...new Array<string>(90).fill('queued')]);
  expect(new Set(calls.slice(0, 10).map(({ agentId }) => agentId))).toEqual(new Set(agents.map(({ agentId }) => agentId)));
  const loads = servers.map(({ id }) => calls.filter((one) => one.state === 'queued' && one.mediaServerId === id).length + agents.filter((agent) => agent.mediaServerId === id).length);
  expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);

  // Agents hang up one after the other: each time the one who has waited for longest comes next.
  const world = await dispatchWorld(database);
  try {
    for (const { id } of calls.slice(10)) await world.legSeen(id);
    const talking: CallRow[] = calls.slice(0, 10);
    for (const next of calls.slice(10)) {
      await world.over(talking.shift()!.id);
      await database.query("UPDATE agents SET state = 'ready' WHERE state = 'wrap-up'");
      await world.look();
      const served = await callRow(database, next.id);
      expect(served.state).toBe('ringing');
      await world.joined(served.id, `near-${served.id}`);
      talking.push(served);
    }
    expect(world.orders.orders.map(({ uniqueid }) => uniqueid)).toEqual(calls.slice(10).map(({ id }) => `leg-${id}`));
    expect((await database.query<{ twice: number }>('SELECT COUNT(*) - COUNT(DISTINCT live_agent_id) AS twice FROM calls WHERE live_agent_id IS NOT NULL'))[0]?.twice).toBe(0);
  } finally {
    await world.stop();
  }
}, 120_000);
