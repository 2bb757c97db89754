import type { RunningManager } from './support/manager.js';
import { serverRow } from './support/fake-media-servers.js';
import { IngestWorld } from './support/ingest-world.js';
import { until } from './support/until.js';

describe('a manager and its media server', () => {
  let world: IngestWorld;
  let manager: RunningManager;

  beforeAll(async () => {
    world = await IngestWorld.create();
    await world.mediaServer('ms1');
    manager = await world.manager({ HEARTBEAT_SILENCE_SECONDS: '1' });
    await world.health(world.servers[0]!, 'healthy');
  });
  afterAll(() => world.stop());

  it('becomes healthy once it was read, and tells its version and load', async () => {
    await until('the load is written', async () => (await serverRow(world.database, world.servers[0]!.id)).loadAverage !== null);
    expect(await serverRow(world.database, world.servers[0]!.id)).toMatchObject({ version: '22.10.1', loadAverage: 0.25, owner: `test-${manager.port}` });
  });

  it('an agent is connected when their channel joins, lost when it leaves, and back when it joins again', async () => {
    const seat = await world.place(manager);
    const { asterisk } = world.at(seat);
    const leg = asterisk.join(seat.conference);
    await world.stateOf(seat, 'connected');
    asterisk.hangup(leg.channel);
    await world.stateOf(seat, 'lost');
    asterisk.join(seat.conference);
    await world.stateOf(seat, 'connected');
  });

  it('somebody else in the conference does not connect the agent', async () => {
    const seat = await world.place(manager);
    world.at(seat).asterisk.join(seat.conference, `PJSIP/somebody-00000001`);
    await until('the client is counted', async () => (await world.read(seat)).clientLegs === 1);
    expect(await world.read(seat)).toMatchObject({ state: 'reserved' });
  });

  it('an agent talks while a client leg is there', async () => {
    const seat = await world.seat(manager);
    const { asterisk } = world.at(seat);
    const client = asterisk.join(seat.conference, `Local/${seat.conference}@client-00000001;2`);
    await until('the client is counted', async () => (await world.read(seat)).clientLegs === 1);
    asterisk.leave(seat.conference, client.uniqueid);
    await until('the client is gone', async () => (await world.read(seat)).clientLegs === 0);
  });

  it('ends the legs of a seat that is given up, and leaves the client in the conference', async () => {
    const seat = await world.seat(manager);
    const { asterisk } = world.at(seat);
    const client = asterisk.join(seat.conference, `Local/${seat.conference}@client-00000002;2`);
    await world.giveUp(manager, seat);
    await asterisk.until(() => asterisk.members(seat.conference).length === 1);
    expect(asterisk.members(seat.conference)[0]?.uniqueid).toBe(client.uniqueid);
  });

  it('ends the leg of a browser that has stopped beating', async () => {
    const seat = await world.seat(manager);
    const { asterisk } = world.at(seat);
    await world.heartbeat(manager, seat);
    await world.stateOf(seat, 'lost', 8_000);
    await asterisk.until(() => asterisk.members(seat.conference).length === 0);
  });

  it('ends a leg that joins after its seat is over', async () => {
    const seat = await world.place(manager);
    await world.giveUp(manager, seat);
    const { asterisk } = world.at(seat);
    asterisk.join(seat.conference);
    await asterisk.until(() => asterisk.members(seat.conference).length === 0);
  });

  it('tells health when it changes, and utilisation at most once a second', async () => {
    const [server] = world.servers;
    for (let n = 0; n < 5; n += 1) await world.place(manager);
    const told = (type: string) =>
      world.database.query<{ at: Date; data: { agentsInCall?: number; reserved?: number; ratio?: number; health?: string } }>('SELECT at, data FROM event_log WHERE type = ? AND subject = ? ORDER BY seq', [type, server!.id]);
    expect((await told('media-server.health')).map(({ data }) => data.health)).toEqual(['healthy']);
    const seats = (await serverRow(world.database, server!.id)).seats;
    await until('the last word is right', async () => {
      const last = (await told('media-server.utilisation')).at(-1)?.data;
      return (last?.agentsInCall ?? 0) + (last?.reserved ?? 0) === seats && Math.round((last?.ratio ?? 0) * 100) === seats;
    });
    const times = (await told('media-server.utilisation')).map(({ at }) => at.getTime());
    for (const [index, at] of times.entries()) if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(900);
  });

  it('is not watched while an operator has taken it out, and read anew after', async () => {
    const [server] = world.servers;
    await world.database.query("UPDATE media_servers SET mode = 'disabled' WHERE id = ?", [server!.id]);
    await world.health(server!, 'unknown');
    await server!.asterisk.until(() => server!.asterisk.sessions.length === 0);
    await world.database.query("UPDATE media_servers SET mode = 'active' WHERE id = ?", [server!.id]);
    await world.health(server!, 'healthy');
  });
});

describe('events that were never heard', () => {
  it('are made good by the slow beat', async () => {
    const world = await IngestWorld.create();
    const server = await world.mediaServer('ms1');
    const manager = await world.manager({ RECONCILE_SECONDS: '1' });
    await world.health(server, 'healthy');
    const stays = await world.seat(manager);
    const gone = await world.seat(manager);
    const came = await world.place(manager);
    // Straight in the model, past the wire: Asterisk says nothing of it.
    server.asterisk.model.leave(gone.conference, server.asterisk.members(gone.conference)[0]!.uniqueid);
    server.asterisk.model.join(came.conference);
    await world.stateOf(gone, 'lost', 3_000);
    await world.stateOf(came, 'connected', 3_000);
    expect(await world.read(stays)).toMatchObject({ state: 'connected' });
    await world.stop();
  });
});
