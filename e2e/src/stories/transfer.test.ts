import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hear, hears, openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, liveCall, recorded, type Call, type Caller } from '../support/callers.js';
import { goOnline, openSoftphone } from '../support/people.js';
import type { Telephony } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { writeTone } from '../support/wave.js';
import { startWorld, type World } from '../support/world.js';

/** Each of them sounds otherwise, so that a spectrum tells who is heard; the caller's tone has 1004 Hz. */
const microphones = { agent1: 620, agent2: 790 } as const;
const callerHertz = 1004;

let world: World;
let telephony: Telephony;
let admin: Caller;
const browsers: OpenedBrowser[] = [];
const agents = {} as Record<keyof typeof microphones, { page: Page; api: Caller; id: string; name: string }>;

before(async () => {
  world = await startWorld({ name: 'e2e-transfer', octet: 43, telephony: true });
  assert.ok(world.telephony);
  telephony = world.telephony;
  admin = await world.as('admin');
  await admin('PUT', '/settings', { wrapUpSeconds: 0 });
  for (const username of ['agent1', 'agent2'] as const) {
    const microphone = join(tmpdir(), `nailup-transfer-${username}-${process.pid}.wav`);
    writeTone(microphone, microphones[username], 4);
    const browser = await openBrowser({ microphone });
    browsers.push(browser);
    const page = await openSoftphone(world, await browser.window(), username);
    await goOnline(page);
    const api = await world.as(username);
    const { body } = await api<{ agent: { id: string; displayName: string } }>('GET', '/auth/me');
    const me = (body.agent ?? body) as { id: string; displayName: string };
    await until('the manager knows the seat', 5_000, async () => (await api<{ items: unknown[] }>('GET', '/placements?state=connected')).body.items.length === 1);
    agents[username] = { page, api, id: me.id, name: me.displayName };
  }
  const servers = await Promise.all(Object.values(agents).map(async ({ api }) => (await api<{ items: { mediaServer: { name: string } }[] }>('GET', '/placements?state=connected')).body.items[0]?.mediaServer.name));
  assert.equal(new Set(servers).size, 2, 'they sit on different media servers');
});
after(async () => {
  for (const browser of browsers) await browser.close();
  await world?.close();
});
afterEach(async () => {
  for (const { id } of (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items) await admin('POST', `/calls/${id}/hangup`);
  await until('no call is live', 10_000, async () => (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items.length === 0);
  // Two seats, and nothing left over of any call.
  await until('only the seats are left on the media servers', 10_000, async () => {
    const left = await channels();
    if (left.length !== 2) throw new Error(left.join(', '));
    return true;
  });
  for (const { api, id } of Object.values(agents)) await until('both are ready', 10_000, async () => (await api<{ state: string }>('GET', `/agents/${id}`)).body.state === 'ready');
});

const channels = async (): Promise<string[]> => (await Promise.all(world.servers.map((server) => server.cli('core show channels concise')))).flatMap((text) => text.split('\n').flatMap((line) => /^PJSIP\/[^!]+/.exec(line)?.[0] ?? []));

/** A caller of the first agent's number talks with her. */
async function callerOf(plays: 'tone' | 'record') {
  const caller = await telephony.pstn.call({ to: '+15550201', from: '+15550142', plays });
  const call = await liveCall(agents.agent1.api, 'the caller is with the first agent', ({ state, direction }) => direction === 'inbound' && state === 'answered');
  return { caller, call };
}

/** She opens the list and chooses. */
async function choose(page: Page, whom: string, number = false): Promise<void> {
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  if (number) await page.getByLabel('To whom').fill(whom);
  await page.getByRole('list', { name: 'Whom to transfer to' }).getByRole('button', { name: number ? /number$/ : new RegExp(`^${whom}`) }).first().click();
}

/** Nobody is heard with this tone. */
async function hearsNot(page: Page, hertz: number): Promise<void> {
  const heard = await hear(page, 1);
  assert.ok(heard.decibel < -60 || Math.abs(heard.hertz - hertz) > 6, `${hertz} Hz is not heard: ${heard.hertz.toFixed(0)} Hz at ${heard.decibel.toFixed(0)} dB`);
}

test('hands a caller to the agent of the other media server, who hears her in the same call, and has an empty screen', async () => {
  const { agent1, agent2 } = agents;
  const { caller, call } = await callerOf('tone');
  await hears(agent1.page, callerHertz);
  await choose(agent1.page, agent2.name);
  await agent1.page.getByRole('button', { name: 'Hand over now' }).click();
  const handed = await callIs(agent2.api, call.id, 'answered');
  assert.equal(handed.agentId, agent2.id);
  assert.notEqual(handed.farMediaServer, null);
  await hears(agent2.page, callerHertz);
  await hearsNot(agent1.page, callerHertz);
  await agent1.page.getByRole('region', { name: /^Call: / }).waitFor({ state: 'detached' });
  await caller.hangUp();
  assert.equal((await callIs(agent2.api, call.id, 'ended')).endReason, 'caller-hung-up');
});

test('hands a caller to a number, which hears her, while the agent is free again', async () => {
  const { agent1 } = agents;
  const { caller, call } = await callerOf('tone');
  await hears(agent1.page, callerHertz);
  const since = Date.now();
  await choose(agent1.page, '+15550107', true);
  await agent1.page.getByRole('button', { name: 'Hand over now' }).click();
  assert.equal((await callIs(agent1.api, call.id, 'ended')).endReason, 'transferred');
  const onward = await liveCall(admin, 'the caller is through', ({ direction, state, to }) => direction === 'outbound' && state === 'answered' && to === '+15550107');
  assert.deepEqual([onward.agentId, onward.from], [null, '+15550142']);
  await recorded(telephony.pstn.recordingsDir, since, callerHertz);
  await hearsNot(agent1.page, callerHertz);
  await caller.hangUp();
  await callIs(admin, onward.id, 'ended');
  const { body } = await admin<{ items: { type: string }[] }>('GET', `/calls/${onward.id}/events`);
  assert.equal(body.items.filter(({ type }) => type === 'call.ended').length, 1);
});

test('asks the other agent first, the two hear each other and not the caller, and then the caller hears the other agent', async () => {
  const { agent1, agent2 } = agents;
  const since = Date.now();
  const { caller, call } = await callerOf('record');
  await recorded(telephony.pstn.recordingsDir, since, microphones.agent1);
  await choose(agent1.page, agent2.name);
  await agent1.page.getByRole('button', { name: 'Talk first' }).click();
  await agent1.page.getByText(/hear each other\. .* hears music\.$/).waitFor();
  await hears(agent1.page, microphones.agent2);
  await hears(agent2.page, microphones.agent1);
  await agent1.page.getByRole('button', { name: 'Hand over', exact: true }).click();
  const handed = await callIs(agent2.api, call.id, 'answered');
  assert.equal(handed.agentId, agent2.id);
  await recorded(telephony.pstn.recordingsDir, since, microphones.agent2);
  await hearsNot(agent1.page, microphones.agent2);
  await hearsNot(agent2.page, microphones.agent1);
  await caller.hangUp();
  await callIs(agent2.api, call.id, 'ended');
});
