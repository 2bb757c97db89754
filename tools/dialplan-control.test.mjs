// @ts-check
// What a manager does with a client leg that stands: hold and resume, digits, the queue, another media server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, newToken, openMediaWorld } from './testing/media-world.mjs';
import { header } from './testing/sip-message.mjs';

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
before(async () => {
  world = await openMediaWorld({ octet: 77, servers: 2 });
  // A waiting caller hears her position every second instead of every twenty.
  for (const ami of world.amis) await ami.do({ Action: 'Setvar', Variable: 'NAILUP_POSITION_SECONDS', Value: '1' });
});
after(() => world.close());

/** @param {string} channel @param {string} context @param {string} exten @param {number} [server] */
const redirect = (channel, context, exten, server = 0) => world.amis[server].do({ Action: 'Redirect', Channel: channel, Context: context, Exten: exten, Priority: '1' });
/** @param {string} place @param {string} call @param {{ since?: number }} [options] */
const stands = (place, call, options) => world.ami.event('UserEvent', (one) => one.get('UserEvent') === 'NailupLeg' && one.get('Place') === place && one.text.includes(`NAILUP_CALL=${call}`), options);
/** What a channel does now: application and its arguments. @param {string} uniqueid */
async function doing(uniqueid) {
  const channel = (await world.ami.channels()).find((one) => one.get('Uniqueid') === uniqueid);
  return `${channel?.get('Application')}(${channel?.get('ApplicationData')})`;
}
/** A client who talks with an agent. */
async function talking() {
  const agent = await world.sit({ tone: 700 });
  const { id, far } = await world.dial(agent.name, { tone: false });
  far.audio.tone = 1004;
  far.answer();
  await eventually('they talk', () => agent.audio.hears(1004) && far.audio.hears(700));
  return { agent, id, far };
}

test('a client on hold hears music and the agent nobody, and both are back when it ends; the call id names the channel in each order', async () => {
  const { agent, id, far } = await talking();
  await redirect(id, 'hold', 'hold');
  assert.equal((await stands('hold', id)).get('Uniqueid'), id);
  await eventually('the client hears music', () => far.audio.hearsSomething() && !far.audio.hears(700));
  await eventually('she hears nobody', () => !agent.audio.hears(1004));
  await redirect(id, 'clients', agent.name);
  await eventually('they talk again', () => agent.audio.hears(1004) && far.audio.hears(700));
  far.hangup();
  await world.ami.event('Hangup', (one) => one.get('Uniqueid') === id);
});

test('a client who hangs up on hold is gone, and the agent stays', async () => {
  const { agent, id, far } = await talking();
  await redirect(id, 'hold', 'hold');
  await stands('hold', id);
  far.hangup();
  assert.equal((await world.ami.event('Hangup', (one) => one.get('Uniqueid') === id)).get('Cause'), '16');
  assert.equal((await world.ami.members(agent.name)).length, 1);
});

test('digits a manager plays reach the client, in order', async () => {
  const { id, far } = await talking();
  let digits = '';
  far.audio.onDigit((digit) => { digits += digit; });
  for (const Digit of ['1', '9', '#']) await world.ami.do({ Action: 'PlayDTMF', Channel: id, Digit, Duration: '100' });
  await eventually('she has all of them', () => digits.length === 3);
  assert.equal(digits, '19#');
  far.hangup();
});

test('a digit a client presses is told by AMI, and heard by the agent', async () => {
  const { agent, id, far } = await talking();
  let heard = '';
  agent.audio.onDigit((digit) => { heard += digit; });
  await far.audio.press('5');
  const event = await world.ami.event('DTMFEnd', (one) => one.get('Uniqueid') === id);
  assert.deepEqual([event.get('Digit'), event.get('Direction')], ['5', 'Received']);
  await eventually('the agent has it', () => heard === '5');
  far.hangup();
});

