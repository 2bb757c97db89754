import { addQueue, addSeated, callRow } from './support/caller-world.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { dispatchWorld, type DispatchWorld } from './support/dispatch-world.js';
import { addServers } from './support/pool.js';

let database: FreshDatabase;
let world: DispatchWorld;

beforeAll(async () => {
  database = await freshDatabase();
  world = await dispatchWorld(database);
});
afterAll(async () => {
  await world.stop();
  await database.drop();
});

it('callers who wait because nobody is free keep no route waiting: looking at them takes no lock, and the first who comes free is found', async () => {
  const [server] = await addServers(database, 1);
  const { number } = await addQueue(database);
  const { callId } = await world.route(number, 'waits@carrier.test');
  await world.legSeen(callId);
  await database.query('START TRANSACTION');
  await database.query('SELECT id FROM dispatch WHERE id = 1 FOR UPDATE');
  await world.look();
  await database.query('ROLLBACK');
  expect((await callRow(database, callId)).state).toBe('queued');
  const ann = await addSeated(database, server!.id);
  await world.look();
  expect(await callRow(database, callId)).toMatchObject({ state: 'ringing', agentId: ann.agentId });
});

it('a caller who has waited for as long as the queue allows is let go, also when nobody is free', async () => {
  const { number } = await addQueue(database, { maxWaitSeconds: 10 });
  const { callId } = await world.route(number, 'too-long@carrier.test');
  await world.legSeen(callId);
  await database.query('UPDATE calls SET started_at = NOW(3) - INTERVAL 11 SECOND WHERE id = ?', [callId]);
  await world.look();
  expect(await callRow(database, callId)).toMatchObject({ state: 'ended', endReason: 'limit' });
});
