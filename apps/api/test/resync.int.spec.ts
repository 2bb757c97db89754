import fc from 'fast-check';
import { createConnection } from 'mysql2/promise';
import { type ConferenceLevel, placementStates } from '@nailup/domain';
import { compareWithAsterisk, type WrittenSeat } from '../src/selection/ledger-plan.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { addServers, epoch, type PoolServer } from './support/pool.js';
import { openRooms, type Rooms } from './support/rooms.js';

let database: FreshDatabase;
let rooms: Rooms;
let servers: PoolServer[];
let seats: { id: string; conference: string }[];

beforeAll(async () => {
  database = await freshDatabase();
  rooms = await openRooms(database);
  servers = await addServers(database, 2);
  seats = await Promise.all(Array.from({ length: 40 }, () => rooms.seat()));
}, 60_000);
afterAll(async () => {
  await rooms.close();
  await database.drop();
});

const reads = (conferences: readonly ConferenceLevel[]) => rooms.ledger.observe({ mediaServerId: servers[0]!.id, epoch, complete: true, conferences });
const written = () =>
  database.query<WrittenSeat>('SELECT id, agent_id AS agentId, media_server_id AS mediaServerId, conference, leg_uniqueid AS legUniqueid, state, client_legs AS clientLegs FROM placements');
/** Each row as it is given; what is told of the others is nothing. */
async function write(rows: readonly { state: string; leg: string | null; clientLegs: number; server: number }[]): Promise<void> {
  for (const [at, { state, leg, clientLegs, server }] of rows.entries()) {
    await database.query('UPDATE placements SET state = ?, leg_uniqueid = ?, client_legs = ?, media_server_id = ?, lost_until = NULL WHERE id = ?', [state, leg, clientLegs, servers[server]!.id, seats[at]!.id]);
  }
}
const asAtFirst = () => write(seats.map((_, at) => ({ state: 'connected', leg: `1.${at}`, clientLegs: at % 2, server: 0 })));
const allSit = (): ConferenceLevel[] => seats.map(({ conference }, at) => ({ conference, legs: [`1.${at}`], clientLegs: at % 2 }));

describe('a media server that is read anew', () => {
  it('leaves MySQL equal to what it shows, whatever was written before', async () => {
    const leg = fc.constantFrom('1.1', '1.2', '1.3');
    const row = fc.record({ state: fc.constantFrom('connected' as const, 'connected' as const, ...placementStates), leg, clientLegs: fc.nat(1), server: fc.constantFrom(0, 0, 0, 1) });
    const other = fc.option(fc.record({ legs: fc.subarray(['1.1', '1.2', '1.3']), clientLegs: fc.nat(1) }));
    const show = fc.tuple(fc.nat(4), other).map(([chance, level]) => (chance > 0 ? ('same' as const) : level));
    await asAtFirst();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(row, show), { minLength: 4, maxLength: 4 }), async (world) => {
        await write(world.map(([one]) => ({ ...one, leg: one.state === 'connected' || one.state === 'lost' ? one.leg : null })));
        const shown = seats.flatMap(({ conference }, at): ConferenceLevel[] => {
          const [one, shows] = world[at] ?? [{ leg: `1.${at}`, clientLegs: at % 2 }, 'same'];
          if (typeof shows === 'string') return [{ conference, legs: [one.leg], clientLegs: one.clientLegs }];
          return shows ? [{ ...shows, conference }] : [];
        });
        await reads(shown);
        const { joined, lost, adjusted } = compareWithAsterisk(servers[0]!.id, shown, (await written()).filter((one) => shown.some(({ conference }) => conference === one.conference) || (one.mediaServerId === servers[0]!.id && (one.state === 'connected' || ((one.state === 'reserved' || one.state === 'lost') && one.clientLegs > 0)))));
        expect({ joined, lost, adjusted }).toEqual({ joined: [], lost: [], adjusted: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('and stands as it is written waits for nobody who holds it, and writes nothing', async () => {
    await asAtFirst();
    const before = await database.query('SELECT seq FROM event_head');
    const other = await createConnection({ uri: database.url });
    try {
      await other.query('START TRANSACTION');
      await other.query('SELECT id FROM media_servers WHERE id = ? FOR UPDATE', [servers[0]!.id]);
      expect(await reads(allSit())).toEqual({ orphans: [] });
    } finally {
      await other.end();
    }
    expect(await database.query('SELECT seq FROM event_head')).toEqual(before);
  });

  it('two agents who have each other\'s legs are found out', async () => {
    await asAtFirst();
    const [first, second, ...others] = allSit();
    await reads([{ ...first!, legs: second!.legs }, { ...second!, legs: first!.legs }, ...others]);
    expect([(await rooms.stands(seats[0]!.id)).leg_uniqueid, (await rooms.stands(seats[1]!.id)).leg_uniqueid]).toEqual(['1.1', '1.0']);
  });

  it('a picture of a former owner writes nothing', async () => {
    await asAtFirst();
    await rooms.ledger.observe({ mediaServerId: servers[0]!.id, epoch: epoch - 1, complete: true, conferences: [] });
    expect((await written()).every(({ state }) => state === 'connected')).toBe(true);
  });
});
