import { type FreshDatabase, freshDatabase } from './support/database.js';
import { addServers, epoch, type PoolServer } from './support/pool.js';
import { openRooms, type Rooms } from './support/rooms.js';
import { expectSeatsToBeRight } from './support/selection-world.js';

let database: FreshDatabase;
let rooms: Rooms;
let server: PoolServer;

beforeAll(async () => {
  database = await freshDatabase();
  rooms = await openRooms(database);
}, 60_000);
afterAll(async () => {
  await rooms.close();
  await database.drop();
});
beforeEach(async () => {
  await database.query('DELETE FROM placements');
  await database.query('DELETE FROM media_servers');
  server = (await addServers(database, 1))[0]!;
});
afterEach(() => expectSeatsToBeRight(database));

/** What Asterisk shows of one conference. */
const shows = (conference: string, legs: string[], clientLegs = 0, complete = false) =>
  rooms.ledger.observe({ mediaServerId: server.id, epoch, complete, conferences: [{ conference, legs, clientLegs }] });
const showsNothing = () => rooms.ledger.observe({ mediaServerId: server.id, epoch, complete: true, conferences: [] });

describe('a placement and what Asterisk shows', () => {
  it('is connected when its leg joins, and said so once', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1']);
    await shows(conference, ['1.1']);
    expect(await rooms.stands(id)).toMatchObject({ state: 'connected', leg_uniqueid: '1.1', expires_at: null });
    const told = await rooms.told(id);
    expect(told.map(({ type }) => type)).toEqual(['placement.reserved', 'placement.connected']);
    expect(told[1]?.data).toMatchObject({ placementId: id, mediaServerId: server.id, conference, legUniqueid: '1.1' });
  });

  it('is lost when its leg goes, still counted, and connected again when the page comes back', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1'], 1);
    await shows(conference, [], 1);
    expect(await rooms.stands(id)).toMatchObject({ state: 'lost', leg_uniqueid: null, client_legs: 1 });
    await shows(conference, ['1.2'], 1);
    expect(await rooms.stands(id)).toMatchObject({ state: 'connected', leg_uniqueid: '1.2', lost_until: null });
    expect((await rooms.told(id)).map(({ type }) => type)).toEqual(['placement.reserved', 'placement.connected', 'placement.lost', 'placement.connected']);
    expect((await rooms.told(id))[2]?.data).toMatchObject({ reason: 'leg_ended', legUniqueid: '1.1' });
  });

  it('stays connected when a newer leg takes the place of the older one, and forgets the beats of the older page', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1']);
    await database.query('UPDATE placements SET heartbeat_at = NOW(3) WHERE id = ?', [id]);
    await shows(conference, ['1.1'], 2);
    expect((await rooms.stands(id)).heartbeat_at).not.toBeNull();
    await database.query('UPDATE placements SET heartbeat_at = NOW(3) - INTERVAL 4 SECOND WHERE id = ?', [id]);
    await shows(conference, ['1.1', '1.2'], 2);
    await shows(conference, ['1.2'], 2);
    expect(await rooms.stands(id)).toMatchObject({ state: 'connected', leg_uniqueid: '1.2', client_legs: 2, heartbeat_at: null });
  });

  it.each(['joins', 'takes the place of an older one'])('keeps the beat of a page that beat just before its leg %s: should it freeze now, it is found', async (how) => {
    const { id, conference } = await rooms.seat();
    if (how !== 'joins') await shows(conference, ['1.1']);
    await database.query('UPDATE placements SET heartbeat_at = NOW(3) WHERE id = ?', [id]);
    await shows(conference, ['1.2']);
    expect(await rooms.stands(id)).toMatchObject({ state: 'connected', leg_uniqueid: '1.2', heartbeat_at: expect.any(Date) });
  });

  it('is lost when a snapshot does not list it, but a reservation nobody took up yet is not', async () => {
    const connected = await rooms.seat();
    const reserved = await rooms.seat();
    await shows(connected.conference, ['1.1']);
    await showsNothing();
    expect((await rooms.stands(connected.id)).state).toBe('lost');
    expect((await rooms.stands(reserved.id)).state).toBe('reserved');
  });

  it('has no client any more when a snapshot does not show the one who came before her agent', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, [], 1);
    expect(await rooms.stands(id)).toMatchObject({ state: 'reserved', client_legs: 1 });
    await showsNothing();
    expect(await rooms.stands(id)).toMatchObject({ state: 'reserved', client_legs: 0 });
  });

  it('makes many equal in one go', async () => {
    const seats = await Promise.all(Array.from({ length: 40 }, () => rooms.seat()));
    const conferences = seats.map(({ conference }, at) => ({ conference, legs: [`2.${at}`], clientLegs: at % 3 }));
    await rooms.ledger.observe({ mediaServerId: server.id, epoch, complete: true, conferences });
    for (const [at, { id }] of seats.entries()) expect(await rooms.stands(id)).toMatchObject({ state: 'connected', leg_uniqueid: `2.${at}`, client_legs: at % 3 });
    await rooms.ledger.observe({ mediaServerId: server.id, epoch, complete: true, conferences: conferences.slice(0, 10) });
    const [count] = await database.query<{ lost: number }>("SELECT COUNT(*) AS lost FROM placements WHERE state = 'lost'");
    expect(count?.lost).toBe(30);
  });

  it('names legs that nobody is entitled to: after the seat ended, on the wrong server, or of no placement at all', async () => {
    const { id, conference, mediaServerId } = await rooms.seat();
    const [other] = (await addServers(database, 1)) as [PoolServer];
    const elsewhere = await rooms.ledger.observe({ mediaServerId: other.id, epoch, complete: false, conferences: [{ conference, legs: ['9.1'], clientLegs: 0 }] });
    expect(elsewhere.orphans).toEqual([{ conference, legs: ['9.1'] }]);
    expect((await rooms.stands(id)).state).toBe('reserved');
    await rooms.ledger.serverFailed(mediaServerId, epoch);
    expect((await shows(conference, ['1.1'])).orphans).toEqual([{ conference, legs: ['1.1'] }]);
    expect((await shows('stranger', ['1.2'])).orphans).toEqual([{ conference: 'stranger', legs: ['1.2'] }]);
    expect((await rooms.stands(id)).state).toBe('released');
  });

  it('is written by the owner of the media server only: a stale epoch changes nothing', async () => {
    const { id, conference } = await rooms.seat();
    await rooms.ledger.observe({ mediaServerId: server.id, epoch: epoch - 1, complete: false, conferences: [{ conference, legs: ['1.1'], clientLegs: 0 }] });
    expect(await rooms.ledger.serverFailed(server.id, epoch - 1)).toBe(0);
    expect((await rooms.stands(id)).state).toBe('reserved');
  });

  it('ends with its media server, whatever its state, so that the agent can sit elsewhere at once', async () => {
    const seats = [await rooms.seat(), await rooms.seat(), await rooms.seat()];
    await shows(seats[0]!.conference, ['1.1']);
    await shows(seats[1]!.conference, ['1.2']);
    await shows(seats[1]!.conference, []);
    expect(await rooms.ledger.serverFailed(server.id, epoch)).toBe(3);
    for (const { id } of seats) expect(await rooms.stands(id)).toMatchObject({ state: 'released', release_reason: 'media_server_failed' });
    expect(await rooms.ledger.serverFailed(server.id, epoch)).toBe(0);
  });
});

