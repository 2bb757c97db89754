// @ts-check
// What the proxy must never do for anybody: forged orders, strangers, requests that only look like a call's, junk.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { until } from '../sandbox/machine.mjs';
import { openStage } from './stage.mjs';

/** @type {import('./stage.mjs').Stage} */
let stage;
before(async () => { stage = await openStage('proxy-strangers', 71); });
after(() => stage.close());
afterEach(() => stage.closePeers());

const NUMBER = '+15550100';
/**
 * A media server sends an INVITE; nothing of it may reach the carrier.
 * @param {(server: Awaited<ReturnType<import('./stage.mjs').Stage['peer']>>) => { uri: string, headers: string[] }} make
 */
async function refused(make) {
  const carrier = await stage.peer(120);
  const server = await stage.peer(1);
  const { uri, headers } = make(server);
  assert.equal((await server.ask('INVITE', uri, { headers })).status, 403);
  assert.deepEqual(carrier.heard, []);
}

test('an INVITE of a media server that no manager signed is refused', () => refused(() => ({ uri: `sip:${NUMBER}@127.0.71.110`, headers: [] })));
test('a signature made with another key is refused', () => refused((server) => server.signed(NUMBER, { secret: 'x'.repeat(40) })));
test('a signature for another number is refused', () => refused((server) => server.signed(NUMBER, { signs: '+15550101' })));
test('a signature that has expired is refused', () => refused((server) => server.signed(NUMBER, { aheadSeconds: -1 })));
test('a signature that lives longer than a used one is remembered is refused', () => refused((server) => server.signed(NUMBER, { aheadSeconds: 3600 })));
test('a signature of another call is refused', () => refused((server) => {
  const { uri, headers } = server.signed(NUMBER);
  return { uri, headers: ['X-Nailup-Call: 018f0000-0000-7000-8000-000000000000', headers[1]] };
}));
test('two signatures in one INVITE are refused, even when one is right', () => refused((server) => {
  const { uri, headers } = server.signed(NUMBER);
  return { uri, headers: [...headers, headers[1].replace(/.$/, '0')] };
}));
test('a signed call to a host that is neither media server nor number is refused', () => refused((server) => server.signed('someone', { at: '127.0.71.99:5060' })));

test('a signed INVITE reaches the carrier once; used again, it is refused; sent again by the network, it is the same call', async () => {
  const carrier = await stage.peer(120);
  const server = await stage.peer(1);
  const { uri, headers } = server.signed(NUMBER);
  const first = server.message('INVITE', uri, { headers });
  await server.send(first.text);
  const invite = await carrier.hears(/^INVITE /);
  await carrier.send(answerTo(invite, '486 Busy Here'));
  await server.hears(/^SIP\/2\.0 486 /);
  await server.send(first.text);
  assert.ok(await until(() => server.heard.filter((text) => /^SIP\/2\.0 486 /.test(text)).length > 1, { withinMs: 2000 }));
  assert.equal((await server.ask('INVITE', uri, { headers })).status, 403);
  assert.equal(new Set(carrier.heard.filter((text) => text.startsWith('INVITE')).map((text) => /^Call-ID: .*$/m.exec(text)?.[0])).size, 1);
});

test('a stranger\'s INVITE is refused, the manager is not asked, and the log says so once', async () => {
  const stranger = await stage.peer(99);
  for (let times = 0; times < 3; times += 1) assert.equal((await stranger.ask('INVITE', `sip:+15550200@${stage.proxy.host}`)).status, 403);
  const { uri, headers } = stranger.signed(NUMBER);
  assert.equal((await stranger.ask('INVITE', uri, { headers })).status, 403, 'a right signature does not make a media server of a stranger');
  assert.deepEqual(await stage.managers[0].asked(), []);
  assert.equal(readFileSync(stage.proxy.logFile, 'utf8').split('\n').filter((line) => line.includes('refused 127.0.71.99:')).length, 1);
});

for (const method of ['REGISTER', 'SUBSCRIBE', 'MESSAGE', 'REFER', 'BYE', 'PUBLISH']) {
  test(`a stranger's ${method} comes to nothing`, async () => {
    const stranger = await stage.peer(99);
    assert.ok((await stranger.ask(method, `sip:+15550200@${stage.proxy.host}`)).status >= 400);
  });
}

test('a caller cannot order the media server about within a call (REFER)', async () => {
  const carrier = await stage.peer(121);
  assert.equal((await carrier.ask('REFER', `sip:x@${stage.at(1)}`, { toTag: 'b', headers: [`Route: <sip:${stage.proxy.host};lr>`, 'Refer-To: <sip:+19005550100@x>'] })).status, 405);
});

