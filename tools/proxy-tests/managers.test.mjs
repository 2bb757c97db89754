// @ts-check
// The proxy and its managers: whose word it takes, and what becomes of callers when managers are slow, wrong or away.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { until } from '../sandbox/machine.mjs';
import { openStage, scenario } from './stage.mjs';

/** @type {import('./stage.mjs').Stage} */
let stage;
before(async () => { stage = await openStage('proxy-managers', 72, { managers: 2 }); });
after(() => stage.close());
afterEach(() => stage.closePeers());
beforeEach(() => everyManager((manager) => manager.say({ servers: stage.servers, route: { target: stage.target } })));

/** @template T @param {(manager: import('./stage.mjs').Manager) => Promise<T>} work */
const everyManager = (work) => Promise.all(stage.managers.map(work));
/** A caller of a carrier; how the call is answered in the end. @param {{ withinMs?: number, from?: string }} [options] */
const call = async (options) => (await stage.peer(121)).ask('INVITE', `sip:+15550200@${stage.proxy.host}`, options);

/** A second caller's way, with calls of SIPp at both ends. @param {string} caller @param {number} calls @param {number} rate */
async function party(caller, calls, rate) {
  const callee = await stage.box.sipp(scenario('called-answers'), { host: stage.at(1), calls });
  const client = await stage.box.sipp(scenario(caller), { host: stage.at(120), to: stage.proxy.address, number: '+15550200', calls, rate });
  return {
    answered: async () => (await callee.messages()).match(/^ACK /gm)?.length ?? 0,
    async end() {
      const [here, there] = await Promise.all([client.done, callee.done]);
      assert.equal(here.code, 0, here.output);
      assert.equal(there.code, 0, there.output);
      assert.equal(here.successful, calls);
    },
  };
}

test('a number the manager does not know is answered 404, a call nobody can take 503', async () => {
  await everyManager((manager) => manager.say({ route: { status: 404 } }));
  assert.equal((await call()).status, 404);
  stage.closePeers();
  await everyManager((manager) => manager.say({ route: { status: 503 } }));
  assert.equal((await call()).status, 503);
});

for (const target of ['sip:tabc@127.0.72.99:5060', 'sip:tabc@127.0.72.1:5061', 'sip:tabc@127.0.72.120:5060', 'tel:+1900', 'sip:a@b@127.0.72.1', 'sip:t@127.0.72.1:5060;maddr=127.0.72.99', '']) {
  test(`a manager that names ${target || 'nothing'}, no media server of its list, is not believed`, async () => {
    const other = await stage.peer(99);
    await everyManager((manager) => manager.say({ route: { target } }));
    const { status, callId } = await call();
    assert.equal(status, 503);
    assert.deepEqual(other.heard, []);
    const told = async () => (await everyManager((manager) => manager.asked())).flat().some((one) => one.callId === callId && one.givenUp);
    assert.ok(await until(told, { withinMs: 2_000 }), 'and hears that nobody will come');
  });
}

test('a caller sent to a media server that has died hears so after 2 s', async () => {
  const { status, tookMs } = await call();
  assert.equal(status, 503);
  assert.ok(tookMs < 3000, `${tookMs} ms`);
});

test('with every manager frozen a caller is refused within a second, while fifty calls go on', async (t) => {
  const fifty = await party('caller-talks-long', 50, 40);
  assert.ok(await until(async () => (await fifty.answered()) >= 50, { withinMs: 10_000, everyMs: 20 }));
  await everyManager((manager) => manager.freeze());
  try {
    const { status, tookMs } = await call();
    assert.equal(status, 503);
    assert.ok(tookMs < 1000, `${tookMs} ms`);
    t.diagnostic(`503 after ${tookMs.toFixed(0)} ms, both managers frozen`);
    // Their re-INVITEs and BYEs come in this time.
    await fifty.end();
  } finally {
    await everyManager((manager) => manager.thaw());
  }
});

test('no worker waits for a frozen manager: with a hundred callers pending the proxy answers others at once', async (t) => {
  await everyManager((manager) => manager.freeze());
  try {
    const carrier = await stage.peer(121);
    const began = performance.now();
    for (let index = 0; index < 100; index += 1) await carrier.send(carrier.message('INVITE', `sip:+15550200@${stage.proxy.host}`, { callId: `many-${index}` }).text);
    const server = await stage.peer(1);
    const { status, tookMs } = await server.ask('OPTIONS', `sip:${stage.proxy.host}`);
    assert.equal(status, 200);
    assert.ok(tookMs < 200, `${tookMs} ms`);
    const refusedCalls = () => new Set(carrier.heard.filter((text) => text.startsWith('SIP/2.0 503')).map((text) => /^Call-ID: (.*)$/m.exec(text)?.[1])).size;
    assert.ok(await until(() => refusedCalls() === 100, { withinMs: 3000, everyMs: 10 }), `${refusedCalls()} of 100 refused`);
    t.diagnostic(`OPTIONS after ${tookMs.toFixed(1)} ms with 100 callers pending, the last one refused after ${(performance.now() - began).toFixed(0)} ms`);
  } finally {
    await everyManager((manager) => manager.thaw());
  }
});

test('with one of two managers frozen, every new call still reaches its media server', async () => {
  for (const manager of stage.managers) {
    manager.freeze();
    try {
      await (await party('caller-talks-and-hangs-up', 10, 20)).end();
    } finally {
      manager.thaw();
    }
  }
});

test('a manager that sends its answer by drops keeps no caller waiting', async (t) => {
  await everyManager((manager) => manager.say({ route: { drip: true } }));
  const { status, tookMs } = await call();
  assert.equal(status, 503);
  assert.ok(tookMs < 1100, `${tookMs} ms`);
  t.diagnostic(`503 after ${tookMs.toFixed(0)} ms`);
});

test('what routing by the manager costs a caller', async (t) => {
  const server = await stage.peer(1);
  const carrier = await stage.peer(121);
  const times = [];
  for (let index = 0; index < 40; index += 1) {
    const { text, callId } = carrier.message('INVITE', `sip:+15550200@${stage.proxy.host}`);
    const began = performance.now();
    await carrier.send(text);
    await server.hears(new RegExp(`^INVITE [^]*Call-ID: ${callId}`));
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`INVITE of the carrier to INVITE at the media server: median ${times[20].toFixed(1)} ms, p95 ${times[37].toFixed(1)} ms`);
  assert.ok(times[20] < 100);
});

test('a media server added to the pool is known within a few seconds, one taken out is forgotten; managers away, the list stays', async (t) => {
  const added = `${stage.at(3)}:5070`;
  const began = performance.now();
  await everyManager((manager) => manager.say({ servers: [...stage.servers, `sip:${added}`] }));
  await stage.proxy.knows([added]);
  t.diagnostic(`known after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await everyManager((manager) => manager.say({ servers: stage.servers }));
  assert.ok(await until(async () => !(await stage.proxy.rpc('htable.dump', 'servers')).includes(added), { withinMs: 8000, everyMs: 100 }));
  const server = await stage.peer(3);
  const { uri, headers } = server.signed('+15550100');
  assert.equal((await server.ask('INVITE', uri, { headers })).status, 403, 'it has no say any more');

  await everyManager((manager) => manager.close());
  assert.equal((await call()).status, 503);
  const callee = await stage.peer(120);
  const known = await stage.peer(1);
  const order = known.signed('+15550100');
  await known.send(known.message('INVITE', order.uri, { headers: order.headers }).text);
  await callee.hears(/^INVITE /);
});
