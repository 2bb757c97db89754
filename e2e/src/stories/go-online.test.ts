import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { hear, openBrowser, type OpenedBrowser } from '../support/browser.js';
import { goOnline, openConsole, openSoftphone } from '../support/people.js';
import { until } from '../support/wait.js';
import { readWave, toneShare, writeTone } from '../support/wave.js';
import type { MediaServer } from '../support/sandbox.js';
import { joinClient } from '../support/clients.js';
import { conferences, startWorld, type World } from '../support/world.js';

/** What the agents' microphones play; far from the 1004 Hz that the media server plays. */
const microphoneHertz = 620;

interface Placement {
  id: string;
  agentId: string;
  state: string;
  conference: string;
  mediaServer: { name: string };
}

let world: World;
let browser: OpenedBrowser;
let window: BrowserContext;
let first: Page;
let second: Page;
let console_: Page;

before(async () => {
  world = await startWorld({ name: 'e2e-go-online', octet: 60 });
  const microphone = join(tmpdir(), `nailup-microphone-${process.pid}.wav`);
  writeTone(microphone, microphoneHertz, 4);
  browser = await openBrowser({ microphone });
  window = await browser.window();
  console_ = await openConsole(world, window, 'admin');
  await console_.getByRole('navigation').getByRole('link', { name: 'Media servers' }).click();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

/** The number of agents in call the console's table shows for a media server, or null while it shows none. */
const shownInCall = async (server: MediaServer): Promise<number | null> => {
  const row = console_.getByRole('row', { name: new RegExp(`\\b${server.name}\\b`) });
  const text = await row.getByTestId('agents-in-call').textContent();
  return text === null ? null : Number(/\d+/.exec(text)?.[0]);
};

const statesOf = async (...usernames: string[]) => {
  const { body } = await (await world.as('admin'))<{ items: { username: string; state: string }[] }>('GET', '/agents');
  return usernames.map((username) => body.items.find((agent) => agent.username === username)?.state);
};

const members = async (server: MediaServer): Promise<number> => Object.values(await conferences(server)).reduce((sum, count) => sum + count, 0);

const everyoneAgrees = (expected: number[]) =>
  until(`console and confbridge list both show ${expected.join(' and ')}`, 5_000, async () => {
    const shown = await Promise.all(world.servers.map(shownInCall));
    const listed = await Promise.all(world.servers.map(members));
    return shown.join() === expected.join() && listed.join() === expected.join();
  });

test('two agents go online, each with a tab in the same browser as the supervisor or her own, and land on different media servers', async () => {
  await everyoneAgrees([0, 0]);
  first = await openSoftphone(world, window, 'agent1');
  await goOnline(first);
  second = await openSoftphone(world, await browser.window(), 'agent2');
  await goOnline(second);
  await everyoneAgrees([1, 1]);
  assert.deepEqual(await statesOf('agent1', 'agent2'), ['ready', 'ready']);
});

test('an agent alone with a test tone in her conference hears 1004 Hz, and the media server hears her microphone', async () => {
  const admin = await world.as('admin');
  const { body } = await admin<{ items: Placement[] }>('GET', '/placements?state=connected');
  const seat = body.items[0];
  assert.ok(seat);
  const server = world.servers.find((one) => one.name === seat.mediaServer.name);
  assert.ok(server);
  const her = seat.agentId === (await admin<{ items: { id: string; username: string }[] }>('GET', '/agents')).body.items.find((agent) => agent.username === 'agent1')?.id ? first : second;

  const tone = await joinClient(server, seat.conference, { Context: 'tone', Exten: 'tone' });
  await until('the test tone has joined', 5_000, async () => (await conferences(server))[seat.conference] === 2);
  const heard = await hear(her);
  assert.ok(Math.abs(heard.hertz - 1004) < 6, `she hears ${heard.hertz.toFixed(1)} Hz at ${heard.decibel.toFixed(0)} dB`);
  assert.ok(heard.decibel > -50, `loud enough: ${heard.decibel.toFixed(0)} dB`);
  await until('the manager counts a talking seat', 5_000, async () => {
    const { body: list } = await admin<{ items: { name: string; utilisation: { talking: number } }[] }>('GET', '/media-servers');
    return list.items.find((one) => one.name === server.name)?.utilisation.talking === 1;
  });
  await tone.hangUp();
  await until('she is alone again', 5_000, async () => (await conferences(server))[seat.conference] === 1);

  const listener = await joinClient(server, seat.conference, { Context: 'listen', Exten: seat.conference });
  await until('the listener has joined', 5_000, async () => (await conferences(server))[seat.conference] === 2);
  const recording = join(server.recordingsDir, `${seat.conference}.wav`);
  await until(`the recording holds ${microphoneHertz} Hz`, 15_000, () => {
    const { rate, samples } = readWave(recording);
    return toneShare(samples, rate, microphoneHertz) > 0.5;
  });
  const { rate, samples } = readWave(recording);
  assert.ok(toneShare(samples, rate, 1004) < 0.1, 'and nothing of the other tone');
  await listener.hangUp();
});

test('an agent leaves, and everybody knows', async () => {
  await first.getByRole('button', { name: 'Leave' }).click();
  await first.getByRole('button', { name: /go online/i }).waitFor();
  const { body } = await (await world.as('admin'))<{ items: Placement[] }>('GET', '/placements?state=connected');
  assert.equal(body.items.length, 1);
  assert.deepEqual(await statesOf('agent1', 'agent2'), ['offline', 'ready']);
  await everyoneAgrees(world.servers.map((server) => (server.name === body.items[0]?.mediaServer.name ? 1 : 0)));
});

