// @ts-check
// Client legs that come through the SIP proxy, and everybody who would like to come another way.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, newToken, openMediaWorld } from './testing/media-world.mjs';
import { until } from './sandbox/machine.mjs';
import { Phone } from './testing/sip-phone.mjs';
import { bySocket } from './testing/web-socket.mjs';

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
before(async () => { world = await openMediaWorld({ octet: 76 }); });
after(() => world.close());

/** Line ends and events, as the user part of an address. */
const evil = 'x%0D%0A%0D%0AEvent%3A%20Shutdown%0D%0AInjected%3A%20yes%0D%0A%0D%0A';

function nothingForged() {
  for (const { message } of world.ami.events) {
    assert.notEqual(message.Event, 'Shutdown');
    assert.equal(message.get('Injected'), undefined, message.text);
  }
}

/** How a call ended that must not succeed. @param {import('./testing/sip-phone.mjs').Leg} leg */
async function refused(leg) {
  await eventually('the call is refused', () => leg.state === 'ended' || leg.state === 'up');
  return leg.endedBy;
}

/** Somebody at another address. @param {(stranger: Phone) => Promise<void>} story @param {string} [host] */
async function stranger(story, host = `127.0.${world.octet}.66`) {
  const phone = await Phone.open(host, host.endsWith('.110') ? 0 : 5060);
  try {
    await story(phone);
  } finally {
    phone.close();
  }
}

test('a caller with a token reaches the agent, both hear each other, and the call has the id the manager gave it', async () => {
  const agent = await world.sit({ tone: 700 });
  const caller = await world.arrive({ kind: 'agent', conference: agent.name, music: '' }, { tone: 1004 });
  await eventually('the agent hears the caller', () => agent.audio.hears(1004));
  await eventually('the caller hears the agent', () => caller.audio.hears(700));
  const joined = await world.ami.event('ConfbridgeJoin', (one) => one.text.includes(caller.call));
  assert.match(joined.text, /ChanVariable: NAILUP_ROLE=client/);
  assert.equal(joined.get('CallerIDNum'), '+15557777');
  caller.leg.hangup();
  await world.ami.event('Hangup', (one) => one.get('Uniqueid') === joined.get('Uniqueid'));
  assert.equal(agent.leg.state, 'up');
});

test('a token opens one call: the second who shows it hears that it does not exist', async () => {
  const agent = await world.sit();
  const first = await world.arrive({ kind: 'agent', conference: agent.name });
  await eventually('the first is in', () => first.leg.state === 'up');
  const second = await world.proxy.call(world.sip(first.token));
  assert.equal(await refused(second), '404');
  first.leg.hangup();
});

test('a guessed token does not exist, and costs the managers one question', async () => {
  const guess = newToken();
  assert.equal(await refused(await world.proxy.call(world.sip(guess))), '404');
  assert.deepEqual(world.manager.asked.filter((one) => one.endsWith(guess)), [`nailup_targets ${guess}`]);
});

test('a manager who answers without a conference, a kind or a call lets nobody in', async () => {
  for (const target of [{}, { kind: 'agent' }, { kind: 'agent', conference: '' }, { kind: 'agent', conference: '../*[]' }, { kind: 'agent', conference: 'x', call: '' }]) {
    const caller = await world.arrive(/** @type {Record<string, string>} */ (target));
    assert.equal(await refused(caller.leg), '404', JSON.stringify(target));
  }
});

test('whatever the proxy asks for that is no token does not exist, and no manager is asked for it', async () => {
  const agent = await world.sit();
  const before = world.manager.asked.filter((one) => one.startsWith('nailup_targets')).length;
  const token = newToken();
  const names = ['seat', agent.name, 's', 'wait', 'hold', '+15550101', token.slice(1), `${token}a`, token.toUpperCase(), `${token.slice(0, -1)}1`, `${token.slice(0, -1)}-`,
    `${token.slice(0, -1)}%22`, '%24%7BSYSTEM(id)%7D', `${token},1`, `t${'a'.repeat(300)}`, `Local%2F${agent.name}`];
  for (const name of names) assert.equal(await refused(await world.proxy.call(world.sip(name))), '404', name);
  assert.equal(world.manager.asked.filter((one) => one.startsWith('nailup_targets')).length, before);
});

