import { randomUUID } from 'node:crypto';
import type { PlacementView } from '../src/selection/placement.view.js';
import { addAgent, addAgents, addApiKey, addServers, ha1, type PoolServer, seatsOf, tokenFor } from './support/pool.js';
import { emptyPool, expectSeatsToBeRight, type Refusal, type SelectionWorld, selectionWorld } from './support/selection-world.js';

let world: SelectionWorld;

beforeAll(async () => {
  world = await selectionWorld({ STUN_URLS: 'stun:stun.test', TURN_URLS: 'turn:turn.test', TURN_SECRET: 'relay' });
}, 60_000);
afterAll(() => world.stop());
beforeEach(() => emptyPool(world));
afterEach(() => expectSeatsToBeRight(world.database));

describe('an agent asks for a seat', () => {
  it('is given the least utilised server, an identity of her own, and what to INVITE', async () => {
    const [busy, free] = (await addServers(world.database, 2)) as [PoolServer, PoolServer];
    await world.database.query('UPDATE media_servers SET seats = 0');
    const first = await addAgent(world.database);
    const other = await world.place(tokenFor(first), { exclude: [free.id] });
    expect(other.body.mediaServer.id).toBe(busy.id);
    const alice = await addAgent(world.database);
    const { status, body } = await world.place(tokenFor(alice));
    expect(status).toBe(201);
    expect(body).toMatchObject({ agentId: alice, state: 'reserved', connectedAt: null, parking: 'conference', decision: { policy: 'agents-in-call', chosen: free.id, eligibleCount: 2 } });
    expect(body.mediaServer).toMatchObject({ id: free.id, sipDomain: `${free.id.slice(0, 8)}.test` });
    expect(body.sip).toMatchObject({ uri: `sip:${body.sip!.username}@${body.mediaServer.sipDomain}`, target: `sip:seat@${body.mediaServer.sipDomain}` });
    expect(body.conference).toBe(body.sip!.username);
    expect(body.conference).toMatch(/^[a-z][a-z0-9]{10,}$/);
    expect(body.iceServers).toEqual([{ urls: ['stun:stun.test'] }, { urls: ['turn:turn.test'], username: expect.stringMatching(new RegExp(`^\\d+:${alice}$`)), credential: expect.any(String) }]);
    const wait = Date.parse(body.expiresAt!) - Date.parse(body.reservedAt);
    expect(wait).toBe(30_000);
  });

  it('gets the same seat again with a fresh password that replaces the old one', async () => {
    const [server] = (await addServers(world.database, 1)) as [PoolServer];
    const alice = tokenFor(await addAgent(world.database));
    const first = (await world.place(alice)).body;
    const again = await world.place(alice);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: first.id, conference: first.conference });
    expect(again.body.sip!.username).toBe(first.sip!.username);
    expect(again.body.sip!.password).not.toBe(first.sip!.password);
    const auth = await world.lookUp(server, 'ps_auths', 'single', `id=${first.conference}`);
    expect(Object.fromEntries(new URLSearchParams(auth.trim()))).toEqual({
      id: first.conference, auth_type: 'md5', username: first.conference, realm: 'nailup', md5_cred: ha1(first.conference, 'nailup', again.body.sip!.password),
    });
  });

  it('never tells the password again, nor keeps it', async () => {
    await addServers(world.database, 1);
    const alice = tokenFor(await addAgent(world.database));
    const { body } = await world.place(alice);
    expect((await world.get<PlacementView>(alice, `/${body.id}`)).body).not.toHaveProperty('sip');
    const kept = await world.database.query<Record<string, unknown>>('SELECT * FROM placements WHERE id = ?', [body.id]);
    expect(JSON.stringify(kept)).not.toContain(body.sip!.password);
  });

  it('both clicks of a double click get a seat that works', async () => {
    await addServers(world.database, 3);
    const alice = tokenFor(await addAgent(world.database));
    const [a, b] = await Promise.all([world.place(alice), world.place(alice)]);
    expect(a.body.id).toBe(b.body.id);
    expect((await seatsOf(world.database)).reduce((sum, { seats }) => sum + seats, 0)).toBe(1);
  });

  it('moves to another server when she names the present one, and leaves nothing behind', async () => {
    await addServers(world.database, 2);
    const alice = tokenFor(await addAgent(world.database));
    const first = (await world.place(alice)).body;
    const second = await world.place(alice, { exclude: [first.mediaServer.id] });
    expect(second.status).toBe(201);
    expect(second.body.mediaServer.id).not.toBe(first.mediaServer.id);
    expect((await world.get<PlacementView>(alice, `/${first.id}`)).body).toMatchObject({ state: 'released', releaseReason: 'moved' });
    const events = await world.database.query<{ type: string; subject: string }>('SELECT type, subject FROM event_log WHERE subject IN (?) ORDER BY seq', [[first.id, second.body.id]]);
    expect(events.map(({ type }) => type)).toEqual(['placement.reserved', 'placement.released', 'placement.reserved']);
  });

  it('keeps her seat when there is nowhere to move to', async () => {
    await addServers(world.database, 1);
    const alice = tokenFor(await addAgent(world.database));
    const first = (await world.place(alice)).body;
    const refused = await world.place(alice, { exclude: [first.mediaServer.id] });
    expect(refused.status).toBe(503);
    expect((await world.get<PlacementView>(alice, `/${first.id}`)).body.state).toBe('reserved');
  });

  it('is told that the pool is full, and when to ask again', async () => {
    await addServers(world.database, 1, { capacity: 1 });
    const [first, second] = await addAgents(world.database, 2);
    expect((await world.place(tokenFor(first!))).status).toBe(201);
    const refused = await world.place(tokenFor(second!));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.body).toMatchObject({ code: 'SELECTION.POOL_FULL' });
  });

  it.each([
    ['health', 'unknown'],
    ['health', 'suspect'],
    ['health', 'down'],
    ['mode', 'draining'],
    ['mode', 'disabled'],
  ])('gets no server whose %s is %s', async (column, value) => {
    await addServers(world.database, 1, { [column]: value });
    const refused = await world.place(tokenFor(await addAgent(world.database)));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.body).toMatchObject({ code: 'SELECTION.NO_ELIGIBLE_SERVER' });
  });

  it('stays in her region while it has room, and spills over when it has none', async () => {
    const [near] = (await addServers(world.database, 1, { region: 'eu', capacity: 1 })) as [PoolServer];
    await addServers(world.database, 1, { region: 'us' });
    const [first, second] = await addAgents(world.database, 2, { region: 'eu' });
    expect((await world.place(tokenFor(first!))).body.mediaServer.id).toBe(near.id);
    const { body } = await world.place(tokenFor(second!));
    expect(body.mediaServer.id).not.toBe(near.id);
    const decision = await world.get<{ considered: { mediaServerId: string; reason: string }[] }>(tokenFor(second!), `/${body.id}/decision`);
    expect(decision.body.considered.find(({ mediaServerId }) => mediaServerId === body.mediaServer.id)?.reason).toContain('nothing eligible in the region eu');
  });

  it('gets the first answer again for the same Idempotency-Key, and never after the seat has ended', async () => {
    await addServers(world.database, 1);
    const alice = tokenFor(await addAgent(world.database));
    const key = { 'idempotency-key': randomUUID() };
    const first = await world.place(alice, {}, key);
    expect((await world.place(alice, {}, key)).body).toEqual(first.body);
    expect((await world.place(alice, { region: 'eu' }, key)).status).toBe(422);
    await world.act(alice, 'DELETE', `/${first.body.id}`);
    expect((await world.place(alice, {}, key)).body.id).not.toBe(first.body.id);
  });
});

