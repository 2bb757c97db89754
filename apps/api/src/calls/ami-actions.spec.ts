import { createHmac } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { FakeAmiServer } from '@nailup/ami/testing';
import type { Config } from '../config/config.js';
import type { AmiAccess, AmiLogin } from '../media-servers/ami-access.js';
import { Clock } from '../time/clock.js';
import { AmiActions } from './ami-actions.js';
import { AmiSessions } from './ami-sessions.js';
import type { DialOrder } from './call-orders.js';

const proxySecret = 'a-secret-that-the-proxy-has-as-well';
const callId = '0192f0c1-7a3b-7cde-8f01-23456789abcd';
const token = `t${'a2'.repeat(13)}`;

class TestClock extends Clock {
  nowMs = 1_764_150_000_000;
  monotonicMs = 1_000;
  now(): number {
    return this.nowMs;
  }
  monotonic(): number {
    return this.monotonicMs;
  }
}

let asterisk: FakeAmiServer;
let clock: TestClock;
let sessions: AmiSessions;
let orders: AmiActions;
let known: boolean;

beforeAll(() => Logger.overrideLogger(false));

beforeEach(async () => {
  asterisk = await new FakeAmiServer().start();
  clock = new TestClock();
  known = true;
  const loginOf = (): Promise<AmiLogin | null> => Promise.resolve(known ? { ...asterisk.address, tls: false, webSocketUrl: 'none', caCertificate: null } : null);
  sessions = new AmiSessions({ loginOf } as unknown as AmiAccess);
  orders = new AmiActions(sessions, clock, { proxySecret } as Config);
});
afterEach(async () => {
  asterisk.resume();
  await sessions.onApplicationShutdown();
  await asterisk.stop();
});

const order: DialOrder = { callId, mediaServerId: 's1', number: '+15550101', callerId: '+15550199', conference: 'k3x9k3x9k3x9k3x9k3', ringTimeoutSeconds: 45 };
const asked = (): string[] => asterisk.sessions.flatMap(({ received }) => received.map((action) => action.get('Action') ?? ''));
const signature = (user: string): string => {
  const expires = clock.nowMs / 1_000 + 30;
  return `${expires}.${createHmac('sha256', proxySecret).update(`${callId}|${user}|${expires}`).digest('hex')}`;
};