test('a request that only looks like one of a call is not relayed: the token of Record-Route is of one call alone', async () => {
  const carrier = await stage.peer(120);
  const server = await stage.peer(1);
  const stranger = await stage.peer(99);
  const { uri, headers } = server.signed(NUMBER);
  const { text, callId } = server.message('INVITE', uri, { headers });
  await server.send(text);
  const invite = await carrier.hears(/^INVITE /);
  const route = (/^Record-Route: (.*)$/m.exec(invite) ?? [])[1].trim();
  const inside = { tag: 'x', toTag: 'y' };
  const target = `sip:+19005550100@${stage.at(120)}:5060`;
  for (const given of [`<sip:${stage.proxy.host};lr>`, `<sip:${stage.proxy.host};lr;ftag=x;n=${'0'.repeat(32)}>`, route, `<sip:${stage.proxy.host};lr;ftag=x>`]) {
    for (const method of ['INVITE', 'BYE', 'INFO']) {
      assert.equal((await stranger.ask(method, target, { ...inside, headers: [`Route: ${given}`] })).status, 403, `${method} by ${given}`);
    }
  }
  assert.ok((await stranger.ask('INVITE', target, inside)).status >= 400, 'without a Route');
  // The same token within its own call is good.
  await server.send(server.message('INFO', target, { callId, toTag: 'z', cseq: 2, headers: [`Route: ${route}`] }).text);
  await carrier.hears(/^INFO /);
  assert.equal(carrier.heard.filter((heard) => heard.includes('+19005550100') && !heard.startsWith('INFO')).length, 0);
});

test('a carrier cannot send requests of its own call to another place than the media server', async () => {
  const elsewhere = await stage.peer(98);
  const carrier = await stage.peer(121);
  const server = await stage.peer(1);
  const { text, callId } = carrier.message('INVITE', `sip:+15550200@${stage.proxy.host}`);
  await carrier.send(text);
  const route = (/^Record-Route: (.*)$/m.exec(await server.hears(/^INVITE /)) ?? [])[1].trim();
  for (const [target, routes] of [[`sip:x@${stage.at(98)}:5060`, [route]], [`sip:x@${stage.at(1)}:5060`, [route, `<sip:${stage.at(98)};lr>`]]]) {
    const { text: request } = carrier.message('BYE', String(target), { callId, toTag: 'z', cseq: 2, headers: [...routes].map((one) => `Route: ${one}`) });
    await carrier.send(request);
  }
  assert.ok(await until(() => carrier.heard.filter((heard) => heard.startsWith('SIP/2.0 403')).length === 2, { withinMs: 3000 }));
  assert.deepEqual(elsewhere.heard, []);
});

test('nobody can have an answer sent to a third party', async () => {
  const third = await stage.peer(98);
  const stranger = await stage.peer(99);
  for (const way of ['maddr=127.0.71.98', 'received=127.0.71.98', 'received=127.0.71.98;rport=5060', 'maddr=no-such-name.invalid']) {
    const { text } = stranger.message('OPTIONS', `sip:${stage.proxy.host}`);
    await stranger.send(text.replace(/;branch/, `;${way};branch`));
  }
  const { text } = stranger.message('OPTIONS', `sip:${stage.proxy.host}`);
  await stranger.send(text.replace(/^Via: .*$/m, 'Via: SIP/2.0/UDP 127.0.71.98:5060;branch=z9hG4bKvia'));
  const answer = text.replace(/^OPTIONS .*$/m, 'SIP/2.0 200 OK');
  await stranger.send(answer.replace(/^Via: .*$/m, `Via: SIP/2.0/UDP ${stage.proxy.host}:5060;branch=z9hG4bKa\r\nVia: SIP/2.0/UDP 127.0.71.98:5060;branch=z9hG4bKb`));
  assert.equal((await stranger.ask('OPTIONS', `sip:${stage.proxy.host}`)).status, 200);
  assert.deepEqual(third.heard, []);
});

test('a caller cannot steer inside: Route and the marks of the house are taken off', async () => {
  const server = await stage.peer(1);
  const carrier = await stage.peer(121);
  const headers = [`Route: <sip:${stage.proxy.host};lr>`, `Route: <sip:${stage.at(99)};lr>`, 'X-Nailup-Call: mine', 'x-nailup-role: supervisor', 'X-NAILUP-Signature : mine'];
  await carrier.send(carrier.message('INVITE', `sip:+15550200@${stage.proxy.host}`, { headers }).text);
  const invite = await server.hears(/^INVITE /);
  assert.doesNotMatch(invite, /^(Route|X-Nailup)/im);
});

