import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { levels, openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, liveCall, newestRecording, type Call, type Caller } from '../support/callers.js';
import { goOnline, openConsole, openSoftphone } from '../support/people.js';
import type { OutsideCall } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { readWave, toneShare, writeTone } from '../support/wave.js';
import { startWorld, type World } from '../support/world.js';

/** What each of the three says, in Hz. The client's is the tone of the telephone network. */
const says = { agent: 620, client: 1004, supervisor: 1500 } as const;
type Party = keyof typeof says;
const parties = Object.keys(says) as Party[];

let world: World;
let browsers: OpenedBrowser[];
let admin: Caller;
let agentPage: Page;
let console: Page;

before(async () => {
  world = await startWorld({ name: 'e2e-supervision', octet: 37, telephony: true });
  admin = await world.as('admin');
  await admin('PUT', '/settings', { wrapUpSeconds: 0 });
  browsers = await Promise.all(
    (['agent', 'supervisor'] as const).map((who) => {
      const microphone = join(tmpdir(), `nailup-supervision-${who}-${process.pid}.wav`);
      writeTone(microphone, says[who], 4);
      return openBrowser({ microphone });
    }),
  );
});
after(async () => {
  await Promise.all((browsers ?? []).map((browser) => browser.close()));
  await world?.close();
});

/** Waits until this page plays the tones of these parties and of nobody else. */
function pageHears(page: Page, who: string, heard: readonly Party[]): Promise<true> {
  return until(`${who} hears ${heard.join(' and ')} only`, 15_000, async () => {
    const measured = await levels(page, parties.map((party) => says[party]));
    const wrong = parties.filter((party, index) => (heard.includes(party) ? (measured[index] ?? -200) < -55 : (measured[index] ?? -200) > -75));
    if (wrong.length > 0) throw new Error(parties.map((party, index) => `${party} ${measured[index]?.toFixed(0)} dB`).join(', '));
    return true as const;
  });
}

/** The same for the client, by the last second of what the telephone network records of her. */
function clientHears(recording: string, heard: readonly Party[]): Promise<true> {
  return until(`the client hears ${heard.join(' and ')} only`, 15_000, () => {
    const { rate, samples } = readWave(recording);
    const tail = samples.subarray(-rate);
    const shares = (['agent', 'supervisor'] as const).map((party) => [party, toneShare(tail, rate, says[party])] as const);
    if (shares.some(([party, share]) => (heard.includes(party) ? share < 0.15 : share > 0.02))) throw new Error(shares.map(([party, share]) => `${party} ${share.toFixed(3)}`).join(', '));
    return true as const;
  });
}

/** The microphone is asked for in a browser once for each of these. */
const microphones = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { asked?: number }).asked ?? 0);
const bar = () => console.getByRole('region', { name: 'Your supervision' });

for (const parking of ['conference', 'holding'] as const) {
  describe(`the call of an agent who waits in ${parking === 'conference' ? 'her conference' : 'the holding bridge'}`, () => {
    let call: Call;
    let caller: OutsideCall;
    let recording: string;

    before(async () => {
      assert.equal((await admin('PUT', '/settings', { parking })).status, 200);
      agentPage = await openSoftphone(world, await browsers[0]!.window(), 'agent1');
      await goOnline(agentPage);
      await until('the manager knows her seat', 5_000, async () => (await admin<{ items: unknown[] }>('GET', '/placements?state=connected')).body.items.length === 1);
      const window = await browsers[1]!.window();
      await window.addInitScript(() => {
        const { mediaDevices } = navigator;
        const open = mediaDevices?.getUserMedia.bind(mediaDevices);
        if (open) mediaDevices.getUserMedia = (constraints) => ((window as unknown as { asked: number }).asked = ((window as unknown as { asked?: number }).asked ?? 0) + 1, open(constraints));
      });
      console = await openConsole(world, window, 'supervisor');
      await console.getByRole('link', { name: 'Calls', exact: true }).click();
      const since = Date.now();
      assert.ok(world.telephony);
      const { pstn } = world.telephony;
      caller = await pstn.call({ to: '+15550201', from: '+15550142', plays: 'tone' });
      call = await liveCall(admin, 'the caller is with her', ({ state }) => state === 'answered');
      recording = await until('what the client hears is recorded', 5_000, () => newestRecording(pstn.recordingsDir, since));
      await pageHears(agentPage, 'the agent', ['client']);
      await clientHears(recording, ['agent']);
    });
    after(async () => {
      await caller?.hangUp();
      await until('no call is live', 10_000, async () => (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items.length === 0);
      await agentPage?.getByRole('button', { name: 'Leave' }).click();
      await agentPage?.getByRole('button', { name: /go online/i }).waitFor();
      await agentPage?.context().close();
      await console?.context().close();
    });

    test('a supervisor listens: she hears both, nobody hears her, her microphone stays closed, and the agent is told', async () => {
      await console.getByRole('button', { name: /^Listen: / }).click();
      await bar().getByText(/^Listening to .+ with \+15550142$/).waitFor();
      await pageHears(console, 'the supervisor', ['agent', 'client']);
      await agentPage.getByText('A supervisor is listening').waitFor();
      await pageHears(agentPage, 'the agent', ['client']);
      await clientHears(recording, ['agent']);
      assert.equal(await microphones(console), 0);
    });

    test('she whispers: the agent hears her, the client does not, and nobody was hung up', async () => {
      await bar().getByRole('button', { name: 'Whisper' }).click();
      await bar().getByText(/hears you, the client does not$/).waitFor();
      await pageHears(agentPage, 'the agent', ['client', 'supervisor']);
      await agentPage.getByText(/^A supervisor can speak to you/).waitFor();
      await clientHears(recording, ['agent']);
      await pageHears(console, 'the supervisor', ['agent', 'client']);
      assert.equal(await microphones(console), 1);
    });

    test('she barges in and walks to another page: all hear all', async () => {
      await bar().getByRole('button', { name: 'Barge' }).click();
      await bar().getByText(/and the client hear you$/).waitFor();
      await console.getByRole('link', { name: 'Agents' }).click();
      await console.getByRole('heading', { name: 'Agents' }).waitFor();
      await pageHears(agentPage, 'the agent', ['client', 'supervisor']);
      await agentPage.getByText('A supervisor is in the call').waitFor();
      await clientHears(recording, ['agent', 'supervisor']);
      await pageHears(console, 'the supervisor', ['agent', 'client']);
      assert.equal((await admin<Call>('GET', `/calls/${call.id}`)).body.state, 'answered');
    });

    test('she listens again, and when the client hangs up it is over for everybody; every step stands in the ladder', async () => {
      await bar().getByRole('button', { name: 'Listen' }).click();
      await bar().getByText(/^Nobody hears you/).waitFor();
      await pageHears(agentPage, 'the agent', ['client']);
      await clientHears(recording, ['agent']);
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
