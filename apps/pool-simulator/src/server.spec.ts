import { once } from 'node:events';
import { AmiSession, type AmiMessage } from '@nailup/ami';
import { Pool, type SimulatedServer } from './index.js';

let pool: Pool;
let server: SimulatedServer;
const sessions: AmiSession[] = [];

beforeEach(async () => {
  pool = await Pool.open({ servers: 2, seed: 7 });
  server = pool.servers[0] as SimulatedServer;
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await pool.close();
});

async function logIn(at: SimulatedServer = server, secret = at.secret): Promise<{ session: AmiSession; heard: AmiMessage[] }> {
  const session = new AmiSession({ host: at.host, port: at.port, username: at.username, secret, pingIntervalMs: 50, pingTimeoutMs: 100, loginTimeoutMs: 200 });
  const heard: AmiMessage[] = [];
  session.on('event', (event) => heard.push(event));
  sessions.push(session);
  await session.connect();
  return { session, heard };
}

/** Everything that was said before this was asked has been heard. */
const settled = (session: AmiSession): Promise<unknown> => session.action({ Action: 'Ping' });
const named = (heard: readonly AmiMessage[]): (string | undefined)[] => heard.map((event) => event.Event);

describe('a simulated media server', () => {
  it('lets in who knows its secret, and nobody else', async () => {
    await expect(logIn(server, 'guessed')).rejects.toMatchObject({ fault: 'login-refused' });
    const { session, heard } = await logIn();
    await settled(session);
    expect(named(heard)).toEqual(['FullyBooted']);
    expect(Number(heard[0]?.get('Uptime'))).toBeGreaterThan(3_000);
  });

  it('shows a seat and its client in events, and the same in its lists', async () => {
    const { session, heard } = await logIn();
    const seat = server.sit('seat000001');
    const client = server.arrive({ place: { conference: 'seat000001' }, callId: 'c0ffee00-0000-4000-8000-000000000001' });
    await settled(session);
    expect(named(heard)).toEqual(['FullyBooted', 'Newstate', 'ConfbridgeJoin', 'Newstate', 'ConfbridgeJoin']);
    const channels = await session.list({ Action: 'CoreShowChannels' });
    expect(channels.map((one) => one.get('Uniqueid'))).toEqual([seat, client]);
    const members = await session.list({ Action: 'ConfbridgeList', Conference: 'seat000001' });
    expect(members.map((one) => one.get('MarkedUser'))).toEqual(['Yes', 'No']);
    expect(server.standing()).toEqual([{ conference: 'seat000001', agentLegs: [seat], clientLegs: 1 }]);
    await session.action({ Action: 'Hangup', Channel: client, Cause: 16 });
    await settled(session);
    expect(named(heard).slice(5)).toEqual(['ConfbridgeLeave', 'UserEvent', 'Hangup']);
    expect(heard[6]?.get('UserEvent')).toBe('NailupQuality');
    expect(server.standing()).toEqual([{ conference: 'seat000001', agentLegs: [seat], clientLegs: 0 }]);
  });

  it('fetches an agent who rests when her client comes, and lets her rest again', async () => {
    const { session, heard } = await logIn();
    const seat = server.sit('seat000001', { parking: 'holding' });
    server.hangUp(server.arrive({ place: { conference: 'seat000001' } }));
    await settled(session);
    expect(heard.slice(1).map((event) => [event.Event, event.get('Uniqueid') === seat ? 'agent' : 'client', event.get('Place') ?? ''])).toEqual([
      ['Newstate', 'agent', ''],
      ['UserEvent', 'agent', 'parked'],
      ['Newstate', 'client', ''],
      ['ConfbridgeJoin', 'agent', ''],
      ['ConfbridgeJoin', 'client', ''],
      ['ConfbridgeLeave', 'client', ''],
      ['ConfbridgeLeave', 'agent', ''],
      ['Hangup', 'client', ''],
      ['UserEvent', 'agent', 'parked'],
    ]);
    expect(server.standing()).toEqual([{ conference: 'seat000001', agentLegs: [seat], clientLegs: 0 }]);
  });

  it('keeps the newest leg of a seat', async () => {
    server.sit('seat000001');
    const newest = server.sit('seat000001');
    expect(server.standing()).toEqual([{ conference: 'seat000001', agentLegs: [newest], clientLegs: 0 }]);
  });

  it('dials a number: it rings, is answered, and stands in the conference of its agent', async () => {
    const { session, heard } = await logIn();
    server.sit('seat000001');
    const callId = 'c0ffee00-0000-4000-8000-000000000002';
    const joined = new Promise<void>((resolve) =>
      session.on('event', (event) => event.Event === 'ConfbridgeJoin' && event.get('Uniqueid') === callId && resolve()),
    );
    await session.action({
      Action: 'Originate',
      ActionID: `dial-${callId}`,
      ChannelId: callId,
      Channel: 'PJSIP/+15550101@proxy',
      Async: true,
      Timeout: 30_000,
      Context: 'clients',
      Exten: 'seat000001',
      Priority: 1,
      CallerID: '+15559999',
      Variable: [`__NAILUP_CALL=${callId}`, 'NAILUP_ROLE=client'],
    });
    await joined;
    const ofCall = heard.filter((event) => event.get('Uniqueid') === callId);
    expect(ofCall.map((event) => `${event.Event} ${event.get('ChannelStateDesc') ?? event.get('Response')}`)).toEqual([
      'Newstate Ringing',
      'OriginateResponse Success',
      'Newstate Up',
      'ConfbridgeJoin Up',
    ]);
    expect(ofCall.at(-1)?.all('ChanVariable')).toEqual([`NAILUP_CALL=${callId}`, 'NAILUP_ROLE=client']);
  });

  it('tells how a client has sounded when she only waited, and nothing of one who was never reached', async () => {
    const { session, heard } = await logIn();
    server.hangUp(server.arrive({ place: 'queue', callId: 'c0ffee00-0000-4000-8000-000000000003' }));
    await session.action({
      Action: 'Originate',
      ChannelId: 'c0ffee00-0000-4000-8000-000000000004',
      Channel: 'PJSIP/+15550199@proxy',
      Context: 'clients',
      Exten: 'seat000001',
      Variable: ['__NAILUP_CALL=c0ffee00-0000-4000-8000-000000000004', 'NAILUP_ROLE=client'],
    });
    await session.action({ Action: 'Hangup', Channel: 'c0ffee00-0000-4000-8000-000000000004', Cause: 16 });
    await settled(session);
    expect(heard.filter((event) => event.Event === 'Hangup')).toHaveLength(2);
    const told = heard.filter((event) => event.get('UserEvent') === 'NailupQuality');
    expect(told.map((event) => event.all('ChanVariable')[0])).toEqual(['NAILUP_CALL=c0ffee00-0000-4000-8000-000000000003']);
    expect(told[0]?.get('Rtcp')).toMatch(/;lp=0;rxjitter=0\.000000;rxcount=\d+;/);
  });

  it('says that a caller was not taken by another media server before she is back in the queue', async () => {
    const { session, heard } = await logIn();
    const waiting = server.arrive({ place: 'queue', callId: 'c0ffee00-0000-4000-8000-000000000005' });
    pool.across = (leg) => leg.refuse(1, 404);
    await session.action({ Action: 'Setvar', Channel: waiting, Variable: 'NAILUP_ACROSS', Value: '127.0.0.2:5060' });
    await session.action({ Action: 'Redirect', Channel: waiting, Context: 'across', Exten: 't234', Priority: 1 });
    await settled(session);
    const said = heard.filter((event) => event.Event === 'UserEvent').map((event) => event.get('State') ?? event.get('Place'));
    expect(said).toEqual(['queue', 'across', 'failed', 'queue']);
  });

  it('says the same again for the same seed', async () => {
    const other = await Pool.open({ servers: 1, seed: 7, firstAddress: '127.200.9.1' });
    const again = other.servers[0] as SimulatedServer;
    expect([again.name, again.secret]).toEqual([server.name, server.secret]);
    const bridges = [server, again].map((one) => {
      one.sit('seat000001');
      return [...one.asterisk.board.conferences.values()].map(({ bridgeId }) => bridgeId);
    });
    expect(bridges[0]).toEqual(bridges[1]);
    await other.close();
  });
});

