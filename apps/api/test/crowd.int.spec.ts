import type { PlacementView } from '../src/selection/placement.view.js';
import { type Answer, call } from './support/api.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { type RunningManager, startManager } from './support/manager.js';
import { addAgents, addServers, seatsOf, tokenFor } from './support/pool.js';
import { expectSeatsToBeRight } from './support/selection-world.js';

let database: FreshDatabase;
let managers: RunningManager[];

beforeEach(async () => {
  database = await freshDatabase();
  managers = await Promise.all([startManager({ databaseUrl: database.url }), startManager({ databaseUrl: database.url })]);
}, 60_000);

afterEach(async () => {
  await Promise.all(managers.map((manager) => manager.stop()));
  await database.drop();
});

const placeAt = (manager: RunningManager, agentId: string): Promise<Answer<PlacementView>> =>
  call<PlacementView>(manager, 'POST', '/api/v1/placements', { token: tokenFor(agentId), body: {} });

/** Everybody at once, half of them through each manager. */
function placeAll(agents: readonly string[]): Promise<Answer<PlacementView>[]> {
  return Promise.all(agents.map((agentId, at) => placeAt(managers[at % managers.length]!, agentId)));
}

async function spread(): Promise<number> {
  const seats = (await seatsOf(database)).map((server) => server.seats);
  return Math.max(...seats) - Math.min(...seats);
}

describe('a crowd at two managers', () => {
  it('1,000 agents who come at once over 20 servers: no two servers differ by more than one seat, nobody is lost, nobody sits twice', async () => {
    await addServers(database, 20);
    const agents = await addAgents(database, 1_000);
    const answers = await placeAll(agents);
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1_000);
    expect(new Set(answers.map(({ body }) => body.sip!.username)).size).toBe(1_000);
    await expectSeatsToBeRight(database);
    expect(await spread()).toBeLessThanOrEqual(1);
    const [written] = await database.query<{ placements: number; agents: number; events: number }>(
      "SELECT COUNT(*) AS placements, COUNT(DISTINCT agent_id) AS agents, (SELECT COUNT(*) FROM event_log WHERE type = 'placement.reserved') AS events FROM placements WHERE state = 'reserved'",
    );
    expect(written).toEqual({ placements: 1_000, agents: 1_000, events: 1_000 });
    for (const manager of managers) expect(manager.log()).not.toMatch(/deadlock/i);

    // Half of the servers empty, and 300 more agents come: they fill the valley first.
    const emptied = (await seatsOf(database)).slice(0, 10).map(({ id }) => id);
    const leaving = answers.filter(({ body }) => emptied.includes(body.mediaServer.id));
    await Promise.all(leaving.map(({ body }, at) => call(managers[at % 2]!, 'DELETE', `/api/v1/placements/${body.id}`, { token: tokenFor(body.agentId) })));
    await expectSeatsToBeRight(database);
    const more = await placeAll(await addAgents(database, 300));
    expect(more.every(({ body }) => emptied.includes(body.mediaServer.id))).toBe(true);
    const refilled = (await seatsOf(database)).filter(({ id }) => emptied.includes(id)).map(({ seats }) => seats);
    expect(Math.max(...refilled) - Math.min(...refilled)).toBeLessThanOrEqual(1);
  });

  it('a manager killed among them loses nobody it had answered and counts nobody twice', async () => {
    await addServers(database, 20);
    const agents = await addAgents(database, 600);
    const answering = agents.map((agentId, at) => placeAt(managers[at % 2]!, agentId).catch(() => null));
    await Promise.race(answering.filter((_, at) => at % 2 === 1));
    await managers[1]!.kill();
    const answers = await Promise.all(answering);
    const unanswered = agents.filter((_, at) => answers[at]?.status !== 201);
    expect(unanswered.length).toBeGreaterThan(0);
    managers = [managers[0]!];
    const again = await placeAll(unanswered);
    expect(again.filter(({ status }) => status !== 201 && status !== 200)).toEqual([]);
    await expectSeatsToBeRight(database);
    expect(await spread()).toBeLessThanOrEqual(1);
    expect((await seatsOf(database)).reduce((sum, { seats }) => sum + seats, 0)).toBe(600);
  });

  it('more agents than seats: every seat is given, the rest are told that the pool is full', async () => {
    await addServers(database, 5, { capacity: 20 });
    const answers = await placeAll(await addAgents(database, 150));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
    expect(answers.filter(({ status, body }) => status === 503 && (body as unknown as { code: string }).code === 'SELECTION.POOL_FULL')).toHaveLength(50);
    expect((await seatsOf(database)).every(({ seats }) => seats === 20)).toBe(true);
  });
});