describe('an order to a media server', () => {
  it('goes over one session that hears no events, opened by the first order and kept for the next', async () => {
    expect(asterisk.sessions).toHaveLength(0);
    expect(await Promise.all([orders.hangUp('s1', 'a'), orders.hangUp('s1', 'b')])).toEqual(['refused', 'refused']);
    expect(asterisk.sessions.map(({ eventsOn }) => eventsOn)).toEqual([false]);
    expect(asked()).toEqual(['Challenge', 'Login', 'Events', 'Hangup', 'Hangup']);
  });

  it('that may be repeated is given to the new process after a restart', async () => {
    await orders.hangUp('s1', 'a');
    await asterisk.restart('rst');
    asterisk.farEnd.arrive({ callId, uniqueid: 'a', place: 'queue' });
    expect(await orders.hangUp('s1', 'a')).toBe('done');
  });

  it('goes where an operator says that the media server is now, also while a session stands', async () => {
    await orders.hangUp('s1', 'a');
    const before = asterisk;
    asterisk = await new FakeAmiServer().start();
    asterisk.farEnd.arrive({ callId, uniqueid: 'a', place: 'queue' });
    expect(await orders.hangUp('s1', 'a')).toBe('done');
    await before.until(() => before.sessions.length === 0);
    await before.stop();
  });

  it('is refused where nobody answers, where nobody is known, and by a manager that ends', async () => {
    await asterisk.stop();
    expect(await orders.dial(order)).toBe('refused');
    await asterisk.start();
    known = false;
    expect(await orders.dial(order)).toBe('refused');
    known = true;
    await sessions.onApplicationShutdown();
    expect(await orders.dial(order)).toBe('refused');
    expect(asterisk.dialled).toEqual([]);
  });

  it('to dial is sent once and says what came of it: done, refused, or not known', async () => {
    expect(await orders.dial(order)).toBe('done');
    const undo = asterisk.answer('Originate', (action) => (action.message.get('ChannelId') === undefined ? undefined : action.error('no')));
    expect(await orders.dial(order)).toBe('refused');
    undo();
    let sent = 0;
    asterisk.answer('Originate', (action) => {
      if (action.message.get('ChannelId') === undefined) return;
      sent += 1;
      action.session.socket.destroy();
    });
    expect(await orders.dial(order)).toBe('unknown');
    expect(sent).toBe(1);
  });

  it('to dial is not sent after its deadline, whatever held it up', async () => {
    clock.monotonicMs = 5_000;
    expect(await orders.dial({ ...order, deadlineMs: 5_000 })).toBe('refused');
    expect(await orders.dial({ ...order, deadlineMs: 5_001 })).toBe('done');
    expect(asterisk.dialled).toHaveLength(1);
  });

  it('to dial brings the ringing the agent hears, of which nothing depends', async () => {
    asterisk.answer('Originate', (action) => (action.message.get('ChannelId') === undefined ? action.error('no tone') : action.success()));
    expect(await orders.dial(order)).toBe('done');
    const tone = asterisk.sessions[0]?.received.at(-1);
    expect(tone?.headers).toMatchObject({ Channel: `Local/${callId}@ringback/n`, Context: 'tone', Exten: order.conference, Timeout: '50000', Variable: [`NAILUP_CALL=${callId}`, 'NAILUP_ROLE=tone'] });
  });

  it('to ask a colleague dials the one-use target at her media server as no client, without a tone', async () => {
    expect(await orders.dial({ ...order, number: token, address: '127.0.0.2:5060', role: 'consult' })).toBe('done');
    const [originate] = asterisk.sessions[0]?.received.slice(-1) ?? [];
    expect(originate?.headers).toMatchObject({ Channel: `PJSIP/proxy/sip:${token}@127.0.0.2:5060`, Exten: order.conference });
    expect(originate?.all('Variable')).toEqual(expect.arrayContaining(['NAILUP_ROLE=consult', `PJSIP_HEADER(add,X-Nailup-Signature)=${signature(token)}`]));
    expect(asked().filter((action) => action === 'Originate')).toHaveLength(1);
    for (const odd of [{ number: '+15550101' }, { address: 'a b:1' }]) expect(await orders.dial({ ...order, number: token, address: '127.0.0.2:5060', ...odd })).toBe('refused');
  });

  it('with a field that is not plain, or without the secret of the proxy, is never sent', async () => {
    for (const odd of [{ number: '+1555&PJSIP/9' }, { callerId: '"Bank" <1>' }, { conference: 'a,1' }, { callId: 'c1' }]) expect(await orders.dial({ ...order, ...odd })).toBe('refused');
    expect(await orders.send('s1', 'a b', { kind: 'hold' })).toBe('refused');
    expect(await orders.send('s1', 'a', { kind: 'conference', conference: '${SHELL(x)}' })).toBe('refused');
    expect(await orders.send('s1', 'a', { kind: 'across', callId, token: 'seat', address: '127.0.0.1:5060' })).toBe('refused');
    expect(await orders.dtmf('s1', 'a', '1w')).toBe('refused');
    expect(await new AmiActions(sessions, clock, { proxySecret: null } as Config).dial(order)).toBe('refused');
    expect(asterisk.sessions).toHaveLength(0);
  });
});

