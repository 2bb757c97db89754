import type { Socket } from 'node:net';
import { once } from 'node:events';
import { AmiFraming } from './framing.js';
import type { AmiMessage } from './message.js';
import { AmiSession, type AmiSessionOptions } from './session.js';
import { FakeAmiServer } from './testing/fake-ami-server.js';
import { ScriptedPeer } from './testing/scripted-peer.js';

const quick = { pingIntervalMs: 20, pingTimeoutMs: 40, loginTimeoutMs: 2000 };
const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

/** A peer that lets anybody log in and then does what the script says. */
function peerAfterLogin(script: (socket: Socket, action: AmiMessage) => void): Promise<ScriptedPeer> {
  return new ScriptedPeer((socket) => {
    socket.write(GREETING);
    const framing = new AmiFraming(
      (action) => {
        const answer = (text: string): boolean => socket.write(`Response: Success\r\nActionID: ${action.ActionID}\r\n${text}\r\n`);
        if (action.get('Action') === 'Challenge') answer('Challenge: 123\r\n');
        else if (action.get('Action') === 'Login') answer('Message: Authentication accepted\r\n');
        else script(socket, action);
      },
      { greeting: false },
    );
    socket.on('data', (chunk: Buffer) => framing.push(chunk));
  }).listen();
}

