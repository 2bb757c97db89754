import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { hears } from '../support/browser.js';
import { microphoneHertz, openStage, type Stage } from '../support/carrier.js';
import { until } from '../support/wait.js';

const served = ['call.ringing', 'call.answered', 'call.ended'];
const gaveUp = ['call.queued', 'call.ended'];

let stage: Stage;
before(async () => { stage = await openStage('e2e-carrier-in', 94); });
after(() => stage?.close());
afterEach(() => stage.quiet());

let callers = 0;
/** A number nobody else calls with. */
const newNumber = (): string => `+1555778${String((callers += 1)).padStart(4, '0')}`;
const turns = (state: 'ready' | 'paused') => stage.agent('PUT', `/agents/${stage.agentId}/state`, { state, ...(state === 'paused' ? { reason: 'Lunch' } : {}) });

test('a caller who is answered and hangs up', async () => {
  const from = newNumber();
  const { code, output, messages } = await (await stage.brings('caller-talks-and-hangs-up', { from })).done;
  assert.equal(code, 0, output);
  assert.match(messages, /^SIP\/2\.0 200 /m);
  const call = await stage.finalOf(from, { endReason: 'caller-hung-up', hangupCause: 16, ladder: served });
  assert.equal(call.agentId, stage.agentId);
});

test('a caller whom the agent lets go is sent a BYE', async () => {
  const from = newNumber();
  const caller = await stage.brings('caller-waits-for-hang-up', { from });
  const { id } = await stage.callOf(from, ['answered']);
  await stage.agent('POST', `/calls/${id}/hangup`);
  assert.equal((await caller.done).code, 0);
  await stage.finalOf(from, { endReason: 'agent-hung-up', hangupCause: 16, ladder: served });
});

test('a caller who dials a number that is nobody\'s hears 404, one whose agent is not at work 503, and neither leaves a record', async () => {
  const { items } = (await stage.admin<{ items: { id: string; username: string }[] }>('GET', '/agents?limit=200')).body;
  await stage.admin('POST', '/numbers', { number: '+15550202', agentId: items.find(({ username }) => username === 'agent2')?.id });
  for (const [number, status] of [['+15550999', 404], ['+15550202', 503]] as const) {
    const from = newNumber();
    const { code, output, messages } = await (await stage.brings('caller-is-refused', { from, number })).done;
    assert.equal(code, 0, output);
    assert.match(messages, new RegExp(`^SIP/2\\.0 ${status} `, 'm'));
    assert.equal((await stage.admin<{ items: unknown[] }>('GET', `/calls?number=${encodeURIComponent(from)}`)).body.items.length, 0);
  }
});

test('a caller who gives up while the manager is being asked hears 487, and the agent is free again', async () => {
  const from = newNumber();
  await stage.world.manager.kill('SIGSTOP');
  try {
    const { code, output, messages } = await (await stage.brings('caller-gives-up-at-once', { from })).done;
    assert.equal(code, 0, output);
    assert.match(messages, /^SIP\/2\.0 487 /m);
  } finally {
    await stage.world.manager.kill('SIGCONT');
  }
  await stage.quiet(4_000);
  // The proxy tells the manager; heard before the question of that same caller, nobody is promised at all.
  const { items } = (await stage.admin<{ items: unknown[] }>('GET', `/calls?number=${encodeURIComponent(from)}`)).body;
  if (items.length > 0) await stage.finalOf(from, { endReason: 'abandoned', hangupCause: null, ladder: ['call.ringing', 'call.ended'] });
});

for (const patience of [0, 10, 20, 30, 40, 60, 80, 120]) {
  test(`a caller who cancels ${patience} ms after the INVITE was taken, on the way to a free agent`, async () => {
    const from = newNumber();
    const { code, output } = await (await stage.brings('caller-gives-up-in-time', { keys: { from, patience: String(patience) } })).done;
    assert.equal(code, 0, output);
    await stage.quiet(6_000);
    if (patience === 0 && (await stage.admin<{ items: unknown[] }>('GET', `/calls?number=${encodeURIComponent(from)}`)).body.items.length === 0) return;
    const call = await stage.callOf(from, ['ended']);
    const answered = call.answeredAt !== null;
    await stage.finalOf(from, { endReason: answered ? 'caller-hung-up' : 'abandoned', ladder: answered ? served : ['call.ringing', 'call.ended'] });
  });
}

