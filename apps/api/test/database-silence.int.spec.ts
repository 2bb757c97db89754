import type { PlacementView } from '../src/selection/placement.view.js';
import { call } from './support/api.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { type RunningManager, startManager } from './support/manager.js';
import { addAgent, addServers, type PoolServer, tokenFor } from './support/pool.js';
import { expectSeatsToBeRight } from './support/selection-world.js';
import { until } from './support/until.js';
import { layWire, type Wire } from './support/wire.js';

let database: FreshDatabase;
let wire: Wire;
let manager: RunningManager;
let other: RunningManager;
let server: PoolServer;
let agentId: string;
let seat: PlacementView;

beforeAll(async () => {
  database = await freshDatabase();
  server = (await addServers(database, 1))[0]!;
  wire = await layWire(database.url);
  [manager, other] = await Promise.all([startManager({ databaseUrl: wire.url }), startManager({ databaseUrl: database.url })]);
  agentId = await addAgent(database);
  seat = (await place(other)).body;
}, 90_000);
afterAll(async () => {
  await Promise.all([manager.stop(), other.stop()]);
  await wire.close();
  await database.drop();
});

async function place(at = manager, token = tokenFor(agentId)) {
  const began = performance.now();
  const answer = await call<PlacementView & { code: string }>(at, 'POST', '/api/v1/placements', { token, body: {} });
  return { ...answer, ms: performance.now() - began };
}
const beat = () => call(manager, 'POST', `/api/v1/placements/${seat.id}/heartbeat`, { token: tokenFor(agentId) });
const lookUp = async (table: string) =>
  (await call<string>(manager, 'POST', `/api/v1/asterisk/realtime/${table}/single`, { token: server.realtimeToken, body: `id=${seat.sip!.username}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).body;

describe('a manager whose MySQL is silent, with connections that stand', () => {
  it('lets seated agents beat and Asterisk look them up, refuses new seats within three seconds, and goes on by itself', async () => {
    // Each is known to this manager from before: the agent, the media server, and the seat that another manager gave.
    await until('the seat is known here', async () => (await beat()).status === 200);
    await until('the seat is remembered here', async () => /^nailup_seats_remembered 1$/m.test(String((await call(manager, 'GET', '/metrics')).body)));
    expect(await lookUp('ps_endpoints')).toContain(seat.sip!.username);
    expect(await lookUp('ps_auths')).toContain('md5_cred');
    wire.hang();
    const waits: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const refused = await place(manager, tokenFor(await addAgent(database)));
      waits.push(refused.ms);
      expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'SERVICE.DATABASE_UNAVAILABLE', '2']);
      expect((await beat()).status).toBe(200);
      expect(await lookUp('ps_endpoints')).toContain(seat.sip!.username);
      expect(await lookUp('ps_auths')).toContain('md5_cred');
    }
    expect((await call(manager, 'GET', '/health/ready')).body).toMatchObject({ status: 'degraded', dependencies: { database: { status: 'down', detail: expect.stringContaining('MySQL') } } });
    wire.mend();
    const began = performance.now();
    await until('agents get seats again', async () => (await place()).status === 200, 15_000);
    process.stdout.write(`MySQL silent: longest wait ${Math.round(Math.max(...waits))} ms (goal <= 3000), seats again after ${Math.round(performance.now() - began)} ms (goal <= 10000)\n`);
    expect(Math.max(...waits)).toBeLessThan(3_000);
    await expectSeatsToBeRight(database);
  });

  it('forgets a seat with its end, also for the time in which MySQL is silent', async () => {
    await call(other, 'DELETE', `/api/v1/placements/${seat.id}`, { token: tokenFor(agentId) });
    await until('the end is known here', async () => (await beat()).status === 409);
    wire.hang();
    await place(manager, tokenFor(await addAgent(database)));
    expect(JSON.stringify(await lookUp('ps_auths'))).not.toContain('md5_cred');
    wire.mend();
  });
});
