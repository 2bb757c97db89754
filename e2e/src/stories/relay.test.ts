import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, afterEach, before, test } from 'node:test';
import { enterOwnNetwork, publicNet } from '../support/netns.js';
import { octet, startNatWorld, type NatWorld, type Placement } from '../support/nat-world.js';
import { TurnClient } from '../support/turn-client.js';
import { until } from '../support/wait.js';

enterOwnNetwork(import.meta.url);

let world: NatWorld;
const undo: (() => unknown)[] = [];

before(async () => {
  world = await startNatWorld();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
after(async () => world?.close());

const hex = (address: string): string => Buffer.from(address.split('.').map(Number)).toString('hex');

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** A client with credentials as the managers make them, good until a second of wall time. */
function clientOf(agent: string, end: number): TurnClient {
  const username = `${end}:${agent}`;
  const client = new TurnClient({ host: publicNet.relay, port: 3478 }, username, createHmac('sha1', world.secret).update(username).digest('base64'));
  undo.push(() => client.close());
  return client;
}

/** Listens to UDP on some port of an address. */
async function ear(address: string): Promise<{ address: string; port: number; heard: string[] }> {
  const heard: string[] = [];
  const socket = createSocket('udp4', (data) => heard.push(data.toString()));
  socket.bind(0, address);
  await once(socket, 'listening');
  undo.push(() => socket.close());
  return { address, port: socket.address().port, heard };
}

test('the relay reaches media servers and nothing else', async () => {
  const agent = await world.as('agent1');
  const { body } = await agent<Placement>('POST', '/placements', {});
  const credentials = body.iceServers.find(({ urls }) => urls.some((url) => url.startsWith('turn')));
  assert.ok(credentials?.username && credentials.credential);
  const client = new TurnClient({ host: publicNet.relay, port: 3478 }, credentials.username, credentials.credential);
  undo.push(() => client.close());
  assert.equal(await client.allocate(), 0);

  for (const address of [publicNet.mediaServer, publicNet.mapped]) assert.equal(await client.permission(address), 0, `${address} is a media server`);
  const forbidden = {
    'the manager': publicNet.manager,
    'the relay itself': publicNet.relay,
    'another machine beside the media servers': publicNet.bystander,
    'loopback': '127.0.0.1',
    'the database': `127.0.${octet}.1`,
    'a private network': '10.99.85.10',
    'the metadata service of clouds': '169.254.169.254',
    'this machine by the address of none': '0.0.0.0',
    'everybody (multicast)': '224.0.0.1',
    'everybody (broadcast)': '255.255.255.255',
    'a stranger': '198.51.100.7',
    'the manager in the clothes of IPv6': `${'0'.repeat(20)}ffff${hex(publicNet.manager)}`,
    'loopback of IPv6': `${'0'.repeat(31)}1`,
  };
  for (const [who, address] of Object.entries(forbidden)) {
    const code = await client.permission(address);
    console.log(`    ${who} (${address}): ${code}`);
    // 403 Forbidden; 443 Peer Address Family Mismatch for IPv6, as the relayed address is IPv4 (RFC 8656 §9.2).
    assert.ok(code === 403 || (code === 443 && address.length === 32), `${who}: ${code}`);
  }
});

test('packets for a port that is no media server get nowhere, and those for a media server arrive', async () => {
  const agent = await world.as('agent1');
  const { body } = await agent<Placement>('POST', '/placements', {});
  const credentials = body.iceServers.find(({ username }) => username !== undefined);
  const client = new TurnClient({ host: publicNet.relay, port: 3478 }, credentials?.username ?? '', credentials?.credential ?? '');
  undo.push(() => client.close());
  assert.equal(await client.allocate(), 0);
  const ears: { address: string; port: number; heard: string[] }[] = [];
  for (const address of ['127.0.0.1', publicNet.manager, publicNet.bystander, publicNet.mediaServer]) ears.push(await ear(address));
  await client.permission(publicNet.mediaServer);
  const last = ears.at(-1);
  assert.ok(last);
  // The relay keeps the order, so what was sent before has had its chance when the last one arrives.
  for (const { address, port } of ears) client.send(address, port, `for ${address}`);
  await until('the packet for the media server has arrived', 5_000, () => last.heard.length > 0);
  assert.deepEqual(ears.map(({ heard }) => heard.length), [0, 0, 0, 1]);
});

test('credentials name the agent and end within the hour; expired and forged ones are refused', async () => {
  const agent = await world.as('agent1');
  const { body } = await agent<Placement & { agentId: string }>('POST', '/placements', {});
  const given = body.iceServers.find(({ username }) => username !== undefined);
  assert.ok(given?.username && given.credential);
  const [expires, name] = given.username.split(':');
  const seconds = Number(expires) - Date.now() / 1000;
  assert.equal(name, body.agentId);
  assert.ok(seconds > 0 && seconds <= 3_600, `good for ${seconds.toFixed(0)} s`);
  const sign = (username: string, secret: string) => createHmac('sha1', secret).update(username).digest('base64');
  const expired = `${Math.floor(Date.now() / 1000) - 1}:${body.agentId}`;
  const longer = `${Number(expires) + 86_400}:${body.agentId}`;
  const attempts: [string, string, string, number][] = [
    ['as given', given.username, given.credential, 0],
    ['expired a second ago', expired, sign(expired, world.secret), 401],
    ['made longer by a day with the old password', longer, given.credential, 401],
    ['signed with another secret', given.username, sign(given.username, 'x'.repeat(32)), 401],
    ['somebody else with her password', `${expires}:somebody`, given.credential, 401],
    ['without a time', body.agentId, sign(body.agentId, world.secret), 401],
  ];
  for (const [what, username, password, expected] of attempts) {
    const client = new TurnClient({ host: publicNet.relay, port: 3478 }, username, password);
    undo.push(() => client.close());
    const code = await client.allocate();
    console.log(`    ${what}: ${code === 0 ? 'an address' : code}`);
    assert.equal(code, expected, what);
  }
});

test('a call over the relay outlives its credentials; only a new one needs fresh ones', async () => {
  const end = inSeconds(2);
  const running = clientOf('agent', end);
  assert.equal(await running.allocate(), 0);
  await until('the credentials have ended', 6_000, async () => (await clientOf('agent', end).allocate()) === 401);
  assert.equal(await running.refresh(), 0);
  assert.equal(await running.permission(publicNet.mediaServer), 0);
});

test('one agent cannot take the relay for herself', async () => {
  const codes: number[] = [];
  // Each with credentials of another second: they are counted by agent.
  for (let i = 0; i < 25; i++) codes.push(await clientOf('greedy', inSeconds(600 + i)).allocate());
  assert.deepEqual(codes, [...Array<number>(24).fill(0), 486]);
  assert.equal(await clientOf('modest', inSeconds(600)).allocate(), 0);
});

test('a media server that joins the pool is reached, and one that leaves it no more, without a restart of the relay', async () => {
  const admin = await world.as('admin');
  const client = clientOf('tester', inSeconds(600));
  assert.equal(await client.allocate(), 0);
  assert.equal(await client.permission(publicNet.bystander), 403);
  const { status, body } = await admin<{ id: string }>('POST', '/media-servers', {
    name: 'ms-late', host: publicNet.bystander, webSocketUrl: `ws://${publicNet.bystander}:8088/ws`, sipUri: `sip:${publicNet.bystander}:5060`,
    capacity: 1, ami: { host: publicNet.bystander, port: 5038, tls: false, username: 'nailup', secret: 'not-there' },
  });
  assert.equal(status, 201);
  const joined = performance.now();
  await until('the relay lets her agents through to it', 20_000, async () => (await client.permission(publicNet.bystander)) === 0);
  const after_ = performance.now() - joined;
  assert.equal((await admin('DELETE', `/media-servers/${body.id}`)).status, 204);
  const left = performance.now();
  await until('the relay refuses it again', 20_000, async () => (await client.permission(publicNet.bystander)) === 403);
  console.log(`    reached ${(after_ / 1000).toFixed(1)} s after it joined, refused ${((performance.now() - left) / 1000).toFixed(1)} s after it left`);
});
