// @ts-check
// A client who is handed on: to a number by her own leg, and after somebody was consulted. Who hears whom is measured at every step.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eventually, newToken, openMediaWorld } from './testing/media-world.mjs';
import { header } from './testing/sip-message.mjs';

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
before(async () => { world = await openMediaWorld({ octet: 41, servers: 2 }); });
after(() => world.close());

const AGENT = 700;
const CLIENT = 1004;
const ASKED = 1400;

/** @typedef {import('./testing/rtp.mjs').Audio} Ear */
/** @param {string} channel @param {string} context @param {string} exten */
const redirect = (channel, context, exten) => world.ami.do({ Action: 'Redirect', Channel: channel, Context: context, Exten: exten, Priority: '1' });
/** @param {string} channel @param {Record<string, string>} variables */
async function setvars(channel, variables) {
  for (const [Variable, Value] of Object.entries(variables)) await world.ami.do({ Action: 'Setvar', Channel: channel, Variable, Value });
}
/** @param {string} place @param {string} call @param {{ since?: number }} [options] */
const stands = (place, call, options) => world.ami.event('UserEvent', (one) => one.get('UserEvent') === 'NailupLeg' && one.get('Place') === place && one.text.includes(`NAILUP_CALL=${call}`), options);
/** Each of them hears exactly these tones of the three. @param {Record<string, [Ear, number[]]>} who */
async function hear(who) {
  for (const [name, [ear, tones]] of Object.entries(who)) {
    await eventually(`${name} hears ${tones.join(' and ') || 'nobody'}`, () => [AGENT, CLIENT, ASKED].every((one) => heard(ear, one) === tones.includes(one)));
  }
}
/** Two tones share what is heard, unevenly on a busy machine; who is not heard leaves nothing at all. @param {Ear} ear @param {number} frequency */
const heard = (ear, frequency) => ear.share(frequency) > 0.08;

/** A client who talks with an agent. @param {'conference' | 'holding'} [parking] */
async function talking(parking = 'conference') {
  const agent = await world.sit({ tone: AGENT, parking });
  const { id, far } = await world.dial(agent.name, { tone: false });
  far.audio.tone = CLIENT;
  far.answer();
  await hear({ 'the agent': [agent.audio, [CLIENT]], 'the client': [far.audio, [AGENT]] });
  return { agent, id, far };
}

/** What a manager sends to ask a number, or with an address a colleague by a token. @param {string} conference @param {{ to?: string, address?: string }} [options] */
async function ask(conference, { to = '+15550107', address = '' } = {}) {
  const consultation = randomUUID();
  const reached = world.called();
  await world.ami.do({
    Action: 'Originate', ChannelId: consultation, Channel: address === '' ? `PJSIP/${to}@proxy` : `PJSIP/proxy/sip:${to}@${address}`, Async: 'true', Timeout: '20000', CallerID: '+15559999',
    Context: 'clients', Exten: conference, Priority: '1',
    Variable: [`__NAILUP_CALL=${consultation}`, 'NAILUP_ROLE=consult', `PJSIP_HEADER(add,X-Nailup-Call)=${consultation}`, 'PJSIP_HEADER(add,X-Nailup-Signature)=1.00'],
  });
  return { consultation, asked: await reached };
}

/** Nothing of these calls stands on the media server any more. @param {...string} calls */
async function nothingLeft(...calls) {
  await eventually('nothing is left over', async () => (await world.ami.channels()).every((one) => !calls.some((call) => one.text.includes(call))));
}

for (const parking of /** @type {const} */ (['conference', 'holding'])) {
  test(`a number is asked while the client hears music, all three talk, and the two are left to each other (${parking})`, async () => {
    const { agent, id, far } = await talking(parking);
    await redirect(id, 'hold', 'hold');
    await stands('hold', id);
    const { consultation, asked } = await ask(agent.name);
    asked.audio.tone = ASKED;
    asked.answer();
    const joined = await world.ami.event('ConfbridgeJoin', (one) => one.get('Uniqueid') === consultation);
    assert.match(joined.text, /NAILUP_ROLE=consult/);
    await hear({ 'the agent': [agent.audio, [ASKED]], 'who is asked': [asked.audio, [AGENT]], 'the client': [far.audio, []] });
    assert.ok(far.audio.hearsSomething());

    await redirect(id, 'clients', agent.name);
    await hear({ 'the agent': [agent.audio, [CLIENT, ASKED]], 'who is asked': [asked.audio, [AGENT, CLIENT]], 'the client': [far.audio, [AGENT, ASKED]] });

    const mark = world.ami.mark();
    await redirect(consultation, 'meeting', 'meeting');
    await setvars(id, { __NAILUP_CALL: consultation });
    await redirect(id, 'onward', `w${consultation}`);
    assert.equal((await stands('onward', consultation, { since: mark })).get('Uniqueid'), id);
    await hear({ 'the agent': [agent.audio, []], 'who is asked': [asked.audio, [CLIENT]], 'the client': [far.audio, [ASKED]] });
    if (parking === 'holding') await world.ami.event('UserEvent', (one) => one.get('Place') === 'parked' && (one.get('Channel') ?? '').includes(agent.name), { since: mark });
    asked.hangup();
    await eventually('the client is hung up', () => far.state === 'ended');
    await nothingLeft(id, consultation);
    assert.equal(agent.leg.state, 'up');
  });
}

