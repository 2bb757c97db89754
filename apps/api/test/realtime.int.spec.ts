import { call } from './support/api.js';
import { addAgent, addServers, ha1, type PoolServer, tokenFor } from './support/pool.js';
import { emptyPool, type SelectionWorld, selectionWorld } from './support/selection-world.js';

let world: SelectionWorld;
let server: PoolServer;
let username: string;
let password: string;

beforeAll(async () => {
  world = await selectionWorld();
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  await emptyPool(world);
  server = (await addServers(world.database, 1))[0]!;
  const { body } = await world.place(tokenFor(await addAgent(world.database)));
  ({ username, password } = body.sip!);
});

const ask = (table: string, operation: string, form: string, of = server): Promise<string> => world.lookUp(of, table, operation, form);
const fields = (line: string): Record<string, string> => Object.fromEntries(new URLSearchParams(line.trim()));

describe('Asterisk asks who is calling', () => {
  it('and is told the endpoint, the hash of the password and the AOR of a live placement of its own', async () => {
    const endpoint = fields(await ask('ps_endpoints', 'single', `id=${username}`));
    expect(endpoint).toMatchObject({ id: username, webrtc: 'yes', context: 'seats', auth: username, aors: username, disallow: 'all', allow: 'opus,ulaw,alaw', allow_transfer: 'no' });
    expect(fields(await ask('ps_auths', 'single', `id=${username}`))).toEqual({ id: username, auth_type: 'md5', username, realm: 'nailup', md5_cred: ha1(username, 'nailup', password) });
    expect(fields(await ask('ps_aors', 'single', `id=${username}`))).toMatchObject({ id: username, max_contacts: '1' });
  });

  it('in all its ways of asking: by name, by pattern, and for every one', async () => {
    await world.place(tokenFor(await addAgent(world.database)));
    expect((await ask('ps_endpoints', 'multi', 'id+LIKE=%25')).trim().split('\n')).toHaveLength(2);
    expect((await ask('ps_endpoints', 'multi', `id+LIKE=${username.slice(0, 9)}%25`)).trim().split('\n')).toHaveLength(1);
    expect(fields(await ask('ps_endpoints', 'multi', `id=${username}`)).id).toBe(username);
    expect(await ask('ps_aors', 'multi', 'mailboxes+%21%3D=')).toBe('');
  });

  it('and is told nothing of user@domain, of strangers, of other tables and of things that would change something', async () => {
    const misses: [string, string, string][] = [
      ['ps_endpoints', 'single', `id=${username}%40example.test`],
      ['ps_endpoints', 'single', `id=${username}x`],
      ['ps_endpoints', 'single', `id=${username}%00`],
      ['ps_endpoints', 'single', "id=' OR 1=1 -- "],
      ['ps_endpoints', 'single', ''],
      ['ps_endpoints', 'single', 'id+LIKE=%25'],
      ['ps_contacts', 'single', `id=${username}`],
      ['agents', 'multi', 'id+LIKE=%25'],
      ['__proto__', 'single', `id=${username}`],
      ['ps_auths', 'update', `id=${username}`],
      ['ps_auths', 'store', 'id=x'],
      ['ps_auths', 'destroy', `id=${username}`],
      ['ps_auths', 'require', `id=${username}`],
    ];
    for (const [table, operation, form] of misses) expect([table, operation, form, await ask(table, operation, form)]).toEqual([table, operation, form, '']);
  });

  it('and is told nothing of the placements of another media server', async () => {
    const [other] = (await addServers(world.database, 1)) as [PoolServer];
    for (const table of ['ps_endpoints', 'ps_auths']) {
      expect(await ask(table, 'single', `id=${username}`, other)).toBe('');
      expect(await ask(table, 'multi', 'id+LIKE=%25', other)).toBe('');
    }
  });

  it('and is told nothing once the seat has ended', async () => {
    await world.database.query("UPDATE placements SET state = 'released'");
    for (const table of ['ps_endpoints', 'ps_auths']) expect(await ask(table, 'single', `id=${username}`)).toBe('');
    // An AOR says nothing of a seat; without it the registrar would keep her Contact.
    expect(fields(await ask('ps_aors', 'single', `id=${username}`))).toEqual({ id: username, max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0', maximum_expiration: '86400' });
    await world.database.query('UPDATE media_servers SET seats = 0');
  });

  it('and a password whose time is over opens nothing new, also while its seat is taken; a fresh one does', async () => {
    const agent = await addAgent(world.database);
    const mine = (await world.place(tokenFor(agent))).body.sip!.username;
    const auth = (): Promise<string> => ask('ps_auths', 'single', `id=${mine}`);
    for (const state of ['reserved', 'lost', 'connected']) {
      await world.database.query('UPDATE placements SET state = ?, sip_expires_at = NOW(3) - INTERVAL 1 SECOND WHERE sip_username = ?', [state, mine]);
      expect([state, await auth()]).toEqual([state, '']);
      expect(await ask('ps_endpoints', 'single', `id=${mine}`)).not.toBe('');
    }
    const { password } = (await world.place(tokenFor(agent))).body.sip!;
    expect(fields(await auth())['md5_cred']).toBe(ha1(mine, 'nailup', password));
  });
});

describe('somebody else asks', () => {
  const path = '/api/v1/asterisk/realtime/ps_auths/single';
  const form = { body: 'id=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } };

  it('without a token, with a wrong one, or with one that is for something else', async () => {
    expect((await call(world.manager, 'POST', path, form)).status).toBe(401);
    expect((await call(world.manager, 'POST', path, { ...form, token: 'nlr_guess' })).status).toBe(401);
    expect((await call(world.manager, 'POST', path, { ...form, token: tokenFor(await addAgent(world.database, { role: 'admin' })) })).status).toBe(403);
    expect((await call(world.manager, 'POST', path, { ...form, token: world.integrator })).status).toBe(403);
  });

  it('a media server that was deleted', async () => {
    const [gone] = (await addServers(world.database, 1)) as [PoolServer];
    await world.database.query('UPDATE media_servers SET deleted_at = NOW(3) WHERE id = ?', [gone.id]);
    expect((await call(world.manager, 'POST', path, { ...form, token: gone.realtimeToken })).status).toBe(401);
  });

  it('in JSON, which Asterisk does not speak: 415, whatever is in it', async () => {
    for (const body of [{ id: { toString: 1 } }, { id: username }, []]) {
      const answer = await call(world.manager, 'POST', path, { token: server.realtimeToken, body });
      expect([body, answer.status]).toEqual([body, 415]);
    }
  });

  it('with a form at a route that takes JSON: it is refused there', async () => {
    const answer = await call(world.manager, 'POST', '/api/v1/placements', { ...form, token: world.integrator });
    expect(answer.status).toBe(415);
  });
});
