import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hears, openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, dial, liveCall, type Call, type Caller } from '../support/callers.js';
import { goOnline, openConsole, openSoftphone } from '../support/people.js';
import { root, type OutsideCall, type Telephony } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { readWave, writeTone } from '../support/wave.js';
import { startWorld, type World } from '../support/world.js';

const microphoneHertz = 620;
const clientHertz = 1004;
const kept = join(root, '.nailup', 'e2e-recording-kept');

interface Recording {
  id: string;
  state: string;
  mediaServerId: string;
  seconds: number | null;
  pauses: { fromSeconds: number; toSeconds: number | null }[];
}
type Recorded = Call & { recordings: string[]; recording: { id: string; state: string } | null };

let world: World;
let telephony: Telephony;
let admin: Caller;
const browsers: OpenedBrowser[] = [];
const callers: OutsideCall[] = [];

before(async () => {
  rmSync(kept, { recursive: true, force: true });
  world = await startWorld({ name: 'e2e-recording', octet: 33, telephony: true, env: { RECORDINGS_DIRECTORY: kept } });
  assert.ok(world.telephony);
  telephony = world.telephony;
  admin = await world.as('admin');
});
after(async () => world?.close());
afterEach(async () => {
  for (const caller of callers.splice(0)) await caller.hangUp().catch(() => undefined);
  for (const browser of browsers.splice(0)) await browser.close().catch(() => undefined);
  const { body } = await admin<{ items: { id: string }[] }>('GET', '/placements?state=connected');
  for (const one of body.items) await admin('DELETE', `/placements/${one.id}`);
  await until('no call is live', 15_000, async () => (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items.length === 0);
});

const record = (mode: 'on-demand' | 'always') => admin('PUT', '/settings', { wrapUpSeconds: 0, recording: { mode, retentionDays: 30 } });

/** Somebody goes online with a microphone of 620 Hz. */
async function seat(username: string): Promise<{ page: Page; rest: Caller; id: string; serverId: string }> {
  const microphone = join(tmpdir(), `nailup-recording-${process.pid}.wav`);
  writeTone(microphone, microphoneHertz, 4);
  const browser = await openBrowser({ microphone });
  browsers.push(browser);
  const page = await openSoftphone(world, await browser.window(), username);
  await goOnline(page);
  const rest = await world.as(username);
  const placement = await until(`${username} is seated`, 5_000, async () => (await rest<{ items: { agentId: string; mediaServer: { id: string } }[] }>('GET', '/placements?state=connected')).body.items[0]);
  return { page, rest, id: placement.agentId, serverId: placement.mediaServer.id };
}

const running = (someone: Caller, callId: string): Promise<string> =>
  until('the call is recorded', 10_000, async () => (await someone<Recorded>('GET', `/calls/${callId}`)).body.recording?.id);
const stored = (id: string, withinMs = 20_000): Promise<Recording> =>
  until('the recording is stored', withinMs, async () => {
    const { body } = await admin<Recording>('GET', `/recordings/${id}`);
    return body.state === 'stored' && body;
  });
const sound = (id: string) => readWave(join(kept, id.slice(-2), `${id}.wav`));
/** Lets the call go on for so long: what is recorded takes the time it takes. */
async function talkFor(seconds: number): Promise<void> {
  const from = performance.now();
  await until(`they have talked for ${seconds} s`, seconds * 1_000 + 5_000, () => performance.now() - from > seconds * 1_000);
}
/** How loud a tone is in each half second, 0 to 1. */
function loudness(id: string, hertz: number): number[] {
  const { rate, samples } = sound(id);
  const window = Math.floor(rate / 2);
  return Array.from({ length: Math.floor(samples.length / window) }, (_, at) => {
    let [real, imaginary] = [0, 0];
    for (let n = at * window; n < (at + 1) * window; n += 1) {
      const phase = (2 * Math.PI * hertz * n) / rate;
      real += (samples[n] ?? 0) * Math.cos(phase);
      imaginary += (samples[n] ?? 0) * Math.sin(phase);
    }
    return (2 * Math.hypot(real, imaginary)) / window;
  });
}
/** Both sides are in it, for two seconds or more. The browser turns a steady tone down, so the agent's is judged by what is beside it, not by the client's. */
function holdsBoth(id: string): void {
  const between = loudness(id, (clientHertz + microphoneHertz) / 2);
  for (const hertz of [clientHertz, microphoneHertz]) {
    const heard = loudness(id, hertz).filter((loud, at) => loud > 0.01 && loud > 20 * (between[at] ?? 0));
    assert.ok(heard.length >= 4, `${hertz} Hz is heard for ${heard.length / 2} s`);
  }
}
/** The longest stretch of silence, in seconds. */
function silence(id: string): number {
  const { rate, samples } = sound(id);
  const step = Math.floor(rate / 4);
  let [longest, now] = [0, 0];
  for (let at = 0; at + step <= samples.length; at += step) {
    now = samples.subarray(at, at + step).every((sample) => Math.abs(sample) < 0.01) ? now + 0.25 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

test('an agent records, pauses, goes on and stops; both sides are in it, nothing of the pause, and a supervisor hears it in the console', async () => {
  await record('on-demand');
  const agent = await seat('agent1');
  const call = await dial(agent.rest, '+15550101');
  await callIs(agent.rest, call.id, 'answered');
  const bar = agent.page.getByRole('group', { name: 'Recording of the call' });
  await bar.getByRole('button', { name: 'Record', exact: true }).click();
  await bar.getByText('Recording', { exact: true }).waitFor();
  const id = await running(agent.rest, call.id);
  await hears(agent.page, clientHertz);
  await talkFor(2);
  await bar.getByRole('button', { name: 'Pause recording' }).click();
  await bar.getByText('Recording paused').waitFor();
  await talkFor(3);
  await bar.getByRole('button', { name: 'Resume recording' }).click();
  await bar.getByText('Recording', { exact: true }).waitFor();
  await talkFor(2);
  await bar.getByRole('button', { name: 'Stop recording' }).click();
  await bar.getByText('Not recorded').waitFor();
  const { pauses, seconds } = await stored(id);
  await hears(agent.page, clientHertz);
  holdsBoth(id);
  assert.ok(silence(id) >= 2, `silent for ${silence(id)} s of ${seconds} s`);
  const [pause] = pauses;
  assert.ok(pause?.toSeconds && pause.toSeconds - pause.fromSeconds >= 2.5);
  await agent.rest('POST', `/calls/${call.id}/hangup`);
  await callIs(agent.rest, call.id, 'ended');

  const browser = await openBrowser({});
  browsers.push(browser);
  const console_ = await openConsole(world, await browser.window(), 'supervisor');
  // Leaving before she is in would take the signing-in with it.
  await console_.getByRole('navigation', { name: 'Main' }).waitFor();
  await console_.goto(`${world.url}/admin/history`);
  await console_.getByRole('button', { name: /^Details of the call with/ }).first().click();
  const part = console_.getByRole('region', { name: 'Recordings' });
  await part.getByText(/silent there/).waitFor();
  await part.getByRole('button', { name: 'Listen' }).click();
  const player = part.getByLabel('Recording of the call');
  await player.waitFor();
  const length = await until('the player knows how long it is', 10_000, () => player.evaluate((element) => (element as unknown as { duration: number }).duration || 0));
  assert.ok(Math.abs(length - (seconds ?? 0)) < 0.2, `${length} s of ${seconds} s`);
  const { body } = await admin<{ items: { what: string; byName: string }[] }>('GET', `/recordings/${id}/accesses`);
  assert.ok(body.items.some(({ what }) => what === 'heard'));
});

test('while every call is recorded, a caller of another media server is recorded where the agent sits', async () => {
  await record('always');
  const agent = await seat('agent1');
  await agent.rest('PUT', `/agents/${agent.id}/state`, { state: 'paused', reason: 'Lunch' });
  callers.push(await telephony.pstn.call({ to: '+15550200', from: '+15550142', plays: 'tone' }));
  const waiting = await liveCall(admin, 'the caller waits', ({ state }) => state === 'queued');
  assert.notEqual(waiting.mediaServerId, agent.serverId, 'they are on different media servers');
  await agent.rest('PUT', `/agents/${agent.id}/state`, { state: 'ready' });
  await callIs(admin, waiting.id, 'answered');
  const id = await running(admin, waiting.id);
  await hears(agent.page, clientHertz);
  await talkFor(2);
  assert.equal((await agent.rest('POST', `/calls/${waiting.id}/recording`, { action: 'stop' })).status, 409);
  await agent.rest('POST', `/calls/${waiting.id}/hangup`);
  const recording = await stored(id);
  assert.equal(recording.mediaServerId, agent.serverId);
  assert.deepEqual((await admin<Recorded>('GET', `/calls/${waiting.id}`)).body.recordings, [id]);
  holdsBoth(id);
});

test('a recording that ends while every manager is away waits on its media server and is there when one is back', async () => {
  await record('always');
  const agent = await seat('agent1');
  const call = await dial(agent.rest, '+15550105');
  await callIs(agent.rest, call.id, 'answered');
  const id = await running(admin, call.id);
  await world.manager.kill('SIGKILL');
  await until('the far end has hung up', 15_000, async () => {
    const lists = await Promise.all(world.servers.map((server) => server.cli('core show channels concise')));
    return lists.every((list) => !list.includes('!clients!'));
  });
  await world.manager.start();
  const recording = await stored(id, 90_000);
  assert.ok((recording.seconds ?? 0) >= 2, `${recording.seconds} s`);
});