test('who a carrier calls and who it says it is cannot add words to the question to the manager', async () => {
  const carrier = await stage.peer(121);
  for (const user of ['agent', '1%26to=2', '+1555%0d%0aX', 'tabcdefghijklmnopqrstuvwxyz', '+']) {
    assert.equal((await carrier.ask('INVITE', `sip:${user}@${stage.proxy.host}`)).status, 404, user);
  }
  await stage.managers[0].say({ route: { status: 404 } });
  await carrier.ask('INVITE', `sip:+15550200@${stage.proxy.host}`, { from: '1&to=5', callId: 'a&to=+1900#?/%41@x' });
  assert.deepEqual((await stage.managers[0].asked()).pop(), { to: '+15550200', from: 'anonymous', callId: 'a&to=+1900#?/%41@x', authorized: true, givenUp: false });
  await stage.managers[0].say({ route: { target: stage.target } });
});

test('junk does not hurt: the proxy still answers afterwards', async () => {
  const stranger = await stage.peer(99);
  const good = stranger.message('INVITE', `sip:+15550200@${stage.proxy.host}`).text;
  for (const junk of [
    '', '\r\n\r\n', '\0'.repeat(100), 'INVITE', 'INVITE sip: SIP/2.0\r\n\r\n', 'SIP/2.0 200 OK\r\n\r\n', `${'A'.repeat(60_000)}`,
    good.replace(/^Via: .*\r\n/m, ''), good.replace('CSeq: 1 INVITE', 'CSeq: 99999999999 BYE'), good.replace('Content-Length: 0', 'Content-Length: -1'),
    good.replace('Max-Forwards: 70', 'Max-Forwards: 0'), good.replace(/^To: .*\r\n/m, `To: ${'<'.repeat(5000)}\r\n`), good.replace('z9hG4bK', ''),
    good.replace(/^Via: .*$/m, `Via: ${'SIP/2.0/UDP 1.1.1.1;branch=z9hG4bKx, '.repeat(500)}SIP/2.0/UDP 127.0.71.99:5060`), good.replace('sip:+15550200', 'sip:%00%ff'),
    good.replace('Contact:', `Route: <sip:${'a'.repeat(2000)}>\r\nContact:`), `SIP/2.0 200 OK\r\n${good.split('\r\n').slice(1).join('\r\n')}`,
  ]) await stranger.send(junk);
  for (let times = 0; times < 500; times += 1) await stranger.send(randomBytes(1 + (times % 400)));
  const carrier = await stage.peer(121);
  const server = await stage.peer(1);
  await carrier.send(carrier.message('INVITE', `sip:+15550200@${stage.proxy.host}`).text);
  await server.hears(/^INVITE /);
  assert.ok(stage.proxy.alive());
  const log = readFileSync(stage.proxy.logFile, 'utf8');
  assert.doesNotMatch(log, /CRITICAL|BUG|signal 11/);
  assert.ok(log.split('\n').length < 200, 'junk does not fill the log');
});

test('messages with bytes torn out, doubled and changed do not hurt either, wherever they come from', async () => {
  const carrier = await stage.peer(121);
  const server = await stage.peer(1);
  // The same sequence every time (a linear congruential generator), so that what is found can be found again.
  let seed = 1;
  const below = (/** @type {number} */ limit) => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return seed % limit; };
  for (let times = 0; times < 400; times += 1) {
    const order = server.signed(NUMBER);
    const [peer, text] = times % 2
      ? [carrier, carrier.message('INVITE', `sip:+15550200@${stage.proxy.host}`).text]
      : [server, server.message('INVITE', order.uri, { headers: [...order.headers, `Route: <sip:${stage.proxy.host};lr;ftag=t1;n=0>`] }).text];
    let bytes = Buffer.from(text, 'latin1');
    for (let cuts = 0; cuts < 1 + times % 5; cuts += 1) {
      const at = below(bytes.length);
      const length = below(30);
      const parts = [Buffer.from([below(256)]), Buffer.alloc(0), Buffer.concat([bytes.subarray(at, at + length), bytes.subarray(at, at + length)])];
      bytes = Buffer.concat([bytes.subarray(0, at), parts[below(3)], bytes.subarray(at + length)]);
    }
    await peer.send(bytes);
  }
  assert.equal((await server.ask('OPTIONS', `sip:${stage.proxy.host}`)).status, 200);
  assert.ok(stage.proxy.alive());
  assert.doesNotMatch(readFileSync(stage.proxy.logFile, 'utf8'), /signal 11|CRITICAL|BUG/);
});

/** @param {string} request @param {string} status */
function answerTo(request, status) {
  const kept = request.split('\r\n').filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/i.test(line));
  const to = (/^To: .*$/m.exec(request) ?? [''])[0].trim();
  return [`SIP/2.0 ${status}`, ...kept, `${to};tag=called`, 'Content-Length: 0', '', ''].join('\r\n');
}
