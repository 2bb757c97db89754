import { type FreshDatabase, freshDatabase } from './support/database.js';
import { addServers, epoch, type PoolServer } from './support/pool.js';
import { openRooms, type Rooms } from './support/rooms.js';

let database: FreshDatabase;
let rooms: Rooms;
let server: PoolServer;

beforeAll(async () => {
  database = await freshDatabase();
  rooms = await openRooms(database);
  server = (await addServers(database, 1))[0]!;
}, 60_000);
afterAll(async () => {
  await rooms.close();
  await database.drop();
});

const shows = (conference: string, legs: string[]) => rooms.ledger.observe({ mediaServerId: server.id, epoch, complete: false, conferences: [{ conference, legs, clientLegs: 0 }] });
const stateOf = async (agentId: string) => (await database.query<{ state: string }>('SELECT state FROM agents WHERE id = ?', [agentId]))[0]?.state;
const choose = (agentId: string, state: string) => database.query('UPDATE agents SET state = ? WHERE id = ?', [state, agentId]);
const toldStates = async (agentId: string) => (await rooms.told(agentId)).filter(({ type }) => type === 'agent.state').map(({ data }) => data.state);

describe('the state of an agent and her seat', () => {
  it('turns from offline to ready when she takes her seat, and back when nobody came back to it', async () => {
    const { id, agentId, conference } = await rooms.seat();
    expect(await stateOf(agentId)).toBe('offline');
    await shows(conference, ['1.1']);
    expect(await stateOf(agentId)).toBe('ready');
    await shows(conference, []);
    expect(await stateOf(agentId)).toBe('ready');
    await database.query('UPDATE placements SET lost_until = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [id]);
    expect(await rooms.sweeper.sweep()).toBe(1);
    expect(await stateOf(agentId)).toBe('offline');
    expect(await toldStates(agentId)).toEqual(['ready', 'offline']);
  });

  it('keeps a pause she chose through a reload and through the death of her media server', async () => {
    const { agentId, conference } = await rooms.seat();
    await shows(conference, ['2.1']);
    await choose(agentId, 'paused');
    await shows(conference, []);
    await shows(conference, ['2.2']);
    await rooms.ledger.serverFailed(server.id, epoch);
    expect(await stateOf(agentId)).toBe('paused');
    expect(await toldStates(agentId)).toEqual(['ready']);
  });
});

describe('the first beat of a page', () => {
  const beatOf = async (id: string) => (await rooms.stands(id)).heartbeat_at;

  it('counts also when it is written before her leg is: she may freeze before the next one', async () => {
    const { id, conference } = await rooms.seat();
    await database.query('UPDATE placements SET heartbeat_at = NOW(3) WHERE id = ?', [id]);
    await shows(conference, ['3.1']);
    expect(await beatOf(id)).not.toBeNull();
  });

  it('is not held against the page that comes after: its silence begins with its own beats', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['4.1']);
    await shows(conference, []);
    await database.query('UPDATE placements SET heartbeat_at = NOW(3) - INTERVAL 3 SECOND WHERE id = ?', [id]);
    await shows(conference, ['4.2']);
    expect(await beatOf(id)).toBeNull();
  });
});
