// @ts-check
// Client legs that a media server dials through the proxy: the orders are those of a manager, the far end is a telephone at the proxy's address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { header } from './testing/sip-message.mjs';
import { eventually, openMediaWorld } from './testing/media-world.mjs';

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
before(async () => { world = await openMediaWorld({ octet: 75 }); });
after(() => world.close());

/** @param {string} id @param {{ withinMs?: number }} [options] */
const ended = (id, options) => world.ami.event('Hangup', (one) => one.get('Uniqueid') === id, options);
/** @param {string} id */
const answered = (id) => world.ami.event('OriginateResponse', (one) => one.get('Uniqueid') === id);
/** The tone legs of a call that still exist. @param {string} id */
const tones = async (id) => (await world.ami.channels()).filter((one) => (one.get('Channel') ?? '').startsWith(`Local/${id}@`)).length;

test('an agent hears her client ringing, then the client, and the client hears her', async () => {
  const agent = await world.sit({ tone: 700 });
  const { id, far } = await world.dial(agent.name);
  far.audio.tone = 1004;
  far.respond(180);
  await eventually('she hears ringing', () => agent.audio.hearsRinging());
  far.answer();
  await eventually('she hears the client', () => agent.audio.hears(1004));
  await eventually('the client hears her', () => far.audio.hears(700));
  await eventually('the tone is gone', async () => (await tones(id)) === 0);
  await eventually('nothing of it is left', () => agent.audio.hears(1004) && agent.audio.share(440, 480) < 0.01);
  far.hangup();
  assert.equal((await ended(id)).get('Cause'), '16');
  assert.equal(agent.leg.state, 'up');
});

test('the proxy is told whose call it is and who signed it, and the number and no route stand in the request', async () => {
  const agent = await world.sit();
  const { id, far } = await world.dial(agent.name, { number: '+15550104' });
  assert.equal(far.request.uri, `sip:+15550104@127.0.${world.octet}.110:5060`);
  assert.equal(header(far.request, 'X-Nailup-Call'), id);
  assert.equal(header(far.request, 'X-Nailup-Signature'), '1.00');
  assert.equal(header(far.request, 'Route'), '');
  assert.match(header(far.request, 'From'), /<sip:\+15559999@/);
  far.respond(486);
  await ended(id);
});

test('every event of a client leg names its call and its part in it', async () => {
  const agent = await world.sit();
  const mark = world.ami.mark();
  const { id, far } = await world.dial(agent.name);
  far.respond(180);
  await world.ami.event('ConfbridgeJoin', (one) => one.get('ChanVariable') !== undefined && one.text.includes('NAILUP_ROLE=tone'), { since: mark });
  far.answer();
  await world.ami.event('ConfbridgeJoin', (one) => one.get('Uniqueid') === id);
  far.hangup();
  await ended(id);
  const own = world.ami.events.slice(mark).filter(({ message }) => message.get('Uniqueid') === id && message.Event !== 'OriginateResponse');
  const told = own.map(({ message }) => `${message.Event} ${message.get('ChannelStateDesc')}`);
  assert.deepEqual(told.slice(0, 3), ['Newstate Ringing', 'Newstate Up', 'ConfbridgeJoin Up']);
  // The end of her stay and what was counted of her sound come by two ways and in either order.
  assert.deepEqual(told.slice(3, 5).sort(), ['ConfbridgeLeave Up', 'UserEvent Up']);
  assert.deepEqual(told.slice(5), ['Hangup Up']);
  for (const { message } of own) assert.match(message.text, new RegExp(`ChanVariable: NAILUP_CALL=${id}\r\nChanVariable: NAILUP_ROLE=client`));
});

test('an agent hears ringing also when the carrier says progress and never ringing', async () => {
  const agent = await world.sit();
  const { id, far } = await world.dial(agent.name);
  far.respond(183);
  await eventually('she hears ringing', () => agent.audio.hearsRinging());
  far.answer();
  await eventually('the tone is gone', async () => (await tones(id)) === 0);
  far.hangup();
  await ended(id);
});

for (const [what, status, cause] of /** @type {[string, number, string][]} */ ([
  ['is busy', 486, '17'], ['declines', 603, '21'], ['has a number nobody has', 404, '1'], ['is away', 480, '19'], ['cannot be reached now', 503, '34'], ['is forbidden', 403, '21'],
])) {
  test(`a client who ${what} ends the call with cause ${cause}, and the ringing with it`, async () => {
    const agent = await world.sit();
    const { id, far } = await world.dial(agent.name);
    far.respond(180);
    await eventually('she hears ringing', () => agent.audio.hearsRinging());
    far.respond(status);
    assert.equal((await ended(id)).get('Cause'), cause);
    assert.equal((await answered(id)).get('Response'), 'Failure');
    await eventually('the tone is gone', async () => (await tones(id)) === 0);
    assert.equal(agent.leg.state, 'up');
    assert.deepEqual(world.ami.events.filter(({ message }) => message.get('Channel') === 'OutgoingSpoolFailed'), []);
  });
}

test('a client who does not answer in time is let go, with the cause of no answer', async () => {
  const agent = await world.sit();
  const { id, far } = await world.dial(agent.name, { timeoutMs: 1500 });
  far.respond(180);
  const gone = await ended(id);
  assert.equal(gone.get('Cause'), '19');
  await eventually('her telephone stops', () => far.state === 'ended');
  await eventually('the tone is gone', async () => (await tones(id)) === 0);
});

test('an agent who changes her mind stops the telephone that rings, by the id of the call', async () => {
  const agent = await world.sit();
  const { id, far } = await world.dial(agent.name);
  far.respond(180);
  await world.ami.event('Newstate', (one) => one.get('Uniqueid') === id && one.get('ChannelStateDesc') === 'Ringing');
  await world.ami.do({ Action: 'Hangup', Channel: id, Cause: '16' });
  await ended(id);
  await eventually('her telephone stops', () => far.state === 'ended');
  assert.equal(far.endedBy, '487');
  await eventually('the tone is gone', async () => (await tones(id)) === 0);
});

test('an agent who hangs up a call ends the client, by the id of the call, and keeps her seat', async () => {
  const agent = await world.sit();
  const { id, far } = await world.dial(agent.name);
  far.answer();
  await world.ami.event('ConfbridgeJoin', (one) => one.get('Uniqueid') === id);
  await world.ami.do({ Action: 'Hangup', Channel: id, Cause: '16' });
  await eventually('the client is told', () => far.endedBy === 'BYE');
  assert.equal(agent.leg.state, 'up');
  assert.deepEqual((await world.ami.members(agent.name)).length, 1);
});

test('the tone of a call that never comes to be is gone by itself', async () => {
  const agent = await world.sit();
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  await world.ami.do({ Action: 'Originate', Channel: `Local/${id}@ringback/n`, Async: 'true', Timeout: '9000', Context: 'tone', Exten: agent.name, Priority: '1', Variable: ['NAILUP_ROLE=tone'] });
  await eventually('it is gone', async () => (await tones(id)) === 0, 5000);
  assert.equal((await world.ami.members(agent.name)).length, 1);
});
