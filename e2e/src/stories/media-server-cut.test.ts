import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, dial, liveCall, outsideHears, type Call, type Caller } from '../support/callers.js';
import { heardChanges, heardSince, listenFor } from '../support/media-path.js';
import { enterOwnNetwork, filter, layPublicNet, layRouted, publicNet, type PrivateNet } from '../support/netns.js';
import { comeToWork, goHome, nobodyOnCall, seatsOf, type Seat } from '../support/office.js';
import { ready } from '../support/people.js';
import type { MediaServer, OutsideCall, Telephony } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { writeTone } from '../support/wave.js';
import { startWorld, type World } from '../support/world.js';

enterOwnNetwork(import.meta.url);

const octet = 73;
const microphoneHertz = 620;
const addresses = ['10.99.84.61', '10.99.84.62'];

let world: World;
let telephony: Telephony;
let admin: Caller;
let browser: OpenedBrowser;
let home: PrivateNet;
const boxes: PrivateNet[] = [];
let caller: OutsideCall | null = null;
const cuts: { lift(): void }[] = [];

before(async () => {
  layPublicNet();
  home = layRouted('home', 85, publicNet.home);
  boxes.push(...addresses.map((address, index) => layRouted(`box${index + 1}`, 87 + index, address)));
  world = await startWorld({
    name: 'e2e-media-server-cut',
    octet,
    address: publicNet.manager,
    telephony: { proxy: publicNet.proxy, pstn: publicNet.telephones },
    lodging: (index) => lodged(boxes[index - 1] ?? home),
  });
  assert.ok(world.telephony);
  telephony = world.telephony;
  admin = await world.as('admin');
  await admin('PUT', '/settings', { wrapUpSeconds: 0 });
  const microphone = join(tmpdir(), `nailup-media-server-cut-${process.pid}.wav`);
  writeTone(microphone, microphoneHertz, 4);
  browser = await openBrowser({ microphone, executable: home.host.chromium(), flags: [`--unsafely-treat-insecure-origin-as-secure=${world.url}`] });
});
after(async () => {
  await browser?.close();
  await world?.close();
});
afterEach(async () => {
  for (const cut of cuts.splice(0)) cut.lift();
  await caller?.hangUp().catch(() => undefined);
  caller = null;
});

const lodged = ({ host, hostAddress }: PrivateNet) => ({
  netns: host.name,
  env: {
    NAILUP_HOST: hostAddress,
    NAILUP_BIND: hostAddress,
    NAILUP_AMI_HOST: hostAddress,
    NAILUP_AMI_BIND: hostAddress,
    NAILUP_AMI_TLS: 'no',
    NAILUP_AMI_PERMIT: `${publicNet.manager}/32`,
    NAILUP_SIP_BIND: hostAddress,
  },
});

interface Server {
  id: string;
  name: string;
  health: string;
}

const healthOf = async (name: string): Promise<string | undefined> => (await admin<{ items: Server[] }>('GET', '/media-servers')).body.items.find((server) => server.name === name)?.health;
const channelsOf = async (server: MediaServer): Promise<number> => Number(/(\d+) active channel/.exec(await server.cli('core show channels'))?.[1] ?? -1);
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

interface Sitting {
  page: Page;
  api: Caller;
  seat: Seat;
  server: MediaServer;
  box: PrivateNet;
  other: MediaServer;
}

async function comes(): Promise<Sitting> {
  const { page, api, seat } = await comeToWork(world, await browser.window(), 'agent1');
  await listenFor(page, 1004);
  const index = world.servers.findIndex(({ name }) => name === seat.mediaServer.name);
  const [server, box, other] = [world.servers[index], boxes[index], world.servers[1 - index]];
  assert.ok(server && box && other);
  return { page, api, seat, server, box, other };
}

/** With somebody from outside, who plays a tone she hears. */
async function talks({ page }: Sitting): Promise<Call> {
  caller = await telephony.pstn.call({ to: '+15550200', from: '+15550142', plays: 'tone' });
  const call = await liveCall(admin, 'the caller is with her', ({ state }) => state === 'answered');
  await until('she hears the caller', 10_000, () => heardSince(page, 0));
  return call;
}

const sitsOn = ({ api }: Sitting, server: MediaServer): Promise<Seat> =>
  until(`she sits on ${server.name}`, 15_000, async () => (await seatsOf(api)).find(({ mediaServer }) => mediaServer.name === server.name));

test('a media server whose network is cut is found within 6 s, its agent sits elsewhere by herself, and her caller is brought after her when it is back', async () => {
  const sitting = await comes();
  const call = await talks(sitting);
  const began = performance.now();
  cuts.push(filter(sitting.box.router, '-j DROP'));
  const down = until('the pool says that it is down', 20_000, async () => (await healthOf(sitting.server.name)) === 'down').then(() => performance.now());
  await sitsOn(sitting, sitting.other);
  await ready(sitting.page);
  console.log(`    seated elsewhere after ${seconds(began)}`);
  const downMs = (await down) - began;
  console.log(`    down after ${(downMs / 1_000).toFixed(1)} s`);
  assert.ok(downMs <= 6_000, `down after ${downMs.toFixed(0)} ms`);
  const { body } = await admin<Call>('GET', `/calls/${call.id}`);
  console.log(`    the call is ${body.state}, agent ${body.agentId}`);
  for (let n = 0; n < 30; n++) {
    const { body: now } = await admin<Call>('GET', `/calls/${call.id}`);
    const { body: agent } = await admin<{ items: { id: string; username: string; state: string }[] }>('GET', '/agents');
    console.log(`    ${seconds(began)} ${now.state} ${now.agentId} ${agent.items.find((one) => one.username === 'agent1')?.state}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const healed = performance.now();
  for (const cut of cuts.splice(0)) cut.lift();
  await until('it is back', 15_000, async () => (await healthOf(sitting.server.name)) === 'healthy');
  console.log(`    back after ${seconds(healed)}`);
  const heardAt = await until('she hears the caller again', 30_000, () => heardSince(sitting.page, Date.now() - (performance.now() - healed)));
  console.log(`    she hears the caller again at ${heardAt}, ${seconds(healed)}`);
  await callIs(admin, call.id, 'answered');
  await caller?.hangUp();
  console.log(await callIs(admin, call.id, 'ended'));
  await until('no channel is left', 60_000, async () => (await channelsOf(sitting.server)) === 0);
  console.log(`    no channel after ${seconds(healed)}`);
  await goHome(sitting.page);
});