test('a caller in the queue hears music, then that she is third, then that she is next, then the agent', async () => {
  const caller = await world.arrive({ kind: 'queue', conference: '', music: 'default' }, { tone: 1004 });
  const { uniqueid } = { uniqueid: (await stands('queue', caller.call)).get('Uniqueid') ?? '' };
  await eventually('she hears music', () => caller.audio.hearsSomething());
  world.manager.waits.set(caller.call, { id: caller.call, position: '3' });
  for (const said of ['Playback(queue-thereare)', 'SayNumber(3)', 'Playback(queue-callswaiting)']) {
    await eventually(`she hears ${said}`, async () => (await doing(uniqueid)) === said);
    await eventually('and does hear it', () => caller.audio.hearsSomething());
  }
  world.manager.waits.set(caller.call, { id: caller.call, position: '1' });
  await eventually('she hears that she is next', async () => (await doing(uniqueid)) === 'Playback(queue-youarenext)');
  const agent = await world.sit({ tone: 700 });
  await redirect(uniqueid, 'clients', agent.name);
  await eventually('they talk', () => agent.audio.hears(1004) && caller.audio.hears(700));
  caller.leg.hangup();
});

test('music goes on for a waiting caller while the managers answer nothing', async () => {
  const caller = await world.arrive({ kind: 'queue' });
  await stands('queue', caller.call);
  world.manager.hangs = true;
  try {
    const asked = () => world.manager.asked.filter((one) => one === `nailup_waits ${caller.call}`).length;
    const before = asked();
    await eventually('she was asked for three times', () => asked() >= before + 3, 15_000);
    assert.ok(caller.audio.hearsSomething());
    assert.equal(caller.leg.state, 'up');
  } finally {
    world.manager.hangs = false;
  }
  caller.leg.hangup();
});

test('a manager that answers nonsense for a position is not read out', async () => {
  const caller = await world.arrive({ kind: 'queue' });
  const { uniqueid } = { uniqueid: (await stands('queue', caller.call)).get('Uniqueid') ?? '' };
  world.manager.waits.set(caller.call, { id: caller.call, position: '../etc,[]' });
  const before = world.manager.asked.length;
  await eventually('it was asked twice', () => world.manager.asked.length >= before + 2);
  assert.equal(await doing(uniqueid), 'Wait(1)');
  caller.leg.hangup();
});

/** Plays the SIP proxy between two media servers: relays what A dials to B, media direct. @param {import('./testing/sip-phone.mjs').Leg} fromA */
async function relay(fromA) {
  const toB = await world.proxy.call(fromA.request.uri, { sdp: fromA.request.body });
  await eventually('B answers', () => toB.state !== 'calling');
  fromA.respond(200, { sdp: toB.remoteSdp });
  toB.once('ended', () => fromA.hangup());
  fromA.once('ended', () => toB.hangup());
}

test('a caller who waits on one media server is brought to an agent on another one, under one call id', async () => {
  const caller = await world.arrive({ kind: 'queue' }, { tone: 1004 });
  const far = (await stands('queue', caller.call)).get('Uniqueid') ?? '';
  const agent = await world.sit({ server: 1, tone: 700 });
  const token = newToken();
  world.manager.targets.set(token, { id: token, call: caller.call, kind: 'agent', conference: agent.name });
  const called = world.called();
  for (const [Variable, Value] of [['NAILUP_ACROSS', `127.0.${world.octet}.2:5060`], ['NAILUP_SIGNATURE', '99.ab']]) await world.ami.do({ Action: 'Setvar', Channel: far, Variable, Value });
  await redirect(far, 'across', token);
  const dialled = await called;
  assert.equal(dialled.request.uri, `sip:${token}@127.0.${world.octet}.2:5060`);
  assert.equal(header(dialled.request, 'X-Nailup-Call'), caller.call);
  assert.equal(header(dialled.request, 'X-Nailup-Signature'), '99.ab');
  assert.equal((await stands('across', caller.call)).get('Uniqueid'), far);
  await eventually('she hears music meanwhile', () => caller.audio.hearsSomething());
  await relay(dialled);
  await eventually('they talk across', () => agent.audio.hears(1004) && caller.audio.hears(700));
  const near = await world.amis[1].event('ConfbridgeJoin', (one) => one.text.includes(`NAILUP_CALL=${caller.call}`));
  assert.match(near.text, /NAILUP_ROLE=client/);
  const roles = (await world.ami.channels()).filter((one) => one.text.includes(caller.call)).map((one) => /NAILUP_ROLE=(\w+)/.exec(one.text)?.[1]);
  assert.deepEqual(roles.sort(), ['across', 'client']);
  caller.leg.hangup();
  await world.amis[1].event('Hangup', (one) => one.get('Uniqueid') === near.get('Uniqueid'));
  assert.equal(agent.leg.state, 'up');
});

