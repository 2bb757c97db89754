import { randomUUID } from 'node:crypto';
import type { RouteView } from '../src/routing/route.dto.js';
import { DerivedKeys } from '../src/secrets/keys.js';
import { hashToken } from '../src/secrets/token.js';
import { call } from './support/api.js';
import { CallWorld, type SeatedAgent } from './support/call-world.js';
import { addQueue, ask, callRow } from './support/caller-world.js';
import type { FakeMediaServer } from './support/fake-media-servers.js';
import { testSecretKey } from './support/manager.js';
import { addApiKey } from './support/pool.js';
import { until } from './support/until.js';

const keys = new DerivedKeys(Buffer.from(testSecretKey, 'base64'));
let world: CallWorld;
let key: string;
let number: string;
let other: FakeMediaServer;

beforeAll(async () => {
  world = await CallWorld.create();
  key = await addApiKey(world.database, ['routes:read']);
  other = await world.ingest.mediaServer('ms2');
  await world.ingest.health(other, 'healthy');
  for (const { id } of world.ingest.servers) await world.database.query('UPDATE media_servers SET realtime_token_hash = ? WHERE id = ?', [hashToken(keys.realtimeToken(id)), id]);
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  ({ number } = await addQueue(world.database));
});
afterEach(async () => {
  for (const { asterisk } of world.ingest.servers) for (const { uniqueid } of [...asterisk.model.channels.values()]) asterisk.hangup(uniqueid);
  await world.database.query("UPDATE calls SET state = 'ended' WHERE state <> 'ended'");
  await world.database.query("UPDATE agents SET state = 'offline'");
});

const says = (agent: SeatedAgent, state: string): Promise<unknown> => call(world.manager, 'PUT', `/api/v1/agents/${agent.id}/state`, { token: agent.token, body: { state } });
const lookUp = async (server: FakeMediaServer, table: string, id: string): Promise<Record<string, string>> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await call<string>(world.manager, 'POST', `/api/v1/asterisk/realtime/${table}/single`, { token: keys.realtimeToken(server.id), body: `id=${id}`, headers });
  return Object.fromEntries(new URLSearchParams(answer.body.trim()));
};
const actions = ({ asterisk }: FakeMediaServer, name: string): Record<string, string | undefined>[] =>
  asterisk.sessions.flatMap(({ received }) => received).filter((action) => action.get('Action') === name)
    .map((action) => ({ channel: action.get('Channel'), context: action.get('Context'), exten: action.get('Exten'), variable: action.get('Variable'), value: action.get('Value') }));

/** A caller who waits with music on one media server, where the INVITE with the target has come in. */
async function waitsOn(server: FakeMediaServer): Promise<{ callId: string; leg: string }> {
  await world.database.query("UPDATE media_servers SET mode = IF(id = ?, 'active', 'draining')", [server.id]);
  const { status, body } = await ask(world.manager, key, number);
  await world.database.query("UPDATE media_servers SET mode = 'active'");
  expect([status, body.disposition, body.mediaServerId]).toEqual([200, 'queue', server.id]);
  const target = await lookUp(server, 'nailup_targets', tokenOf(body));
  expect(target).toMatchObject({ call: body.callId, kind: 'queue' });
  const leg = server.asterisk.farEnd.arrive({ callId: body.callId, uniqueid: `far-${randomUUID()}`, place: 'queue' });
  await until('the leg is seen', async () => (await callRow(world.database, body.callId)).leg === leg);
  return { callId: body.callId, leg };
}

const tokenOf = ({ target }: RouteView): string => /^sip:([^@]+)@/.exec(target)![1]!;

it('a caller whom a free agent takes at once comes in by the target, and is on the line with her', async () => {
  const ann = await world.seatedAgent();
  const { body } = await ask(world.manager, key, number);
  expect(body).toMatchObject({ disposition: 'agent', agentId: ann.id, mediaServerId: ann.server.id });
  const { call: callId, conference } = await lookUp(ann.server, 'nailup_targets', tokenOf(body));
  expect([callId, conference]).toEqual([body.callId, ann.seat.conference]);
  const leg = ann.asterisk.farEnd.arrive({ callId: body.callId, place: { conference: conference! } });
  await world.is(body.callId, 'answered');
  await world.agentIs(ann.id, 'on-call');
  ann.asterisk.hangup(leg);
  await world.is(body.callId, 'ended');
  expect((await callRow(world.database, body.callId)).endReason).toBe('caller-hung-up');
  await world.agentIs(ann.id, 'ready');
});

