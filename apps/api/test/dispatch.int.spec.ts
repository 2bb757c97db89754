import { createConnection } from 'mysql2/promise';
import { addQueue, addSeated, agentState, callRow, emptyHouse, type SeatedPerson, type SeatFacts } from './support/caller-world.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { type DispatchWorld, dispatchWorld } from './support/dispatch-world.js';
import { addServers, type PoolServer } from './support/pool.js';
import { until } from './support/until.js';

let database: FreshDatabase;
let world: DispatchWorld;
let here: PoolServer;
let there: PoolServer;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await emptyHouse(database);
  [here, there] = (await addServers(database, 2)) as [PoolServer, PoolServer];
  world = await dispatchWorld(database);
});
afterEach(() => world.stop());

let calls = 0;
/** A caller who waits, with the leg on its media server. */
async function waits(number: string): Promise<string> {
  calls += 1;
  const view = await world.route(number, `${calls}@carrier.test`);
  expect(view.disposition).toBe('queue');
  await world.legSeen(view.callId);
  return view.callId;
}

/** A caller who waits on one media server, while no other may hold callers. */
async function waitsOn(server: PoolServer, number: string): Promise<string> {
  await database.query("UPDATE media_servers SET mode = IF(id = ?, 'active', 'draining')", [server.id]);
  const callId = await waits(number);
  await database.query("UPDATE media_servers SET mode = 'active'");
  return callId;
}

const comes = (server: PoolServer, facts: SeatFacts = {}): Promise<SeatedPerson> => addSeated(database, server.id, facts);
const state = async (callId: string): Promise<string> => (await callRow(database, callId)).state;
const rested = (): Promise<unknown> => database.query('UPDATE call_events SET at = at - INTERVAL 2 SECOND');

describe('an agent comes free while callers wait', () => {
  it('and the one who waits for longest is brought to her, over all media servers', async () => {
    const { number } = await addQueue(database);
    const callers: string[] = [];
    for (let n = 0; n < 6; n += 1) callers.push(await waits(number));
    expect(new Set(await Promise.all(callers.map(async (id) => (await callRow(database, id)).mediaServerId))).size).toBe(2);
    for (const [n, callId] of callers.entries()) {
      const agent = await comes(n % 2 === 0 ? here : there);
      await world.look();
      expect(await callRow(database, callId)).toMatchObject({ state: 'ringing', agentId: agent.agentId, placementId: agent.placementId, conference: agent.conference });
      expect(await agentState(database, agent.agentId)).toBe('on-call');
      expect(world.orders.orders).toHaveLength(n + 1);
    }
  });

  it('on the same media server: the leg is sent into her conference', async () => {
    const { number } = await addQueue(database);
    const callId = await waitsOn(here, number);
    const ann = await comes(here);
    await world.look();
    expect(world.orders.orders).toEqual([{ mediaServerId: here.id, uniqueid: `leg-${callId}`, place: { kind: 'conference', conference: ann.conference } }]);
    expect(await callRow(database, callId)).toMatchObject({ mediaServerId: here.id, leg: `leg-${callId}`, farMediaServerId: null, farLeg: null });
    await world.joined(callId);
    expect(await state(callId)).toBe('answered');
  });

  it('on another media server: the leg is sent across with a target that is good there, and the call has two legs', async () => {
    const { number } = await addQueue(database);
    const callId = await waitsOn(here, number);
    const ann = await comes(there);
    await world.look();
    const [order] = world.orders.orders;
    expect(order).toEqual({
      mediaServerId: here.id, uniqueid: `leg-${callId}`,
      place: { kind: 'across', callId, token: expect.stringMatching(/^t[a-z2-7]{26}$/), address: `${there.id.slice(0, 8)}.test:5060` },
    });
    expect(await callRow(database, callId)).toMatchObject({ state: 'ringing', mediaServerId: there.id, leg: null, farMediaServerId: here.id, farLeg: `leg-${callId}` });
    expect(await database.query('SELECT media_server_id AS server, kind, conference, spent_at AS spent FROM call_targets WHERE call_id = ? AND media_server_id = ?', [callId, there.id])).toEqual([
      { server: there.id, kind: 'agent', conference: ann.conference, spent: null },
    ]);
    await world.joined(callId, 'near');
    expect(await callRow(database, callId)).toMatchObject({ state: 'answered', leg: 'near', farLeg: `leg-${callId}` });
  });

  it('who lacks a skill: the next one in the line whom she serves comes to her, and the first waits on', async () => {
    const german = await addQueue(database, { skills: ['de'] });
    const any = await addQueue(database);
    const first = await waits(german.number);
    const second = await waits(any.number);
    await comes(here);
    await world.look();
    expect([await state(first), await state(second)]).toEqual(['queued', 'ringing']);
  });

  it('and a caller who asked for her alone is brought to nobody else', async () => {
    const busy = await comes(here, { state: 'paused' });
    const callId = await waits(`agent:${busy.username}`);
    await comes(here);
    await world.look();
    expect(await state(callId)).toBe('queued');
    await database.query("UPDATE agents SET state = 'ready' WHERE id = ?", [busy.agentId]);
    await world.look();
    expect(await callRow(database, callId)).toMatchObject({ state: 'ringing', agentId: busy.agentId });
  });

  it('and pauses at that very moment: whoever was first is heard', async () => {
    const { number } = await addQueue(database);
    const callId = await waits(number);
    const ann = await comes(here, { idleSeconds: 90 });
    const bea = await comes(here, { idleSeconds: 30 });
    const other = await createConnection(database.url);
    await other.beginTransaction();
    await other.query("UPDATE agents SET state = 'paused' WHERE id = ?", [ann.agentId]);
    const look = world.look();
    await until('the dispatcher waits for her', async () => (await database.query<{ Info: string | null }>('SHOW FULL PROCESSLIST')).some(({ Info }) => Info?.includes('FOR UPDATE OF a') === true));
    await other.commit();
    await other.end();
    await look;
    expect(await callRow(database, callId)).toMatchObject({ state: 'ringing', agentId: bea.agentId });
    expect(await agentState(database, ann.agentId)).toBe('paused');
  });
});