describe('who may ask', () => {
  it('an integrator places any agent, but must say which', async () => {
    await addServers(world.database, 1);
    const alice = await addAgent(world.database);
    expect((await world.place(world.integrator, { agentId: alice })).status).toBe(201);
    const unnamed = await world.place(world.integrator);
    expect(unnamed.status).toBe(400);
    expect(unnamed.body).toMatchObject({ code: 'REQUEST.INVALID', errors: [{ pointer: '/agentId' }] });
    expect((await world.place(world.integrator, { agentId: randomUUID() })).status).toBe(404);
    expect((await world.place(await addApiKey(world.database, ['agents:read']), { agentId: alice })).status).toBe(403);
  });

  it('an agent asks for herself only, and sees nobody else', async () => {
    await addServers(world.database, 1);
    const [alice, bob] = (await addAgents(world.database, 2)) as [string, string];
    const { body } = await world.place(tokenFor(alice));
    const mallory = tokenFor(bob);
    expect((await world.place(mallory, { agentId: alice })).status).toBe(404);
    for (const [method, path, sent] of [
      ['GET', `/${body.id}`],
      ['GET', `/${body.id}/decision`],
      ['DELETE', `/${body.id}`],
      ['POST', `/${body.id}/heartbeat`],
      ['POST', `/${body.id}/failure`, { stage: 'sip', reason: 'no' }],
    ] as const) {
      expect((await world.act<Refusal>(mallory, method, path, sent)).status).toBe(404);
    }
    expect((await world.get<{ items: unknown[] }>(mallory, '')).body.items).toEqual([]);
    expect((await world.get<{ items: unknown[] }>(mallory, `?agentId=${alice}`)).body.items).toEqual([]);
    expect((await world.act<Refusal>(mallory, 'POST', '/simulate', { count: 1 })).status).toBe(403);
  });

  it('a supervisor reads every placement and changes none but her own', async () => {
    await addServers(world.database, 1);
    const alice = await addAgent(world.database);
    const { body } = await world.place(tokenFor(alice));
    const supervisor = tokenFor(await addAgent(world.database, { role: 'supervisor' }));
    expect((await world.get(supervisor, `/${body.id}`)).status).toBe(200);
    expect((await world.act(supervisor, 'DELETE', `/${body.id}`)).status).toBe(403);
    expect((await world.place(supervisor, { agentId: alice })).status).toBe(403);
  });

  it('a disabled agent is refused', async () => {
    await addServers(world.database, 1);
    const alice = await addAgent(world.database, { enabled: false });
    const refused = await world.place(world.integrator, { agentId: alice });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'AGENT.DISABLED' });
  });
});
