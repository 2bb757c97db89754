import type { RunningManager } from './support/manager.js';
import { serverRow } from './support/fake-media-servers.js';
import { IngestWorld } from './support/ingest-world.js';
import { until } from './support/until.js';

describe('when a media server fails', () => {
  let world: IngestWorld;
  let manager: RunningManager;

  beforeAll(async () => {
    world = await IngestWorld.create();
    manager = await world.manager();
  });
  // The next test has the pool for itself.
  afterEach(() => world.database.query("UPDATE media_servers SET mode = 'disabled'"));
  afterAll(() => world.stop());

  it.each(['fin', 'rst'] as const)('killed (%s): its seats end within 3 s, and it comes back when it does', async (how) => {
    const server = await world.mediaServer(`ms-${how}`);
    await world.health(server, 'healthy');
    const seat = await world.seat(manager);
    const promised = await world.place(manager);
    server.asterisk.model.reboot(Date.now());
    await server.asterisk.stop(how);
    await world.stateOf(seat, 'released', 3_000);
    expect(await world.read(seat)).toMatchObject({ reason: 'media_server_failed' });
    await world.stateOf(promised, 'released', 1_000);
    expect(await serverRow(world.database, server.id)).toMatchObject({ health: 'down', healthReason: expect.stringMatching(/^Connection refused/), seats: 0 });
    await server.asterisk.start();
    await world.health(server, 'healthy', 8_000);
    expect(await serverRow(world.database, server.id)).toMatchObject({ healthReason: null });
  });

  it('stopped without a word: suspect first, its idle seats end within 10 s, and what is left there is ended when it goes on', async () => {
    for (const name of ['ms2', 'ms2b']) await world.health(await world.mediaServer(name), 'healthy');
    const seat = await world.seat(manager);
    const server = world.at(seat);
    const since = performance.now();
    await server.asterisk.stop('silence');
    await world.health(server, 'suspect', 7_000);
    expect(await world.read(seat)).toMatchObject({ state: 'connected' });
    await world.stateOf(seat, 'released', 10_000 - (performance.now() - since));
    server.asterisk.resume();
    await world.health(server, 'healthy', 10_000);
    await server.asterisk.until(() => server.asterisk.members(seat.conference).length === 0);
  });

  it('a wrong AMI user is told as such, in the row and in an event, and no secret with it', async () => {
    const server = await world.mediaServer('ms-login');
    await world.database.query("UPDATE media_servers SET ami_username = 'stranger' WHERE id = ?", [server.id]);
    await until('the reason is told', async () => /^Login refused/.test((await serverRow(world.database, server.id)).healthReason ?? ''), 20_000);
    const told = await world.database.query<{ data: { healthReason: string | null } }>("SELECT data FROM event_log WHERE type = 'media-server.health' AND subject = ? ORDER BY seq", [server.id]);
    expect(told.at(-1)?.data.healthReason).toMatch(/^Login refused/);
    expect(JSON.stringify(told)).not.toContain(server.asterisk.secret);
  });

  it('a short silence costs nobody a seat', async () => {
    const server = await world.mediaServer('ms3');
    await world.health(server, 'healthy');
    const seat = await world.seat(manager);
    await server.asterisk.stop('silence');
    await world.health(server, 'suspect', 7_000);
    server.asterisk.resume();
    await world.health(server, 'healthy', 7_000);
    expect(await world.read(seat)).toMatchObject({ state: 'connected' });
    expect(server.asterisk.members(seat.conference)).toHaveLength(1);
  });

  it('a connection that breaks costs nobody a seat', async () => {
    const server = await world.mediaServer('ms4');
    await world.health(server, 'healthy');
    const seat = await world.seat(manager);
    const session = server.asterisk.sessions[0]!;
    session.reset();
    await server.asterisk.until(() => server.asterisk.sessions.some((one) => one !== session && one.loggedIn));
    await world.health(server, 'healthy');
    expect(await world.read(seat)).toMatchObject({ state: 'connected' });
  });

  it('restarted faster than anybody noticed: what was on it has ended', async () => {
    const server = await world.mediaServer('ms5');
    await world.health(server, 'healthy');
    const seat = await world.seat(manager);
    // The same port answers at once; only the uptime tells.
    server.asterisk.model.reboot(Date.now());
    server.asterisk.sessions[0]!.socket.end();
    await world.stateOf(seat, 'released', 3_000);
    expect(await world.read(seat)).toMatchObject({ reason: 'media_server_failed' });
    await world.health(server, 'healthy');
  });
});

describe('when a manager fails', () => {
  let world: IngestWorld;

  beforeEach(async () => {
    world = await IngestWorld.create();
  });
  afterEach(() => world.stop());

  it('restarted: the counts are right within 5 s and no call was touched', async () => {
    const server = await world.mediaServer('ms1');
    const before = await world.manager();
    await world.health(server, 'healthy');
    const [stays, leaves] = [await world.seat(before), await world.seat(before)];
    const comes = await world.place(before);
    await before.stop();
    expect(await serverRow(world.database, server.id)).toMatchObject({ owner: null, health: 'healthy' });
    server.asterisk.hangup(server.asterisk.members(leaves.conference)[0]!.channel);
    server.asterisk.join(comes.conference);
    await world.manager();
    await world.stateOf(comes, 'connected', 5_000);
    await world.stateOf(leaves, 'lost', 1_000);
    expect(await world.read(stays)).toMatchObject({ state: 'connected' });
    expect(server.asterisk.members(stays.conference)).toHaveLength(1);
    expect(world.asked(server)).not.toContain('Hangup');
  });

  it('killed: another one owns its media servers within 5 s, with the counts right', async () => {
    const servers = [await world.mediaServer('ms1'), await world.mediaServer('ms2')];
    const doomed = await world.manager();
    for (const server of servers) await world.health(server, 'healthy');
    const leaves = await world.seat(doomed);
    const other = await world.manager();
    await doomed.kill();
    world.at(leaves).asterisk.hangup(world.at(leaves).asterisk.members(leaves.conference)[0]!.channel);
    await world.stateOf(leaves, 'lost', 5_000);
    for (const { id } of servers) await until('it has a new owner', async () => (await serverRow(world.database, id)).owner === `test-${other.port}`, 5_000);
    for (const { id } of servers) expect((await serverRow(world.database, id)).health).toBe('healthy');
  });

  it('two managers share the media servers, and one that ends in order hands its own over at once', async () => {
    for (const name of ['ms1', 'ms2', 'ms3', 'ms4']) await world.mediaServer(name);
    const first = await world.manager();
    for (const server of world.servers) await world.health(server, 'healthy');
    const second = await world.manager();
    const owners = async (): Promise<(string | null)[]> => Promise.all(world.servers.map(async ({ id }) => (await serverRow(world.database, id)).owner));
    const count = async (manager: { port: number }): Promise<number> => (await owners()).filter((owner) => owner === `test-${manager.port}`).length;
    await until('they share them', async () => (await count(first)) === 2 && (await count(second)) === 2, 5_000);
    await first.stop();
    await until('the other one has them all', async () => (await count(second)) === 4, 3_000);
    const epochs = await Promise.all(world.servers.map(async ({ id }) => (await serverRow(world.database, id)).epoch));
    expect(Math.min(...epochs)).toBeGreaterThanOrEqual(2);
  });
});