describe('a media server that fails', () => {
  it('dies: connections end, nobody listens, and it comes back empty with its uptime begun anew', async () => {
    const { session } = await logIn();
    server.sit('seat000001');
    await server.die();
    expect((await session.closed).fault).toBe('peer-lost');
    await expect(logIn()).rejects.toMatchObject({ fault: 'connect-failed' });
    await server.start();
    const after = await logIn();
    await settled(after.session);
    expect(Number(after.heard[0]?.get('Uptime'))).toBeLessThan(5);
    expect(await after.session.list({ Action: 'CoreShowChannels' })).toEqual([]);
  });

  it('hangs: it takes connections and answers nothing, and says it all when it goes on', async () => {
    const { session, heard } = await logIn();
    server.hang();
    server.sit('seat000001');
    await expect(logIn()).rejects.toMatchObject({ fault: 'login-timeout' });
    expect(named(heard)).toEqual(['FullyBooted']);
    const closed = await session.closed;
    expect(closed.fault).toBe('peer-silent');
    server.heal();
    const after = await logIn();
    await settled(after.session);
    expect(await after.session.list({ Action: 'ConfbridgeListRooms' })).toHaveLength(1);
  });

  it('is half-open: bytes vanish both ways, the old session never recovers, and a new one finds what happened meanwhile', async () => {
    const { session } = await logIn();
    server.halfOpen();
    server.sit('seat000001');
    server.heal();
    expect((await session.closed).fault).toBe('peer-silent');
    const after = await logIn();
    expect(await after.session.list({ Action: 'ConfbridgeListRooms' })).toHaveLength(1);
  });

  it('drops, doubles and swaps events and never an answer', async () => {
    const { session, heard } = await logIn();
    server.mischief({ drop: 0.2, double: 0.2, swap: 0.2 });
    for (let n = 0; n < 500; n += 1) server.sit(`seat${String(n).padStart(6, '0')}`);
    server.mischief();
    await settled(session);
    const { told, dropped, doubled, swapped } = server.events;
    expect(heard).toHaveLength(told + 1);
    expect(told).toBe(1_000 - dropped + doubled);
    expect([dropped, doubled, swapped].every((count) => count > 100 && count < 300)).toBe(true);
    expect(await session.list({ Action: 'CoreShowChannels' })).toHaveLength(500);
  });

  it('floods at the rate it is told, in a session that stays', async () => {
    const { session, heard } = await logIn();
    server.sit('seat000001');
    const flood = server.flood({ perSecond: 20_000 });
    while (heard.length < 2_000) await once(session, 'event');
    server.stopFlood();
    await settled(session);
    expect(heard.length).toBe(flood.told + 3);
    expect(server.standing()[0]?.clientLegs).toBe(0);
  });

  it('has a clock of its own: set back, it claims a shorter uptime', async () => {
    server.skew(-1_800_000);
    const { session, heard } = await logIn();
    await settled(session);
    expect(Number(heard[0]?.get('Uptime'))).toBeLessThan(1_900);
    const pong = await session.action({ Action: 'Ping' });
    expect(Number(pong.get('Timestamp')) * 1_000 - Date.now()).toBeLessThan(-1_700_000);
  });
});
