import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { OpenedBrowser } from '../support/browser.js';
import { enterOwnNetwork, filter, publicNet } from '../support/netns.js';
import { bothHear, inWords, seat, startNatWorld, type NatWorld } from '../support/nat-world.js';

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
