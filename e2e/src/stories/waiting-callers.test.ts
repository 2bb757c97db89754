import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hears, openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, dial, liveCall, outsideHears, type Call, type Caller } from '../support/callers.js';
import { goOnline, openSoftphone, ready } from '../support/people.js';
import type { OutsideCall, Telephony } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { writeTone } from '../support/wave.js';
import { startWorld, type World } from '../support/world.js';

const microphoneHertz = 620;
const support = '+15550200';

let world: World;
let telephony: Telephony;
let admin: Caller;
const browsers: OpenedBrowser[] = [];
const callers: OutsideCall[] = [];

before(async () => {
  world = await startWorld({ name: 'e2e-waiting', octet: 68, telephony: true });
  assert.ok(world.telephony);
  telephony = world.telephony;
  admin = await world.as('admin');
  await admin('PUT', '/settings', { wrapUpSeconds: 0 });
});
after(async () => world?.close());
afterEach(async () => {
  for (const caller of callers.splice(0)) await caller.hangUp().catch(() => undefined);
  for (const browser of browsers.splice(0)) await browser.close().catch(() => undefined);
  for (const state of ['reserved', 'connected', 'lost']) {
    const { body } = await admin<{ items: { id: string }[] }>('GET', `/placements?state=${state}`);
    for (const one of body.items) await admin('DELETE', `/placements/${one.id}`);
  }
  await until('no call is live', 15_000, async () => (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items.length === 0);
  await until('no channel is left on any media server', 15_000, async () => (await channels()) === 0);
});

const channels = async (): Promise<number> => {
  const counts = await Promise.all(world.servers.map(async (server) => Number(/(\d+) active channel/.exec(await server.cli('core show channels'))?.[1] ?? -1)));
  return counts.reduce((sum, count) => sum + count, 0);
};

interface Seated {
  page: Page;
  browser: OpenedBrowser;
  rest: Caller;
  id: string;
  server: string;
}

/** Somebody goes online with a microphone of 620 Hz; `away` names media servers she must not get. */
async function seat(username: string): Promise<Seated> {
  const microphone = join(tmpdir(), `nailup-waiting-${process.pid}.wav`);
  writeTone(microphone, microphoneHertz, 4);
  const browser = await openBrowser({ microphone });
  browsers.push(browser);
  const page = await openSoftphone(world, await browser.window(), username);
  await goOnline(page);
  const rest = await world.as(username);
  const placement = await until(`${username} is seated`, 5_000, async () => (await rest<{ items: { agentId: string; mediaServer: { name: string } }[] }>('GET', '/placements?state=connected')).body.items[0]);
  return { page, browser, rest, id: placement.agentId, server: placement.mediaServer.name };
}

const telephone = async (to = support, plays: 'tone' | 'record' = 'tone', from = '+15550142'): Promise<OutsideCall> => {
  const caller = await telephony.pstn.call({ to, from, plays });
  callers.push(caller);
  return caller;
};

test('a caller whom nobody can take waits with music and comes to the first agent who is there, in whatever order the servers are', async () => {
  const caller = await telephone(support, 'record');
  const first = await liveCall(admin, 'the first caller waits', ({ state }) => state === 'queued');
  await telephone(support, 'tone', '+15550143');
  await liveCall(admin, 'the second caller waits', ({ state, from }) => state === 'queued' && from === '+15550143');
  const agent = await seat('agent1');
  const taken = await callIs(admin, first.id, 'answered');
  assert.equal(taken.agentId, agent.id, 'who came first is served first');
  await outsideHears(caller, microphoneHertz);
  await agent.rest('POST', `/calls/${first.id}/hangup`);
  await callIs(admin, first.id, 'ended');
  const second = await liveCall(admin, 'the second caller is served next', ({ state }) => state === 'answered');
  assert.equal(second.from, '+15550143');
  await hears(agent.page, 1004);
});

test('a caller who waits on one media server reaches an agent on the other, and each hears the other', async () => {
  const other = await seat('agent1');
  const pause = await other.rest('PUT', `/agents/${other.id}/state`, { state: 'paused', reason: 'Lunch' });
  assert.equal(pause.status, 200);
  // Her server holds a seat already, so the caller waits on the other one.
  const caller = await telephone(support, 'record');
  const call = await liveCall(admin, 'the caller waits', ({ state }) => state === 'queued');
  const { body } = await admin<{ items: { id: string; name: string }[] }>('GET', '/media-servers');
  const waitsOn = body.items.find(({ id }) => id === call.mediaServerId)?.name;
  assert.notEqual(waitsOn, other.server, 'they are on different media servers');
  const asked = performance.now();
  await other.rest('PUT', `/agents/${other.id}/state`, { state: 'ready' });
  const answered = await callIs(admin, call.id, 'answered');
  console.log(`    from "ready" to a caller of the other media server: ${Math.round(performance.now() - asked)} ms`);
  assert.equal(answered.agentId, other.id);
  assert.equal(answered.farMediaServer?.name, waitsOn);
  await outsideHears(caller, microphoneHertz);
});

test('an agent who reloads in the middle of a call is back in the same call within 6 s', async () => {
  const agent = await seat('agent1');
  const call = await dial(agent.rest, '+15550101');
  await callIs(agent.rest, call.id, 'answered');
  agent.page.once('dialog', (dialog) => void dialog.accept());
  const reloaded = performance.now();
  await agent.page.reload();
  await ready(agent.page);
  await hears(agent.page, 1004);
  const seconds = (performance.now() - reloaded) / 1_000;
  console.log(`    hears the caller again after ${seconds.toFixed(1)} s`);
  assert.ok(seconds < 6);
  assert.equal((await agent.rest<Call>('GET', `/calls/${call.id}`)).body.state, 'answered');
});

test('the caller of an agent who never comes back goes to the next agent', async () => {
  const lost = await seat('agent1');
  const caller = await telephone(support, 'record');
  const call = await liveCall(admin, 'the caller is with the first agent', ({ state }) => state === 'answered');
  assert.equal(call.agentId, lost.id);
  lost.browser.signal('SIGKILL');
  const next = await seat('agent2');
  const again = await until('the caller is with the next agent', 60_000, async () => {
    const { body } = await admin<Call>('GET', `/calls/${call.id}`);
    return body.state === 'answered' && body.agentId === next.id && body;
  });
  assert.equal(again.id, call.id, 'it is the same call, with one record');
  await outsideHears(caller, microphoneHertz);
});

test('the record of a call says so when its media server dies, and the agent is seated elsewhere', async () => {
  const agent = await seat('agent1');
  const call = await dial(agent.rest, '+15550101');
  await callIs(agent.rest, call.id, 'answered');
  const dead = world.servers.find(({ name }) => name === agent.server);
  assert.ok(dead);
  await dead.kill('SIGKILL');
  const ended = await callIs(admin, call.id, 'ended');
  assert.equal(ended.endReason, 'media-server-failed');
  await until('she sits on the other media server', 15_000, async () => {
    const seat_ = (await agent.rest<{ items: { mediaServer: { name: string } }[] }>('GET', '/placements?state=connected')).body.items[0];
    return seat_ && seat_.mediaServer.name !== agent.server;
  });
  await ready(agent.page);
  await agent.page.getByRole('button', { name: 'Call back', exact: true }).waitFor();
  await dead.start();
  await until('it is healthy again', 20_000, async () => (await admin<{ items: { name: string; health: string }[] }>('GET', '/media-servers')).body.items.every(({ health }) => health === 'healthy'));
});

test('a carrier is told 503 at once while the managers are away, and calls that stand go on', async () => {
  const agent = await seat('agent1');
  const call = await dial(agent.rest, '+15550101');
  await callIs(agent.rest, call.id, 'answered');
  await world.manager.kill('SIGSTOP');
  try {
    const asked = performance.now();
    const caller = await telephony.pstn.call({ to: support, from: '+15550142', plays: 'tone' });
    await until('the telephone network has given the call up', 3_000, async () => !(await telephony.pstn.cli('core show channels concise')).includes(support));
    console.log(`    refused after ${Math.round(performance.now() - asked)} ms`);
    await caller.hangUp().catch(() => undefined);
    await hears(agent.page, 1004);
  } finally {
    await world.manager.kill('SIGCONT');
  }
  await agent.rest('POST', `/calls/${call.id}/hangup`);
  await callIs(agent.rest, call.id, 'ended');
});
