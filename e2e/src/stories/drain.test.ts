import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { goOnline, openSoftphone, ready } from '../support/people.js';
import { until } from '../support/wait.js';
import { conferences, startWorld, type World } from '../support/world.js';

interface Placement {
  id: string;
  releaseReason: string | null;
  connectedAt: string | null;
  releasedAt: string | null;
  mediaServer: { id: string; name: string };
}
interface Draining {
  mode: string;
  drain: { agentsAtStart: number; agentsLeft: number; secondsLeft: number | null; heldUpBy: string | null } | null;
}

let world: World;
let browser: OpenedBrowser;

before(async () => {
  world = await startWorld({ name: 'e2e-drain', octet: 88 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

test('an agent without a caller moves to another media server while hers drains, with audio again within 3 s, and the empty one retires', async () => {
  const admin = await world.as('admin');
  const window = await browser.window();
  const page = await openSoftphone(world, window, 'agent1');
  await goOnline(page);
  const seats = async () => (await admin<{ items: Placement[] }>('GET', '/placements?state=connected')).body.items;
  const old = await until('she sits', 10_000, async () => (await seats())[0]);
  const ordered = await admin<Draining>('POST', `/media-servers/${old.mediaServer.id}/drain`, { movesPerMinute: 60, thenDisable: true });
  assert.deepEqual([ordered.body.drain?.agentsAtStart, ordered.body.drain?.agentsLeft, ordered.body.drain?.heldUpBy], [1, 1, null]);
  const now = await until('she sits elsewhere', 15_000, async () => (await seats()).find(({ mediaServer }) => mediaServer.id !== old.mediaServer.id));
  await ready(page);
  const left = (await admin<Placement>('GET', `/placements/${old.id}`)).body;
  assert.equal(left.releaseReason, 'media_server_drained');
  const gapSeconds = (Date.parse(now.connectedAt ?? '') - Date.parse(left.releasedAt ?? '')) / 1000;
  console.log(`    seated again ${gapSeconds.toFixed(1)} s after she was let go`);
  assert.ok(gapSeconds <= 3, `seated again after ${gapSeconds.toFixed(1)} s`);
  const standing = await Promise.all(world.servers.map(async (server) => [server.name, Object.keys(await conferences(server)).length] as const));
  assert.deepEqual(Object.fromEntries(standing), { [old.mediaServer.name]: 0, [now.mediaServer.name]: 1 });
  await until('the empty media server has retired', 5_000, async () => (await admin<Draining>('GET', `/media-servers/${old.mediaServer.id}`)).body.mode === 'disabled');
});
