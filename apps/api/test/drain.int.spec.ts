import { randomUUID } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { call } from './support/api.js';
import { startManager } from './support/manager.js';
import { type Office, openOffice } from './support/people.js';
import { addAgent, addServers, seatsOf, tokenFor } from './support/pool.js';
import { until } from './support/until.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

afterAll(() => office.close());

beforeEach(async () => {
  for (const table of ['calls', 'placements', 'media_servers']) await office.database.query(`DELETE FROM ${table}`);
});

interface Drain {
  readonly agentsAtStart: number;
  readonly agentsLeft: number;
  readonly busy: number;
  readonly secondsLeft: number | null;
  readonly heldUpBy: string | null;
}

interface Server {
  readonly mode: string;
  readonly drain: Drain | null;
}

const query = <T = object>(sql: string, values?: unknown[]): Promise<T[]> => office.database.query(sql, values) as Promise<T[]>;
const drain = async (id: string, body: object): Promise<Server> => (await call<Server>(office.manager, 'POST', `/api/v1/media-servers/${id}/drain`, { token: office.tokens.admin, body })).body;
const look = async (id: string): Promise<Server> => (await call<Server>(office.manager, 'GET', `/api/v1/media-servers/${id}`, { token: office.tokens.supervisor })).body;

/** Agents who sit there. @returns the ids of their placements, who sat down first first */
async function seated(count: number): Promise<{ id: string; agentId: string }[]> {
  const seats: { id: string; agentId: string }[] = [];
  for (let n = 0; n < count; n += 1) {
    const agentId = await addAgent(office.database);
    const { body } = await call<{ id: string }>(office.manager, 'POST', '/api/v1/placements', { token: tokenFor(agentId), body: {} });
    seats.push({ id: body.id, agentId });
  }
  await query("UPDATE placements SET state = 'connected', connected_at = NOW(3)");
  return seats;
}

async function onCall({ id, agentId }: { id: string; agentId: string }, mediaServerId: string): Promise<string> {
  const callId = randomUUID();
  await query(
    `INSERT INTO calls (id, direction, state, agent_id, placement_id, media_server_id, from_number, to_number, started_at, answered_at, due_at)
     VALUES (?, 'outbound', 'answered', ?, ?, ?, '+15550200', '+15550100', NOW(3), NOW(3), NOW(3) + INTERVAL 1 HOUR)`,
    [callId, agentId, id, mediaServerId],
  );
  return callId;
}

const left = async (): Promise<string[]> => (await query<{ id: string }>("SELECT id FROM placements WHERE state = 'connected' ORDER BY id")).map(({ id }) => id);