describe('a leg that is sent somewhere', () => {
  beforeEach(() => void asterisk.farEnd.arrive({ callId, uniqueid: 'a', place: 'queue' }));

  it('goes on hold, to the queue, or into a conference', async () => {
    expect(await orders.send('s1', 'a', { kind: 'hold' })).toBe('done');
    expect(asterisk.model.find('a')).toMatchObject({ context: 'hold', exten: 'hold' });
    expect(await orders.send('s1', 'a', { kind: 'queue' })).toBe('done');
    expect(asterisk.model.find('a')).toMatchObject({ context: 'queue', exten: 'wait' });
    expect(await orders.send('s1', 'a', { kind: 'conference', conference: order.conference })).toBe('done');
    expect(asterisk.members(order.conference).map(({ uniqueid }) => uniqueid)).toEqual(['a']);
  });

  it('goes across with the address and a signature over the token, set before it is sent', async () => {
    expect(await orders.send('s1', 'a', { kind: 'across', callId, token, address: '127.0.0.2:5060' })).toBe('done');
    const [first, second, third] = asterisk.sessions[0]?.received.slice(-3) ?? [];
    expect(first?.headers).toMatchObject({ Action: 'Setvar', Channel: 'a', Variable: 'NAILUP_SIGNATURE', Value: signature(token) });
    expect(second?.headers).toMatchObject({ Action: 'Setvar', Channel: 'a', Variable: 'NAILUP_ACROSS', Value: '127.0.0.2:5060' });
    expect(third?.headers).toMatchObject({ Action: 'Redirect', Channel: 'a', Context: 'across', Exten: token, Priority: '1' });
  });

  it('goes out to a number as the call it has become, signed for that number, and is sent once', async () => {
    expect(await orders.send('s1', 'a', { kind: 'onward', callId, number: '+15550107' })).toBe('done');
    const [first, second, third] = asterisk.sessions[0]?.received.slice(-3) ?? [];
    expect(first?.headers).toMatchObject({ Action: 'Setvar', Channel: 'a', Variable: '__NAILUP_CALL', Value: callId });
    expect(second?.headers).toMatchObject({ Action: 'Setvar', Channel: 'a', Variable: 'NAILUP_SIGNATURE', Value: signature('+15550107') });
    expect(third?.headers).toMatchObject({ Action: 'Redirect', Channel: 'a', Context: 'onward', Exten: '+15550107' });
    let sent = 0;
    asterisk.answer('Redirect', (action) => {
      sent += 1;
      action.session.socket.destroy();
    });
    expect(await orders.send('s1', 'a', { kind: 'onward', callId, number: '+15550107' })).toBe('unknown');
    expect(sent).toBe(1);
  });

  it('meets a leg that was consulted, and is never sent by what is not plain', async () => {
    expect(await orders.send('s1', 'a', { kind: 'together', callId, uniqueid: callId })).toBe('done');
    expect(asterisk.model.find('a')).toMatchObject({ context: 'onward', exten: `w${callId}` });
    expect(await orders.send('s1', 'a', { kind: 'together', callId, uniqueid: 'x,1' })).toBe('refused');
    expect(await orders.send('s1', 'a', { kind: 'onward', callId, number: '+1&PJSIP/9' })).toBe('refused');
    expect(await orders.send('s1', 'a', { kind: 'onward', callId: 'c', number: '+15550107' })).toBe('refused');
    expect(await orders.relabel('s1', 'a', '${SHELL(x)}')).toBe('refused');
  });

  it('stays where it is when its variables could not be set', async () => {
    asterisk.answer('Setvar', (action) => action.error('No such channel'));
    expect(await orders.send('s1', 'a', { kind: 'across', callId, token, address: '127.0.0.2:5060' })).toBe('refused');
    expect(asterisk.model.find('a')).toMatchObject({ context: 'queue' });
  });

  it('hears its tones one after the other, and none after one that failed', async () => {
    expect(await orders.dtmf('s1', 'a', '12')).toBe('done');
    expect(asterisk.farEnd.played.get('a')).toBe('12');
    expect(await orders.dtmf('s1', 'gone', '34')).toBe('refused');
    expect(asked().filter((action) => action === 'PlayDTMF')).toHaveLength(3);
  });
});
