import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { OpenedBrowser } from '../support/browser.js';
import { farDoor } from '../support/delay.js';
import { enterOwnNetwork, filter, publicNet, redirect } from '../support/netns.js';
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

test('a relay so far away that its candidate comes after the INVITE has left still seats her', async () => {
  // 300 ms round trip: an allocation takes two of them, the phone sends its offer after 500 ms (libs/phone, gatheringMs).
  const door = await farDoor(publicNet.manager, { host: publicNet.relay, port: 3478 }, 150);
  undo.push(door.close);
  undo.push(filter(world.home.router, '-p udp -j DROP', `-p tcp -d ${publicNet.relay} --dport 5349 -j DROP`).lift);
  undo.push(redirect(world.home.router, `-p tcp -d ${publicNet.relay} --dport 3478`, `${publicNet.manager}:${door.port}`).lift);
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', openServer());
  console.log(`    ready after ${seated.tookMs.toFixed(0)} ms; ${inWords(seated.path)}`);
  assert.equal(seated.path.local.relayProtocol, 'tcp');
  console.log(`    she ${await bothHear(seated)}`);
});

/** Seats an agent from her home, with a caller that plays the tone, and notes when she hears it. */
const talking = async (): Promise<Seated> => {
  browser = await world.browser(world.home);
  const seated = await seat(world, browser, 'agent1', openServer());
  await playTone(seated);
  await listenFor(seated.page, 1004);
  await until('she hears the tone', 5_000, () => heardSince(seated.page, 0));
  return seated;
};

/** When the tone came and went after `began`, in words. */
const comings = async (seated: Seated, began: number): Promise<string> =>
  (await heardChanges(seated.page)).filter(({ at }) => at > began).map(({ at, heard }) => `${heard ? 'heard' : 'gone'} at ${((at - began) / 1000).toFixed(1)} s`).join(', ');

for (const [seconds, limitMs] of [[3, 2_000], [15, 8_000]] as const) {
  test(`a network that is cut for ${seconds} s gives an agent her seat and her caller back by itself`, async () => {
    const seated = await talking();
    const began = Date.now();
    const cut = filter(world.home.router, '-j DROP');
    undo.push(cut.lift);
    await until('the cut has lasted', seconds * 1000 + 1_000, () => Date.now() - began >= seconds * 1000);
    cut.lift();
    const mended = Date.now();
    const heardAt = await until('she hears the tone again', 30_000, () => heardSince(seated.page, mended));
    console.log(`    audio back ${heardAt - mended} ms after the network (${await comings(seated, began)})`);
    assert.ok(heardAt - mended < limitMs, `audio back after ${heardAt - mended} ms`);
    assert.equal((await connected(world, 'agent1')).conference, seated.placement.conference);
  });
}

test('a network that begins to swallow UDP in the middle of a call moves it to the relay', async () => {
  const seated = await talking();
  const began = Date.now();
  undo.push(filter(world.home.router, '-p udp -j DROP').lift);
  await until('she no longer hears the tone', 5_000, async () => (await heardChanges(seated.page)).at(-1)?.heard === false);
  const heardAt = await until('she hears the tone again', 30_000, () => heardSince(seated.page, began));
  const path = await until('the path is named', 5_000, () => mediaPath(seated.page));
  console.log(`    audio back ${heardAt - began} ms after UDP went; ${inWords(path)}`);
  assert.equal(path.local.type, 'relay');
  assert.ok(heardAt - began < 10_000, `audio back after ${heardAt - began} ms`);
  assert.equal((await connected(world, 'agent1')).id, seated.placement.id);
});

test('a relay that is started again gives an agent her seat and her caller back by itself', async () => {
  undo.push(filter(world.home.router, '-p udp -j DROP').lift);
  const seated = await talking();
  assert.equal(seated.path.local.type, 'relay');
  const began = Date.now();
  await world.relay.stop();
  await until('she no longer hears the tone', 5_000, async () => (await heardChanges(seated.page)).at(-1)?.heard === false);
  world.relay = await world.relayAgain();
  const back = Date.now();
  const heardAt = await until('she hears the tone again', 40_000, () => heardSince(seated.page, back));
  console.log(`    audio back ${heardAt - back} ms after the relay, which was away for ${back - began} ms (${await comings(seated, began)})`);
  const now = await connected(world, 'agent1');
  assert.equal(now.conference, seated.placement.conference);
  assert.ok(heardAt - back < 10_000, `audio back after ${heardAt - back} ms`);
});

test('loss of every fifth packet is heard as loss and ends nothing', async () => {
  const seated = await talking();
  const { page } = seated;
  const began = Date.now();
  const reception = async () => (await until('the reception is known', 5_000, () => mediaPath(page))).received;
  for (const percent of [0, 5, 10, 20]) {
    const loss = percent > 0 ? filter(world.home.router, `-p udp -m statistic --mode random --probability ${percent / 100} -j DROP`) : null;
    if (loss) undo.push(loss.lift);
    const from = await reception();
    const to = await until('300 packets more were sent to her', 20_000, async () => {
      const now = await reception();
      return now.packets + now.lost - from.packets - from.lost >= 300 && now;
    });
    loss?.lift();
    const lost = (to.lost - from.lost) / (to.packets + to.lost - from.packets - from.lost);
    const concealed = (to.concealed - from.concealed) / (to.samples - from.samples);
    console.log(`    ${percent} % of all packets dropped: ${(lost * 100).toFixed(1)} % lost, ${(concealed * 100).toFixed(1)} % of what she hears concealed, jitter ${to.jitterMs.toFixed(0)} ms`);
    if (percent > 0) assert.ok(lost > percent / 300 && lost < percent / 40, `${(lost * 100).toFixed(1)} % lost`);
  }
  console.log(`    the tone: ${(await comings(seated, began)) || 'never interrupted'}`);
  assert.equal((await connected(world, 'agent1')).id, seated.placement.id);
});
