import { randomUUID } from 'node:crypto';
import type { DecisionView, PlacementView } from '../src/selection/placement.view.js';
import { call } from './support/api.js';
import { addAgent, addAgents, addServers, seatsOf, tokenFor } from './support/pool.js';
import { emptyPool, expectSeatsToBeRight, type Refusal, type SelectionWorld, selectionWorld } from './support/selection-world.js';
import { until } from './support/until.js';

let world: SelectionWorld;

beforeAll(async () => {
  world = await selectionWorld();
}, 60_000);
afterAll(() => world.stop());
beforeEach(() => emptyPool(world));
afterEach(() => expectSeatsToBeRight(world.database));

describe('a seat in use', () => {
  it('is given up once, however often it is said', async () => {
    await addServers(world.database, 1);
    const alice = tokenFor(await addAgent(world.database));
    const { body } = await world.place(alice);
    expect((await world.act(alice, 'DELETE', `/${body.id}`)).status).toBe(204);
    expect((await world.act(alice, 'DELETE', `/${body.id}`)).status).toBe(204);
    expect((await world.get<PlacementView>(alice, `/${body.id}`)).body).toMatchObject({ state: 'released', releaseReason: 'given_up' });
    expect((await world.act<Refusal>(alice, 'POST', `/${body.id}/heartbeat`)).body).toMatchObject({ code: 'PLACEMENT.ENDED', status: 409 });
  });

  it('that brought no audio sends the agent to another server, for a minute', async () => {
    await addServers(world.database, 2);
    const alice = tokenFor(await addAgent(world.database));
    const first = (await world.place(alice)).body;
    const reported = await world.act<PlacementView>(alice, 'POST', `/${first.id}/failure`, { stage: 'ice', reason: 'no candidate pair' });
    expect(reported.status).toBe(200);
    expect(reported.body).toMatchObject({ state: 'released', releaseReason: 'failure_reported' });
    const second = (await world.place(alice)).body;
    expect(second.mediaServer.id).not.toBe(first.mediaServer.id);
    await world.act(alice, 'POST', `/${second.id}/failure`, { stage: 'media', reason: 'silence' });
    expect((await world.place(alice)).body).toMatchObject({ code: 'SELECTION.NO_ELIGIBLE_SERVER' });
    expect((await world.act(alice, 'POST', `/${second.id}/failure`, { stage: 'media', reason: 'again' })).status).toBe(409);
    await world.database.query('UPDATE placement_failures SET until_at = NOW(3) - INTERVAL 1 SECOND');
    expect((await world.place(alice)).status).toBe(201);
  });

  it('tells a browser that beats on after her seat has ended, whoever ended it, that it has', async () => {
    await addServers(world.database, 1);
    const alice = tokenFor(await addAgent(world.database));
    const { body } = await world.place(alice);
    expect((await world.act(alice, 'POST', `/${body.id}/heartbeat`)).status).toBe(200);
    await until('the heartbeat is written', async () => (await world.database.query<{ beat: Date | null }>('SELECT heartbeat_at AS beat FROM placements WHERE id = ?', [body.id]))[0]?.beat !== null, 3_000);
    expect((await world.act(alice, 'DELETE', `/${body.id}`)).status).toBe(204);
    await until('the beat is refused', async () => (await world.act<Refusal>(alice, 'POST', `/${body.id}/heartbeat`)).body?.code === 'PLACEMENT.ENDED', 500);
  });

  it('is kept alive by heartbeats, which are written within a second', async () => {
    await addServers(world.database, 1);
    const alice = tokenFor(await addAgent(world.database));
    const { body } = await world.place(alice);
    const beat = await world.act(alice, 'POST', `/${body.id}/heartbeat`);
    expect(beat).toMatchObject({ status: 200, body: { id: body.id, state: 'reserved' } });
    await until('the heartbeat is written', async () => (await world.database.query<{ beat: Date | null }>('SELECT heartbeat_at AS beat FROM placements WHERE id = ?', [body.id]))[0]?.beat !== null, 3_000);
  });

  it('on a server that went down is replaced by one elsewhere', async () => {
    await addServers(world.database, 2);
    const alice = tokenFor(await addAgent(world.database));
    const first = (await world.place(alice)).body;
    await world.database.query("UPDATE media_servers SET health = 'down' WHERE id = ?", [first.mediaServer.id]);
    const second = await world.place(alice);
    expect(second.status).toBe(201);
    expect(second.body.mediaServer.id).not.toBe(first.mediaServer.id);
  });
});