test('a caller who cancels on the way to the queue, or hangs up in it, leaves by her own will', async () => {
  await turns('paused');
  try {
    for (const patience of [0, 20, 40, 80]) {
      const from = newNumber();
      const { code, output } = await (await stage.brings('caller-gives-up-in-time', { keys: { from, patience: String(patience) } })).done;
      assert.equal(code, 0, output);
      await stage.finalOf(from, { endReason: 'abandoned', ladder: gaveUp });
    }
    const from = newNumber();
    const caller = await stage.brings('caller-hangs-up-in-time', { from, pauseMs: 1_000 });
    await stage.callOf(from, ['queued']);
    assert.equal((await caller.done).code, 0);
    await stage.finalOf(from, { endReason: 'abandoned', hangupCause: 16, ladder: gaveUp });
  } finally {
    await turns('ready');
  }
});

test('a caller who hangs up just as an agent is found for her is not in anybody\'s way', async () => {
  const ends: string[] = [];
  for (const pauseMs of [300, 350, 400, 450, 500, 550, 600]) {
    const from = newNumber();
    await turns('paused');
    const caller = await stage.brings('caller-hangs-up-in-time', { from, pauseMs });
    await stage.callOf(from, ['queued']);
    await turns('ready');
    assert.equal((await caller.done).code, 0);
    const call = await stage.callOf(from, ['ended'], 20_000);
    const { items } = (await stage.admin<{ items: { type: string }[] }>('GET', `/calls/${call.id}/events`)).body;
    const met = call.answeredAt !== null;
    const offered = items.some(({ type }) => type === 'call.ringing');
    // An order that came too late brings the caller back to the line for a moment.
    await stage.finalOf(from, { endReason: met ? 'caller-hung-up' : 'abandoned', ladder: /^call\.queued( call\.ringing( call\.queued)?)*( call\.answered)? call\.ended$/ });
    ends.push(met ? 'met her' : offered ? 'on the way' : 'in the queue');
    await stage.quiet();
  }
  console.log(`    they left: ${ends.join(', ')}`);
});

test('when caller and agent hang up at once both are told that the call is over, and it is told once', async () => {
  const from = newNumber();
  const caller = await stage.brings('caller-hangs-up-as-we-do', { from });
  const { id } = await stage.callOf(from, ['answered']);
  await stage.agent('POST', `/calls/${id}/hangup`);
  const { code, output } = await caller.done;
  assert.equal(code, 0, output);
  await stage.finalOf(from, { endReason: 'agent-hung-up', ladder: served });
});

test('a call outlives that its carrier holds it and takes it back with another codec, and both hear each other afterwards', async () => {
  const from = newNumber();
  const caller = await stage.brings('caller-holds-and-changes', { from, pauseMs: 4_000, echo: true });
  const { id } = await stage.callOf(from, ['answered']);
  await hears(stage.page, microphoneHertz);
  await until('the carrier has taken it back', 15_000, async () => /^CSeq: 4 ACK/m.test(await caller.messages()));
  assert.equal((await stage.callOf(from, ['answered'])).id, id);
  await hears(stage.page, microphoneHertz);
  await stage.agent('POST', `/calls/${id}/hangup`);
  const { code, output, messages } = await caller.done;
  assert.equal(code, 0, output);
  assert.match(messages, /^m=audio \d+ RTP\/AVP 8\b/m);
  const { quality } = await stage.finalOf(from, { endReason: 'agent-hung-up', hangupCause: 16, ladder: served });
  assert.ok(quality !== null && quality.mos > 3.5 && quality.lossPercent < 5, JSON.stringify(quality));
});

test('ten callers at once for one agent are served one after the other or leave by their own will, and she never has two', async () => {
  const since = new Date().toISOString();
  let left = 0;
  let refused = 0;
  // Whom the proxy refuses, because a busy machine left the manager no time to answer within the second, calls again as a carrier would.
  for (let round = 1; left < 10 && round <= 4; round += 1) {
    const { successful, failed } = await (await stage.brings('caller-hangs-up-in-time', { from: newNumber(), calls: 10 - left, rate: 20, pauseMs: 2_500 })).done;
    left += successful;
    refused += failed;
  }
  assert.equal(left, 10);
  await stage.quiet();
  const calls = (await stage.admin<{ items: { answeredAt: string | null; endedAt: string; endReason: string }[] }>('GET', `/calls?from=${since}&limit=200`)).body.items;
  assert.ok(calls.length >= 10 && calls.length <= 10 + refused, `${calls.length} records, ${refused} refused`);
  assert.deepEqual([...new Set(calls.map(({ answeredAt, endReason }) => `${answeredAt === null ? 'waited' : 'talked'}: ${endReason}`))].sort(), ['talked: caller-hung-up', 'waited: abandoned']);
  const hers = calls.filter((call) => call.answeredAt !== null).sort((a, b) => String(a.answeredAt).localeCompare(String(b.answeredAt)));
  hers.forEach((call, index) => assert.ok(index === 0 || String(hers[index - 1]?.endedAt) <= String(call.answeredAt), 'one after the other'));
});
