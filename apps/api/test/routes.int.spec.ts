import { randomUUID } from 'node:crypto';
import type { RouteView } from '../src/routing/route.dto.js';
import { call } from './support/api.js';
import { addNumber, addQueue, addSeated, agentState, allCalls, ask as askManager, callRow, emptyHouse } from './support/caller-world.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { type RunningManager, startManager } from './support/manager.js';
import { addAgent, addApiKey, addServers, type PoolServer, tokenFor } from './support/pool.js';
import { until } from './support/until.js';

let database: FreshDatabase;
let manager: RunningManager;
let key: string;
let server: PoolServer;

beforeAll(async () => {
  database = await freshDatabase();
  key = await addApiKey(database, ['routes:read']);
  manager = await startManager({ databaseUrl: database.url });
}, 60_000);
afterAll(async () => {
  await manager.stop();
  await database.drop();
});
beforeEach(async () => {
  await emptyHouse(database);
  server = (await addServers(database, 1))[0]!;
});

const ask = (to: string, callId?: string, from?: string): ReturnType<typeof askManager> => askManager(manager, key, to, callId, from);
/** Asks for a route there must be. */
const routed = async (to: string, callId?: string): Promise<RouteView> => {
  const answer = await ask(to, callId);
  if (answer.status !== 200) throw new Error(`No route: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const refused = async (to: string): Promise<[number, string | undefined]> => {
  const { status, body } = await ask(to);
  return [status, body.code];
};
const token = (view: RouteView): string => /^sip:(t[a-z2-7]{26})@/.exec(view.target)![1]!;

describe('a caller who dials the number of a queue', () => {
  it('is promised the free agent, and sent to the media server she sits on', async () => {
    const { number, queueId } = await addQueue(database);
    const ann = await addSeated(database, server.id);
    const answer = await ask(number);
    expect(answer.status).toBe(200);
    const { target, callId, ...rest } = answer.body;
    expect(rest).toEqual({ disposition: 'agent', agentId: ann.agentId, mediaServerId: server.id });
    expect(target).toMatch(new RegExp(`^sip:t[a-z2-7]{26}@${server.id.slice(0, 8)}\\.test:5060$`));
    expect(await callRow(database, callId)).toMatchObject({
      state: 'ringing', agentId: ann.agentId, placementId: ann.placementId, conference: ann.conference, mediaServerId: server.id, queueId, from: '+15550142', to: number,
    });
    expect(await agentState(database, ann.agentId)).toBe('on-call');
  });

  it('gets the agent who has been idle for longest', async () => {
    const { number } = await addQueue(database);
    const late = await addSeated(database, server.id, { idleSeconds: 5 });
    const early = await addSeated(database, server.id, { idleSeconds: 500 });
    expect((await routed(number)).agentId).toBe(early.agentId);
    expect((await routed(number)).agentId).toBe(late.agentId);
    expect((await routed(number)).disposition).toBe('queue');
  });

  it('gets an agent who has all the skills the queue asks for', async () => {
    const { number } = await addQueue(database, { skills: ['de', 'billing'] });
    await addSeated(database, server.id, { skills: ['de'], idleSeconds: 900 });
    expect((await routed(number)).disposition).toBe('queue');
    const both = await addSeated(database, server.id, { skills: ['billing', 'fr', 'de'] });
    await database.query("UPDATE calls SET state = 'ended'");
    expect((await routed(number)).agentId).toBe(both.agentId);
  });

  it.each([
    ['has paused', { state: 'paused' }],
    ['is in wrap-up', { state: 'wrap-up' }],
    ['is on a call', { state: 'on-call' }],
    ['is offline', { state: 'offline' }],
    ['is disabled', { enabled: false }],
    ['has not come yet', { placement: 'reserved' }],
    ['has lost her leg', { placement: 'lost' }],
    ['has a client in her conference', { clientLegs: 1 }],
  ])('is not given to an agent who %s', async (_who, facts) => {
    const { number } = await addQueue(database);
    await addSeated(database, server.id, facts);
    expect((await routed(number)).disposition).toBe('queue');
  });

  it('is given to an agent on a draining media server, but not to one on a media server that is disabled or not healthy', async () => {
    const { number } = await addQueue(database);
    for (const facts of [{ mode: 'disabled' }, { health: 'suspect' }, { health: 'down' }]) await addSeated(database, (await addServers(database, 1, facts))[0]!.id, { idleSeconds: 900 });
    const [draining] = await addServers(database, 1, { mode: 'draining' });
    const ann = await addSeated(database, draining!.id);
    expect(await routed(number)).toMatchObject({ agentId: ann.agentId, mediaServerId: draining!.id });
    expect(await routed(number)).toMatchObject({ disposition: 'queue', mediaServerId: server.id });
  });

  it('waits when nobody is free, spread with the others over the media servers that may hold them', async () => {
    const { number, queueId } = await addQueue(database, { musicClass: 'jazz' });
    await addServers(database, 2);
    await addServers(database, 1, { mode: 'draining' });
    await addServers(database, 1, { health: 'down' });
    const held = new Map<string, number>();
    for (let n = 0; n < 9; n += 1) {
      const view = await routed(number);
      expect(view).toMatchObject({ disposition: 'queue', agentId: null });
      expect(await callRow(database, view.callId)).toMatchObject({ state: 'queued', queueId, agentId: null, mediaServerId: view.mediaServerId });
      held.set(view.mediaServerId, (held.get(view.mediaServerId) ?? 0) + 1);
    }
    expect([...held.values()]).toEqual([3, 3, 3]);
  });

  it('does not overtake who waits already for an agent whom both could have', async () => {
    const { number } = await addQueue(database);
    const first = await routed(number);
    await addSeated(database, server.id);
    expect(await routed(number)).toMatchObject({ disposition: 'queue' });
    expect((await callRow(database, first.callId)).state).toBe('queued');
  });

  it('overtakes who waits for a skill that the free agent does not have', async () => {
    const german = await addQueue(database, { skills: ['de'] });
    const any = await addQueue(database);
    expect((await routed(german.number)).disposition).toBe('queue');
    const ann = await addSeated(database, server.id);
    expect((await routed(any.number)).agentId).toBe(ann.agentId);
  });
});

describe('a caller who asks for one agent', () => {
  it('by her number or her name gets her when she is free', async () => {
    const ann = await addSeated(database, server.id);
    await addSeated(database, server.id, { idleSeconds: 900 });
    expect((await routed(await addNumber(database, { agentId: ann.agentId }))).agentId).toBe(ann.agentId);
    const bea = await addSeated(database, server.id);
    expect((await routed(`agent:${bea.username.toUpperCase()}`)).agentId).toBe(bea.agentId);
  });

  it.each(['on-call', 'paused', 'wrap-up'])('waits for her while she is %s, and for nobody else', async (state) => {
    const ann = await addSeated(database, server.id, { state });
    await addSeated(database, server.id);
    const view = await routed(`agent:${ann.username}`);
    expect(view).toMatchObject({ disposition: 'queue', agentId: null });
    expect(await callRow(database, view.callId)).toMatchObject({ state: 'queued', wantedAgentId: ann.agentId, queueId: null });
  });

  it('is told at once that nobody is there when she is offline, disabled, without a seat, gone or unknown', async () => {
    const offline = await addSeated(database, server.id, { state: 'offline' });
    const disabled = await addSeated(database, server.id, { enabled: false });
    const gone = await addSeated(database, server.id);
    await database.query('UPDATE agents SET deleted_at = NOW(3) WHERE id = ?', [gone.agentId]);
    const unseated = await addAgent(database);
    await database.query("UPDATE agents SET state = 'ready' WHERE id = ?", [unseated]);
    for (const to of [`agent:${offline.username}`, `agent:${disabled.username}`, `agent:${gone.username}`, `agent:agent-${unseated.slice(0, 13)}`, 'agent:nobody', await addNumber(database, { agentId: gone.agentId })]) {
      expect([to, ...(await refused(to))]).toEqual([to, 503, 'ROUTE.NOBODY_THERE']);
    }
    expect(await allCalls(database)).toEqual([]);
  });
});

describe('a caller who cannot be helped', () => {
  it('hears that the number is unknown, also when it was removed', async () => {
    const { number } = await addQueue(database);
    expect(await refused('+15559999999')).toEqual([404, 'ROUTE.UNKNOWN_NUMBER']);
    await database.query('UPDATE numbers SET deleted_at = NOW(3)');
    expect(await refused(number)).toEqual([404, 'ROUTE.UNKNOWN_NUMBER']);
  });

  it('hears that nobody is there when no media server can hold a caller', async () => {
    const { number } = await addQueue(database);
    await database.query("UPDATE media_servers SET mode = 'draining'");
    const answer = await ask(number);
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'ROUTE.NOBODY_THERE', '2']);
    expect(await allCalls(database)).toEqual([]);
  });
});

describe('a caller who never comes', () => {
  it('leaves the agent free again after ten seconds, and the place in the line to others', async () => {
    const { number } = await addQueue(database);
    const ann = await addSeated(database, server.id);
    const [promised, waiting] = [await routed(number), await routed(number)];
    const due = await database.query<{ seconds: number }>('SELECT TIMESTAMPDIFF(SECOND, started_at, due_at) AS seconds FROM calls');
    expect(due).toEqual([{ seconds: 10 }, { seconds: 10 }]);
    await database.query('UPDATE calls SET due_at = NOW(3)');
    for (const { callId } of [promised, waiting]) await until('the call is over', async () => (await callRow(database, callId)).state === 'ended');
    expect((await callRow(database, promised.callId)).endReason).toBe('abandoned');
    await until('she is free', async () => (await agentState(database, ann.agentId)) === 'ready');
    expect((await routed(number)).agentId).toBe(ann.agentId);
  });
});

describe('the proxy asks again', () => {
  it('about the same INVITE and hears the same, whatever has changed since, of whichever manager', async () => {
    const { number } = await addQueue(database);
    await addSeated(database, server.id);
    const other = await startManager({ databaseUrl: database.url });
    try {
      for (const sipCallId of [`${randomUUID()}@x`, `${randomUUID()}@x`]) {
        const answers = await Promise.all([manager, other, manager, other].map((one) => askManager(one, key, number, sipCallId)));
        for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]!.body]);
        await database.query("UPDATE calls SET state = 'queued', agent_id = NULL, conference = NULL WHERE sip_call_id = ?", [sipCallId]);
        expect((await ask('agent:nobody', sipCallId)).body).toEqual(answers[0]!.body);
      }
      expect(await allCalls(database)).toHaveLength(2);
    } finally {
      await other.stop();
    }
  });

  it('with a Call-ID of more than a minute ago and gets a call of its own', async () => {
    const { number } = await addQueue(database);
    const first = await routed(number, 'same@x');
    await database.query('UPDATE calls SET started_at = NOW(3) - INTERVAL 61 SECOND');
    const second = await routed(number, 'same@x');
    expect([second.callId === first.callId, token(second) === token(first)]).toEqual([false, false]);
    expect(await routed(number, 'same@x')).toEqual(second);
  });

  it('only with the scope for it: people, other keys and strangers are turned away', async () => {
    const path = '/api/v1/routes?to=agent:ann&from=&callId=x';
    const admin = tokenFor(await addAgent(database, { role: 'admin' }));
    for (const [token, status] of [[undefined, 401], ['nlk_guess', 401], [admin, 403], [await addApiKey(database, ['calls:read']), 403], [server.realtimeToken, 403], [key, 503]] as const) {
      expect((await call(manager, 'GET', path, token === undefined ? {} : { token })).status).toBe(status);
      expect((await call(manager, 'GET', '/api/v1/proxy/media-servers', token === undefined ? {} : { token })).status).toBe(status === 503 ? 200 : status);
    }
  });

  it.each([
    ['to', 'to=a&from=&callId=x'], ['to', 'to=agent:&from=&callId=x'], ['to', 'to=%2B1%0d%0a&from=&callId=x'], ['to', 'from=&callId=x'], ['to', "to=agent:a'%20OR%201&from=&callId=x"],
    ['from', 'to=agent:a&from=a%00b&callId=x'], ['callId', 'to=agent:a&from=&callId='], ['callId', `to=agent:a&from=&callId=${'x'.repeat(256)}`], ['callId', 'to=agent:a&from=&callId=%C3%A9'], ['more', 'to=agent:a&from=&callId=x&more=1'],
  ])('with a strange %s, and hears which it was', async (parameter, query) => {
    const answer = await call<{ code: string; errors: { parameter: string }[] }>(manager, 'GET', `/api/v1/routes?${query}`, { token: key });
    expect([answer.status, answer.body.code, answer.body.errors[0]?.parameter]).toEqual([400, 'REQUEST.INVALID', parameter]);
  });

  it('for a caller whose From is strange, who is let in all the same', async () => {
    const { number } = await addQueue(database);
    const { status, body } = await ask(number, undefined, `<script>+1555💥 ${"x'".repeat(100)}`);
    expect([status, (await callRow(database, body.callId)).from]).toEqual([200, `script+1555${'x'.repeat(53)}`]);
  });

  it('with a plus that is not encoded', async () => {
    const { number } = await addQueue(database);
    const answer = await call<RouteView>(manager, 'GET', `/api/v1/routes?to=${number}&from=+15550142&callId=plus@x`, { token: key });
    expect([answer.status, await callRow(database, answer.body.callId)]).toEqual([200, expect.objectContaining({ to: number, from: '+15550142' })]);
  });

  it('with the longest name, number and Call-ID there can be', async () => {
    expect(await refused(`agent:${'a'.repeat(64)}`)).toEqual([503, 'ROUTE.NOBODY_THERE']);
    const { number } = await addQueue(database);
    expect((await ask(number, '~'.repeat(255), '9'.repeat(64))).status).toBe(200);
  });
});

it('the proxy knows every media server that is neither deleted nor disabled, whatever its health', async () => {
  const [draining] = await addServers(database, 1, { mode: 'draining' });
  const [down] = await addServers(database, 1, { health: 'down' });
  await addServers(database, 1, { mode: 'disabled' });
  const [deleted] = await addServers(database, 1);
  await database.query('UPDATE media_servers SET deleted_at = NOW(3) WHERE id = ?', [deleted!.id]);
  const { status, body } = await call<{ items: { id: string; name: string; sipUri: string }[] }>(manager, 'GET', '/api/v1/proxy/media-servers', { token: key });
  expect(status).toBe(200);
  expect(body.items.map(({ id }) => id).sort()).toEqual([server.id, draining!.id, down!.id].sort());
  for (const { id, name, sipUri } of body.items) expect([name, sipUri]).toEqual([`ms-${id.slice(0, 8)}`, `sip:${id.slice(0, 8)}.test:5060`]);
});