test('a good token shown from another address is not even looked at', async () => {
  const agent = await world.sit();
  const token = newToken();
  world.manager.targets.set(token, { id: token, call: 'abc', kind: 'agent', conference: agent.name });
  await stranger(async (phone) => {
    for (const from of ['sip:proxy@127.0.0.1', `sip:proxy@127.0.${world.octet}.110:5060`, `sip:127.0.${world.octet}.110:5060`, `sip:${agent.name}@x`]) {
      assert.equal(await refused(await phone.call(world.sip(token), { from })), '401', from);
    }
  });
  assert.ok(world.manager.targets.has(token));
});

test('somebody on the machine of the proxy who is not the proxy is a stranger too', async () => {
  const agent = await world.sit();
  const token = newToken();
  world.manager.targets.set(token, { id: token, call: 'abc', kind: 'agent', conference: agent.name });
  await stranger(async (phone) => {
    assert.equal(await refused(await phone.call(world.sip(token), { from: 'sip:proxy@x' })), '401');
  }, `127.0.${world.octet}.110`);
  assert.ok(world.manager.targets.has(token));
});

test('a caller who writes the name of a seat, or of the proxy, in From is still a caller', async () => {
  const agent = await world.sit();
  for (const from of [`sip:${agent.name}@127.0.${world.octet}.1`, 'sip:proxy@x']) {
    assert.equal(await refused(await world.proxy.call(world.sip('seat'), { from })), '404');
  }
  assert.equal((await world.ami.members(agent.name)).length, 1);
});

test('an agent dials her seat and nothing else, also with a good token', async () => {
  const agent = await world.sit();
  const token = newToken();
  world.manager.targets.set(token, { id: token, call: 'abc', kind: 'agent', conference: agent.name });
  const credentials = { user: agent.name, password: 'secret' };
  for (const name of [token, '+15550101', agent.name, 'wait', 'hold', 'rest', 'proxy', 's']) {
    const leg = await world.agents.call(world.sip(name), { from: world.sip(agent.name), credentials });
    assert.equal(await refused(leg), '404', name);
  }
  assert.ok(world.manager.targets.has(token));
});

test('a caller whose name and number hold line ends writes no event of her own', async () => {
  const agent = await world.sit();
  const token = newToken();
  world.manager.targets.set(token, { id: token, call: 'abc', kind: 'agent', conference: agent.name });
  const leg = await world.proxy.call(world.sip(token), { from: `sip:${evil}@127.0.${world.octet}.110`, headers: [['P-Asserted-Identity', `<sip:${evil}@x>`], ['Remote-Party-ID', `<sip:${evil}@x>`]] });
  await eventually('she is in', () => leg.state === 'up');
  leg.hangup();
  await eventually('she is alone again', async () => (await world.ami.members(agent.name)).length === 1);
  nothingForged();
});

test('a client who was dialled writes no event of her own either, by what she calls herself when she answers', async () => {
  const agent = await world.sit();
  const { id, far } = await world.dial(agent.name);
  far.respond(180, { headers: [['P-Asserted-Identity', `<sip:${evil}@x>`]] });
  far.respond(200, { headers: [['P-Asserted-Identity', `<sip:${evil}@x>`]] });
  await world.ami.event('ConfbridgeJoin', (one) => one.get('Uniqueid') === id);
  far.hangup();
  await world.ami.event('Hangup', (one) => one.get('Uniqueid') === id);
  nothingForged();
});

test('a client who answers with the address of somebody else makes the media server dial nobody but the proxy', async () => {
  const victim = await world.sit();
  for (const contact of [`sip:Local%2F${victim.name}%40clients@x`, 'sip:PJSIP%2F+15550666%40proxy@x', `sip:${newToken()}@127.0.${world.octet}.66:5060`, 'tel:+15550666']) {
    const agent = await world.sit();
    const { id, far } = await world.dial(agent.name, { tone: false });
    /** @type {string[]} */
    const reached = [];
    await stranger(async (phone) => {
      phone.on('invite', (leg) => reached.push(leg.request.uri));
      far.respond(302, { headers: [['Contact', `<${contact}>`]] });
      await world.ami.event('Hangup', (one) => one.get('Uniqueid') === id);
    });
    assert.deepEqual(reached, []);
    assert.deepEqual((await world.ami.channels()).map((one) => one.get('Channel') ?? '').filter((one) => one.startsWith('Local/') && !one.includes('@ringback')), []);
    assert.equal((await world.ami.members(victim.name)).length, 1);
  }
});

