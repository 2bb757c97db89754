import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hear, hears, openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, dial, liveCall, outsideHears, recorded, type Call, type Caller } from '../support/callers.js';
import { goOnline, openSoftphone } from '../support/people.js';
import type { Telephony } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { writeTone } from '../support/wave.js';
import { conferences, startWorld, type World } from '../support/world.js';

const microphoneHertz = 620;

let world: World;
let telephony: Telephony;
let browser: OpenedBrowser;
let admin: Caller;
let agent: Caller;
let page: Page;

before(async () => {
  world = await startWorld({ name: 'e2e-calls', octet: 67, telephony: true });
  assert.ok(world.telephony);
  telephony = world.telephony;
  admin = await world.as('admin');
  agent = await world.as('agent1');
  const microphone = join(tmpdir(), `nailup-calls-${process.pid}.wav`);
  writeTone(microphone, microphoneHertz, 4);
  browser = await openBrowser({ microphone });
  const { body: settings } = await admin<{ dialling: object }>('GET', '/settings');
  await admin('PUT', '/settings', { wrapUpSeconds: 0, dialling: { ...settings.dialling, callsPerMinute: 1_000 } });
});
after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(async () => {
  for (const { id } of (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items) await admin('POST', `/calls/${id}/hangup`);
  await nobodyOnCall();
});

const nobodyOnCall = () => until('no call is live', 10_000, async () => (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items.length === 0);
const members = async (): Promise<number> => (await Promise.all(world.servers.map(conferences))).flatMap((all) => Object.values(all)).reduce((sum, count) => sum + count, 0);

for (const parking of ['conference', 'holding'] as const) {
  describe(`an agent who waits in ${parking === 'conference' ? 'her conference' : 'the holding bridge'}`, () => {
    before(async () => {
      assert.equal((await admin('PUT', '/settings', { parking })).status, 200);
      page = await openSoftphone(world, await browser.window(), 'agent1');
      await goOnline(page);
      await until('the manager knows her seat', 5_000, async () => (await agent<{ items: unknown[] }>('GET', '/placements?state=connected')).body.items.length === 1);
    });
    after(async () => {
      await page.getByRole('button', { name: 'Leave' }).click();
      await page.getByRole('button', { name: /go online/i }).waitFor();
      await page.context().close();
    });

    test('hears 1004 Hz of the number she calls, and is heard by one that records', async () => {
      const tone = await dial(agent, '+15550101');
      await callIs(agent, tone.id, 'answered');
      await hears(page, 1004);
      assert.equal((await agent('POST', `/calls/${tone.id}/hangup`)).status, 202);
      const ended = await callIs(agent, tone.id, 'ended');
      assert.equal(ended.endReason, 'agent-hung-up');

      const since = Date.now();
      const listener = await dial(agent, '+15550107');
      await callIs(agent, listener.id, 'answered');
      await recorded(telephony.pstn.recordingsDir, since, microphoneHertz);
      await agent('POST', `/calls/${listener.id}/hangup`);
      await callIs(agent, listener.id, 'ended');
    });

    test('hears the ringing of a number that never answers, and can give up', async () => {
      const call = await dial(agent, '+15550103');
      await callIs(agent, call.id, 'ringing');
      // The ring tone of the zone: 440 and 480 Hz together, two seconds of six.
      await hears(page, 460, 30);
      await agent('POST', `/calls/${call.id}/hangup`);
      const ended = await callIs(agent, call.id, 'ended');
      assert.equal(ended.endReason, 'cancelled');
    });

    test('is told in words that a line is busy, and keeps her seat', async () => {
      const call = await dial(agent, '+15550102');
      const ended = await callIs(agent, call.id, 'ended');
      assert.deepEqual([ended.endReason, ended.hangupCause, ended.hangupText], ['busy', 17, 'The line is busy']);
      assert.equal(ended.answeredAt, null);
      await until('she is alone', 5_000, async () => (await members()) <= 1);
    });

    test('puts a caller on hold and takes her back', async () => {
      const call = await dial(agent, '+15550101');
      await callIs(agent, call.id, 'answered');
      await agent('POST', `/calls/${call.id}/hold`);
      await callIs(agent, call.id, 'held');
      await until('she hears nothing of the caller', 5_000, async () => {
        const { hertz, decibel } = await hear(page, 1);
        return decibel < -60 || Math.abs(hertz - 1004) > 6;
      });
      await agent('POST', `/calls/${call.id}/resume`);
      await callIs(agent, call.id, 'answered');
      await hears(page, 1004);
      await agent('POST', `/calls/${call.id}/hangup`);
      await callIs(agent, call.id, 'ended');
    });

    test('is brought a caller who dialled her number, and each hears the other', async () => {
      const caller = await telephony.pstn.call({ to: '+15550201', from: '+15550142', plays: 'tone' });
      const call = await liveCall(agent, 'the caller is with her', ({ state, direction }) => direction === 'inbound' && state === 'answered');
      assert.deepEqual([call.from, call.to], ['+15550142', '+15550201']);
      await hears(page, 1004);
      await caller.hangUp();
      assert.equal((await callIs(agent, call.id, 'ended')).endReason, 'caller-hung-up');

      const listener = await telephony.pstn.call({ to: '+15550201', from: '+15550142', plays: 'record' });
      const second = await liveCall(agent, 'the listener is with her', ({ state }) => state === 'answered');
      await outsideHears(listener, microphoneHertz);
      await listener.hangUp();
      await callIs(agent, second.id, 'ended');
    });

    test('takes ten calls in a row on one seat', async () => {
      const seat = (await agent<{ items: { id: string; connectedAt: string }[] }>('GET', '/placements?state=connected')).body.items[0];
      for (let round = 0; round < 10; round += 1) {
        const call = await dial(agent, '+15550100');
        await callIs(agent, call.id, 'answered');
        await agent('POST', `/calls/${call.id}/hangup`);
        await callIs(agent, call.id, 'ended');
        await nobodyOnCall();
      }
      const now = (await agent<{ items: { id: string; connectedAt: string }[] }>('GET', '/placements?state=connected')).body.items[0];
      assert.deepEqual(now, seat);
    });
  });
}