describe('looking at placements', () => {
  it('pages through them, newest first, and finds them by state, agent and server', async () => {
    await addServers(world.database, 2);
    const agents = await addAgents(world.database, 5);
    for (const agentId of agents) await world.place(world.integrator, { agentId });
    const admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await world.get<{ items: PlacementView[]; nextCursor: string | null }>(admin, `?limit=2${cursor && `&cursor=${cursor}`}`)).body;
      seen.push(...page.items.map(({ agentId }) => agentId));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual([...agents].reverse());
    const found = async (query: string): Promise<number> => (await world.get<{ items: unknown[] }>(admin, query)).body.items.length;
    expect(await found(`?agentId=${agents[0]}&state=reserved`)).toBe(1);
    expect(await found(`?agentId=${agents[0]}&state=released`)).toBe(0);
    expect(await found(`?mediaServerId=${randomUUID()}`)).toBe(0);
  });

  it('tells of each of them why its server was chosen, also when a crowd was decided together', async () => {
    await addServers(world.database, 4);
    await addServers(world.database, 1, { mode: 'draining' });
    const admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
    const placed = await Promise.all((await addAgents(world.database, 30)).map((agentId) => world.place(world.integrator, { agentId })));
    for (const { body } of placed) {
      const { chosen, considered } = (await world.get<DecisionView>(admin, `/${body.id}/decision`)).body;
      expect(chosen).toBe(body.mediaServer.id);
      const taken = considered.find(({ mediaServerId }) => mediaServerId === chosen);
      const eligible = considered.filter((one) => one.eligible);
      expect(eligible).toHaveLength(4);
      expect(taken).toMatchObject({ eligible: true, reason: 'chosen: least by agents-in-call', ratio: Math.min(...eligible.map(({ ratio }) => ratio)) });
      expect(considered.find((one) => !one.eligible)).toMatchObject({ step: 'not-draining', reason: 'draining: keeps its agents, takes no new ones' });
    }
    // Another crowd sees the same servers, which are not written down again, and the one after it another pool.
    for (const more of [0, 1]) {
      await addServers(world.database, more);
      const { body } = await world.place(world.integrator, { agentId: await addAgent(world.database) });
      const { considered } = (await world.get<DecisionView>(admin, `/${body.id}/decision`)).body;
      expect(considered).toHaveLength(5 + more);
      expect(considered.find(({ mediaServerId }) => mediaServerId === body.mediaServer.id)).toMatchObject({ eligible: true });
      expect(await world.database.query("SELECT id FROM selection_pictures WHERE id = (SELECT decision->>'$.pictureId' FROM placements WHERE id = ?) AND picture->'$.ids' IS NULL", [body.id])).toHaveLength(1 - more);
    }
    await world.database.query('DELETE FROM selection_pictures');
    expect((await world.get<DecisionView>(admin, `/${placed[0]!.body.id}/decision`)).body).toMatchObject({ policy: 'agents-in-call', considered: [] });
  });

  it('says where so many agents would go, and reserves nothing', async () => {
    await addServers(world.database, 3, { capacity: 2 });
    const admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
    const { status, body } = await world.act<{ items: { count: number }[]; unplaced: number }>(admin, 'POST', '/simulate', { count: 7 });
    expect(status).toBe(200);
    expect(body.items.map(({ count }) => count)).toEqual([2, 2, 2]);
    expect(body.unplaced).toBe(1);
    expect((await seatsOf(world.database)).every(({ seats }) => seats === 0)).toBe(true);
  });

  it.each<[string, string, string, unknown]>([
    ['a broken body', 'POST', '', '{"agentId":'],
    ['a body that is no object', 'POST', '', '[]'],
    ['a field nobody knows', 'POST', '', { colour: 'red' }],
    ['an agent id that is none', 'POST', '', { agentId: '7' }],
    ['a region of the wrong kind', 'POST', '', { region: 5 }],
    ['an exclusion that is no id', 'POST', '', { exclude: ['ms-1'] }],
    ['an exclusion that is no list', 'POST', '', { exclude: 'all' }],
    ['a placement id that is none', 'GET', '/7', undefined],
    ['a cursor nobody made', 'GET', '?cursor=abc', undefined],
    ['a limit of nothing', 'GET', '?limit=0', undefined],
    ['a limit beyond the limit', 'GET', '?limit=201', undefined],
    ['a state nobody knows', 'GET', '?state=happy', undefined],
    ['a parameter nobody knows', 'GET', '?colour=red', undefined],
    ['a stage nobody knows', 'POST', `/${randomUUID()}/failure`, { stage: 'luck', reason: 'none' }],
    ['no reason', 'POST', `/${randomUUID()}/failure`, { stage: 'sip' }],
    ['a crowd of none', 'POST', '/simulate', { count: 0 }],
    ['a crowd of too many', 'POST', '/simulate', { count: 1e9 }],
  ])('answers %s with 400 and names the fault', async (_, method, path, body) => {
    const admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
    const answer = await call<Refusal>(world.manager, method, `/api/v1/placements${path}`, { token: admin, body });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.code).toBe('REQUEST.INVALID');
    expect(answer.body.errors?.length).toBeGreaterThan(0);
  });

  it('answers for an unknown placement with 404', async () => {
    const admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
    for (const path of ['', '/decision']) expect((await world.get<Refusal>(admin, `/${randomUUID()}${path}`)).status).toBe(404);
    expect((await world.act<Refusal>(admin, 'DELETE', `/${randomUUID()}`)).status).toBe(404);
  });
});

describe('what holds for the whole pool', () => {
  const settings = (token: string, method: string, body?: object) => call<{ policy: string }>(world.manager, method, '/api/v1/settings', { token, body });

  it('the policy is set by an administrator, read by supervisors, and the next selection goes by it', async () => {
    await addServers(world.database, 2);
    const admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
    const supervisor = tokenFor(await addAgent(world.database, { role: 'supervisor' }));
    for (const policy of ['talking', 'load-average', 'agents-in-call']) {
      expect(await settings(admin, 'PUT', { policy })).toMatchObject({ status: 200, body: { policy } });
      expect((await settings(supervisor, 'GET')).body).toMatchObject({ policy });
      expect((await world.place(tokenFor(await addAgent(world.database)))).body.decision).toMatchObject({ policy, eligibleCount: 2 });
    }
    expect((await settings(supervisor, 'PUT', { policy: 'talking' })).status).toBe(403);
    // Agents read the reasons for a pause and the dispositions there, and change nothing.
    expect((await settings(tokenFor(await addAgent(world.database)), 'PUT', { policy: 'talking' })).status).toBe(403);
    for (const body of [{ policy: 'luck' }, { policy: 'talking', colour: 'red' }]) expect((await settings(admin, 'PUT', body)).status).toBe(400);
  });
});