test('a browser at the address of the proxy is no proxy: what it sends by WebSocket is asked for a password', async () => {
  const agent = await world.sit();
  const token = newToken();
  world.manager.targets.set(token, { id: token, call: 'abc', kind: 'agent', conference: agent.name });
  for (const from of ['sip:proxy@x', `sip:+15557777@127.0.${world.octet}.110`]) {
    const answer = await bySocket({ url: world.media[0].webSocketUrl, from: `127.0.${world.octet}.110` }, [
      `INVITE sip:${token}@127.0.${world.octet}.1 SIP/2.0`, 'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1', 'Max-Forwards: 70', `From: <${from}>;tag=1`, 'To: <sip:x@x>',
      `Call-ID: ${token}`, 'CSeq: 1 INVITE', 'Contact: <sip:x@x.invalid;transport=ws>', 'Content-Length: 0',
    ]);
    assert.match(answer, /^SIP\/2\.0 401 /);
  }
  assert.ok(world.manager.targets.has(token));
});

test('an agent whose browser lies about her name writes no event of her own', async () => {
  const name = 'liar';
  world.manager.seat(name, 'secret');
  for (const display of ['"a\rEvent: Shutdown\rInjected: yes\r\r"', '"a\\\rEvent: Shutdown\\\r\\\r"', `"a\nEvent: Shutdown\nInjected: yes\n\n"`, '"a%0D%0AInjected%3A yes"']) {
    const leg = await world.agents.call(world.sip('seat'), { from: world.sip(name), display, credentials: { user: name, password: 'secret' } });
    await until(() => leg.state !== 'calling', { withinMs: 500 });
    leg.hangup();
  }
  nothingForged();
});

test('the proxy opens calls and does nothing else: no message, no registration, no subscription, no transfer', async () => {
  for (const method of ['MESSAGE', 'REGISTER', 'SUBSCRIBE', 'PUBLISH', 'NOTIFY', 'REFER', 'INFO', 'UPDATE']) {
    const leg = await world.proxy.call(world.sip('seat'), { method, headers: [['Refer-To', '<sip:+15550100@x>'], ['Event', 'presence'], ['Expires', '60']] });
    await eventually(`${method} is answered`, () => leg.responses.length > 0);
    assert.ok(leg.responses[0] >= 400, `${method} ${leg.responses[0]}`);
  }
});

test('a caller in a call can transfer herself nowhere', async () => {
  const agent = await world.sit({ tone: 700 });
  const caller = await world.arrive({ kind: 'agent', conference: agent.name }, { tone: 1004 });
  await eventually('they talk', () => agent.audio.hears(1004));
  caller.leg.send('REFER', [['Refer-To', '<sip:+15550100@x>'], ['Referred-By', '<sip:a@b>']]);
  caller.leg.send('INFO', [['Content-Type', 'application/dtmf-relay']]);
  await eventually('it is answered', () => caller.leg.answers.some((one) => one.startsWith('REFER ')));
  assert.match(caller.leg.answers.find((one) => one.startsWith('REFER ')) ?? '', /^REFER (4|5)\d\d$/);
  assert.equal(caller.leg.state, 'up');
  caller.leg.hangup();
});

test('a caller gives up while the manager is being asked, and nobody is left in the conference', async () => {
  const agent = await world.sit();
  for (let n = 0; n < 5; n += 1) {
    const caller = await world.arrive({ kind: 'agent', conference: agent.name });
    caller.leg.hangup();
    await eventually('the call is over', () => caller.leg.state === 'ended' || caller.leg.state === 'up');
    caller.leg.hangup();
  }
  await eventually('she is alone', async () => (await world.ami.members(agent.name)).length === 1 && (await world.ami.channels()).every((one) => !(one.get('Channel') ?? '').startsWith('PJSIP/proxy')));
});