describe('a caller whose leg has not been seen yet', () => {
  it('keeps the place in the line for a moment, and after that is passed over until the leg comes', async () => {
    const { number } = await addQueue(database);
    const first = (await world.route(number, 'first@x')).callId;
    const second = await waits(number);
    await comes(here);
    await world.look();
    expect([await state(first), await state(second)]).toEqual(['queued', 'queued']);
    await database.query('UPDATE calls SET started_at = started_at - INTERVAL 4 SECOND');
    await world.look();
    expect([await state(first), await state(second)]).toEqual(['queued', 'ringing']);
    await world.legSeen(first);
    await comes(here);
    await world.look();
    expect(await state(first)).toBe('ringing');
  });
});

describe('a media server that is told to send a leg', () => {
  it('and refuses: the caller waits on where they were, the agent is free, and it is tried again after a rest', async () => {
    const { number } = await addQueue(database);
    const callId = await waitsOn(here, number);
    const ann = await comes(there);
    world.orders.outcome = () => 'refused';
    await world.look();
    expect(await callRow(database, callId)).toMatchObject({ state: 'queued', agentId: null, conference: null, mediaServerId: here.id, leg: `leg-${callId}`, farMediaServerId: null, farLeg: null });
    expect(await agentState(database, ann.agentId)).toBe('ready');
    await world.look();
    expect(world.orders.orders).toHaveLength(1);
    world.orders.outcome = () => 'done';
    await rested();
    await world.look();
    expect(await state(callId)).toBe('ringing');
    expect(world.orders.orders).toHaveLength(2);
  });

  it('and refuses every time: it is asked less and less often', async () => {
    const { number } = await addQueue(database);
    const callId = await waitsOn(here, number);
    await comes(there);
    world.orders.outcome = () => 'refused';
    for (const [tries, restSeconds] of [1, 2, 4, 8, 8].entries()) {
      await world.look();
      await database.query('UPDATE call_events SET at = NOW(3) - INTERVAL ? SECOND', [restSeconds - 0.5]);
      await world.look();
      expect([restSeconds, await state(callId), world.orders.orders.length]).toEqual([restSeconds, 'queued', tries + 1]);
      await database.query('UPDATE call_events SET at = NOW(3) - INTERVAL ? SECOND', [restSeconds]);
    }
  });

  it('and refuses: meanwhile the next caller, whose media server does as it is told, comes to her', async () => {
    const { number } = await addQueue(database);
    const first = await waitsOn(here, number);
    const second = await waitsOn(there, number);
    await comes(there);
    world.orders.outcome = ({ mediaServerId }) => (mediaServerId === here.id ? 'refused' : 'done');
    await world.look();
    await world.look();
    expect([await state(first), await state(second)]).toEqual(['queued', 'ringing']);
  });

  it('and is not heard of: nothing is ordered twice, facts or the sweeper decide', async () => {
    const { number } = await addQueue(database);
    const callId = await waitsOn(here, number);
    await comes(here);
    world.orders.outcome = () => 'unknown';
    await world.look();
    await rested();
    await world.look();
    expect([await state(callId), world.orders.orders.length]).toEqual(['ringing', 1]);
    expect((await database.query<{ due: number }>('SELECT due_at > NOW(3) AND due_at <= NOW(3) + INTERVAL 10 SECOND AS due FROM calls WHERE id = ?', [callId]))[0]?.due).toBe(1);
  });

  it('and refuses while the caller hangs up: the call stays ended', async () => {
    const { number } = await addQueue(database);
    const callId = await waitsOn(here, number);
    const ann = await comes(here);
    world.orders.outcome = () => 'refused';
    const over = world.over;
    const send = world.orders.send.bind(world.orders);
    world.orders.send = async (...order) => {
      await over(callId);
      return send(...order);
    };
    await world.look();
    expect(await callRow(database, callId)).toMatchObject({ state: 'ended', endReason: 'caller-hung-up' });
    expect(await agentState(database, ann.agentId)).toBe('ready');
  });
});

