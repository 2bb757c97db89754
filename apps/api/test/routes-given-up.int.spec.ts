import { randomUUID } from 'node:crypto';
import { call } from './support/api.js';
import { addQueue, addSeated, agentState, allCalls, ask as askManager, callRow, emptyHouse } from './support/caller-world.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { type RunningManager, startManager } from './support/manager.js';
import { addAgent, addApiKey, addServers, type PoolServer, tokenFor } from './support/pool.js';

let database: FreshDatabase;
let manager: RunningManager;
let key: string;
let server: PoolServer;

beforeAll(async () => {
  database = await freshDatabase();
  key = await addApiKey(database, ['routes:read']);
  manager = await startManager({ databaseUrl: database.url });
}, 60_000);
afterAll(async () => {
  await manager.stop();
  await database.drop();
});
beforeEach(async () => {
  await emptyHouse(database);
  server = (await addServers(database, 1))[0]!;
});

const ask = (to: string, callId: string): ReturnType<typeof askManager> => askManager(manager, key, to, callId);

describe('a caller who gives up on the way to us', () => {
  const giveUp = (callId: string) => call(manager, 'DELETE', `/api/v1/routes?${new URLSearchParams({ callId }).toString()}`, { token: key });

  it('gives the agent back at once, leaves one final record, and a target that leads nowhere; said twice it changes nothing', async () => {
    const { number } = await addQueue(database);
    const ann = await addSeated(database, server.id);
    const { body: view } = await ask(number, 'gone@carrier.test');
    for (let n = 0; n < 2; n += 1) expect((await giveUp('gone@carrier.test')).status).toBe(204);
    expect(await callRow(database, view.callId)).toMatchObject({ state: 'ended', endReason: 'abandoned' });
    expect(await agentState(database, ann.agentId)).toBe('ready');
    const ended = await database.query("SELECT id FROM call_events WHERE call_id = ? AND type = 'call.ended'", [view.callId]);
    expect(ended).toHaveLength(1);
  });

  it('is promised nobody when the manager hears of it first', async () => {
    const { number } = await addQueue(database);
    const ann = await addSeated(database, server.id);
    await giveUp('early@carrier.test');
    expect((await ask(number, 'early@carrier.test')).body.code).toBe('ROUTE.NOBODY_THERE');
    expect(await agentState(database, ann.agentId)).toBe('ready');
    expect(await allCalls(database)).toHaveLength(0);
  });

  it('also while the route is being looked for, and out of the queue', async () => {
    const { number } = await addQueue(database);
    const ids = Array.from({ length: 20 }, () => `${randomUUID()}@carrier.test`);
    await Promise.all(ids.flatMap((id) => [ask(number, id), giveUp(id)]));
    const calls = await allCalls(database);
    expect(calls.map(({ state, endReason }) => `${state} ${endReason}`)).toEqual(calls.map(() => 'ended abandoned'));
  });

  it('is not taken from an agent when the leg is there already; a Call-ID nobody knows is no fault', async () => {
    const { number } = await addQueue(database);
    await addSeated(database, server.id);
    const { body: view } = await ask(number, 'through@carrier.test');
    await database.query('UPDATE calls SET leg_uniqueid = ? WHERE id = ?', ['1.5', view.callId]);
    await giveUp('through@carrier.test');
    expect((await callRow(database, view.callId)).state).toBe('ringing');
    expect((await giveUp('nobody@carrier.test')).status).toBe(204);
    expect((await call(manager, 'DELETE', '/api/v1/routes', { token: key })).status).toBe(400);
    expect((await call(manager, 'DELETE', '/api/v1/routes?callId=x', { token: tokenFor(await addAgent(database)) })).status).toBe(403);
  });
});
