import fc from 'fast-check';
import { Problem } from '../src/problem/problem.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { addAgents, addServers, epoch } from './support/pool.js';
import { openRooms, type Rooms } from './support/rooms.js';
import { expectSeatsToBeRight } from './support/selection-world.js';

let database: FreshDatabase;
let managers: Rooms[];

beforeAll(async () => {
  database = await freshDatabase();
  managers = [await openRooms(database), await openRooms(database)];
}, 60_000);
afterAll(async () => {
  await Promise.all(managers.map((rooms) => rooms.close()));
  await database.drop();
});

type Deed = 'sit' | 'move' | 'join' | 'leave' | 'sweep' | 'server-fails' | 'count';

const deeds = fc.array(
  fc.record({
    deed: fc.constantFrom<Deed>('sit', 'sit', 'sit', 'move', 'join', 'join', 'leave', 'sweep', 'server-fails', 'count'),
    agent: fc.nat(29),
    manager: fc.nat(1),
  }),
  { minLength: 150, maxLength: 150 },
);

/** Refusals are answers; everything else is a fault. */
const answered = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });

describe('two managers while everything happens at once', () => {
  it('keep every count right, seat nobody twice, and never lock each other out', async () => {
    const servers = await addServers(database, 4, { capacity: 12 });
    const agents = await addAgents(database, 30);

    const act = async (deed: Deed, rooms: Rooms, agentId: string, at: number): Promise<void> => {
      const [seat] = await database.query<{ id: string; conference: string; server: string }>('SELECT id, conference, media_server_id AS server FROM placements WHERE live_agent_id = ?', [agentId]);
      const show = (legs: string[]) => seat && rooms.ledger.observe({ mediaServerId: seat.server, epoch, complete: false, conferences: [{ conference: seat.conference, legs, clientLegs: at % 2 }] });
      switch (deed) {
        case 'sit':
          return void (await answered(rooms.selection.seat({ agentId, region: null, exclude: [] })));
        case 'move':
          return void (await answered(rooms.selection.seat({ agentId, region: null, exclude: seat ? [seat.server] : [] })));
        case 'join':
          return void (await show([`1.${at}`]));
        case 'leave':
          return void (await show([]));
        case 'sweep':
          // By its primary key alone, as the product does: the hand of the test must not be what locks others out.
          if (seat) await database.query("UPDATE placements SET expires_at = NOW(3) WHERE id = ? AND state = 'reserved'", [seat.id]);
          return void (await rooms.sweeper.sweep());
        case 'server-fails':
          return void (await rooms.ledger.serverFailed(servers[at % servers.length]!.id, epoch));
        default:
          expect(await rooms.seatCount.correct()).toEqual([]);
      }
    };

    await fc.assert(
      fc.asyncProperty(deeds, async (history) => {
        await Promise.all(history.map(({ deed, agent, manager }, at) => act(deed, managers[manager]!, agents[agent]!, at)));
        await expectSeatsToBeRight(database);
        const [live] = await database.query<{ most: number }>(
          "SELECT COALESCE(MAX(seats), 0) AS most FROM (SELECT COUNT(*) AS seats FROM placements WHERE state IN ('reserved', 'connected', 'lost') GROUP BY agent_id) AS each_agent",
        );
        expect(live?.most).toBeLessThanOrEqual(1);
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect(managers.map((rooms) => rooms.deadlocks())).toEqual([0, 0]);
  });
});
