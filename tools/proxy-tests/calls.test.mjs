// @ts-check
// Calls through the proxy as carriers and media servers play them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { until } from '../sandbox/machine.mjs';
import { sign } from './peer.mjs';
import { openStage, scenario } from './stage.mjs';

/** @type {import('./stage.mjs').Stage} */
let stage;
before(async () => { stage = await openStage('proxy-calls', 70); });
after(() => stage.close());
afterEach(() => stage.closePeers());

const NUMBER = '+15550200';
/**
 * A whole call: the called side first, then the caller; both must go as their scenarios say.
 * @param {{ called: string, calledAt?: number, caller: string, callerAt?: number, number?: string, keys?: Record<string, string>, calls?: number, rate?: number }} story
 */
async function play({ called, calledAt = 1, caller, callerAt = 120, number = NUMBER, keys, calls = 1, rate }) {
  const callee = await stage.box.sipp(scenario(called), { host: stage.at(calledAt), calls });
  const client = await stage.box.sipp(scenario(caller), { host: stage.at(callerAt), to: stage.proxy.address, number, keys, calls, rate });
  const [there, here] = await Promise.all([callee.done, client.done]);
  assert.equal(here.code, 0, `caller: ${here.output}\n${here.messages}`);
  assert.equal(there.code, 0, `called: ${there.output}\n${there.messages}`);
  return { there, here };
}

test('a caller from a carrier reaches the target the manager names, and both may hang up by Record-Route', async () => {
  const { there } = await play({ called: 'called-answers', caller: 'caller-talks-and-hangs-up' });
  assert.match(there.messages, /^INVITE sip:tabcdefghijklmnopqrstuvwxyz@127\.0\.70\.1:5060 SIP/m);
  const asked = (await stage.managers[0].asked()).pop();
  assert.equal(asked?.to, NUMBER);
  assert.equal(asked?.from, '+15557770001');
  assert.match(there.messages, new RegExp(`^Call-ID: ${asked?.callId.replace(/[.+?^$()|]/g, '\\$&')}`, 'm'));
});

test('caller and called may change the call (re-INVITE) in both directions, and the called may hang up', async () => {
  await play({ called: 'called-answers', caller: 'caller-talks-long' });
  await play({ called: 'called-answers-and-hangs-up', caller: 'caller-waits-for-hang-up' });
});

test('an announcement before the answer reaches the caller', async () => {
  const { here } = await play({ called: 'called-plays-early-media', caller: 'caller-talks-and-hangs-up' });
  assert.match(here.messages, /^SIP\/2\.0 183 /m);
});

test('when both hang up at once, both are told that the call is over', async () => {
  await play({ called: 'called-hangs-up-as-caller-does', caller: 'caller-hangs-up-as-called-does' });
});

test('a caller who gives up while it rings leaves nothing behind', async () => {
  await play({ called: 'called-never-answers', caller: 'caller-gives-up-while-ringing' });
  assert.ok(await stage.quiet());
});

test('a caller who gives up while the manager is being asked leaves nothing behind, and nobody is rung', async () => {
  await stage.managers[0].say({ route: { target: stage.target, delayMs: 300 } });
  try {
    const server = await stage.peer(1);
    const client = await stage.box.sipp(scenario('caller-gives-up-at-once'), { host: stage.at(120), to: stage.proxy.address, number: NUMBER, calls: 5 });
    const { code, output, messages } = await client.done;
    assert.equal(code, 0, `${output}\n${messages}`);
    assert.ok(await stage.quiet());
    assert.deepEqual(server.heard, []);
    assert.ok(await until(async () => (await stage.managers[0].asked()).slice(-5).every(({ givenUp }) => givenUp), { withinMs: 2_000 }), 'the manager is told of each');
  } finally {
    await stage.managers[0].say({ route: { target: stage.target } });
  }
});