it('a caller who waits on the media server of the agent is sent into her conference as soon as she is ready', async () => {
  const ann = await world.seatedAgent();
  await says(ann, 'paused');
  const { callId, leg } = await waitsOn(ann.server);
  expect(await lookUp(ann.server, 'nailup_waits', callId)).toEqual({ id: callId, position: '1' });
  await says(ann, 'ready');
  await world.is(callId, 'answered', 2_000);
  expect(actions(ann.server, 'Redirect').at(-1)).toMatchObject({ channel: leg, context: 'clients', exten: ann.seat.conference });
  expect(await callRow(world.database, callId)).toMatchObject({ agentId: ann.id, mediaServerId: ann.server.id, leg, farMediaServerId: null });
});

it('a caller who waits on another media server goes across by a target that opens her conference once, with two legs of one call', async () => {
  const ann = await world.seatedAgent();
  const elsewhere = world.ingest.servers.find(({ id }) => id !== ann.server.id)!;
  await says(ann, 'paused');
  const { callId, leg } = await waitsOn(elsewhere);
  const since = performance.now();
  await says(ann, 'ready');
  await until('the leg is sent across', () => actions(elsewhere, 'Redirect').some(({ channel, context }) => channel === leg && context === 'across'), 2_000);
  expect(performance.now() - since).toBeLessThan(1_000);
  const token = actions(elsewhere, 'Redirect').at(-1)!.exten!;
  expect(actions(elsewhere, 'Setvar').filter(({ channel }) => channel === leg)).toEqual([
    expect.objectContaining({ variable: 'NAILUP_SIGNATURE', value: expect.stringMatching(/^\d+\.[0-9a-f]{64}$/) }),
    expect.objectContaining({ variable: 'NAILUP_ACROSS', value: `${ann.server.name}.test:5060` }),
  ]);
  expect(await lookUp(elsewhere, 'nailup_targets', token)).toEqual({});
  expect(await lookUp(ann.server, 'nailup_targets', token)).toMatchObject({ call: callId, kind: 'agent', conference: ann.seat.conference });
  expect(await lookUp(ann.server, 'nailup_targets', token)).toEqual({});
  ann.asterisk.farEnd.arrive({ callId, uniqueid: `near-${callId}`, place: { conference: ann.seat.conference } });
  await world.is(callId, 'answered');
  expect(await callRow(world.database, callId)).toMatchObject({ mediaServerId: ann.server.id, leg: `near-${callId}`, farMediaServerId: elsewhere.id, farLeg: leg });
  elsewhere.asterisk.hangup(leg);
  await world.is(callId, 'ended');
  await world.agentIs(ann.id, 'ready');
});

it('a caller whose way across fails gives the agent back at once and is offered again', async () => {
  const ann = await world.seatedAgent();
  const elsewhere = world.ingest.servers.find(({ id }) => id !== ann.server.id)!;
  await says(ann, 'paused');
  const { callId, leg } = await waitsOn(elsewhere);
  await says(ann, 'ready');
  const sent = () => actions(elsewhere, 'Redirect').filter(({ channel, context }) => channel === leg && context === 'across').length;
  await until('the leg is sent across', () => sent() === 1, 2_000);
  const since = performance.now();
  elsewhere.asterisk.farEnd.acrossFails(leg);
  await until('the leg is sent across again', () => sent() === 2, 3_000);
  expect(performance.now() - since).toBeLessThan(3_000);
  const { items } = (await world.get<{ items: { type: string }[] }>(world.key, `/${callId}/events`)).body;
  expect(items.map(({ type }) => type).filter((type) => type.startsWith('call.'))).toEqual(['call.queued', 'call.ringing', 'call.queued', 'call.ringing']);
  expect(items.map(({ type }) => type)).toContain('leg.across-failed');
});

it('how a caller who came across has sounded is told by the leg that faces the caller', async () => {
  const ann = await world.seatedAgent();
  const elsewhere = world.ingest.servers.find(({ id }) => id !== ann.server.id)!;
  await says(ann, 'paused');
  const { callId, leg } = await waitsOn(elsewhere);
  await says(ann, 'ready');
  await until('the leg is sent across', () => actions(elsewhere, 'Redirect').some(({ channel, context }) => channel === leg && context === 'across'), 2_000);
  const near = ann.asterisk.farEnd.arrive({ callId, uniqueid: `near-${callId}`, place: { conference: ann.seat.conference } });
  await world.is(callId, 'answered');
  const rtcp = (lost: number) => `ssrc=1;themssrc=2;lp=${lost};rxjitter=0.000000;rxcount=${1_000 - lost};txjitter=0.004000;txcount=1000;rlp=0;rtt=0.000000;rxmes=0.0;txmes=0.0`;
  ann.asterisk.farEnd.sounded(near, rtcp(500));
  elsewhere.asterisk.farEnd.sounded(leg, rtcp(20));
  elsewhere.asterisk.hangup(leg);
  await world.is(callId, 'ended');
  expect((await world.get(world.key, `/${callId}`)).body.quality).toEqual({ mos: expect.closeTo(4.2, 0), jitterMs: 4, lossPercent: 2, rttMs: null });
  expect(JSON.stringify(await world.told(callId))).not.toMatch(/jitter|rtcp|mos/i);
});

