import { call, signIn } from './support/api.js';
import { addPerson, type Office, openOffice, password } from './support/people.js';
import { until } from './support/until.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

afterAll(() => office.close());

interface Login {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly user: Record<string, string>;
}

async function login(username: string, app = 'softphone', secret = password, headers: Record<string, string> = {}): Promise<{ status: number; body: Login; cookie: string; setCookie: string; headers: Headers }> {
  const answer = await call<Login>(office.manager, 'POST', `/api/v1/auth/login?app=${app}`, { body: { username, password: secret }, headers });
  const setCookie = answer.headers.get('set-cookie') ?? '';
  return { ...answer, setCookie, cookie: setCookie.split(';')[0] ?? '' };
}

async function refresh(cookie: string, app = 'softphone', headers: Record<string, string> = {}): Promise<{ status: number; cookie: string; body: Login }> {
  const answer = await call<Login>(office.manager, 'POST', `/api/v1/auth/refresh?app=${app}`, { headers: { cookie, ...headers } });
  return { status: answer.status, body: answer.body, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

/** As if the tokens of the agent had been replaced a while ago. */
async function longSinceReplaced(agentId: string): Promise<void> {
  await office.database.query('UPDATE refresh_tokens SET replaced_at = replaced_at - INTERVAL 11 SECOND WHERE agent_id = ?', [agentId]);
}

describe('signing in', () => {
  it('gives a token for ten minutes, who it is, and a cookie that scripts and other sites cannot read', async () => {
    const { status, body, setCookie } = await login('ann');
    expect(status).toBe(200);
    expect(body.user).toEqual({ id: office.ids.agent, username: 'ann', displayName: 'ann', role: 'agent' });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(590_000);
    expect(setCookie).toMatch(/^nailup_refresh_softphone=\S+; Max-Age=43200; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/);
    expect((await call(office.manager, 'GET', '/api/v1/auth/me', { token: body.accessToken })).body).toEqual(body.user);
  });

  it('knows an account by its own spelling only, so that look-alikes are no further tries', async () => {
    for (const name of ['a\u200bnn', '\u00e1nn', 'ann\u200b', '\uff41nn', ' ann', 'ann ']) expect([name, (await login(name)).status === 200]).toEqual([name, false]);
    expect((await login('ANN')).status).toBe(200);
  });

  it('says the same of a wrong password, an unknown name and a disabled account', async () => {
    const id = await addPerson(office.database, 'dora', 'agent');
    await office.database.query('UPDATE agents SET enabled = FALSE WHERE id = ?', [id]);
    const answers = [await login('ann', 'softphone', 'wrong'), await login('nobody', 'softphone', 'wrong'), await login('dora')];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    const [first, ...rest] = answers.map(({ body }) => JSON.stringify(body));
    expect(rest).toEqual([first, first]);
  });

  it('stops listening after five wrong passwords, says until when, and lets others in meanwhile', async () => {
    await addPerson(office.database, 'carl', 'agent');
    const burst = await Promise.all(Array.from({ length: 12 }, () => login('carl', 'softphone', 'guess')));
    expect(burst.filter(({ status }) => status === 401)).toHaveLength(5);
    const refused = burst.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(7);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await login('carl')).status).toBe(429);
    expect((await login('sue')).status).toBe(200);
  });

  it('listens again once an administrator has given a new password', async () => {
    const id = await addPerson(office.database, 'cleo', 'agent');
    for (let n = 0; n < 5; n += 1) await login('cleo', 'softphone', 'guess');
    expect((await login('cleo')).status).toBe(429);
    await call(office.manager, 'PATCH', `/api/v1/agents/${id}`, { token: office.tokens.admin, body: { password: 'another-password' } });
    expect((await login('cleo', 'softphone', 'another-password')).status).toBe(200);
  });

  it('takes forty people at once without refusing anybody', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => login('sue')));
    expect(all.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('staying signed in', () => {
  it('changes the cookie each time', async () => {
    const first = (await login('ann')).cookie;
    const second = await refresh(first);
    expect(second.status).toBe(200);
    expect(second.cookie).not.toBe(first);
    expect((await refresh(second.cookie)).status).toBe(200);
  });

  it('forgives two tabs that refresh at the same moment', async () => {
    const { cookie } = await login('ann');
    const both = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await refresh(both[0].cookie)).status).toBe(200);
    expect((await refresh(both[1].cookie)).status).toBe(200);
  });

  it('ends the whole session when an old cookie turns up again: somebody has copied it', async () => {
    const id = await addPerson(office.database, 'rita', 'agent');
    const stolen = (await login('rita')).cookie;
    const { cookie } = await refresh(stolen);
    await longSinceReplaced(id);
    expect((await refresh(stolen)).status).toBe(401);
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('renews the sessions of a shift at the same moment, each its own; the one that was stolen ends alone', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `shift${n}`);
    const ids = await Promise.all(names.map((name) => addPerson(office.database, name, 'agent')));
    const cookies = await Promise.all(names.map(async (name) => (await login(name)).cookie));
    const victim = await refresh(cookies[5] ?? '');
    await longSinceReplaced(ids[5] ?? '');
    const all = await Promise.all(cookies.map((cookie) => refresh(cookie)));
    expect(all.map(({ status, body }) => (status === 200 ? body.user['username'] : status))).toEqual(names.map((name, n) => (n === 5 ? 401 : name)));
    expect((await refresh(victim.cookie)).status).toBe(401);
    const again = await Promise.all(all.filter(({ status }) => status === 200).map(({ cookie }) => refresh(cookie)));
    expect(again.map(({ status, body }) => (status === 200 ? body.user['username'] : status))).toEqual(names.filter((_, n) => n !== 5));
  });

  it('keeps softphone and console apart, so that two people can be signed in beside each other', async () => {
    const agent = await login('ann', 'softphone');
    const admin = await login('alma', 'admin');
    const jar = `${agent.cookie}; ${admin.cookie}`;
    expect((await refresh(jar, 'softphone')).body.user).toMatchObject({ username: 'ann' });
    expect((await refresh(jar, 'admin')).body.user).toMatchObject({ username: 'alma' });
    expect((await refresh(agent.cookie.replace('softphone', 'admin'), 'admin')).status).toBe(401);
  });

  it('ends with signing out, which may be done twice', async () => {
    const { cookie } = await login('ann');
    for (let n = 0; n < 2; n += 1) {
      const out = await call(office.manager, 'POST', '/api/v1/auth/logout', { headers: { cookie } });
      expect(out.status).toBe(200);
      expect(out.headers.get('set-cookie')).toContain('nailup_refresh_softphone=;');
    }
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('ends at once when the account is disabled, also for the access token', async () => {
    const id = await addPerson(office.database, 'omar', 'agent');
    const { cookie, body } = await login('omar');
    await call(office.manager, 'PATCH', `/api/v1/agents/${id}`, { token: office.tokens.admin, body: { enabled: false } });
    expect((await refresh(cookie)).status).toBe(401);
    expect((await call(office.manager, 'GET', '/api/v1/auth/me', { token: body.accessToken })).status).toBe(401);
  });

  it('is not for other sites to drive', async () => {
    const { cookie } = await login('ann');
    const strange: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of strange) {
      expect((await refresh(cookie, 'softphone', headers)).status).toBe(403);
      expect((await login('ann', 'softphone', password, headers)).status).toBe(403);
    }
    expect((await refresh(cookie, 'softphone', { origin: office.manager.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });
});

describe('the key of an integrator', () => {
  const make = (body: object) => call<{ id: string; key: string }>(office.manager, 'POST', '/api/v1/api-keys', { token: office.tokens.admin, body });

  it('is shown once, opens what its scopes say, and nothing after it was taken back', async () => {
    const { status, body } = await make({ name: 'CRM', scopes: ['agents:read'] });
    expect(status).toBe(201);
    const list = await call<{ items: object[] }>(office.manager, 'GET', '/api/v1/api-keys', { token: office.tokens.admin });
    expect(JSON.stringify(list.body)).not.toContain(body.key);
    expect((await call(office.manager, 'GET', '/api/v1/agents', { token: body.key })).status).toBe(200);
    expect((await call(office.manager, 'GET', '/api/v1/media-servers', { token: body.key })).body).toMatchObject({ status: 403, code: 'AUTH.MISSING_SCOPE' });
    for (let n = 0; n < 2; n += 1) expect((await call(office.manager, 'DELETE', `/api/v1/api-keys/${body.id}`, { token: office.tokens.admin })).status).toBe(204);
    await until('the key is refused', async () => (await call(office.manager, 'GET', '/api/v1/agents', { token: body.key })).status === 401);
  });

  it('cannot be made for scopes that do not exist, for none, or for the past', async () => {
    for (const body of [{ name: 'x', scopes: ['everything'] }, { name: 'x', scopes: [] }, { name: 'x', scopes: ['agents:read'], expiresAt: '2020-01-01T00:00:00Z' }]) expect((await make(body)).status).toBe(400);
  });

  it('expires', async () => {
    const { body } = await make({ name: 'short', scopes: ['agents:read'], expiresAt: '2100-01-01T00:00:00Z' });
    await office.database.query('UPDATE api_keys SET expires_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [body.id]);
    expect((await call(office.manager, 'GET', '/api/v1/agents', { token: body.key })).status).toBe(401);
  });
});

it('keeps neither passwords, nor keys, nor tokens in the database or the log', async () => {
  const token = await signIn(office.manager, 'ann', password);
  const { body } = await call<{ key: string }>(office.manager, 'POST', '/api/v1/api-keys', { token: office.tokens.admin, body: { name: 'audit', scopes: ['agents:read'] }, headers: { 'idempotency-key': 'audit-1' } });
  const { cookie } = await login('ann');
  const refreshToken = cookie.split('=')[1] ?? '';
  const everything = await Promise.all(['agents', 'api_keys', 'refresh_tokens', 'idempotency_keys'].map((table) => office.database.query(`SELECT * FROM ${table}`)));
  const text = JSON.stringify(everything, (_, value: unknown) => (isBuffer(value) ? Buffer.from(value.data).toString('latin1') : value)) + office.manager.log();
  for (const secret of [password, body.key, token, refreshToken]) expect(text).not.toContain(secret);
});

function isBuffer(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';
}
