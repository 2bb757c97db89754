import { randomUUID } from 'node:crypto';
import { SystemChance } from '../src/time/clock.js';
import { createDataSource } from '../src/database/data-source.js';
import { Database } from '../src/database/database.js';
import { StatisticsRepository } from '../src/statistics/statistics.repository.js';
import { type Answer, call } from './support/api.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { type RunningManager, startManager } from './support/manager.js';
import { addAgent, addApiKey, addServers, tokenFor } from './support/pool.js';

interface Statistics {
  readonly items: { at: string; agentsInCall: number; reserved: number; talking: number; capacity: number; loadAverage: number | null }[];
  readonly code?: string;
  readonly errors?: { parameter?: string }[];
}

let database: FreshDatabase;
let repository: StatisticsRepository;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await freshDatabase();
  const dataSource = await createDataSource(database.url, 2).initialize();
  repository = new StatisticsRepository(new Database(dataSource, new SystemChance()));
  close = () => dataSource.destroy();
});
afterAll(async () => {
  await close();
  await database.drop();
});

async function seat(mediaServerId: string, state: string, clientLegs = 0): Promise<void> {
  const agentId = await addAgent(database);
  const name = randomUUID();
  await database.query(
    `INSERT INTO placements (id, agent_id, media_server_id, state, sip_username, sip_ha1, sip_expires_at, conference, parking, reserved_at, client_legs, decision)
     VALUES (?, ?, ?, ?, ?, '', NOW(3), ?, 'conference', NOW(3), ?, '{}')`,
    [name, agentId, mediaServerId, state, name, name, clientLegs],
  );
}

/** A sample so many seconds ago, at the start of its step. */
async function sample(mediaServerId: string, stepSeconds: number, secondsAgo: number, agents: number): Promise<void> {
  await database.query(
    `INSERT INTO statistics (media_server_id, step_seconds, at, agents_in_call, reserved, talking, capacity, load_average)
     VALUES (?, ?, FROM_UNIXTIME(FLOOR((UNIX_TIMESTAMP(NOW(3)) - ?) / ?) * ?), ?, 0, 0, 100, 1)`,
    [mediaServerId, stepSeconds, secondsAgo, stepSeconds, stepSeconds, agents],
  );
}

async function kept(mediaServerId: string, stepSeconds: number): Promise<{ agents: number; at: Date }[]> {
  return database.query('SELECT agents_in_call AS agents, at FROM statistics WHERE media_server_id = ? AND step_seconds = ? ORDER BY at', [mediaServerId, stepSeconds]);
}

describe('recording how full the media servers are', () => {
  it('counts the placements of the servers this manager owns, once a step', async () => {
    const [mine, other] = await addServers(database, 2);
    await database.query("UPDATE media_servers SET ami_owner = 'me', load_average = 1.5 WHERE id = ?", [mine!.id]);
    for (const [state, legs] of [['connected', 1], ['connected', 0], ['lost', 0], ['reserved', 0], ['released', 0], ['expired', 0]] as const) await seat(mine!.id, state, legs);
    await seat(other!.id, 'connected');
    await repository.record('me');
    await repository.record('me');
    const found = await database.query('SELECT agents_in_call AS agents, reserved, talking, capacity, load_average AS loadAverage FROM statistics');
    expect(found.length).toBeLessThanOrEqual(2);
    expect(found[0]).toEqual({ agents: 3, reserved: 1, talking: 1, capacity: 100, loadAverage: 1.5 });
    expect(await kept(other!.id, 10)).toEqual([]);
  });

  it('rolls finished minutes up, each once, and leaves the one that runs alone', async () => {
    const [server] = await addServers(database, 1);
    await database.query("UPDATE media_servers SET ami_owner = 'me' WHERE id = ?", [server!.id]);
    for (let ago = 0; ago < 300; ago += 10) await sample(server!.id, 10, ago, 4);
    await repository.rollUp('me');
    await repository.rollUp('me');
    const minutes = await kept(server!.id, 60);
    expect(minutes.length).toBeGreaterThanOrEqual(3);
    expect(minutes.every(({ agents }) => agents === 4)).toBe(true);
    expect(minutes.every(({ at }) => at.getTime() + 60_000 <= Date.now())).toBe(true);
  });

  it('throws away what is older than it is kept', async () => {
    const [server] = await addServers(database, 1);
    await sample(server!.id, 10, 7 * 3_600, 1);
    await sample(server!.id, 10, 5 * 3_600, 1);
    await sample(server!.id, 60, 8 * 24 * 3_600, 1);
    await sample(server!.id, 60, 6 * 24 * 3_600, 1);
    await repository.forgetOld();
    expect([(await kept(server!.id, 10)).length, (await kept(server!.id, 60)).length]).toEqual([1, 1]);
  });
});