describe('what runs out', () => {
  const sweepAfter = async (change: string, id: string): Promise<number> => {
    await database.query(`UPDATE placements SET ${change} WHERE id = ?`, [id]);
    return rooms.sweeper.sweep();
  };
  const past = 'NOW(3) - INTERVAL 1 SECOND';

  it('a reservation nobody took up expires, and its seat is free', async () => {
    const { id } = await rooms.seat();
    expect(await rooms.sweeper.sweep()).toBe(0);
    expect(await sweepAfter(`expires_at = ${past}`, id)).toBe(1);
    expect(await rooms.stands(id)).toMatchObject({ state: 'expired', release_reason: null });
    expect(await rooms.sweeper.sweep()).toBe(0);
  });

  it('a seat nobody came back to is released', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1']);
    await shows(conference, []);
    expect(await rooms.sweeper.sweep()).toBe(0);
    expect(await sweepAfter(`lost_until = ${past}`, id)).toBe(1);
    expect(await rooms.stands(id)).toMatchObject({ state: 'released', release_reason: 'grace_ran_out' });
  });

  it('a browser that beat and fell silent loses its leg, and that leg cannot bring the seat back', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1']);
    expect(await sweepAfter('heartbeat_at = NOW(3) - INTERVAL 16 SECOND', id)).toBe(1);
    expect(await rooms.stands(id)).toMatchObject({ state: 'lost', leg_uniqueid: '1.1' });
    expect((await rooms.told(id)).at(-1)?.data).toMatchObject({ state: 'lost', reason: 'heartbeat', legUniqueid: '1.1' });
    expect((await shows(conference, ['1.1'])).orphans).toEqual([{ conference, legs: ['1.1'] }]);
    expect((await rooms.stands(id)).state).toBe('lost');
    await shows(conference, ['1.1', '1.2']);
    expect(await rooms.stands(id)).toMatchObject({ state: 'connected', leg_uniqueid: '1.2' });
  });

  it('a browser that never beat is never judged', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1']);
    expect(await sweepAfter('connected_at = NOW(3) - INTERVAL 1 HOUR', id)).toBe(0);
    expect((await rooms.stands(id)).state).toBe('connected');
  });

  it('nobody is judged for silence after an outage of the managers, until the browsers had time to come back', async () => {
    const { id, conference } = await rooms.seat();
    await shows(conference, ['1.1']);
    await database.query('UPDATE sweeps SET swept_at = NOW(3) - INTERVAL 1 MINUTE');
    expect(await rooms.sweeper.takeTurn()).toBe(true);
    expect(await rooms.sweeper.takeTurn()).toBe(false);
    expect(await sweepAfter('heartbeat_at = NOW(3) - INTERVAL 1 MINUTE', id)).toBe(0);
    await database.query('UPDATE sweeps SET silence_counts_from = NOW(3)');
    expect(await rooms.sweeper.sweep()).toBe(1);
  });

  it('the seat of an agent who was disabled ends even if nobody said so', async () => {
    const disabled = await rooms.seat();
    await database.query('UPDATE agents SET enabled = FALSE WHERE id = ?', [disabled.agentId]);
    expect(await rooms.sweeper.sweep()).toBe(1);
    expect(await rooms.stands(disabled.id)).toMatchObject({ state: 'released', release_reason: 'agent_disabled' });
  });

  it('seats of a media server that fell silent end when there is another one to go to, but for whoever talks', async () => {
    const [idle, talks] = [await rooms.seat(), await rooms.seat()];
    await shows(idle.conference, ['1.1']);
    await shows(talks.conference, ['1.2'], 1);
    await database.query("UPDATE media_servers SET health = 'down', last_seen_at = NOW(3)");
    expect(await rooms.sweeper.sweep()).toBe(0);
    await addServers(database, 1);
    expect(await rooms.sweeper.sweep()).toBe(1);
    expect(await rooms.stands(idle.id)).toMatchObject({ state: 'released', release_reason: 'media_server_failed' });
    expect((await rooms.stands(talks.id)).state).toBe('connected');
  });

  it('who talks on a media server nobody has heard of for a minute keeps the seat while her browser beats, and not without', async () => {
    const talks = await rooms.seat();
    await shows(talks.conference, ['1.1'], 1);
    await addServers(database, 1);
    await database.query("UPDATE media_servers SET health = 'down', last_seen_at = NOW(3) - INTERVAL 2 MINUTE WHERE id = ?", [server.id]);
    expect(await sweepAfter('heartbeat_at = NOW(3)', talks.id)).toBe(0);
    expect(await sweepAfter('heartbeat_at = NULL', talks.id)).toBe(1);
    expect((await rooms.stands(talks.id)).state).toBe('released');
  });

  it('counting the seats again finds nothing to correct, and corrects what it finds', async () => {
    await Promise.all([rooms.seat(), rooms.seat(), rooms.seat()]);
    expect(await rooms.seatCount.correct()).toEqual([]);
    await database.query('UPDATE media_servers SET seats = 9');
    expect(await rooms.seatCount.correct()).toMatchObject([{ id: server.id, seats: 9, live: 3 }]);
    expect(await rooms.seatCount.correct()).toEqual([]);
  });
});
