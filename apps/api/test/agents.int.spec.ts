import { randomUUID } from 'node:crypto';
import { type Answer, call } from './support/api.js';
import { type Office, openOffice } from './support/people.js';
import { addApiKey, addServers, tokenFor } from './support/pool.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

afterAll(() => office.close());

interface Agent {
  readonly id: string;
  readonly username: string;
  readonly state: string;
  readonly stateSince: string;
  readonly enabled: boolean;
  readonly placement: { id: string; mediaServer: { id: string } } | null;
  readonly code?: string;
}

const act = <T = Agent>(method: string, path: string, body?: object, token = office.tokens.admin): Promise<Answer<T>> => call<T>(office.manager, method, `/api/v1/agents${path}`, { token, body });
const hire = async (username: string, more: object = {}): Promise<Agent> => (await act('POST', '', { username, displayName: username, password: 'long-enough', ...more })).body;

describe('an agent', () => {
  it('starts offline, with what was said and nothing secret', async () => {
    const { status, body } = await act('POST', '', { username: 'bea', displayName: 'Béa', password: 'long-enough', region: 'eu', skills: ['sales', 'french'] });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/), username: 'bea', displayName: 'Béa', role: 'agent', region: 'eu', skills: ['sales', 'french'], enabled: true,
      state: 'offline', stateReason: null, stateSince: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), stateSetBy: 'system', wrapUpUntil: null, placement: null,
    });
    expect((await act('GET', `/${body.id}`)).body).toEqual(body);
  });

  it('has a user name of its own, whatever its case, until it is deleted', async () => {
    const { id } = await hire('bob');
    expect((await act('POST', '', { username: 'BOB', displayName: 'x', password: 'long-enough' })).body).toMatchObject({ status: 409, code: 'AGENT.USERNAME_TAKEN' });
    await act('DELETE', `/${id}`);
    expect((await act('POST', '', { username: 'bob', displayName: 'x', password: 'long-enough' })).status).toBe(201);
  });

  it('says what it does, and since when', async () => {
    const { id, stateSince } = await hire('cat');
    const ready = await act('PUT', `/${id}/state`, { state: 'ready' }, tokenFor(id));
    expect(ready.body).toMatchObject({ state: 'ready', stateReason: null });
    expect(ready.body.stateSince >= stateSince).toBe(true);
    expect((await act('PUT', `/${id}/state`, { state: 'paused', reason: 'lunch' })).body).toMatchObject({ state: 'paused', stateReason: 'lunch' });
    expect((await act('PUT', `/${id}/state`, { state: 'on-call' })).status).toBe(400);
    const told = await office.database.query<{ data: { state: string } }>("SELECT data FROM event_log WHERE type = 'agent.state' AND subject = ? ORDER BY seq", [id]);
    expect(told.map(({ data }) => data.state)).toEqual(['offline', 'ready', 'paused']);
  });

  it("is told whose word its state is: its own, a supervisor's or an integrator's", async () => {
    const { id } = await hire('ivy');
    const key = await addApiKey(office.database, ['agents:read', 'agents:write']);
    const set = async (token: string): Promise<unknown> => (await act<{ stateSetBy: string }>('PUT', `/${id}/state`, { state: 'paused', reason: 'lunch' }, token)).body.stateSetBy;
    expect([await set(tokenFor(id)), await set(office.tokens.supervisor), await set(key)]).toEqual(['self', 'supervisor', 'integrator']);
    expect((await act<{ stateSetBy: string }>('GET', `/${id}`, undefined, tokenFor(id))).body.stateSetBy).toBe('integrator');
    await act('PUT', `/${id}/state`, { state: 'offline' }, tokenFor(id));
    const told = await office.database.query<{ data: { state: string; stateSetBy: string } }>("SELECT data FROM event_log WHERE type = 'agent.state' AND subject = ? ORDER BY seq", [id]);
    expect(told.map(({ data }) => [data.state, data.stateSetBy])).toEqual([['offline', 'system'], ['paused', 'self'], ['paused', 'supervisor'], ['paused', 'integrator'], ['offline', 'self']]);
  });

  it('cannot change its state while a call holds it, nor when it is disabled', async () => {
    const { id } = await hire('dan');
    await office.database.query("UPDATE agents SET state = 'on-call' WHERE id = ?", [id]);
    expect((await act('PUT', `/${id}/state`, { state: 'ready' })).body.code).toBe('AGENT.ON_CALL');
    await act('PATCH', `/${id}`, { enabled: false });
    expect((await act('PUT', `/${id}/state`, { state: 'ready' })).body.code).toBe('AGENT.DISABLED');
  });

  it.each([['disabled', (id: string) => act('PATCH', `/${id}`, { enabled: false }), 'agent_disabled'], ['deleted', (id: string) => act('DELETE', `/${id}`), 'agent_deleted']] as const)(
    'loses its seat when it is %s',
    async (what, end, reason) => {
      await addServers(office.database, 1);
      const { id } = await hire(`eve-${what}`);
      const placed = await call<{ id: string; mediaServer: { id: string } }>(office.manager, 'POST', '/api/v1/placements', { token: tokenFor(id), body: {} });
      expect(placed.status).toBe(201);
      expect((await act('GET', `/${id}`)).body.placement).toMatchObject({ id: placed.body.id, mediaServer: { id: placed.body.mediaServer.id } });
      await end(id);
      const [row] = await office.database.query<{ state: string; release_reason: string }>('SELECT state, release_reason FROM placements WHERE id = ?', [placed.body.id]);
      expect(row).toEqual({ state: 'released', release_reason: reason });
      expect((await call(office.manager, 'POST', '/api/v1/placements', { token: office.tokens.admin, body: { agentId: id } })).status).toBe(what === 'disabled' ? 409 : 404);
    },
  );

  it('is gone when deleted, may be deleted again, and one that never was is not found', async () => {
    const { id } = await hire('fay');
    expect([(await act('DELETE', `/${id}`)).status, (await act('DELETE', `/${id}`)).status]).toEqual([204, 204]);
    expect((await act('GET', `/${id}`)).status).toBe(404);
    expect((await act('DELETE', `/${randomUUID()}`)).status).toBe(404);
  });

  it('is changed only where something was said; null clears the region', async () => {
    const { id } = await hire('gus', { region: 'eu', skills: ['a'] });
    expect((await act('PATCH', `/${id}`, { region: null })).body).toMatchObject({ region: null, skills: ['a'], username: 'gus' });
    expect((await act('PATCH', `/${id}`, { displayName: null })).status).toBe(400);
    expect((await act('PATCH', `/${id}`, { id: randomUUID() })).status).toBe(400);
  });

  it('is not removed when nobody would be left to administer', async () => {
    for (const answer of [await act('PATCH', `/${office.ids.admin}`, { enabled: false }), await act('PATCH', `/${office.ids.admin}`, { role: 'agent' }), await act('DELETE', `/${office.ids.admin}`)]) {
      expect(answer.body).toMatchObject({ status: 409, code: 'AGENT.LAST_ADMIN' });
    }
  });
});

it('lists everybody once, page by page, also while others are hired', async () => {
  for (let n = 0; n < 5; n += 1) await hire(`page-${n}`);
  const seen: string[] = [];
  for (let cursor: string | null = '', n = 0; cursor !== null; n += 1) {
    const page: Answer<{ items: Agent[]; nextCursor: string | null }> = await act('GET', `?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(page.body.items.length).toBeLessThanOrEqual(3);
    seen.push(...page.body.items.map(({ id }) => id));
    if (n === 0) await hire('late');
    cursor = page.body.nextCursor;
  }
  const there = await office.database.query<{ id: string }>('SELECT id FROM agents WHERE deleted_at IS NULL ORDER BY id');
  expect(seen).toEqual(there.map(({ id }) => id));
});
