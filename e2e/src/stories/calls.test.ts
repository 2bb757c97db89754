import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hear, hears } from '../support/browser.js';
import { callIs, dial, liveCall, outsideHears, recorded, type Caller } from '../support/callers.js';
import { comeToWork, goHome, nobodyOnCall, openOffice, parkings, seatsOf, waitsIn, type Office } from '../support/office.js';
import { until } from '../support/wait.js';
import { conferences } from '../support/world.js';

const microphoneHertz = 620;
// As the demo has it, but for the number of calls in a minute.
const dialling = { enabled: true, countries: ['US'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 1_000, callerId: null };

let office: Office<'agent1'>;
let telephony: Office<'agent1'>['telephony'];
let agent: Caller;
let page: Page;

before(async () => {
  office = await openOffice('calls', 67, { agent1: microphoneHertz }, { wrapUpSeconds: 0, dialling });
  telephony = office.telephony;
});
after(() => office?.close());
afterEach(() => office.quiet());

const members = async (): Promise<number> => (await Promise.all(office.world.servers.map(conferences))).flatMap((all) => Object.values(all)).reduce((sum, count) => sum + count, 0);

for (const parking of parkings) {
  describe(`an agent who waits in ${waitsIn(parking)}`, () => {
    before(async () => {
      assert.equal((await office.admin('PUT', '/settings', { parking })).status, 200);
      ({ page, api: agent } = await comeToWork(office.world, await office.browsers.agent1.window(), 'agent1'));
    });
    after(() => goHome(page));

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
      const seats = await seatsOf(agent);
      for (let round = 0; round < 10; round += 1) {
        const call = await dial(agent, '+15550100');
        await callIs(agent, call.id, 'answered');
        await agent('POST', `/calls/${call.id}/hangup`);
        await callIs(agent, call.id, 'ended');
        await nobodyOnCall(office.admin);
      }
      assert.deepEqual(await seatsOf(agent), seats);
    });
  });
}