describe('asking how full a media server was', () => {
  let manager: RunningManager;
  let key: string;
  const ask = (id: string, query = ''): Promise<Answer<Statistics>> => call<Statistics>(manager, 'GET', `/api/v1/media-servers/${id}/statistics${query}`, { token: key });

  beforeAll(async () => {
    manager = await startManager({ databaseUrl: database.url });
    key = await addApiKey(database, ['media-servers:read']);
  });
  afterAll(() => manager.stop());

  it('answers in the steps asked for, up to the present', async () => {
    const [server] = await addServers(database, 1);
    for (let ago = 120; ago <= 600; ago += 60) await sample(server!.id, 60, ago, 6);
    for (let ago = 0; ago < 60; ago += 10) await sample(server!.id, 10, ago, 8);
    const { status, body } = await ask(server!.id, `?from=${new Date(Date.now() - 900_000).toISOString()}&stepSeconds=60`);
    expect(status).toBe(200);
    expect(body.items.at(-1)).toMatchObject({ agentsInCall: 8, capacity: 100, loadAverage: 1 });
    expect(body.items[0]).toMatchObject({ agentsInCall: 6 });
    expect(new Date(body.items[0]!.at).getTime() % 60_000).toBe(0);
    expect((await ask(server!.id)).body.items.length).toBeGreaterThan(0);
  });

  it('refuses what is not well formed, by the name of the parameter', async () => {
    const [server] = await addServers(database, 1);
    const wrong: [query: string, parameter: string][] = [
      ['?from=yesterday', 'from'], ['?to=2026-13-01T00:00:00Z', 'to'], ['?stepSeconds=0', 'stepSeconds'], ['?stepSeconds=1e3', 'stepSeconds'], ['?stepSeconds=', 'stepSeconds'],
      ['?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'], ['?from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z', 'from'], ['?step=5', 'step'],
    ];
    for (const [query, parameter] of wrong) {
      const { status, body } = await ask(server!.id, query);
      expect([query, status, body.code, body.errors?.[0]?.parameter]).toEqual([query, 400, 'REQUEST.INVALID', parameter]);
    }
    expect((await ask('no-id')).status).toBe(400);
    expect((await ask(randomUUID())).body.code).toBe('MEDIA_SERVER.NOT_FOUND');
  });

  it('any moment a caller may write is answered, and agents are not', async () => {
    const [server] = await addServers(database, 1);
    for (const query of ['?from=1900-01-01T00:00:00Z', '?to=2199-12-31T23:59:59.999Z', '?from=1900-01-01T00:00:00Z&to=1900-01-02T00:00:00Z', '?from=2199-01-01T00:00:00Z&to=2199-01-02T00:00:00Z&stepSeconds=86400']) {
      expect([query, [200, 400].includes((await ask(server!.id, query)).status)]).toEqual([query, true]);
    }
    const agent = await call(manager, 'GET', `/api/v1/media-servers/${server!.id}/statistics`, { token: tokenFor(await addAgent(database)) });
    expect(agent.status).toBe(403);
  });

  it('advises a capacity once its machine has told its cores and a week tells what an agent costs', async () => {
    const [server] = await addServers(database, 1);
    const advice = async (): Promise<{ capacity: number | null; reason: string; samples: number }> =>
      (await call<{ capacity: number | null; reason: string; samples: number }>(manager, 'GET', `/api/v1/media-servers/${server!.id}/capacity-advice`, { token: key })).body;
    expect(await advice()).toEqual({ capacity: null, reason: expect.stringContaining('has not told how many cores'), samples: 0, loadPerSeat: null });
    await database.query('UPDATE media_servers SET cores = 4 WHERE id = ?', [server!.id]);
    expect((await advice()).reason).toBe('It has not been watched for an hour yet.');
    for (let minute = 1; minute <= 90; minute += 1) await sample(server!.id, 60, minute * 60, minute % 30);
    await database.query('UPDATE statistics SET load_average = 0.21 + 0.02 * agents_in_call WHERE media_server_id = ?', [server!.id]);
    expect(await advice()).toMatchObject({ capacity: 129, samples: 90, loadPerSeat: 0.02, reason: expect.stringContaining('At 129 agents its load would reach 0.7 for each of 4 cores') });
    const missing = await call<{ code: string }>(manager, 'GET', `/api/v1/media-servers/${randomUUID()}/capacity-advice`, { token: key });
    expect([missing.status, missing.body.code]).toEqual([404, 'MEDIA_SERVER.NOT_FOUND']);
  });
});