test('a caller whose way to the other media server is closed is back in the queue with music', async () => {
  const caller = await world.arrive({ kind: 'queue' });
  const far = (await stands('queue', caller.call)).get('Uniqueid') ?? '';
  const called = world.called();
  for (const [Variable, Value] of [['NAILUP_ACROSS', `127.0.${world.octet}.2:5060`], ['NAILUP_SIGNATURE', '99.ab']]) await world.ami.do({ Action: 'Setvar', Channel: far, Variable, Value });
  const mark = world.ami.mark();
  await redirect(far, 'across', newToken());
  (await called).respond(403);
  const failed = await world.ami.event('UserEvent', (one) => one.get('UserEvent') === 'NailupAcross' && one.get('Uniqueid') === far, { since: mark });
  const back = await stands('queue', caller.call, { since: mark });
  assert.equal(back.get('Uniqueid'), far);
  assert.ok(failed.at <= back.at, 'it says that it failed before it is back, so that managers cannot take it for a leg that has not left yet');
  await eventually('she hears music', () => caller.audio.hearsSomething());
  caller.leg.hangup();
});

test('a client leg tells once how it has sounded, whoever ends it, and also one that only waited', async () => {
  const told = (/** @type {string} */ call) => world.ami.events.filter(({ message }) => message.get('UserEvent') === 'NailupQuality' && message.text.includes(`NAILUP_CALL=${call}`));
  const agent = await world.sit();
  const ended = await world.dial(agent.name, { tone: false });
  ended.far.answer();
  await world.ami.event('ConfbridgeJoin', (one) => one.get('Uniqueid') === ended.id);
  await world.ami.do({ Action: 'Hangup', Channel: ended.id, Cause: '16' });
  await world.ami.event('Hangup', (one) => one.get('Uniqueid') === ended.id);
  const waited = await world.arrive({ kind: 'queue' });
  const leg = (await stands('queue', waited.call)).get('Uniqueid') ?? '';
  waited.leg.hangup();
  await world.ami.event('Hangup', (one) => one.get('Uniqueid') === leg);
  for (const call of [ended.id, waited.call]) {
    assert.equal(told(call).length, 1);
    assert.match(told(call)[0].message.get('Rtcp') ?? '', /;lp=\d+;rxjitter=[\d.]+;rxcount=\d+;txjitter=[\d.]+;txcount=\d+;rlp=\d+;rtt=[\d.]+;/);
  }
  agent.leg.hangup();
});

test('a caller on the way across who gives up stops the other media server being called', async () => {
  const caller = await world.arrive({ kind: 'queue' });
  const far = (await stands('queue', caller.call)).get('Uniqueid') ?? '';
  const called = world.called();
  await world.ami.do({ Action: 'Setvar', Channel: far, Variable: 'NAILUP_ACROSS', Value: `127.0.${world.octet}.2:5060` });
  await redirect(far, 'across', newToken());
  const dialled = await called;
  dialled.respond(180);
  caller.leg.hangup();
  await eventually('it is told', () => dialled.endedBy === '487');
});