for (const [called, status] of /** @type {[string, number][]} */ ([['called-is-busy', 486], ['called-is-unavailable', 503]])) {
  test(`what a carrier says of a number (${status}) reaches the media server that called`, async () => {
    const carrier = await stage.box.sipp(scenario(called), { host: stage.at(120) });
    const server = await stage.peer(1);
    const { uri, headers } = server.signed('+15550102');
    assert.equal((await server.ask('INVITE', uri, { headers })).status, status);
    assert.equal((await carrier.done).code, 0);
  });
}

test('a carrier that sends the call somewhere else (302) is not obeyed', async () => {
  const carrier = await stage.box.sipp(scenario('called-is-elsewhere'), { host: stage.at(120) });
  const server = await stage.peer(1);
  const { uri, headers } = server.signed('+15550102');
  assert.equal((await server.ask('INVITE', uri, { headers })).status, 503);
  assert.equal((await carrier.done).code, 0);
});

test('a media server\'s call that the manager signed reaches the carrier, without the marks of the house', async () => {
  const { call, signature } = sign('+15550100');
  const { there } = await play({ called: 'called-answers', calledAt: 120, caller: 'media-server-calls', callerAt: 1, number: '+15550100', keys: { call, signature } });
  assert.match(there.messages, /^INVITE sip:\+15550100@127\.0\.70\.120:5060 SIP/m);
  assert.doesNotMatch(there.messages, /X-Nailup/i);
});

test('a caller waiting on one media server is brought to an agent on another, through the proxy', async () => {
  const callee = await stage.peer(2);
  const server = await stage.peer(1);
  const { uri, headers } = server.signed('tzyxwvutsrqponmlkjihgfedcba', { at: `${stage.at(2)}:5060` });
  await server.send(server.message('INVITE', uri, { headers }).text);
  const invite = await callee.hears(/^INVITE /);
  assert.match(invite, /^INVITE sip:tzyxwvutsrqponmlkjihgfedcba@127\.0\.70\.2:5060 /);
  assert.doesNotMatch(invite, /X-Nailup/i);
});

test('a number the carrier does not answer for at all is said to be unavailable after 2 s, not after 2 minutes', async () => {
  const silent = await stage.peer(120);
  const server = await stage.peer(1);
  const { uri, headers } = server.signed('+15550103');
  const { status, tookMs } = await server.ask('INVITE', uri, { headers });
  assert.equal(status, 503);
  assert.ok(tookMs < 3000, `${tookMs} ms`);
  assert.ok(silent.heard.length > 1, 'it was asked again meanwhile');
});

test('a media server asks whether the proxy is there (OPTIONS)', async () => {
  const server = await stage.peer(1);
  assert.equal((await server.ask('OPTIONS', `sip:${stage.proxy.address}`)).status, 200);
});

test('a call outlives the proxy: killed and started again, it still carries the re-INVITE and the BYE', async () => {
  const callee = await stage.box.sipp(scenario('called-answers'), { host: stage.at(1) });
  const client = await stage.box.sipp(scenario('caller-talks-long'), { host: stage.at(120), to: stage.proxy.address, number: NUMBER });
  assert.ok(await until(async () => /^ACK /m.test(await callee.messages()), { withinMs: 5000, everyMs: 20 }));
  await stage.proxy.kill();
  await stage.proxy.start();
  const [here, there] = await Promise.all([client.done, callee.done]);
  assert.equal(here.code, 0, here.output);
  assert.equal(there.code, 0, there.output);
});

test('just started, without any manager, a media server\'s call is unavailable, not refused', async () => {
  await stage.managers[0].freeze();
  try {
    await stage.proxy.kill();
    await stage.proxy.start();
    const server = await stage.peer(1);
    const { uri, headers } = server.signed('+15550100');
    assert.equal((await server.ask('INVITE', uri, { headers })).status, 503);
  } finally {
    stage.managers[0].thaw();
    await stage.proxy.knows();
  }
});

test('the proxy runs under a user of its own', () => {
  assert.notEqual(/^Uid:\s*(\d+)/m.exec(readFileSync(`/proc/${stage.proxy.pid}/status`, 'utf8'))?.[1], '0');
});
