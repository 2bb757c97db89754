import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hears } from '../support/browser.js';
import { comeToWork, goHome, nobodyOnCall, openOffice, parkings, waitsIn, type Office } from '../support/office.js';
import { until } from '../support/wait.js';

let office: Office<'agent1'>;
let telephony: Office<'agent1'>['telephony'];
let page: Page;

before(async () => {
  office = await openOffice('softphone-calls', 69, { agent1: 620 }, { wrapUpSeconds: 4 });
  telephony = office.telephony;
});
after(() => office?.close());
afterEach(() => office.quiet());

const card = (name: string) => page.getByRole('region', { name: `Call: ${name}` });
const dialled = async (number: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Number' }).fill(number);
  await page.keyboard.press('Enter');
};
/** How many packets the microphone has sent so far. */
const sent = (): Promise<number> =>
  page.evaluate(async () => {
    const all = (globalThis as unknown as { legs: RTCPeerConnection[] }).legs;
    const reports = await Promise.all(all.filter((leg) => leg.connectionState === 'connected').map((leg) => leg.getStats()));
    return reports.flatMap((report) => [...report.values()]).reduce((sum, stat) => sum + (stat.type === 'outbound-rtp' ? stat.packetsSent : 0), 0);
  });

const packetsInSeconds = async (seconds: number): Promise<number> => {
  const before = await sent();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  return (await sent()) - before;
};

for (const parking of parkings) {
  describe(`at the softphone of an agent who waits in ${waitsIn(parking)}`, () => {
    const rests = parking === 'holding';
    before(async () => {
      assert.equal((await office.admin('PUT', '/settings', { parking })).status, 200);
      const window = await office.browsers.agent1.window();
      await window.addInitScript(() => {
        const legs: RTCPeerConnection[] = [];
        const Real = RTCPeerConnection;
        class Kept extends Real {
          constructor(configuration?: RTCConfiguration) {
            super(configuration);
            legs.push(this);
          }
        }
        Object.assign(globalThis, { legs, RTCPeerConnection: Kept });
      });
      ({ page } = await comeToWork(office.world, window, 'agent1'));
    });
    after(() => goHome(page));

    test('her microphone rests exactly where it may', async () => {
      await until('it is so', 5_000, async () => ((await packetsInSeconds(1)) === 0) === rests);
    });

    test('she calls a number, holds, resumes, sends digits and hangs up, all by the screen', async () => {
      await dialled('+15550101');
      await card('In call').waitFor({ timeout: 15_000 });
      await hears(page, 1004);
      await page.getByRole('button', { name: 'Hold' }).click();
      await card('On hold').waitFor();
      await page.getByRole('button', { name: 'Resume' }).click();
      await card('In call').waitFor();
      await hears(page, 1004);
      await page.getByRole('button', { name: 'Keypad' }).click();
      await page.keyboard.type('12#');
      await page.getByRole('status').filter({ hasText: /^Sent\s*12#$/ }).waitFor();
      await page.getByRole('button', { name: 'Hang up' }).click();
      await page.getByText('You hung up').first().waitFor();
      await page.getByText(/Ready in/).waitFor();
      await page.getByRole('heading', { level: 1, name: 'Ready' }).waitFor({ timeout: 15_000 });
    });

    test('she cancels a call that rings', async () => {
      await dialled('+15550103');
      await card('Ringing').waitFor({ timeout: 10_000 });
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('You cancelled before it was answered').first().waitFor({ timeout: 10_000 });
      await page.getByRole('button', { name: 'Close' }).click();
    });

    test('a caller is brought to her, her microphone is awake, and rests again where it may', async () => {
      const caller = await telephony.pstn.call({ to: '+15550201', from: '+15550142', plays: 'tone' });
      await card('In call').waitFor({ timeout: 15_000 });
      await hears(page, 1004);
      assert.ok((await packetsInSeconds(1)) > 30);
      await caller.hangUp();
      await page.getByText('The caller hung up').first().waitFor({ timeout: 10_000 });
      await page.getByRole('heading', { level: 1, name: 'Ready' }).waitFor({ timeout: 15_000 });
      await until('it is so', 5_000, async () => ((await packetsInSeconds(1)) === 0) === rests);
    });

    test('with the manager killed her digits go by the line, and the end of the call is seen', async () => {
      const caller = await telephony.pstn.call({ to: '+15550201', from: '+15550142', plays: 'tone' });
      await card('In call').waitFor({ timeout: 15_000 });
      await office.world.manager.kill('SIGKILL');
      await page.getByRole('button', { name: 'Keypad' }).click();
      await page.keyboard.type('7');
      await page.getByRole('status').filter({ hasText: /^Sent\s*7$/ }).waitFor({ timeout: 15_000 });
      await caller.hangUp();
      await card('In call').waitFor({ state: 'detached', timeout: 15_000 });
      await office.world.manager.start();
      await nobodyOnCall(office.admin);
      await page.getByRole('heading', { level: 1, name: 'Ready' }).waitFor({ timeout: 20_000 });
    });
  });
}