test('who was asked and has hung up when the client comes: she is in the queue with music', async () => {
  const { agent, id, far } = await talking();
  const before = world.ami.mark();
  await redirect(id, 'hold', 'hold');
  // A leg that is on its way takes no second order.
  await stands('hold', id, { since: before });
  const mark = world.ami.mark();
  const gone = randomUUID();
  await setvars(id, { __NAILUP_CALL: gone });
  await redirect(id, 'onward', `w${gone}`);
  assert.equal((await stands('queue', gone, { since: mark })).get('Uniqueid'), id);
  await eventually('she hears music', () => far.audio.hearsSomething());
  far.hangup();
  await nothingLeft(gone);
  assert.equal(agent.leg.state, 'up');
});

test('who is asked waits for the client and is hung up when she does not come', async () => {
  const { agent, id, far } = await talking();
  const { consultation, asked } = await ask(agent.name);
  asked.answer();
  await world.ami.event('ConfbridgeJoin', (one) => one.get('Uniqueid') === consultation);
  await redirect(consultation, 'meeting', 'meeting');
  await eventually('it is let go', () => asked.state === 'ended', 15_000);
  far.hangup();
  await nothingLeft(id, consultation);
});

test('a colleague on another media server is asked in her own conference, and hears the client only once she has joined', async () => {
  const { agent, id, far } = await talking();
  const colleague = await world.sit({ tone: ASKED, server: 1 });
  await redirect(id, 'hold', 'hold');
  const token = newToken();
  const address = `127.0.${world.octet}.2:5060`;
  const { consultation, asked } = await ask(agent.name, { to: token, address });
  assert.equal(asked.request.uri, `sip:${token}@${address}`);
  world.manager.targets.set(token, { id: token, call: consultation, kind: 'consult', conference: colleague.name, music: '' });
  const onward = await world.proxy.call(asked.request.uri, { sdp: asked.request.body });
  await eventually('the other media server takes her', () => onward.state === 'up');
  asked.respond(200, { sdp: onward.remoteSdp });
  const near = await world.amis[1].event('ConfbridgeJoin', (one) => one.text.includes(`NAILUP_CALL=${consultation}`));
  assert.match(near.text, /NAILUP_ROLE=consult/);
  await hear({ 'the agent': [agent.audio, [ASKED]], 'the colleague': [colleague.audio, [AGENT]], 'the client': [far.audio, []] });
  await redirect(id, 'clients', agent.name);
  await hear({ 'the agent': [agent.audio, [CLIENT, ASKED]], 'the colleague': [colleague.audio, [AGENT, CLIENT]], 'the client': [far.audio, [AGENT, ASKED]] });
  await world.ami.do({ Action: 'Hangup', Channel: consultation, Cause: '16' });
  await hear({ 'the agent': [agent.audio, [CLIENT]], 'the client': [far.audio, [AGENT]] });
  onward.hangup();
  far.hangup();
  await nothingLeft(id, consultation);
});

test('a client dials on from her own leg: music until it is answered, signed, as the call she has become, and nothing left after', async () => {
  const { agent, id, far } = await talking();
  const call = randomUUID();
  const reached = world.called();
  await setvars(id, { __NAILUP_CALL: call, NAILUP_SIGNATURE: '99.ab' });
  await redirect(id, 'onward', '+15550107');
  const number = await reached;
  assert.equal(number.request.uri, `sip:+15550107@127.0.${world.octet}.110:5060`);
  assert.deepEqual([header(number.request, 'X-Nailup-Call'), header(number.request, 'X-Nailup-Signature')], [call, '99.ab']);
  assert.equal((await stands('onward', call)).get('Uniqueid'), id);
  number.respond(180);
  await eventually('she hears music', () => far.audio.hearsSomething());
  await world.ami.event('Newstate', (one) => one.get('ChannelStateDesc') === 'Ringing' && /NAILUP_ROLE=onward/.test(one.text) && one.text.includes(call));
  number.audio.tone = ASKED;
  number.answer();
  await hear({ 'the number': [number.audio, [CLIENT]], 'the client': [far.audio, [ASKED]], 'the agent': [agent.audio, []] });
  far.hangup();
  await eventually('the number is hung up', () => number.state === 'ended');
  await nothingLeft(id, call);
  assert.equal(agent.leg.state, 'up');
});

test('a client whose number is busy is back in the queue, and is told when nobody can be reached', async () => {
  const { agent, id, far } = await talking();
  const call = randomUUID();
  const reached = world.called();
  await setvars(id, { __NAILUP_CALL: call, NAILUP_SIGNATURE: '99.ab' });
  const mark = world.ami.mark();
  await redirect(id, 'onward', '+15550102');
  (await reached).respond(486);
  assert.equal((await world.ami.event('Hangup', (one) => /NAILUP_ROLE=onward/.test(one.text) && one.text.includes(call))).get('Cause'), '17');
  assert.equal((await stands('queue', call, { since: mark })).get('Uniqueid'), id);
  await redirect(id, 'sorry', 'sorry');
  await eventually('she hears words', () => far.audio.hearsSomething());
  await eventually('and the call ends', () => far.state === 'ended', 20_000);
  await nothingLeft(id, call);
  assert.equal(agent.leg.state, 'up');
});
