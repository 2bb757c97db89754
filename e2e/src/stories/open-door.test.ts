import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { openStockPage, type StockPhone } from '../support/stock-page.js';
import { until } from '../support/wait.js';
import { conferences, startWorld, type World } from '../support/world.js';

interface Placement {
  id: string;
  state: string;
  conference: string;
  mediaServer: { id: string; name: string; webSocketUrl: string };
  sip: { username: string; password: string; uri: string; target: string; expiresAt: string };
  iceServers: RTCIceServer[];
}

let world: World;
let browser: OpenedBrowser;
let stock: StockPhone;

before(async () => {
  world = await startWorld({ name: 'e2e-open-door', octet: 62 });
  browser = await openBrowser();
  stock = await openStockPage(browser);
});
after(async () => {
  await stock?.close();
  await browser?.close();
  await world?.close();
});

const serverOf = (placement: Placement) => {
  const server = world.servers.find((one) => one.name === placement.mediaServer.name);
  assert.ok(server, `the placement names a media server we know (${placement.mediaServer.name})`);
  return server;
};

test('a stock SIP.js page with nothing but the answer of POST /placements is seated, counted, and never judged by a heartbeat', async () => {
  const integrator = await world.as('agent1');
  const { status, body: placement } = await integrator<Placement>('POST', '/placements', {});
  assert.equal(status, 201);
  const seat = await stock.call(placement);
  assert.equal(seat.outcome, 'Established');
  await until('the placement is connected', 5_000, async () => (await integrator<Placement>('GET', `/placements/${placement.id}`)).body.state === 'connected');
  assert.deepEqual(await conferences(serverOf(placement)), { [placement.conference]: 1 });
  // Longer than the 15 s of silence that would end a softphone that once began its heartbeats.
  const seated = performance.now();
  await until('20 s have passed with the seat kept', 25_000, async () => {
    const { body } = await integrator<Placement>('GET', `/placements/${placement.id}`);
    assert.equal(body.state, 'connected');
    return performance.now() - seated > 20_000;
  });
  await seat.hangUp();
  await until('the placement is lost', 5_000, async () => (await integrator<Placement>('GET', `/placements/${placement.id}`)).body.state === 'lost');
  await integrator('DELETE', `/placements/${placement.id}`);
});

test('a second leg of the same seat replaces the older one', async () => {
  const agent = await world.as('agent2');
  const { body: first } = await agent<Placement>('POST', '/placements', {});
  const older = await stock.call(first);
  assert.equal(older.outcome, 'Established');
  const again = await agent<Placement>('POST', '/placements', {});
  assert.equal(again.status, 200);
  assert.equal(again.body.sip.username, first.sip.username);
  assert.notEqual(again.body.sip.password, first.sip.password);
  const newer = await stock.call(again.body);
  assert.equal(newer.outcome, 'Established');
  await until('the older leg was hung up', 5_000, () => older.ended());
  assert.deepEqual(await conferences(serverOf(first)), { [first.conference]: 1 });
  assert.equal((await agent<Placement>('GET', `/placements/${first.id}`)).body.state, 'connected');
  await newer.hangUp();
  await agent('DELETE', `/placements/${first.id}`);
});

test("an agent cannot enter another agent's conference by dialling it, nor dial anything but her seat", async () => {
  const victim = await world.as('agent3');
  const { body: hers } = await victim<Placement>('POST', '/placements', {});
  const seat = await stock.call(hers);
  assert.equal(seat.outcome, 'Established');

  const attacker = await world.as('agent4');
  const { body: his } = await attacker<Placement>('POST', '/placements', { exclude: world.servers.length > 1 ? await otherServers(hers) : [] });
  assert.equal(his.mediaServer.id, hers.mediaServer.id, 'both sit on the same media server');
  const domain = his.sip.uri.split('@')[1] ?? '';
  for (const dialled of [hers.conference, `${hers.conference}@client`, 's', 'h', 'client', '15550101', 'seat;x=1/n', '%24%7BSHELL(id)%7D']) {
    const call = await stock.call({ ...his, sip: { ...his.sip, target: `sip:${dialled}@${domain}` } });
    assert.notEqual(call.outcome, 'Established', `dialling ${dialled} must not be answered`);
  }
  // His own password with her name, her name without a password, and an identity that never existed.
  for (const sip of [
    { ...his.sip, username: hers.sip.username, uri: hers.sip.uri },
    { ...his.sip, username: hers.sip.username, uri: hers.sip.uri, password: '' },
    { ...his.sip, username: 'nobody', uri: `sip:nobody@${domain}` },
  ]) {
    const call = await stock.call({ ...his, sip });
    assert.notEqual(call.outcome, 'Established', `${sip.uri} with a wrong secret must not be answered`);
  }
  // A From header that claims her name while his credentials answer the challenge.
  const forged = await stock.call({ ...his, sip: { ...his.sip, uri: hers.sip.uri } });
  assert.notEqual(forged.outcome, 'Established', 'a forged From must not be answered');
  assert.equal((await conferences(serverOf(hers)))[hers.conference], 1, 'she is alone as before');
  await seat.hangUp();
  await victim('DELETE', `/placements/${hers.id}`);
  await attacker('DELETE', `/placements/${his.id}`);
});

test('the secret of an ended seat opens nothing', async () => {
  const agent = await world.as('agent5');
  const { body: placement } = await agent<Placement>('POST', '/placements', {});
  assert.equal((await agent('DELETE', `/placements/${placement.id}`)).status, 204);
  const call = await stock.call(placement);
  assert.notEqual(call.outcome, 'Established');
});

async function otherServers(placement: Placement): Promise<string[]> {
  const admin = await world.as('admin');
  const { body } = await admin<{ items: { id: string }[] }>('GET', '/media-servers');
  return body.items.map((server) => server.id).filter((id) => id !== placement.mediaServer.id);
}
