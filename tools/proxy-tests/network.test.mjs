// @ts-check
// The telephone network of the demo, with real Asterisk at its end: it calls in through the proxy, and is called. The manager speaks
// https with a certificate of its own making, as with `npm start -- --host NAME`.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { until } from '../sandbox/machine.mjs';
import { openStage, scenario } from './stage.mjs';

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {import('../sandbox/pstn.mjs').Pstn} */
let pstn;
before(async () => {
  stage = await openStage('proxy-network', 73, { carrier: 100, tls: true });
  pstn = await stage.box.pstn();
});
after(() => stage.close());
afterEach(() => stage.closePeers());

test('somebody of the telephone network calls in, is answered, and hangs up', async () => {
  const callee = await stage.box.sipp(scenario('called-answers'), { host: stage.at(1) });
  const call = await pstn.call({ to: '+15550200', from: '+15557779999', plays: 'music' });
  await call.answered();
  assert.deepEqual((await stage.managers[0].asked()).map(({ to, from }) => ({ to, from })), [{ to: '+15550200', from: '+15557779999' }]);
  await call.hangUp();
  await call.ended();
  const { code, output, messages } = await callee.done;
  assert.equal(code, 0, output);
  assert.match(messages, /^BYE /m);
});

test('the agent hangs up, and the caller of the telephone network is told; what was heard is kept', async () => {
  const callee = await stage.box.sipp(scenario('called-answers-and-hangs-up'), { host: stage.at(1) });
  const call = await pstn.call({ to: '+15550200', plays: 'tone' });
  await call.ended();
  assert.equal((await callee.done).code, 0);
  assert.ok(statSync(call.heard).size >= 44, 'a WAV file');
});

for (const [status, words] of /** @type {[number, RegExp][]} */ ([[404, /^SIP 404/], [503, /^SIP 503/]])) {
  test(`a caller of the telephone network hears of it when the manager says ${status}`, async () => {
    await stage.managers[0].say({ route: { status } });
    try {
      const call = await pstn.call({ to: '+15550200', from: 'anonymous' });
      assert.match(await call.ended(), words);
    } finally {
      await stage.managers[0].say({ route: { target: stage.target } });
    }
  });
}

for (const [number, answer] of /** @type {[string, RegExp][]} */ ([['+15550102', /^SIP\/2\.0 486 /], ['+15550103', /^SIP\/2\.0 180 /], ['+15550101', /^SIP\/2\.0 200 /]])) {
  test(`a media server that calls ${number} by order of the manager reaches the telephone network`, async () => {
    const server = await stage.peer(1);
    const { uri, headers } = server.signed(number);
    const { text, callId } = server.message('INVITE', uri, { headers });
    await server.send(text);
    await server.hears(new RegExp(`${answer.source}[^]*Call-ID: ${callId}`));
  });
}

test('a number that is neither demo nor ours comes back from the network, and the manager is asked', async () => {
  await stage.managers[0].say({ route: { status: 404 } });
  const server = await stage.peer(1);
  const { uri, headers } = server.signed('+15550299');
  await server.send(server.message('INVITE', uri, { headers }).text);
  await server.hears(/^SIP\/2\.0 [45]\d\d/, 8000);
  assert.ok(await until(async () => (await stage.managers[0].asked()).some(({ to }) => to === '+15550299'), { withinMs: 2000 }));
});
