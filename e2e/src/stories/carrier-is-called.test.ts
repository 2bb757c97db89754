import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { hears } from '../support/browser.js';
import { callIs, dial } from '../support/callers.js';
import { microphoneHertz, openStage, type Stage } from '../support/carrier.js';
import { until } from '../support/wait.js';

const number = '+15550111';
const served = ['call.dialing', 'call.ringing', 'call.answered', 'call.ended'];
const refused = ['call.dialing', 'call.ended'];
const rang = ['call.dialing', 'call.ringing', 'call.ended'];

let stage: Stage;
before(async () => { stage = await openStage('e2e-carrier-out', 95); });
after(() => stage?.close());
afterEach(() => stage.quiet());

test('a number that answers and hangs up', async () => {
  const carrier = await stage.carrier('called-answers-and-hangs-up');
  const { id } = await dial(stage.agent, number);
  const { code, output } = await carrier.done;
  assert.equal(code, 0, output);
  await stage.final(id, { endReason: 'caller-hung-up', hangupCause: 16, ladder: served });
});

test('a number that answers and is let go', async () => {
  const carrier = await stage.carrier('called-answers');
  const { id } = await dial(stage.agent, number);
  await callIs(stage.agent, id, 'answered');
  await stage.agent('POST', `/calls/${id}/hangup`);
  assert.equal((await carrier.done).code, 0);
  await stage.final(id, { endReason: 'agent-hung-up', hangupCause: 16, ladder: served });
});

for (const [refusal, endReason, hangupCause] of [
  ['486 Busy Here', 'busy', 17], ['600 Busy Everywhere', 'busy', 17], ['503 Service Unavailable', 'congestion', 34], ['480 Temporarily Unavailable', 'no-answer', 19],
  ['404 Not Found', 'rejected', 1], ['603 Decline', 'rejected', 21], ['302 Moved Temporarily', 'congestion', 34],
] as const) {
  test(`a carrier that says ${refusal}: ${endReason}`, async () => {
    const carrier = await stage.carrier('called-refuses');
    const { id } = await dial(stage.agent, `+155501${refusal.slice(0, 3)}`);
    const { code, output } = await carrier.done;
    assert.equal(code, 0, output);
    await stage.final(id, { endReason, hangupCause, ladder: refused });
  });
}

test('a number that nobody answers is given up when its time is over, and the carrier hears CANCEL', async () => {
  const carrier = await stage.carrier('called-is-cancelled');
  const { id } = await dial(stage.agent, number, { ringTimeoutSeconds: 5 });
  const { code, output } = await carrier.done;
  assert.equal(code, 0, output);
  await stage.final(id, { endReason: 'no-answer', ladder: rang });
});

test('a carrier that does not answer at all is congestion', async () => {
  const { id } = await dial(stage.agent, number);
  await stage.final(id, { endReason: 'congestion', ladder: refused });
});

test('an announcement before the answer is heard by nobody\'s fault, and the call is answered after it', async () => {
  const carrier = await stage.carrier('called-plays-early-media');
  const { id } = await dial(stage.agent, number);
  await callIs(stage.agent, id, 'answered');
  await stage.agent('POST', `/calls/${id}/hangup`);
  assert.equal((await carrier.done).code, 0);
  await stage.final(id, { endReason: 'agent-hung-up', hangupCause: 16, ladder: ['call.dialing', 'call.answered', 'call.ended'] });
});

for (const [when, scenario, said, ladder] of [
  ['before it rings', 'called-is-cancelled-before-it-rings', /^SIP\/2\.0 100 /m, refused],
  ['while it rings', 'called-is-cancelled', /^SIP\/2\.0 180 /m, rang],
  ['during an announcement', 'called-is-cancelled-in-early-media', /^SIP\/2\.0 183 /m, refused],
] as const) {
  test(`an agent who gives up ${when}: the carrier hears CANCEL`, async () => {
    const carrier = await stage.carrier(scenario);
    const { id } = await dial(stage.agent, number);
    await until('the carrier has said so', 5_000, async () => said.test(await carrier.messages()));
    if (ladder === rang) await callIs(stage.agent, id, 'ringing');
    await stage.agent('POST', `/calls/${id}/hangup`);
    const { code, output } = await carrier.done;
    assert.equal(code, 0, output);
    await stage.final(id, { endReason: 'cancelled', ladder });
  });
}

test('an agent who gives up in the same moment leaves no call behind, however far it had come', async () => {
  for (let round = 1; round <= 5; round += 1) {
    const carrier = await stage.carrier('called-is-cancelled', { timeoutSeconds: 3 });
    const { id } = await dial(stage.agent, number);
    await stage.agent('POST', `/calls/${id}/hangup`);
    const call = await until('the call has ended', 10_000, async () => {
      const { body } = await stage.agent<{ state: string; ringingAt: string | null }>('GET', `/calls/${id}`);
      return body.state === 'ended' && body;
    });
    await stage.final(id, { endReason: 'cancelled', ladder: call.ringingAt === null ? refused : rang });
    await stage.quiet();
    await carrier.stop();
  }
});

test('when both hang up at once both are told that the call is over, and it is told once', async () => {
  const carrier = await stage.carrier('called-hangs-up-as-we-do');
  const { id } = await dial(stage.agent, number);
  await callIs(stage.agent, id, 'answered');
  await stage.agent('POST', `/calls/${id}/hangup`);
  const { code, output } = await carrier.done;
  assert.equal(code, 0, output);
  await stage.final(id, { endReason: 'agent-hung-up', ladder: served });
});

test('a call outlives that its carrier holds it and takes it back with another codec, and both hear each other afterwards', async () => {
  const carrier = await stage.carrier('called-holds-and-changes', { pauseMs: 4_000, echo: true });
  const { id } = await dial(stage.agent, number);
  await callIs(stage.agent, id, 'answered');
  await hears(stage.page, microphoneHertz);
  await until('the carrier has taken it back', 15_000, async () => /^CSeq: 12 ACK/m.test(await carrier.messages()));
  await callIs(stage.agent, id, 'answered');
  await hears(stage.page, microphoneHertz);
  await stage.agent('POST', `/calls/${id}/hangup`);
  const { code, output } = await carrier.done;
  assert.equal(code, 0, output);
  const { quality } = await stage.final(id, { endReason: 'agent-hung-up', hangupCause: 16, ladder: served });
  assert.ok(quality !== null && quality.mos > 3.5 && quality.lossPercent < 5, JSON.stringify(quality));
});