describe('a session with a media server', () => {
  let server: FakeAmiServer;
  const peers: ScriptedPeer[] = [];
  const sessions: AmiSession[] = [];

  function session(options: Partial<AmiSessionOptions> = {}): AmiSession {
    const made = new AmiSession({ ...server.address, ...options });
    sessions.push(made);
    return made;
  }

  async function against(peer: Promise<ScriptedPeer>, options: Partial<AmiSessionOptions> = {}): Promise<AmiSession> {
    const { host, port } = await peer.then((one) => (peers.push(one), one));
    return session({ host, port, ...options });
  }

  beforeEach(async () => {
    server = await new FakeAmiServer().start();
  });

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((one) => one.close()));
    await Promise.all(peers.splice(0).map((peer) => peer.close()));
    await server.stop();
  });

  it('logs in without ever sending the secret, and hears the first event', async () => {
    const one = session();
    const first = once(one, 'event');
    await one.connect();
    expect(((await first)[0] as AmiMessage).Event).toBe('FullyBooted');
    expect(server.sessions[0]?.received.map((action) => action.text).join()).not.toContain(server.secret);
  });

  it('is refused with a wrong secret, by name', async () => {
    const one = session({ secret: 'wrong' });
    await expect(one.connect()).rejects.toMatchObject({ fault: 'login-refused', message: expect.stringContaining('Authentication failed') });
    expect((await one.closed).fault).toBe('login-refused');
  });

  it('says by name that nobody listens there', async () => {
    const { port } = server.address;
    await server.stop();
    await expect(session({ port }).connect()).rejects.toMatchObject({ fault: 'connect-failed', cause: { code: 'ECONNREFUSED' } });
  });

  it('says by name that whoever listens there is no Asterisk', async () => {
    const one = await against(new ScriptedPeer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')).listen());
    await expect(one.connect()).rejects.toMatchObject({ fault: 'not-asterisk' });
  });

  it('gives up a log-in that is never answered, with and without a greeting', async () => {
    const silent = await against(new ScriptedPeer(() => undefined).listen(), { loginTimeoutMs: 30 });
    await expect(silent.connect()).rejects.toMatchObject({ fault: 'login-timeout' });
    const polite = await against(new ScriptedPeer((socket) => socket.write(GREETING)).listen(), { loginTimeoutMs: 30 });
    await expect(polite.connect()).rejects.toMatchObject({ fault: 'login-timeout' });
  });

  it('rejects a log-in during which the peer goes away', async () => {
    const one = await against(new ScriptedPeer((socket) => socket.end(GREETING)).listen());
    await expect(one.connect()).rejects.toMatchObject({ name: 'AmiError', fault: 'peer-closed' });
  });

  it('sends nothing of an action with a line end in it, whatever field it is in', async () => {
    const one = session();
    await one.connect();
    const refused = expect.objectContaining({ fault: 'field-invalid' });
    await expect(one.action({ Action: 'Hangup', Channel: 'x\r\n\r\nAction: Shutdown' })).rejects.toEqual(refused);
    await expect(one.action({ Action: 'Ping', ActionID: 'x\r\nAction: Shutdown' })).rejects.toEqual(refused);
    await expect(one.list({ Action: 'ConfbridgeList', Conference: 'x\nAction: Shutdown' })).rejects.toEqual(refused);
    await expect(session({ username: 'x\r\nAction: Shutdown' }).connect()).rejects.toEqual(refused);
    await one.action({ Action: 'Ping' });
    expect(server.sessions[0]?.received.map((action) => action.get('Action'))).toEqual(['Challenge', 'Login', 'Ping']);
  });

  it('gives each of 10,000 actions of the same millisecond its own answer', async () => {
    server.answer('Getvar', (action) => action.success(['Variable', action.message.get('Variable') ?? ''], ['Value', `of ${action.message.get('Variable')}`]));
    const one = session({ actionTimeoutMs: 60_000 });
    await one.connect();
    const names = Array.from({ length: 10_000 }, (_, index) => `V${index}`);
    const answers = await Promise.all(names.map((Variable) => one.action({ Action: 'Getvar', Variable })));
    expect(answers.map((answer) => answer.get('Value'))).toEqual(names.map((name) => `of ${name}`));
  }, 60_000);

  it('gives answers that come in another order to those who asked', async () => {
    const held: (() => void)[] = [];
    server.answer('Getvar', (action) => {
      held.push(() => action.success(['Value', action.message.get('Variable') ?? '']));
      if (held.length === 3) held.reverse().forEach((say) => say());
    });
    const one = session();
    await one.connect();
    const answers = await Promise.all(['a', 'b', 'c'].map((Variable) => one.action({ Action: 'Getvar', Variable })));
    expect(answers.map((answer) => answer.get('Value'))).toEqual(['a', 'b', 'c']);
  });

  it('names what Asterisk refuses, with its answer', async () => {
    const one = session();
    await one.connect();
    await expect(one.action({ Action: 'Hangup', Channel: 'PJSIP/nobody-1' })).rejects.toMatchObject({ fault: 'action-refused', message: 'Hangup was refused: No such channel' });
  });

  it('times out an action that is not answered and lets the next one pass', async () => {
    server.answer('Getvar', () => undefined);
    const one = session();
    await one.connect();
    await expect(one.action({ Action: 'Getvar', Variable: 'x' }, { timeoutMs: 20 })).rejects.toMatchObject({ fault: 'action-timeout' });
    await expect(one.action({ Action: 'Ping' })).resolves.toMatchObject({ Response: 'Success' });
  });

  it('collects a list without its end mark, and does not tell its items as events', async () => {
    const one = session();
    await one.connect();
    const seat = server.join('seat-1');
    server.join('seat-1', 'Local/seat-1@client-00000001;2');
    server.join('seat-2');
    const events: (string | undefined)[] = [];
    one.on('event', (event) => events.push(event.Event));
    const rooms = await one.list({ Action: 'ConfbridgeListRooms' });
    expect(rooms.map((room) => [room.get('Conference'), room.get('Parties'), room.get('Marked')])).toEqual([['seat-1', '2', '1'], ['seat-2', '1', '1']]);
    const members = await one.list({ Action: 'ConfbridgeList', Conference: 'seat-1' });
    expect(members.map((member) => member.get('Uniqueid'))).toContain(seat.uniqueid);
    expect(await one.list({ Action: 'CoreShowChannels' })).toHaveLength(3);
    expect(events).not.toContain('ConfbridgeListRooms');
    expect(events).not.toContain('CoreShowChannelsComplete');
  });

  it('takes "No active conferences" and a conference that is gone as empty lists', async () => {
    const one = session();
    await one.connect();
    expect(await one.list({ Action: 'ConfbridgeListRooms' })).toEqual([]);
    server.join('seat-1');
    expect(await one.list({ Action: 'ConfbridgeList', Conference: 'gone' })).toEqual([]);
    await expect(one.list({ Action: 'NoSuchList' })).rejects.toMatchObject({ fault: 'action-refused' });
  });

  it('keeps two lists that come mixed apart', async () => {
    const one = await against(
      peerAfterLogin((socket, action) => {
        const item = (id: string, value: string): string => `Event: Item\r\nActionID: ${id}\r\nValue: ${value}\r\n\r\n`;
        if (action.get('Action') !== 'Second') return;
        for (const id of ['first', 'second']) socket.write(`Response: Success\r\nActionID: ${id}\r\nEventList: start\r\n\r\n`);
        socket.write(item('second', '2a') + item('first', '1a') + item('second', '2b'));
        for (const id of ['second', 'first']) socket.write(`Event: ItemComplete\r\nActionID: ${id}\r\nEventList: Complete\r\n\r\n`);
      }),
    );
    await one.connect();
    const lists = await Promise.all([one.list({ Action: 'First', ActionID: 'first' }), one.list({ Action: 'Second', ActionID: 'second' })]);
    expect(lists.map((items) => items.map((item) => item.get('Value')))).toEqual([['1a'], ['2a', '2b']]);
  });

  it('does not believe a list that ends with fewer items than Asterisk says it sent', async () => {
    const one = await against(
      peerAfterLogin((socket, action) => {
        const id = action.ActionID;
        socket.write(`Response: Success\r\nActionID: ${id}\r\nEventList: start\r\n\r\nEvent: Item\r\nActionID: ${id}\r\n\r\nEvent: Item\r\nActionID: ${id?.slice(0, 3)}\r\n\r\n`);
        socket.write(`Event: ItemComplete\r\nActionID: ${id}\r\nEventList: Complete\r\nListItems: 2\r\n\r\n`);
      }),
    );
    await one.connect();
    await expect(one.list({ Action: 'Items' })).rejects.toMatchObject({ fault: 'list-incomplete' });
  });

  it('refuses a list that never ends', async () => {
    const one = await against(
      peerAfterLogin((socket, action) => {
        socket.write(`Response: Success\r\nActionID: ${action.ActionID}\r\nEventList: start\r\n\r\n`);
        socket.write(`Event: Item\r\nActionID: ${action.ActionID}\r\n\r\n`.repeat(50));
      }),
      { maxListItems: 20 },
    );
    await one.connect();
    await expect(one.list({ Action: 'Endless' })).rejects.toMatchObject({ fault: 'list-too-long' });
  });

  it.each([
    ['fin', 'peer-closed'],
    ['rst', 'peer-lost'],
  ] as const)('settles pending actions and lists at once when the server goes by %s', async (how, fault) => {
    // No answer at all: a reset right behind data reads as an orderly end (libuv), and both are told alike upstairs.
    server.answer('Getvar', () => undefined);
    server.answer('CoreShowChannels', () => undefined);
    const one = session();
    await one.connect();
    const pending = [one.action({ Action: 'Getvar', Variable: 'x' }), one.list({ Action: 'CoreShowChannels' })];
    const settled = Promise.allSettled(pending);
    await server.until(() => server.sessions[0]?.received.at(-1)?.get('Action') === 'CoreShowChannels');
    await server.stop(how);
    for (const result of await settled) expect(result).toMatchObject({ status: 'rejected', reason: { name: 'AmiError', fault } });
    expect((await one.closed).fault).toBe(fault);
    await expect(one.action({ Action: 'Ping' })).rejects.toMatchObject({ fault });
  });

  it('tells no half event when the server goes in the middle of one', async () => {
    const one = await against(peerAfterLogin((socket) => socket.end('Event: Whole\r\nA: 1\r\n\r\nEvent: Half\r\nConference: 60')));
    const told: (string | undefined)[] = [];
    one.on('event', (event) => told.push(event.Event));
    await one.connect();
    await expect(one.action({ Action: 'Ping' })).rejects.toMatchObject({ fault: 'peer-closed' });
    expect(told).toEqual(['Whole']);
  });

  it('finds a peer that is silent on an open connection within three ping intervals, and settles what waits for it', async () => {
    const one = session(quick);
    await one.connect();
    await once(one, 'pong');
    const since = performance.now();
    await server.stop('silence');
    const pending = expect(one.action({ Action: 'Getvar', Variable: 'x' })).rejects.toMatchObject({ fault: 'peer-silent' });
    expect((await one.closed).fault).toBe('peer-silent');
    expect(performance.now() - since).toBeGreaterThanOrEqual(quick.pingTimeoutMs);
    await pending;
  });

  it('keeps a peer that answers its pings, and says how late it is', async () => {
    const one = session(quick);
    await one.connect();
    const [roundTripMs] = (await once(one, 'pong')) as [number];
    expect(roundTripMs).toBeGreaterThanOrEqual(0);
    await once(one, 'pong');
    expect(one.isOpen).toBe(true);
  });

  it('ends a session whose peer sends a message without end', async () => {
    const one = await against(
      peerAfterLogin((socket) => socket.write(`Response: Success\r\n${'Output: x\r\n'.repeat(10_000)}`)),
      { maxMessageBytes: 50_000 },
    );
    await one.connect();
    await expect(one.action({ Action: 'Command', Command: 'core show help' })).rejects.toMatchObject({ fault: 'message-too-long' });
  });

  it('logs off when it is closed, settles what waits, and can be closed twice', async () => {
    server.answer('Getvar', () => undefined);
    const one = session();
    await one.connect();
    const pending = expect(one.action({ Action: 'Getvar', Variable: 'x' })).rejects.toMatchObject({ name: 'AmiError' });
    const peer = server.sessions[0];
    await one.close();
    await one.close();
    await pending;
    expect(peer?.received.at(-1)?.get('Action')).toBe('Logoff');
    await expect(one.action({ Action: 'Ping' })).rejects.toMatchObject({ name: 'AmiError' });
  });

  it('tells apart actions before the log-in from those after the end', async () => {
    await expect(session().action({ Action: 'Ping' })).rejects.toMatchObject({ fault: 'not-connected' });
  });
});
