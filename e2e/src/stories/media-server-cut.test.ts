import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, dial, liveCall, type Call, type Caller } from '../support/callers.js';
import { heardChanges, heardSince, listenFor } from '../support/media-path.js';
import { enterOwnNetwork, filter, layPublicNet, layRouted, publicNet, type PrivateNet } from '../support/netns.js';
import { comeToWork, goHome, seatsOf, type Seat } from '../support/office.js';
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

/** Every health that media servers are said to have from now on, as `name: health`. */
async function watchHealth(): Promise<{ said: string[]; stop(): void }> {
  const { body } = await admin<{ ticket: string }>('POST', '/events/tickets');
  const end = new AbortController();
  const stream = (await fetch(`${world.url}/api/v1/events?ticket=${body.ticket}`, { signal: end.signal })).body;
  assert.ok(stream);
  const names = new Map((await admin<{ items: Server[] }>('GET', '/media-servers')).body.items.map(({ id, name }) => [id, name]));
  const said: string[] = [];
  const read = async (): Promise<void> => {
    let text = '';
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (text + part.value).split('\n\n');
      text = blocks.pop() ?? '';
      const told = blocks.flatMap((block) => /^data: (\{.*"media-server\.health".*)$/m.exec(block)?.[1] ?? []);
      for (const { subject, data } of told.map((one) => JSON.parse(one) as { subject: string; data: { health: string } })) said.push(`${names.get(subject)}: ${data.health}`);
    }
  };
  read().catch(() => undefined);
  return { said, stop: () => end.abort() };
}

interface Sitting {
  page: Page;
  api: Caller;
  seat: Seat;
  server: MediaServer;
  box: PrivateNet;
  other: MediaServer;
}

/** Somebody else in each story: who could not hear a media server is kept away from it for a minute. */
async function comes(username: string): Promise<Sitting> {
  const { page, api, seat } = await comeToWork(world, await browser.window(), username);
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

/** Loses everything that fits these rules from now on. Answers when that was, and the way to mend it. */
function cut({ router }: PrivateNet, ...rules: string[]): { at: number; mend(): void } {
  const made = filter(router, ...rules);
  cuts.push(made);
  return { at: performance.now(), mend: () => made.lift() };
}

const within = (what: string, since: number, limitMs: number, now = performance.now()): void => {
  console.log(`    ${what} after ${((now - since) / 1_000).toFixed(1)} s`);
  assert.ok(now - since <= limitMs, `${what} after ${(now - since).toFixed(0)} ms`);
};

/** Everything that goes on until a media server of which nothing is heard is known to be so, and she sits on the other one. */
async function leaves(sitting: Sitting, since: number): Promise<void> {
  const found = until('the pool says that it is down', 20_000, async () => (await healthOf(sitting.server.name)) === 'down').then(() => performance.now());
  await sitsOn(sitting, sitting.other);
  await ready(sitting.page);
  within('seated elsewhere', since, 10_000);
  within('down', since, 6_000, await found);
}

const isBack = async ({ server }: Sitting, since: number): Promise<void> => {
  await until('it is back', 20_000, async () => (await healthOf(server.name)) === 'healthy');
  within('back', since, 10_000);
};

const isEmpty = async ({ server }: Sitting, since: number): Promise<void> => {
  await until('no channel is left on it', 70_000, async () => (await channelsOf(server)) === 0);
  within('no channel left on it', since, 60_000);
};

test('an agent whose media server is cut off from everybody sits elsewhere by herself, nobody is seated there meanwhile, and her caller is brought after her once it is back', async () => {
  const sitting = await comes('agent1');
  const call = await talks(sitting);
  const watch = await watchHealth();
  const { at, mend } = cut(sitting.box, '-j DROP');
  await leaves(sitting, at);
  watch.stop();
  assert.ok(watch.said.includes(`${sitting.server.name}: down`), watch.said.join(', '));
  assert.ok((await channelsOf(sitting.server)) > 0, 'nobody has hung up there');
  const waiting = await callIs(admin, call.id, 'queued');
  assert.equal(waiting.agentId, null);
  for (const username of ['agent5', 'agent6', 'agent7']) {
    const somebody = await world.as(username);
    const { body } = await somebody<Seat>('POST', '/placements', {});
    assert.equal(body.mediaServer.name, sitting.other.name);
    await somebody('DELETE', `/placements/${body.id}`);
  }
  const mended = Date.now();
  mend();
  const since = performance.now();
  await isBack(sitting, since);
  await until('she hears her caller again', 15_000, () => heardSince(sitting.page, mended));
  within('she hears her caller', since, 15_000);
  const again = await callIs(admin, call.id, 'answered');
  assert.deepEqual([again.agentId, again.farMediaServer?.name], [call.agentId, sitting.server.name]);
  await caller?.hangUp();
  const over = await callIs(admin, call.id, 'ended');
  assert.equal(over.endReason, 'caller-hung-up');
  await isEmpty(sitting, since);
  await goHome(sitting.page);
});

test('the record of a call she placed there says that the media server failed, her phone offers to call back, and no leg of it is left', async () => {
  const sitting = await comes('agent2');
  const call = await dial(sitting.api, '+15550101');
  await callIs(admin, call.id, 'answered');
  await until('she hears whom she called', 10_000, () => heardSince(sitting.page, 0));
  const { at, mend } = cut(sitting.box, '-j DROP');
  await leaves(sitting, at);
  assert.equal((await callIs(admin, call.id, 'ended')).endReason, 'media-server-failed');
  await sitting.page.getByRole('button', { name: 'Call back', exact: true }).waitFor();
  assert.ok((await channelsOf(sitting.server)) > 0, 'nobody has hung up there');
  mend();
  const since = performance.now();
  await isBack(sitting, since);
  await isEmpty(sitting, since);
  await goHome(sitting.page);
});

test('an agent who alone is cut off from her media server sits elsewhere by herself, hears her caller again, and the pool goes on using it', async () => {
  const sitting = await comes('agent3');
  const call = await talks(sitting);
  const address = sitting.box.hostAddress;
  const watch = await watchHealth();
  const began = Date.now();
  const { at, mend } = cut(home, `-s ${address} -j DROP`, `-d ${address} -j DROP`);
  await until('she no longer hears her caller', 5_000, async () => (await heardChanges(sitting.page)).at(-1)?.heard === false);
  await sitsOn(sitting, sitting.other);
  await ready(sitting.page);
  within('seated elsewhere', at, 10_000);
  await until('she hears her caller again', 20_000, () => heardSince(sitting.page, began));
  within('she hears her caller', at, 20_000);
  assert.equal((await callIs(admin, call.id, 'answered')).farMediaServer?.name, sitting.server.name);
  const somebody = await world.as('agent5');
  const { body } = await somebody<Seat>('POST', '/placements', {});
  assert.equal(body.mediaServer.name, sitting.server.name);
  await somebody('DELETE', `/placements/${body.id}`);
  watch.stop();
  assert.ok(!watch.said.includes(`${sitting.server.name}: down`), watch.said.join(', '));
  mend();
  await caller?.hangUp();
  await callIs(admin, call.id, 'ended');
  await isEmpty(sitting, performance.now());
  await goHome(sitting.page);
});
