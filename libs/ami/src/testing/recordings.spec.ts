import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AmiFraming } from '../framing.js';
import type { AmiMessage } from '../message.js';
import { AmiSession } from '../session.js';
import { AsteriskModel } from './asterisk-model.js';
import { FakeAmiServer } from './fake-ami-server.js';
import { ScriptedPeer } from './scripted-peer.js';
import * as shapes from './shapes.js';

const bytes = readFileSync(join(__dirname, '../../test/recordings/asterisk-22-conference-calls.ami'));

function messages(): AmiMessage[] {
  const all: AmiMessage[] = [];
  new AmiFraming((message) => all.push(message)).push(bytes);
  return all;
}

const recorded = messages();
const first = (event: string): AmiMessage | undefined => recorded.find((message) => message.Event === event);

describe('the recording of a real Asterisk', () => {
  it('counts the same joins, leaves and rooms as its own lists say', () => {
    const joins = recorded.filter((message) => message.Event === 'ConfbridgeJoin');
    const rooms = recorded.filter((message) => message.Event === 'ConfbridgeListRooms');
    expect(new Set(joins.map((join) => join.get('Conference')))).toEqual(new Set(rooms.map((room) => room.get('Conference'))));
    expect(rooms.reduce((sum, room) => sum + Number(room.get('Parties')), 0)).toBe(joins.length);
    expect(recorded.filter((message) => message.Event === 'CoreShowChannel')).toHaveLength(Number(first('CoreShowChannelsComplete')?.get('ListItems')));
    expect(recorded.some((message) => message.get('Value') === 'école:0')).toBe(true);
    expect(recorded.some((message) => message.all('Output').length > 30)).toBe(true);
  });

  it('gives a session every event, whatever the pieces it is sent in', async () => {
    const peer = await new ScriptedPeer((socket) => {
      socket.write('Asterisk Call Manager/11.0.0\r\n');
      const framing = new AmiFraming(
        (action) => {
          socket.write(`Response: Success\r\nActionID: ${action.ActionID}\r\nChallenge: 1\r\n\r\n`);
          if (action.get('Action') !== 'Login') return;
          const body = bytes.subarray(bytes.indexOf('\r\n') + 2);
          for (let at = 0; at < body.length; at += 97) socket.write(body.subarray(at, at + 97));
          socket.end();
        },
        { greeting: false },
      );
      socket.on('data', (chunk: Buffer) => framing.push(chunk));
    }).listen();
    const session = new AmiSession({ host: peer.host, port: peer.port, username: 'nailup', secret: 'x' });
    const told: (string | undefined)[] = [];
    session.on('event', (event) => told.push(event.Event));
    await session.connect();
    await session.closed;
    expect(told).toEqual(recorded.map((message) => message.Event).filter((event) => event !== undefined));
    await peer.close();
  });

  it('has the headers the fake server sends, in the same order', () => {
    const model = new AsteriskModel('ms1', 0, () => 1000);
    const { member } = model.join('6050', { channel: 'Local/s@client-00000002;1' });
    const channel = [...model.channels.values()][0];
    if (!channel) throw new Error('the model lost its channel');
    const made: [string, shapes.Shape][] = [
      ['ConfbridgeStart', shapes.confbridgeStart('ms1', '6050')],
      ['ConfbridgeJoin', shapes.confbridgeJoin('ms1', member, channel, 2)],
      ['ConfbridgeLeave', shapes.confbridgeLeave('ms1', member, channel, 3)],
      ['ConfbridgeEnd', shapes.confbridgeEnd('ms1', '6050')],
      ['ConfbridgeListRooms', shapes.confbridgeListRooms('R1', '6050', [member])],
      ['ConfbridgeListRoomsComplete', shapes.listComplete('ConfbridgeListRoomsComplete', 'R1', 25)],
      ['CoreShowChannel', shapes.coreShowChannel('X1', channel, '6050', 1000)],
      ['Hangup', shapes.hangup('ms1', channel)],
    ];
    for (const [event, shape] of made) {
      expect([event, ...shape.map(([name]) => name)]).toEqual([event, ...Object.keys(first(event)?.headers ?? {})]);
    }
  });
});

describe('the media server of the tests', () => {
  it('is another process after a restart: no calls, and its uptime begins anew', async () => {
    const server = await new FakeAmiServer().start();
    server.join('seat-1');
    const before = new AmiSession(server.address);
    const booted = once(before, 'event');
    await before.connect();
    expect(Number(((await booted) as [AmiMessage])[0].get('Uptime'))).toBeGreaterThanOrEqual(60);
    await server.restart('rst');
    expect((await before.closed).fault).toBe('peer-lost');
    const after = new AmiSession(server.address);
    const again = once(after, 'event');
    await after.connect();
    expect(Number(((await again) as [AmiMessage])[0].get('Uptime'))).toBeLessThan(5);
    expect(await after.list({ Action: 'CoreShowChannels' })).toEqual([]);
    await after.close();
    await server.stop();
  });

  it('lets an originated client leg into the conference and hangs legs up by name', async () => {
    const server = await new FakeAmiServer().start();
    const session = new AmiSession(server.address);
    await session.connect();
    const seat = server.join('seat-1');
    const joined = once(session, 'event');
    await session.action({ Action: 'Originate', Channel: 'Local/seat-1@client', Application: 'Milliwatt', Async: true });
    expect(((await joined) as [AmiMessage])[0].Event).toBeDefined();
    expect(server.members('seat-1')).toHaveLength(2);
    await session.action({ Action: 'Hangup', Channel: seat.channel });
    expect(server.members('seat-1')).toHaveLength(1);
    await session.close();
    await server.stop();
  });

  it('says what it would have said when a silence ends', async () => {
    const server = await new FakeAmiServer().start();
    const session = new AmiSession(server.address);
    await session.connect();
    await server.stop('silence');
    const pong = session.action({ Action: 'Ping' });
    server.resume();
    await expect(pong).resolves.toMatchObject({ Response: 'Success' });
    await session.close();
    await server.stop();
  });
});
