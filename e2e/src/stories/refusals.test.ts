import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { goOnline, openSoftphone, ready } from '../support/people.js';
import { until } from '../support/wait.js';
import { startWorld, type World } from '../support/world.js';

interface Server {
  id: string;
  name: string;
  webSocketUrl: string;
}

let world: World;
let browser: OpenedBrowser;
let admin: Awaited<ReturnType<World['as']>>;
let page: Page | undefined;

before(async () => {
  world = await startWorld({ name: 'e2e-refusals', octet: 66, capacity: 1 });
  admin = await world.as('admin');
});
after(async () => world?.close());
afterEach(async () => {
  await page?.getByRole('button', { name: /leave|cancel|stay offline/i }).click({ timeout: 1_000 }).catch(() => undefined);
  await browser?.close().catch(() => undefined);
});

const headline = (title: string, withinMs = 10_000) => page?.getByRole('heading', { name: title }).waitFor({ timeout: withinMs });

test('an agent who refused the microphone is told where to allow it, and goes on once she has', async () => {
  browser = await openBrowser({ refuseMicrophone: true });
  const window = await browser.window();
  page = await openSoftphone(world, window, 'agent1');
  await page.getByText(/will ask for the microphone/).waitFor();
  await page.getByRole('button', { name: 'Go online' }).click();
  await headline('Microphone not allowed');
  await window.grantPermissions(['microphone']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await ready(page);
});

test('an agent who finds the pool full is told so, and is seated by herself when a seat opens', async () => {
  const others = await Promise.all(['agent5', 'agent6'].map((name) => world.as(name)));
  const seats = await Promise.all(others.map((one) => one<{ id: string }>('POST', '/placements', {})));
  assert.deepEqual(seats.map((seat) => seat.status), [201, 201]);
  browser = await openBrowser();
  page = await openSoftphone(world, await browser.window(), 'agent1');
  await page.getByRole('button', { name: 'Go online' }).click();
  await headline('Every seat is taken');
  for (const [index, seat] of seats.entries()) await others[index]?.('DELETE', `/placements/${seat.body.id}`);
  await ready(page, 20_000);
});

test('an agent whose manager is away is told so, and is seated by herself when it is back', async () => {
  browser = await openBrowser();
  page = await openSoftphone(world, await browser.window(), 'agent1');
  await page.getByRole('button', { name: 'Go online' }).waitFor();
  await world.manager.kill('SIGKILL');
  await page.getByRole('button', { name: 'Go online' }).click();
  await headline('Manager does not answer');
  await world.manager.start();
  await ready(page, 30_000);
});

test('an agent whose media server refuses the WebSocket is moved to another one, and the failure is kept', async () => {
  const { body } = await admin<{ items: Server[] }>('GET', '/media-servers');
  const [broken, sound] = body.items;
  assert.ok(broken && sound);
  const blocker = await world.as('agent5');
  const blocked = await blocker<{ id: string }>('POST', '/placements', { exclude: [broken.id] });
  browser = await openBrowser();
  page = await openSoftphone(world, await browser.window(), 'agent1');
  await admin('PATCH', `/media-servers/${broken.id}`, { webSocketUrl: broken.webSocketUrl.replace(/:\d+/, ':9') });
  try {
    await page.getByRole('button', { name: 'Go online' }).click();
    // The reason may be gone in a moment: the first try after it comes within a quarter of a second, and is refused as the only other seat is taken.
    await page.getByText(/The media server did not answer\.|Every seat is taken|No media server available/).first().waitFor({ timeout: 15_000 });
    await blocker('DELETE', `/placements/${blocked.body.id}`);
    await ready(page, 30_000);
    // Her browser knows from inside its SIP dialog; the manager hears it from the media server a moment later.
    const seat = await until('the manager knows her seat', 5_000, async () => (await admin<{ items: { mediaServer: { name: string } }[] }>('GET', '/placements?state=connected')).body.items[0]);
    assert.equal(seat.mediaServer.name, sound.name);
    const failed = (await admin<{ items: { releaseReason: string; mediaServer: { name: string } }[] }>('GET', `/placements?mediaServerId=${broken.id}&state=released`)).body.items[0];
    assert.equal(failed?.releaseReason, 'failure_reported');
  } finally {
    await blocker('DELETE', `/placements/${blocked.body.id}`);
    await admin('PATCH', `/media-servers/${broken.id}`, { webSocketUrl: broken.webSocketUrl });
  }
});

test('an agent who goes online in a second window is told so in the first, and can take the seat back', async () => {
  browser = await openBrowser();
  const older = await openSoftphone(world, await browser.window(), 'agent1');
  page = older;
  await goOnline(older);
  const newer = await openSoftphone(world, await browser.window(), 'agent1');
  await goOnline(newer);
  await headline('Active in another window');
  await older.getByRole('button', { name: 'Take it back' }).click();
  await ready(older);
  await newer.getByRole('heading', { name: 'Active in another window' }).waitFor();
});