describe('a caller who has waited for long enough', () => {
  it('is let go when the queue says so', async () => {
    const { number } = await addQueue(database, { maxWaitSeconds: 60 });
    const callId = await waits(number);
    const { mediaServerId } = await callRow(database, callId);
    await database.query('UPDATE calls SET started_at = NOW(3) - INTERVAL 59 SECOND');
    await world.look();
    expect(await state(callId)).toBe('queued');
    await database.query('UPDATE calls SET started_at = NOW(3) - INTERVAL 60 SECOND');
    await comes(here);
    await world.look();
    expect(await callRow(database, callId)).toMatchObject({ state: 'ended', endReason: 'limit', agentId: null });
    expect(world.orders.orders).toEqual([{ mediaServerId, uniqueid: `leg-${callId}`, place: null }]);
  });

  it('but had talked in between, waits anew', async () => {
    const { number } = await addQueue(database, { maxWaitSeconds: 60 });
    const callId = await waits(number);
    await database.query('UPDATE calls SET started_at = NOW(3) - INTERVAL 600 SECOND, answered_at = NOW(3) - INTERVAL 300 SECOND');
    await world.look();
    expect(await state(callId)).toBe('queued');
    await database.query('UPDATE call_events SET at = NOW(3) - INTERVAL 61 SECOND');
    await world.look();
    expect(await callRow(database, callId)).toMatchObject({ state: 'ended', endReason: 'limit' });
  });

  it.each([
    ['went offline a minute ago', "state = 'offline', state_since = NOW(3) - INTERVAL 61 SECOND", 'ended'],
    ['went offline just now', "state = 'offline', state_since = NOW(3)", 'queued'],
    ['was disabled', 'enabled = FALSE', 'ended'],
    ['was deleted', 'deleted_at = NOW(3)', 'ended'],
  ])('for one agent who %s', async (_what, change, becomes) => {
    const ann = await comes(here, { state: 'paused' });
    const callId = await waits(`agent:${ann.username}`);
    await database.query(`UPDATE agents SET ${change} WHERE id = ?`, [ann.agentId]);
    await world.look();
    expect(await state(callId)).toBe(becomes);
    if (becomes === 'ended') expect((await callRow(database, callId)).endReason).toBe('no-answer');
  });
});

describe('two managers', () => {
  it('look at the same moment: no agent gets two callers, nobody is ordered twice, the first in line come first', async () => {
    const { number } = await addQueue(database);
    const callers: string[] = [];
    for (let n = 0; n < 20; n += 1) callers.push(await waits(number));
    for (let n = 0; n < 10; n += 1) await comes(n % 2 === 0 ? here : there);
    const other = await dispatchWorld(database);
    try {
      await Promise.all([world.look(), other.look(), world.look(), other.look()]);
      expect(await Promise.all(callers.map(state))).toEqual([...new Array<string>(10).fill('ringing'), ...new Array<string>(10).fill('queued')]);
      const orders = [...world.orders.orders, ...other.orders.orders];
      expect(orders.map(({ uniqueid }) => uniqueid).sort()).toEqual(callers.slice(0, 10).map((id) => `leg-${id}`).sort());
      expect((await database.query<{ agents: number }>("SELECT COUNT(DISTINCT agent_id) AS agents FROM calls WHERE state = 'ringing'"))[0]?.agents).toBe(10);
    } finally {
      await other.stop();
    }
  });
});

describe('a dispatcher that follows the events', () => {
  it('brings the next caller as soon as the one before has hung up, and as soon as a leg has come', async () => {
    const { number } = await addQueue(database);
    const ann = await comes(here);
    const first = await world.route(number, 'talks@x');
    expect(first.agentId).toBe(ann.agentId);
    const second = await waits(number);
    await world.follow();
    const since = performance.now();
    await world.over(first.callId);
    await until('the second caller is brought to her', async () => (await state(second)) === 'ringing', 900);
    expect(performance.now() - since).toBeLessThan(900);
    const third = (await world.route(number, 'third@x')).callId;
    await world.over(second);
    await world.legSeen(third);
    await until('the third caller is brought to her', async () => (await state(third)) === 'ringing', 900);
  });
});
