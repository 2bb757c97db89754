import { CallWorld } from './support/call-world.js';
import { addQueue, ask, callRow } from './support/caller-world.js';
import type { FakeMediaServer } from './support/fake-media-servers.js';
import { addApiKey } from './support/pool.js';
import { until } from './support/until.js';

let world: CallWorld;

beforeAll(async () => {
  world = await CallWorld.create();
}, 60_000);
afterAll(() => world.stop());

/** Plays the proxy: who is sent across by one media server comes in at the other. */
async function proxyBetween(servers: readonly FakeMediaServer[], done: () => boolean): Promise<void> {
  const brought = new Set<string>();
  while (!done()) {
    for (const { id, asterisk } of servers) {
      for (const { uniqueid, context, exten } of [...asterisk.model.channels.values()]) {
        if (context !== 'across' || brought.has(exten)) continue;
        brought.add(exten);
        const [call] = await world.database.query<{ id: string; conference: string; mediaServerId: string }>('SELECT id, conference, media_server_id AS mediaServerId FROM calls WHERE far_media_server_id = ? AND far_uniqueid = ?', [id, uniqueid]);
        servers.find((server) => server.id === call?.mediaServerId)?.asterisk.farEnd.arrive({ callId: call!.id, uniqueid: `near-${call!.id}`, place: { conference: call!.conference } });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('thirty callers, four agents on two media servers, two managers: everybody is served once, in order of arrival, and no agent ever has two', async () => {
  const other = await world.ingest.mediaServer('ms2');
  await world.ingest.health(other, 'healthy');
  const managers = [world.manager, await world.ingest.manager(CallWorld.env)];
  const key = await addApiKey(world.database, ['routes:read']);
  const { number } = await addQueue(world.database);
  const agents = [];
  for (let n = 0; n < 4; n += 1) agents.push(await world.seatedAgent());
  expect(new Set(agents.map(({ server }) => server.id)).size).toBe(2);
  const serverOf = (id: string): FakeMediaServer => world.ingest.servers.find((server) => server.id === id)!;

  let served = 0;
  const proxy = proxyBetween(world.ingest.servers, () => served === 30);
  const callers: string[] = [];
  for (let n = 0; n < 30; n += 1) {
    const { status, body } = await ask(managers[n % 2]!, key, number);
    expect(status).toBe(200);
    callers.push(body.callId);
    const { conference } = await callRow(world.database, body.callId);
    serverOf(body.mediaServerId).asterisk.farEnd.arrive({ callId: body.callId, uniqueid: `leg-${body.callId}`, place: body.disposition === 'queue' ? 'queue' : { conference: conference! } });
  }
  // Whoever is on the line hangs up first: the one who came first.
  for (const callId of callers) {
    await until('the caller is on the line with an agent', async () => (await callRow(world.database, callId)).state === 'answered', 10_000);
    const { mediaServerId, leg, farMediaServerId, farLeg } = await callRow(world.database, callId);
    if (leg !== null) serverOf(mediaServerId!).asterisk.hangup(leg);
    if (farLeg !== null) serverOf(farMediaServerId!).asterisk.hangup(farLeg);
    await world.is(callId, 'ended');
    served += 1;
  }
  await proxy;
  const promised = await world.database.query<{ id: string }>("SELECT call_id AS id FROM call_events WHERE type = 'call.ringing' ORDER BY id");
  expect(promised.map(({ id }) => id)).toEqual(callers);
  const ends = await world.database.query<{ state: string; reason: string }>('SELECT DISTINCT state, end_reason AS reason FROM calls');
  expect(ends).toEqual([{ state: 'ended', reason: 'caller-hung-up' }]);
  const busy = await world.database.query<{ agentId: string; type: string }>("SELECT data->>'$.agentId' AS agentId, type FROM call_events WHERE type IN ('call.ringing', 'call.ended') ORDER BY id");
  const talking = new Set<string>();
  for (const { agentId, type } of busy) {
    expect([type, talking.has(agentId)]).toEqual([type, type === 'call.ended']);
    if (type === 'call.ended') talking.delete(agentId);
    else talking.add(agentId);
  }
}, 120_000);