it('a caller whose media server has lost the leg meanwhile stays nobody\'s, and the agent takes the next one', async () => {
  const ann = await world.seatedAgent();
  await says(ann, 'paused');
  const first = await waitsOn(ann.server);
  const second = await waitsOn(ann.server);
  ann.asterisk.model.channels.delete([...ann.asterisk.model.channels.values()].find(({ uniqueid }) => uniqueid === first.leg)!.channel);
  await says(ann, 'ready');
  await world.is(second.callId, 'answered', 3_000);
  expect((await callRow(world.database, first.callId)).state).toBe('queued');
});

it('an agent who hangs up is on the line with the next caller within a second', async () => {
  const ann = await world.seatedAgent();
  const first = await ask(world.manager, key, number);
  const leg = ann.asterisk.farEnd.arrive({ callId: first.body.callId, place: { conference: ann.seat.conference } });
  await world.is(first.body.callId, 'answered');
  const { callId } = await waitsOn(other);
  ann.asterisk.hangup(leg);
  await world.is(callId, 'ringing', 1_500);
  expect((await callRow(world.database, callId)).agentId).toBe(ann.id);
});

it('an agent who vanishes while a caller is on the way to her: the caller waits on where they came in, and comes to the next agent', async () => {
  const ann = await world.seatedAgent();
  const elsewhere = world.ingest.servers.find(({ id }) => id !== ann.server.id)!;
  await says(ann, 'paused');
  const { callId, leg } = await waitsOn(elsewhere);
  await says(ann, 'ready');
  await world.is(callId, 'ringing');
  await world.ingest.giveUp(world.manager, ann.seat);
  await world.is(callId, 'queued');
  expect(await callRow(world.database, callId)).toMatchObject({ agentId: null, mediaServerId: elsewhere.id, leg, farMediaServerId: null });
  await world.agentIs(ann.id, 'offline');
  const bea = await world.seatedAgent();
  await until('the caller is brought to the next agent', async () => (await callRow(world.database, callId)).agentId === bea.id, 3_000);
});

it('a caller whose media server fell silent takes nobody\'s agent: the next caller is served, and the first one once it is back', async () => {
  const ann = await world.seatedAgent();
  const elsewhere = world.ingest.servers.find(({ id }) => id !== ann.server.id)!;
  await says(ann, 'paused');
  const first = await waitsOn(elsewhere);
  await elsewhere.asterisk.stop('silence');
  await world.ingest.health(elsewhere, 'down');
  const second = await waitsOn(ann.server);
  await says(ann, 'ready');
  await world.is(second.callId, 'answered', 3_000);
  ann.asterisk.hangup(second.leg);
  await world.agentIs(ann.id, 'ready');
  // Nor was she promised to the first for a moment, which her phone would have shown.
  const { items } = (await world.get<{ items: { type: string }[] }>(world.key, `/${first.callId}/events`)).body;
  expect(items.map(({ type }) => type).filter((type) => type.startsWith('call.'))).toEqual(['call.queued']);
  elsewhere.asterisk.resume();
  await until('the first caller is sent across to her', () => actions(elsewhere, 'Redirect').some(({ channel, context }) => channel === first.leg && context === 'across'));
  expect(await callRow(world.database, first.callId)).toMatchObject({ state: 'ringing', agentId: ann.id, farMediaServerId: elsewhere.id });
}, 60_000);

it('a caller whose media server stays silent for a minute has a final record, and no leg is left there once it is back', async () => {
  const ann = await world.seatedAgent();
  const elsewhere = world.ingest.servers.find(({ id }) => id !== ann.server.id)!;
  await says(ann, 'paused');
  const { callId, leg } = await waitsOn(elsewhere);
  await elsewhere.asterisk.stop('silence');
  await world.ingest.health(elsewhere, 'down');
  expect((await callRow(world.database, callId)).state).toBe('queued');
  await world.database.query('UPDATE media_servers SET last_seen_at = last_seen_at - INTERVAL 1 MINUTE WHERE id = ?', [elsewhere.id]);
  await world.is(callId, 'ended');
  expect((await callRow(world.database, callId)).endReason).toBe('media-server-failed');
  elsewhere.asterisk.resume();
  await elsewhere.asterisk.until(() => elsewhere.asterisk.model.find(leg) === undefined);
  await world.ingest.health(elsewhere, 'healthy');
}, 60_000);
