import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { OpenedBrowser } from '../support/browser.js';
import { enterOwnNetwork, filter, publicNet } from '../support/netns.js';
import { heardChanges, heardSince, listenFor, mediaPath } from '../support/media-path.js';
import { bothHear, connected, inWords, playTone, seat, startNatWorld, type NatWorld, type Seated } from '../support/nat-world.js';
import { until } from '../support/wait.js';

enterOwnNetwork(import.meta.url);

let world: NatWorld;
let browser: OpenedBrowser | null = null;
const undo: (() => unknown)[] = [];

before(async () => {
  world = await startNatWorld();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await browser?.close().catch(() => undefined);
  browser = null;
  const admin = await world.as('admin');
  for (const state of ['reserved', 'connected', 'lost']) {
    const { body } = await admin<{ items: { id: string }[] }>('GET', `/placements?state=${state}`);
    for (const one of body.items) await admin('DELETE', `/placements/${one.id}`);
  }
});
after(async () => world?.close());

/** The first media server has a public address of its own, the second one stands behind a 1:1 NAT. */
const openServer = () => {
  const server = world.servers[0];
  assert.ok(server);
  return server;
};

test('an agent behind NAT whose network lets UDP through talks to the media server directly', async () => {
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', openServer());
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.notEqual(seated.path.local.type, 'relay');
  assert.equal(seated.path.remote.address, publicNet.mediaServer);
  console.log(`    she ${await bothHear(seated)}`);
});

test('an agent whose network lets no UDP through is online through the relay over TCP', async () => {
  undo.push(filter(world.home.router, '-p udp -j DROP').lift);
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', openServer());
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.equal(seated.path.local.type, 'relay');
  assert.equal(seated.path.local.relayProtocol, 'tcp');
  console.log(`    she ${await bothHear(seated)}`);
});

test('an agent whose network lets only TLS through is online through the relay over TLS', async () => {
  undo.push(filter(world.home.router, '-p udp -j DROP', `-p tcp -d ${publicNet.relay} --dport 3478 -j DROP`).lift);
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', openServer());
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.equal(seated.path.local.type, 'relay');
  assert.equal(seated.path.local.relayProtocol, 'tls');
  console.log(`    she ${await bothHear(seated)}`);
});

test('an agent on the network of the media server never takes the way over the relay', async () => {
  browser = await world.browser();
  const seated = await seat(world, browser, 'agent1', openServer());
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.equal(seated.path.local.type, 'host');
});

test('an agent behind NAT and a media server behind 1:1 NAT meet at its public address', async () => {
  const server = world.servers[1];
  assert.ok(server);
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', server);
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.notEqual(seated.path.local.type, 'relay');
  assert.equal(seated.path.remote.address, publicNet.mapped);
  console.log(`    she ${await bothHear(seated)}`);
});

test('without UDP she reaches the media server behind 1:1 NAT as well', async () => {
  const server = world.servers[1];
  assert.ok(server);
  undo.push(filter(world.home.router, '-p udp -j DROP').lift);
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', server);
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.equal(seated.path.local.relayProtocol, 'tcp');
  assert.equal(seated.path.remote.address, publicNet.mapped);
  console.log(`    she ${await bothHear(seated)}`);
});

/** Seats an agent from her home, with a caller that plays the tone. */
const talking = async (): Promise<Seated> => {
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', openServer());
  await playTone(seated);
  await listenFor(seated.page, 1004);
  await until('she hears the tone', 5_000, () => heardSince(seated.page, 0));
  return seated;
};

for (const seconds of [3, 8, 20]) {
  test(`a network that is cut for ${seconds} s brings the same seat and its audio back by itself`, async () => {
    const { page, placement } = await talking();
    const began = Date.now();
    const cut = filter(world.home.router, '-j DROP');
    undo.push(() => void (cut.lift(), undefined));
    await until('the cut has lasted', seconds * 1000 + 1_000, () => Date.now() - began >= seconds * 1000);
    undo.pop();
    cut.lift();
    const mended = Date.now();
    const heardAt = await until('she hears the tone again', 30_000, () => heardSince(page, mended));
    console.log(`    audio back ${heardAt - mended} ms after the network; the tone came and went: ${(await heardChanges(page)).map(({ at, heard }) => `${heard ? '+' : '-'}${((at - began) / 1000).toFixed(1)}s`).join(' ')}`);
    const now = await connected(world, 'agent1');
    console.log(`    ${now.id === placement.id ? 'the same placement' : 'another placement'}, ${now.conference === placement.conference ? 'the same conference' : 'another conference'}`);
    const path = await mediaPath(page);
    if (path) console.log(`    ${inWords(path)}`);
  });
}

test('a network that begins to swallow UDP moves a call to the relay', async () => {
  const { page } = await talking();
  const began = Date.now();
  undo.push(filter(world.home.router, '-p udp -j DROP').lift);
  await until('she no longer hears the tone', 5_000, async () => (await heardChanges(page)).at(-1)?.heard === false);
  const heardAt = await until('she hears the tone again', 30_000, () => heardSince(page, began));
  const path = await until('the path is named', 5_000, () => mediaPath(page));
  console.log(`    audio back ${heardAt - began} ms after UDP went; ${inWords(path)}`);
  assert.equal(path.local.type, 'relay');
});

test('loss', async () => {
  const { page } = await talking();
  for (const percent of [0, 5, 10, 20]) {
    const loss = percent > 0 ? filter(world.home.router, `-p udp -m statistic --mode random --probability ${percent / 100} -j DROP`) : null;
    const before_ = await mediaPath(page);
    await until('400 packets were received', 20_000, async () => ((await mediaPath(page))?.received.packets ?? 0) > (before_?.received.packets ?? 0) + 400);
    const path = await mediaPath(page);
    loss?.lift();
    console.log(`    ${percent} %: ${JSON.stringify(path?.received)} ${(await heardChanges(page)).length}`);
  }
});