describe('a media server that drains', () => {
  it('lets go of the agents who are not on a call one after the other, and waits for the call of the one who is', async () => {
    const [old] = await addServers(office.database, 1);
    const [talking, first, second] = await seated(3);
    const callId = await onCall(talking!, old!.id);
    await addServers(office.database, 1);
    expect((await drain(old!.id, { movesPerMinute: 30 })).drain).toMatchObject({ agentsAtStart: 3, agentsLeft: 3, busy: 1, secondsLeft: null });
    await until('the one who sat longest was moved, alone', async () => (await left()).join() === [talking!.id, second!.id].join());
    await until('only the one on a call is left', async () => (await left()).join() === talking!.id);
    expect(await query('SELECT release_reason AS reason FROM placements WHERE id IN (?)', [[first!.id, second!.id]])).toEqual([{ reason: 'media_server_drained' }, { reason: 'media_server_drained' }]);
    expect((await look(old!.id)).drain).toMatchObject({ agentsAtStart: 3, agentsLeft: 1, busy: 1, heldUpBy: 'One agent is on a call.' });
    await query("UPDATE calls SET state = 'ended', ended_at = NOW(3) WHERE id = ?", [callId]);
    await until('she was moved after her call', async () => (await left()).length === 0);
    expect((await look(old!.id)).drain).toMatchObject({ agentsLeft: 0, secondsLeft: 0, heldUpBy: null });
    for (const { seats, live } of await seatsOf(office.database)) expect(seats).toBe(live);
  });

  it('takes nobody the seat she has for one that is not there, and says what holds it up', async () => {
    const [old] = await addServers(office.database, 1);
    await seated(2);
    const { drain: before } = await drain(old!.id, { movesPerMinute: 600 });
    expect(before).toMatchObject({ secondsLeft: null, heldUpBy: expect.stringContaining('No other media server has room') });
    await addServers(office.database, 1, { capacity: 1, health: 'down' });
    await addServers(office.database, 1, { capacity: 1 });
    await until('one found room', async () => (await left()).length === 1);
    const agentId = await addAgent(office.database);
    await call(office.manager, 'POST', '/api/v1/placements', { token: tokenFor(agentId), body: {} });
    const [kept] = await left();
    await until('the manager has looked again', async () => (await look(old!.id)).drain?.heldUpBy !== null);
    expect(await left()).toEqual([kept]);
  });

  it('awaits whom it let go before it lets go of more than there is room for', async () => {
    const [old] = await addServers(office.database, 1);
    const seats = await seated(4);
    await addServers(office.database, 1, { capacity: 1 });
    await drain(old!.id, { movesPerMinute: 600 });
    await until('one was let go', async () => (await left()).length < 4);
    // Her softphone is slow: two looks of the manager pass until it asks.
    const gone = seats[0]!;
    await until('she comes late', async () => (await query('SELECT id FROM placements WHERE id = ? AND released_at < NOW(3) - INTERVAL 2.5 SECOND', [gone.id])).length === 1);
    expect(await left()).toHaveLength(3);
    expect((await call(office.manager, 'POST', '/api/v1/placements', { token: tokenFor(gone.agentId), body: {} })).status).toBe(201);
  });

  it('keeps its rate however many managers look at it at the same moment', async () => {
    const others = await Promise.all([1, 2, 3].map(() => startManager({ databaseUrl: office.database.url })));
    try {
      const [old] = await addServers(office.database, 1);
      await seated(7);
      await addServers(office.database, 1);
      const holder = await createConnection(office.database.url);
      await holder.query('START TRANSACTION');
      await holder.query('SELECT id FROM dispatch WHERE id = 1 FOR UPDATE');
      await drain(old!.id, { movesPerMinute: 60 });
      const waiting = async () => (await query<{ Info: string | null }>('SHOW FULL PROCESSLIST')).filter(({ Info }) => Info?.includes('FROM dispatch')).length;
      await until('each manager is about to move the next one', async () => (await waiting()) >= 4);
      await holder.end();
      await until('three were moved', async () => (await left()).length <= 4);
      const moved = await query<{ at: Date }>("SELECT released_at AS at FROM placements WHERE state = 'released' ORDER BY released_at");
      const pauses = moved.slice(1).map(({ at }, n) => at.getTime() - moved[n]!.at.getTime());
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(990);
    } finally {
      for (const manager of others) await manager.stop();
    }
  });

  it('moves nobody at a rate of 0, keeps its promise of time by its deadline, and then lets go of everybody', async () => {
    const [old] = await addServers(office.database, 1);
    const [talking] = await seated(2);
    await onCall(talking!, old!.id);
    await addServers(office.database, 1);
    const { drain: ordered } = await drain(old!.id, { movesPerMinute: 0, deadlineSeconds: 2 });
    expect(ordered).toMatchObject({ agentsLeft: 2, busy: 1 });
    expect(ordered!.secondsLeft).toBeLessThanOrEqual(2);
    expect(await left()).toHaveLength(2);
    await until('everybody was let go', async () => (await left()).length === 0);
  });

  it('retires once nobody is left, and not while a caller waits on it', async () => {
    const [old] = await addServers(office.database, 1);
    const [seat] = await seated(1);
    const callId = await onCall({ id: seat!.id, agentId: await addAgent(office.database) }, old!.id);
    await addServers(office.database, 1);
    await drain(old!.id, { movesPerMinute: 600, thenDisable: true });
    await until('nobody sits there', async () => (await left()).length === 0);
    expect(await look(old!.id)).toMatchObject({ mode: 'draining', drain: { heldUpBy: 'One caller still waits on it.' } });
    await query("UPDATE calls SET state = 'ended', ended_at = NOW(3) WHERE id = ?", [callId]);
    await until('it has retired', async () => (await look(old!.id)).mode === 'disabled');
    expect((await look(old!.id)).drain).toBeNull();
  });

  it('goes on as it was ordered last, from when it began', async () => {
    const [old] = await addServers(office.database, 1);
    await seated(1);
    const started = (await drain(old!.id, { movesPerMinute: 0 })) as Server & { drain: { startedAt: string } };
    const again = (await drain(old!.id, { movesPerMinute: 1, thenDisable: true, deadlineSeconds: 600 })) as typeof started;
    expect(again.drain).toMatchObject({ startedAt: started.drain.startedAt, movesPerMinute: 1, thenDisable: true });
    const refused = await call<{ errors: { pointer: string }[] }>(office.manager, 'POST', `/api/v1/media-servers/${old!.id}/drain`, { token: office.tokens.admin, body: { movesPerMinute: 'fast' } });
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([400, '/movesPerMinute']);
  });
});
