import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { callIs, liveCall, type Call } from '../support/callers.js';
import { comeToWork, goHome, nobodyOnCall, openOffice, parkings, waitsIn, type Office } from '../support/office.js';
import { openConsole } from '../support/people.js';
import type { OutsideCall } from '../support/sandbox.js';
import { outsideHearsOnly, pageHears } from '../support/who-hears.js';

/** What each of them says, in Hz. The client's is the tone of the telephone network. */
const microphones = { agent: 620, supervisor: 1500 } as const;
const says = { ...microphones, client: 1004 } as const;
type Party = keyof typeof says;

let office: Office<keyof typeof microphones>;
let admin: Office<never>['admin'];
let agentPage: Page;
let console: Page;

before(async () => {
  office = await openOffice('supervision', 37, microphones, { wrapUpSeconds: 0 });
  admin = office.admin;
});
after(() => office?.close());

const hear = (page: Page, who: string, heard: readonly Party[]): Promise<true> => pageHears(page, who, says, heard);

/** The microphone is asked for in a browser once for each of these. */
const microphonesOpened = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { asked?: number }).asked ?? 0);
const bar = () => console.getByRole('region', { name: 'Your supervision' });

for (const parking of parkings) {
  describe(`the call of an agent who waits in ${waitsIn(parking)}`, () => {
    let call: Call;
    let caller: OutsideCall;
    const clientHears = (heard: readonly Party[]): Promise<true> => outsideHearsOnly(caller.heard, microphones, heard);

    before(async () => {
      assert.equal((await admin('PUT', '/settings', { parking })).status, 200);
      ({ page: agentPage } = await comeToWork(office.world, await office.browsers.agent.window(), 'agent1'));
      const window = await office.browsers.supervisor.window();
      await window.addInitScript(() => {
        const { mediaDevices } = navigator;
        const open = mediaDevices?.getUserMedia.bind(mediaDevices);
        if (open) mediaDevices.getUserMedia = (constraints) => ((window as unknown as { asked: number }).asked = ((window as unknown as { asked?: number }).asked ?? 0) + 1, open(constraints));
      });
      console = await openConsole(office.world, window, 'supervisor');
      await console.getByRole('link', { name: 'Calls', exact: true }).click();
      caller = await office.telephony.pstn.call({ to: '+15550201', from: '+15550142', plays: 'tone' });
      call = await liveCall(admin, 'the caller is with her', ({ state }) => state === 'answered');
      await hear(agentPage, 'the agent', ['client']);
      await clientHears(['agent']);
    });
    after(async () => {
      await caller?.hangUp();
      await nobodyOnCall(admin);
      await goHome(agentPage);
      await console?.context().close();
    });

    test('a supervisor listens: she hears both, nobody hears her, her microphone stays closed, and the agent is told', async () => {
      await console.getByRole('button', { name: /^Listen: / }).click();
      await bar().getByText(/^Listening to .+ with \+15550142$/).waitFor();
      await hear(console, 'the supervisor', ['agent', 'client']);
      await agentPage.getByText('A supervisor is listening').waitFor();
      await hear(agentPage, 'the agent', ['client']);
      await clientHears(['agent']);
      assert.equal(await microphonesOpened(console), 0);
    });

    test('she whispers: the agent hears her, the client does not, and nobody was hung up', async () => {
      await bar().getByRole('button', { name: 'Whisper' }).click();
      await bar().getByText(/hears you, the client does not$/).waitFor();
      await hear(agentPage, 'the agent', ['client', 'supervisor']);
      await agentPage.getByText(/^A supervisor can speak to you/).waitFor();
      await clientHears(['agent']);
      await hear(console, 'the supervisor', ['agent', 'client']);
      assert.equal(await microphonesOpened(console), 1);
    });

    test('she barges in and walks to another page: all hear all', async () => {
      await bar().getByRole('button', { name: 'Barge' }).click();
      await bar().getByText(/and the client hear you$/).waitFor();
      await console.getByRole('link', { name: 'Agents' }).click();
      await console.getByRole('heading', { name: 'Agents' }).waitFor();
      await hear(agentPage, 'the agent', ['client', 'supervisor']);
      await agentPage.getByText('A supervisor is in the call').waitFor();
      await clientHears(['agent', 'supervisor']);
      await hear(console, 'the supervisor', ['agent', 'client']);
      assert.equal((await admin<Call>('GET', `/calls/${call.id}`)).body.state, 'answered');
    });

    test('she listens again, and when the client hangs up it is over for everybody; every step stands in the ladder', async () => {
      await bar().getByRole('button', { name: 'Listen' }).click();
      await bar().getByText(/^Nobody hears you/).waitFor();
      await hear(agentPage, 'the agent', ['client']);
      await clientHears(['agent']);
      await caller.hangUp();
      await callIs(admin, call.id, 'ended');
      await bar().getByText('The call is over.').waitFor();
      await agentPage.getByText(/^A supervisor/).waitFor({ state: 'detached' });
      const { items } = (await admin<{ items: { type: string; data: { action?: string; mode?: string; reason?: string } }[] }>('GET', `/calls/${call.id}/events`)).body;
      assert.deepEqual(
        items.filter(({ type }) => type === 'call.supervision').map(({ data }) => [data.action, data.mode]),
        [['started', 'listen'], ['switched', 'whisper'], ['switched', 'barge'], ['switched', 'listen'], ['ended', 'listen']],
      );
      await bar().getByRole('button', { name: 'Close' }).click();
    });
  });
}
