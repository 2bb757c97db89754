import { createConnection } from 'mysql2/promise';
import type { LogEvent } from '../src/live/event-log.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { addAgents, addServers } from './support/pool.js';
import { openRooms, type Rooms } from './support/rooms.js';
import { expectSeatsToBeRight } from './support/selection-world.js';
import { until } from './support/until.js';

let database: FreshDatabase;
let managers: Rooms[];

beforeEach(async () => {
  database = await freshDatabase();
  managers = [await openRooms(database), await openRooms(database)];
}, 60_000);
afterEach(async () => {
  for (const { tail, liveSeats } of managers) {
    await liveSeats.onModuleDestroy();
    tail.onApplicationShutdown();
  }
  await Promise.all(managers.map((rooms) => rooms.close()));
  await database.drop();
});

const seat = (rooms: Rooms, agentId: string) => rooms.selection.seat({ agentId, region: null, exclude: [] });

/** Whether somebody waits in a statement that says this. */
const waitsIn = async (words: string): Promise<boolean> => (await database.query<{ Info: string | null }>('SHOW FULL PROCESSLIST')).some(({ Info }) => Info?.startsWith(words) === true);

/** Somebody else's transaction that holds what `sql` touches until it is let go. */
async function held(sql: string, values: unknown[] = []): Promise<{ letGo(): Promise<void> }> {
  const holder = await createConnection({ uri: database.url });
  await holder.query('START TRANSACTION');
  await holder.query(sql, values);
  return { letGo: async () => { await holder.query('COMMIT'); await holder.end(); } };
}

describe('agents who ask for a seat', () => {
  it('while others decide come along with whoever waits for the same lock', async () => {
    await addServers(database, 3);
    const [alice, bob, carol] = (await addAgents(database, 3)) as [string, string, string];
    const { letGo } = await held('SELECT * FROM pool WHERE id = 1 FOR UPDATE');
    const seats = [seat(managers[0]!, alice)];
    await until('she waits for the lock', () => waitsIn('SELECT policy, parking FROM pool'));
    seats.push(seat(managers[0]!, bob), seat(managers[0]!, carol));
    await letGo();
    const servers = (await Promise.all(seats)).map(({ placement }) => placement.mediaServerId);
    expect(new Set(servers).size).toBe(3);
    expect(await database.query('SELECT id FROM selection_pictures')).toHaveLength(1);
  });

  it('get none on a media server that failed after it was chosen', async () => {
    const [failing, other] = await addServers(database, 2);
    const agents = await addAgents(database, 2);
    await seat(managers[0]!, agents[0]!);
    await database.query('UPDATE placements SET media_server_id = ?', [other!.id]);
    await database.query('UPDATE media_servers SET seats = (id = ?)', [other!.id]);
    const { letGo } = await held("UPDATE media_servers SET health = 'down' WHERE id = ?", [failing!.id]);
    const asked = seat(managers[0]!, agents[1]!);
    await until('her seat there is being written', () => waitsIn('UPDATE media_servers SET seats'));
    await letGo();
    expect((await asked).placement.mediaServerId).toBe(other!.id);
    await expectSeatsToBeRight(database);
    expect(await database.query('SELECT seq FROM event_log ORDER BY seq')).toEqual([{ seq: 1 }, { seq: 2 }]);
  });

  it('at two managers are told of by both, each event once, in order, and as it is written', async () => {
    await addServers(database, 5);
    const agents = await addAgents(database, 200);
    const heard: LogEvent[][] = [];
    for (const { tail, liveSeats } of managers) {
      await tail.onApplicationBootstrap();
      await liveSeats.onApplicationBootstrap();
      const events: LogEvent[] = [];
      heard.push(events);
      tail.subscribe('head', (some) => void events.push(...some));
    }
    const seats = await Promise.all(agents.map(async (agentId, at) => {
      // Neither all at once, which would be one transaction, nor one after the other.
      for (let turn = at % 20; turn > 0; turn -= 1) await database.query('SELECT 1');
      return seat(managers[at % 2]!, agentId);
    }));
    await until('both have heard of all', () => heard.every((events) => events.length >= agents.length));
    const written = await database.query<LogEvent>('SELECT seq, type, at, subject, agent_id AS agentId, data FROM event_log ORDER BY seq');
    for (const events of heard) expect(events).toEqual(written);
    const known = (rooms: Rooms) => seats.every(({ placement }) => rooms.liveSeats.byUsername(placement.mediaServerId, placement.sipUsername)?.placementId === placement.id);
    await until('both know every seat', () => managers.every(known));
    const hashes = await database.query<{ id: string; ha1: string }>('SELECT id, sip_ha1 AS ha1 FROM placements');
    for (const { liveSeats } of managers) expect(hashes.map(({ id }) => ({ id, ha1: liveSeats.byId(id)?.ha1 }))).toEqual(hashes);
  });

  it('again are remembered by the password they were given last, at once after the first as well as later', async () => {
    const [{ selection, tail, liveSeats }] = managers as [Rooms, Rooms];
    await tail.onApplicationBootstrap();
    await liveSeats.onApplicationBootstrap();
    await addServers(database, 1);
    const [alice] = (await addAgents(database, 1)) as [string];
    const { placement: { id } } = await selection.seat({ agentId: alice, region: null, exclude: [] });
    const remembered = async (): Promise<boolean> => (await database.query<{ ha1: string }>('SELECT sip_ha1 AS ha1 FROM placements WHERE id = ?', [id]))[0]?.ha1 === liveSeats.byId(id)?.ha1;
    for (let again = 0; again < 2; again += 1) {
      await selection.seat({ agentId: alice, region: null, exclude: [] });
      await until('her last password is remembered', remembered, 2_000);
    }
  });
});
