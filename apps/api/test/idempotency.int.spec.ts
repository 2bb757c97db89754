import { randomUUID } from 'node:crypto';
import { type Answer, call } from './support/api.js';
import { type Office, openOffice } from './support/people.js';
import { addServers } from './support/pool.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

afterAll(() => office.close());

const make = <T = { id: string; key: string; code?: string }>(key: string, body: object, token = office.tokens.admin): Promise<Answer<T>> =>
  call<T>(office.manager, 'POST', '/api/v1/api-keys', { token, body, headers: { 'idempotency-key': key } });

const keys = (): Promise<{ id: string }[]> => office.database.query('SELECT id FROM api_keys');

describe('a creating POST that is repeated with its idempotency key', () => {
  it('gives the first answer again, secret and all, and makes nothing twice', async () => {
    const before = (await keys()).length;
    const first = await make('one', { name: 'CRM', scopes: ['agents:read'] });
    const second = await make('one', { scopes: ['agents:read'], name: 'CRM' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await keys()).toHaveLength(before + 1);
  });

  it('is refused when it now asks for something else', async () => {
    await make('two', { name: 'CRM', scopes: ['agents:read'] });
    const other = await make('two', { name: 'Other', scopes: ['agents:read'] });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY.KEY_REUSED']);
    const elsewhere = await call(office.manager, 'POST', '/api/v1/agents', { token: office.tokens.admin, body: { username: 'u', displayName: 'u', password: 'long-enough' }, headers: { 'idempotency-key': 'two' } });
    expect(elsewhere.status).toBe(422);
  });

  it('waits for the first when both come at once', async () => {
    const before = (await keys()).length;
    const all = await Promise.all(Array.from({ length: 10 }, () => make('three', { name: 'CRM', scopes: ['agents:read'] })));
    expect(new Set(all.map(({ status, body }) => `${status} ${body.key}`)).size).toBe(1);
    expect(await keys()).toHaveLength(before + 1);
  });

  it('is another request when another caller uses the same key', async () => {
    const body = { name: 'Server 4', host: 'h', webSocketUrl: 'ws://h/ws', sipUri: 'sip:h', capacity: 1, ami: { host: 'h', username: 'u', secret: 's' } };
    const tickets = await Promise.all([office.tokens.agent, office.tokens.supervisor].map((token) => call<{ ticket: string }>(office.manager, 'POST', '/api/v1/events/tickets', { token, headers: { 'idempotency-key': 'four' } })));
    expect(tickets[0]?.body.ticket).not.toBe(tickets[1]?.body.ticket);
    expect((await call(office.manager, 'POST', '/api/v1/media-servers', { token: office.tokens.admin, body, headers: { 'idempotency-key': 'four' } })).status).toBe(201);
  });

  it('may be tried again after a refusal, with the fault corrected', async () => {
    expect((await make('five', { name: '', scopes: [] })).status).toBe(400);
    expect((await make('five', { name: 'CRM', scopes: ['agents:read'] })).status).toBe(201);
  });

  it('may take the place of one whose manager died before it answered', async () => {
    await make('six', { name: 'CRM', scopes: ['agents:read'] });
    await office.database.query("UPDATE idempotency_keys SET status = NULL, pending_until = NOW(3) - INTERVAL 1 SECOND WHERE idempotency_key = 'six'");
    expect((await make('six', { name: 'CRM', scopes: ['agents:read'] })).headers.get('idempotency-replayed')).toBeNull();
  });

  it('must have a key of 1 to 255 printable characters', async () => {
    for (const key of ['', 'a b', 'x'.repeat(256)]) expect((await make(key, { name: 'CRM', scopes: ['agents:read'] })).status).toBe(400);
  });

  it('is forgotten after a day', async () => {
    const first = await make('seven', { name: 'CRM', scopes: ['agents:read'] });
    await office.database.query("UPDATE idempotency_keys SET expires_at = NOW(3) - INTERVAL 1 SECOND WHERE idempotency_key = 'seven'");
    expect((await make('seven', { name: 'CRM', scopes: ['agents:read'] })).body.id).not.toBe(first.body.id);
  });
});

it('forgets the answer of a placement, and the SIP secret in it, when the placement ends', async () => {
  await addServers(office.database, 1);
  const key = randomUUID();
  const place = (): Promise<Answer<{ id: string; sip: { password: string } }>> => call(office.manager, 'POST', '/api/v1/placements', { token: office.tokens.agent, body: {}, headers: { 'idempotency-key': key } });
  const first = await place();
  expect(first.status).toBe(201);
  expect((await place()).body.sip.password).toBe(first.body.sip.password);
  await call(office.manager, 'DELETE', `/api/v1/placements/${first.body.id}`, { token: office.tokens.agent });
  const [kept] = await office.database.query<{ n: number }>('SELECT COUNT(*) AS n FROM idempotency_keys WHERE idempotency_key = ?', [key]);
  expect(kept?.n).toBe(0);
  const anew = await place();
  expect([anew.status, anew.body.id === first.body.id]).toEqual([201, false]);
});

it('forgets it as well when the agent moves to another media server: the seat of that answer is gone', async () => {
  await office.database.query('DELETE FROM placements');
  await addServers(office.database, 2);
  const key = randomUUID();
  type Placed = Answer<{ id: string; mediaServer: { id: string } }>;
  const place = (body: object, headers = {}): Promise<Placed> => call(office.manager, 'POST', '/api/v1/placements', { token: office.tokens.agent, body, headers });
  const first = await place({}, { 'idempotency-key': key });
  const moved = await place({ exclude: [first.body.mediaServer.id] });
  expect([first.status, moved.status, moved.body.id === first.body.id]).toEqual([201, 201, false]);
  const repeated = await place({}, { 'idempotency-key': key });
  expect([repeated.status, repeated.body.id, repeated.headers.get('idempotency-replayed')]).toEqual([200, moved.body.id, null]);
});
