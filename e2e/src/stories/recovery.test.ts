import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { goOnline, openSoftphone, ready } from '../support/people.js';
import { until } from '../support/wait.js';
import type { MediaServer } from '../support/sandbox.js';
import { conferences, startWorld, type World } from '../support/world.js';

interface Placement {
  id: string;
  state: string;
  conference: string;
  releaseReason: string | null;
  mediaServer: { id: string; name: string };
}
interface Server {
  id: string;
  name: string;
  health: string;
  utilisation: { agentsInCall: number; reserved: number };
}

let world: World;
let browser: OpenedBrowser;
let window: BrowserContext;
let admin: Awaited<ReturnType<World['as']>>;

before(async () => {
  world = await startWorld({ name: 'e2e-recovery', octet: 64 });
  admin = await world.as('admin');
});
after(async () => world?.close());

let page: Page;
const seated = async (username: string): Promise<Placement> => {
  browser = await openBrowser();
  window = await browser.window();
  page = await openSoftphone(world, window, username);
  await goOnline(page);
  return live(username);
};
afterEach(async () => {
  await browser?.close().catch(() => undefined);
  for (const state of ['reserved', 'connected', 'lost']) {
    const { body } = await admin<{ items: Placement[] }>('GET', `/placements?state=${state}`);
    for (const one of body.items) await admin('DELETE', `/placements/${one.id}`);
  }
  await until('nobody sits anywhere', 5_000, async () => (await Promise.all(world.servers.map(conferences))).every((all) => Object.keys(all).length === 0));
});

const agentId = async (username: string): Promise<string> =>
  (await admin<{ items: { id: string; username: string }[] }>('GET', '/agents')).body.items.find((agent) => agent.username === username)?.id ?? '';
const placement = async (id: string): Promise<Placement> => (await admin<Placement>('GET', `/placements/${id}`)).body;
const live = async (username: string): Promise<Placement> => {
  const id = await agentId(username);
  return until(`${username} has a connected placement`, 10_000, async () => (await admin<{ items: Placement[] }>('GET', `/placements?state=connected&agentId=${id}`)).body.items[0]);
};
const serversByName = async (): Promise<Record<string, Server>> =>
  Object.fromEntries((await admin<{ items: Server[] }>('GET', '/media-servers')).body.items.map((server) => [server.name, server]));
const real = (name: string): MediaServer => {
  const server = world.servers.find((one) => one.name === name);
  assert.ok(server);
  return server;
};

test('a reload of the page gives the agent the same seat back', async () => {
  const before_ = await seated('agent1');
  const reloaded = performance.now();
  await page.reload();
  await ready(page);
  const seconds = (performance.now() - reloaded) / 1000;
  const now = await live('agent1');
  assert.equal(now.id, before_.id);
  assert.equal(now.conference, before_.conference);
  assert.deepEqual((await conferences(real(now.mediaServer.name)))[now.conference], 1);
  console.log(`    back in the same seat after ${seconds.toFixed(1)} s`);
  assert.ok(seconds < 6);
});

test('a closed tab frees the seat when the grace has run out', async () => {
  const seat = await seated('agent2');
  await page.close();
  await until('the placement is lost', 5_000, async () => (await placement(seat.id)).state === 'lost');
  assert.deepEqual(await conferences(real(seat.mediaServer.name)), {});
  const ended = await until('the placement is released', 25_000, async () => {
    const now = await placement(seat.id);
    return now.state === 'released' && now;
  });
  assert.equal(ended.releaseReason, 'grace_ran_out');
});

test('a browser that freezes is found within 15 s, and its leg is ended', async () => {
  const seat = await seated('agent3');
  const frozen = performance.now();
  browser.signal('SIGSTOP');
  await until('the placement is lost', 22_000, async () => (await placement(seat.id)).state === 'lost');
  const seconds = (performance.now() - frozen) / 1000;
  console.log(`    found after ${seconds.toFixed(1)} s`);
  assert.ok(seconds <= 15, `found after ${seconds.toFixed(1)} s`);
  await until('its leg is gone', 3_000, async () => Object.keys(await conferences(real(seat.mediaServer.name))).length === 0);
  browser.signal('SIGKILL');
});

test('a restart of the manager touches no call and has the counts right within 5 s', async () => {
  const seat = await seated('agent4');
  const channelsBefore = await real(seat.mediaServer.name).cli('core show channels concise');
  await world.manager.kill('SIGKILL');
  await world.manager.start();
  const started = performance.now();
  await until('every media server is healthy again with the right counts', 5_000, async () => {
    const servers = await serversByName();
    return Object.values(servers).every((server) => server.health === 'healthy' && server.utilisation.agentsInCall === (server.name === seat.mediaServer.name ? 1 : 0));
  });
  console.log(`    counts right ${((performance.now() - started) / 1000).toFixed(1)} s after the manager was ready`);
  assert.equal((await placement(seat.id)).state, 'connected');
  const channel = (text: string) => text.split('\n').find((line) => line.startsWith('PJSIP/'))?.split('!')[0];
  assert.equal(channel(await real(seat.mediaServer.name).cli('core show channels concise')), channel(channelsBefore));
  await ready(page);
});

test('a media server that dies loses its agents to the other one within 10 s', async () => {
  const seat = await seated('agent5');
  const dead = real(seat.mediaServer.name);
  const other = world.servers.find((server) => server !== dead);
  assert.ok(other);
  const killed = performance.now();
  dead.kill('SIGKILL');
  const moved = await until('she sits on the other media server', 10_000, async () => {
    const now = (await admin<{ items: Placement[] }>('GET', `/placements?state=connected&agentId=${await agentId('agent5')}`)).body.items[0];
    return now && now.mediaServer.name === other.name && now;
  });
  console.log(`    seated on the other media server after ${((performance.now() - killed) / 1000).toFixed(1)} s`);
  await ready(page);
  assert.deepEqual(await conferences(other), { [moved.conference]: 1 });
  await until('counts are right and the dead one is down', 5_000, async () => {
    const servers = await serversByName();
    return servers[dead.name]?.health === 'down' && servers[dead.name]?.utilisation.agentsInCall === 0 && servers[other.name]?.utilisation.agentsInCall === 1;
  });
  await dead.start();
  await until('it is healthy again', 20_000, async () => (await serversByName())[dead.name]?.health === 'healthy');
});
