import { call } from './support/api.js';
import { type FakeMediaServer, serverRow } from './support/fake-media-servers.js';
import { IngestWorld } from './support/ingest-world.js';
import type { RunningManager } from './support/manager.js';
import { until } from './support/until.js';

let world: IngestWorld;
let manager: RunningManager;

beforeEach(async () => {
  world = await IngestWorld.create();
  manager = await world.manager();
});
afterEach(() => world.stop());

/** Media servers with a SIP side, each of whose three signs of life has been heard. */
async function pool(count: number): Promise<FakeMediaServer[]> {
  for (let n = 1; n <= count; n += 1) await world.mediaServer(`ms${n}`, true);
  for (const server of world.servers) await world.health(server, 'healthy');
  await until('all signs of life are heard', async () => {
    const text = await metrics();
    return world.servers.every(({ name }) => ['ping', 'echo', 'sip'].every((signal) => text.includes(`nailup_media_server_sign_of_life{media_server="${name}",signal="${signal}"} 1`)));
  });
  return world.servers;
}

const metrics = async (): Promise<string> => (await call<string>(manager, 'GET', '/metrics')).body;
const told = (type: string): Promise<{ data: { reason: string | null } }[]> => world.database.query('SELECT data FROM event_log WHERE type = ? ORDER BY seq', [type]);

async function stop({ asterisk, sip }: FakeMediaServer): Promise<void> {
  sip?.silence();
  await asterisk.stop('silence');
}

function goOn({ asterisk, sip }: FakeMediaServer): void {
  sip?.resume();
  asterisk.resume();
}

describe('the signs of life of a media server', () => {
  it('tells how late its events are, by an echo of its own', async () => {
    await pool(1);
    await until('an echo is told', async () => /nailup_ami_event_latency_seconds_count{media_server="ms1"} [1-9]/.test(await metrics()));
    expect(await metrics()).toMatch(/nailup_ami_event_latency_seconds_bucket{le="0.25",media_server="ms1"} [1-9]/);
  });

  it('one alone makes it suspect: nobody new comes, nobody is moved, and it is back once that sign is', async () => {
    const [server] = await pool(2);
    const seat = await world.seat(manager);
    const { sip } = world.at(seat);
    sip?.silence();
    await world.health(world.at(seat), 'suspect', 8_000);
    expect((await serverRow(world.database, world.at(seat).id)).healthReason).toContain('SIP OPTIONS');
    const another = await world.place(manager);
    expect(another.mediaServer.id).not.toBe(seat.mediaServer.id);
    // Well past the time after which two signs would have made it down.
    await until('it has been silent for 8 s', async () => /No answer for 4 s: SIP OPTIONS/.test((await serverRow(world.database, world.at(seat).id)).healthReason ?? ''));
    expect([(await world.read(seat)).state, (await serverRow(world.database, world.at(seat).id)).health]).toEqual(['connected', 'suspect']);
    sip?.resume();
    await world.health(world.at(seat), 'healthy', 10_000);
    expect(server).toBeDefined();
  });

  it('two of three make it down within 6 s: who is idle moves, who talks keeps her seat and her legs, and finds both when it goes on', async () => {
    await pool(2);
    const [one, two, three, four] = [await world.seat(manager), await world.seat(manager), await world.seat(manager), await world.seat(manager)];
    const there = [one, two, three, four].filter((seat) => seat.mediaServer.id === one.mediaServer.id);
    const [talks, idle] = [there[0]!, there[1]!];
    const server = world.at(talks);
    server.asterisk.join(talks.conference, `Local/${talks.conference}@client-00000001;2`);
    await until('the client is counted', async () => (await world.read(talks)).clientLegs === 1);
    const beats = setInterval(() => void world.heartbeat(manager, talks), 1_000);
    const since = performance.now();
    await stop(server);
    await world.health(server, 'down', 10_000);
    expect(performance.now() - since).toBeLessThan(6_500);
    await world.stateOf(idle, 'released', 4_000);
    expect(await world.read(talks)).toMatchObject({ state: 'connected', clientLegs: 1 });
    goOn(server);
    await world.health(server, 'healthy', 15_000);
    clearInterval(beats);
    await server.asterisk.until(() => server.asterisk.members(idle.conference).length === 0);
    expect(await world.read(talks)).toMatchObject({ state: 'connected', clientLegs: 1 });
    expect(server.asterisk.members(talks.conference)).toHaveLength(2);
  }, 90_000);

  it('AMI alone that is cut is two of three: nobody whose media runs loses a call, and all is known again after it', async () => {
    await pool(2);
    const seat = await world.seat(manager);
    const server = world.at(seat);
    server.asterisk.join(seat.conference, `Local/${seat.conference}@client-00000001;2`);
    await until('the client is counted', async () => (await world.read(seat)).clientLegs === 1);
    await server.asterisk.stop('silence');
    await world.health(server, 'down', 10_000);
    expect(await world.read(seat)).toMatchObject({ state: 'connected', clientLegs: 1 });
    server.asterisk.resume();
    await world.health(server, 'healthy', 15_000);
    expect(world.asked(server)).not.toContain('Hangup');
  });

  it('the only media server there is moves nobody: there is nowhere to go', async () => {
    const [server] = await pool(1);
    const seat = await world.seat(manager);
    await stop(server!);
    await world.health(server!, 'down', 10_000);
    goOn(server!);
    await world.health(server!, 'healthy', 15_000);
    expect(await world.read(seat)).toMatchObject({ state: 'connected' });
    expect(server!.asterisk.members(seat.conference)).toHaveLength(1);
  });
});

describe('when more than half of the pool falls silent at once', () => {
  it('it is taken for our own fault: said in log, readiness and an event, and nobody is moved until it is over', async () => {
    const servers = await pool(3);
    const seats = [await world.seat(manager), await world.seat(manager), await world.seat(manager)];
    await Promise.all(servers.slice(0, 2).map(stop));
    await until('it is told', async () => (await told('pool.frozen')).length === 1, 10_000);
    for (const { id } of servers.slice(0, 2)) {
      await until('each of them says so', async () => /fault of our own network/.test((await serverRow(world.database, id)).healthReason ?? ''), 5_000);
    }
    const ready = await call<{ status: string; dependencies: Record<string, { status: string; detail?: string }> }>(manager, 'GET', '/health/ready');
    expect([ready.status, ready.body.dependencies['mediaServers']]).toEqual([200, { status: 'degraded', detail: expect.stringContaining('2 of 3 media servers') }]);
    await until('the metrics say so', async () => (await metrics()).includes('nailup_pool_frozen 1'));
    expect(manager.log()).toContain('fault of our own network');
    servers.slice(0, 2).forEach(goOn);
    for (const server of servers) await world.health(server, 'healthy', 15_000);
    for (const seat of seats) expect(await world.read(seat)).toMatchObject({ state: 'connected' });
    expect((await told('pool.thawed')).length).toBe(1);
    const healths = await world.database.query<{ health: string }>("SELECT data->>'$.health' AS health FROM event_log WHERE type = 'media-server.health'");
    expect(healths.map(({ health }) => health)).not.toContain('down');
  }, 90_000);
});
