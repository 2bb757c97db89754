import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { CallWorld, SeatedAgent } from './support/call-world.js';
import { addQueue } from './support/caller-world.js';
import { actions, TransferWorld } from './support/transfer-world.js';
import { until } from './support/until.js';

let world: TransferWorld;
let calls: CallWorld;

beforeAll(async () => {
  world = await TransferWorld.create();
  ({ calls } = world);
}, 60_000);
afterAll(() => calls.stop());
afterEach(() => world.clear());

describe('a caller who is handed on to another agent', () => {
  it('goes on in the same call on the same media server; the first agent wraps up at once, and both are told', async () => {
    await calls.settings({ wrapUpSeconds: 30 });
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const id = newId();
    const leg = await calls.talkingCaller(id, ann);
    expect((await world.blindTo(ann, id, bea)).status).toBe(202);
    await calls.is(id, 'answered');
    expect(await world.row(id)).toMatchObject({ agent_id: bea.id, leg_uniqueid: leg, media_server_id: bea.server.id });
    expect(actions(world.first, 'Redirect').at(-1)).toMatchObject({ channel: leg, context: 'clients', exten: bea.seat.conference });
    expect((await calls.agentState(ann.id)).state).toBe('wrap-up');
    expect((await calls.agentState(bea.id)).state).toBe('on-call');
    const told = await calls.told(id);
    expect(told.map(({ type, agentId }) => [type, agentId]).slice(-3)).toEqual([['call.transferred', ann.id], ['call.ringing', bea.id], ['call.answered', bea.id]]);
    expect(told.find(({ type }) => type === 'call.transferred')!.data).toMatchObject({ fromAgentId: ann.id, toAgentId: bea.id });
    expect((await calls.get(ann.token, `/${id}`)).status).toBe(200);
    expect((await calls.post(ann.token, `/${id}/hangup`)).status).toBe(404);
    world.first.asterisk.hangup(leg);
    await calls.is(id, 'ended');
    expect((await calls.types(id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('leaves the first agent to say what it was, which ends her wrap-up and not the call of the other one', async () => {
    await calls.settings({ wrapUpSeconds: 30 });
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const id = newId();
    await calls.talkingCaller(id, ann);
    await world.blindTo(ann, id, bea);
    await calls.is(id, 'answered');
    await calls.agentIs(ann.id, 'wrap-up');
    expect((await calls.post(ann.token, `/${id}/disposition`, { code: 'resolved' })).status).toBe(200);
    expect([(await calls.agentState(ann.id)).state, (await calls.agentState(bea.id)).state]).toEqual(['ready', 'on-call']);
  });

  it('goes across to the media server of the other agent by a target, from hold as well', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.other)];
    const id = newId();
    const leg = await calls.talkingCaller(id, ann);
    await calls.post(ann.token, `/${id}/hold`);
    await calls.is(id, 'held');
    expect((await world.blindTo(ann, id, bea)).status).toBe(202);
    await until('the leg is sent across', () => actions(world.first, 'Redirect').some(({ channel, context }) => channel === leg && context === 'across'));
    expect(await world.row(id)).toMatchObject({ state: 'ringing', agent_id: bea.id, media_server_id: world.other.id, leg_uniqueid: null, far_uniqueid: leg });
    world.other.asterisk.farEnd.arrive({ callId: id, uniqueid: `near-${id}`, place: { conference: bea.seat.conference } });
    await calls.is(id, 'answered');
    expect((await calls.agentState(ann.id)).state).toBe('ready');
    world.first.asterisk.hangup(leg);
    await calls.is(id, 'ended');
    await calls.agentIs(bea.id, 'ready');
  });

  it('is dialled by the agent: on the way it stays hers by the record only until the leg is there', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const { id } = await calls.talking(ann);
    expect((await world.blindTo(ann, id, bea)).status).toBe(202);
    await calls.is(id, 'answered');
    expect(await world.row(id)).toMatchObject({ agent_id: bea.id, leg_uniqueid: id });
  });

  it.each<[string, (bea: SeatedAgent) => Promise<unknown>, RegExp]>([
    ['has paused', ({ id }) => calls.database.query("UPDATE agents SET state = 'paused' WHERE id = ?", [id]), /has paused/],
    ['is offline', ({ id }) => calls.database.query("UPDATE agents SET state = 'offline' WHERE id = ?", [id]), /is offline/],
    ['is on a call', (bea) => calls.talkingCaller(newId(), bea), /is on a call/],
    ['is disabled', ({ id }) => calls.database.query('UPDATE agents SET enabled = 0 WHERE id = ?', [id]), /is disabled/],
  ])('stays where she is when the other one %s, and the reason is said', async (_, becomes, says) => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const id = newId();
    await calls.talkingCaller(id, ann);
    await becomes(bea);
    const { status, body } = await world.blindTo(ann, id, bea);
    expect([status, body.code]).toEqual([409, 'CALL.TARGET_BUSY']);
    expect((body as unknown as { detail: string }).detail).toMatch(says);
    expect(await world.row(id)).toMatchObject({ state: 'answered', agent_id: ann.id });
  });

  it('is given to one of two agents who want to hand theirs to the same colleague at the same moment', async () => {
    const [ann, eve, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first), await world.seatedOn(world.other)];
    const [one, two] = [newId(), newId()];
    await calls.talkingCaller(one, ann);
    await calls.talkingCaller(two, eve);
    const answers = await Promise.all([world.blindTo(ann, one, bea), world.blindTo(eve, two, bea)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  });

  it('comes to the queue when the other one does not get the leg in time', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.other)];
    const { queueId } = await addQueue(calls.database, { skills: ['nobody-has-this'] });
    const id = newId();
    const leg = await calls.talkingCaller(id, ann, queueId);
    await world.blindTo(ann, id, bea);
    await calls.runsOut(id);
    await calls.is(id, 'queued');
    await until('the leg is in the queue', () => actions(world.first, 'Redirect').some(({ channel, context }) => channel === leg && context === 'queue'));
    expect(await world.row(id)).toMatchObject({ agent_id: null, media_server_id: world.first.id, leg_uniqueid: leg });
    await calls.agentIs(bea.id, 'ready');
  });

  it('who was dialled comes back to the first agent, whose wrap-up ends with it', async () => {
    await calls.settings({ wrapUpSeconds: 30 });
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.other)];
    const { id } = await calls.talking(ann);
    await world.blindTo(ann, id, bea);
    await calls.agentIs(ann.id, 'wrap-up');
    await calls.runsOut(id);
    await until('she is offered to the first agent again', async () => (await world.row(id)).agent_id === ann.id, 8_000);
    await calls.is(id, 'answered', 8_000);
    await calls.agentIs(bea.id, 'ready');
    await calls.agentIs(ann.id, 'on-call');
  });

  it('waits on when the other one vanishes on the way', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.other)];
    const { queueId } = await addQueue(calls.database, { skills: ['nobody-has-this'] });
    const id = newId();
    await calls.talkingCaller(id, ann, queueId);
    await world.blindTo(ann, id, bea);
    await calls.ingest.giveUp(calls.manager, bea.seat);
    await calls.is(id, 'queued');
  });

  it('is still with the first agent when the media server refuses', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const id = newId();
    await calls.talkingCaller(id, ann);
    const restore = world.first.asterisk.answer('redirect', (action) => action.error('no'));
    const { status, body } = await world.blindTo(ann, id, bea);
    restore();
    expect([status, body.code]).toEqual([503, 'CALL.MEDIA_SERVER_AWAY']);
    expect(await world.row(id)).toMatchObject({ state: 'answered', agent_id: ann.id });
    expect([(await calls.agentState(ann.id)).state, (await calls.agentState(bea.id)).state]).toEqual(['on-call', 'ready']);
  });
});

describe('a caller who is handed on to a queue', () => {
  it('waits there, and the first agent is free', async () => {
    const ann = await world.seatedOn(world.first);
    const { queueId } = await addQueue(calls.database, { skills: ['nobody-has-this'] });
    const [{ name }] = (await calls.database.query<{ name: string }>('SELECT name FROM queues WHERE id = ?', [queueId])) as [{ name: string }];
    const { id } = await calls.talking(ann);
    expect((await world.transfer(ann, id, { to: `queue:${name}`, kind: 'blind' })).status).toBe(202);
    expect(await world.row(id)).toMatchObject({ state: 'queued', queue_id: queueId, agent_id: null });
    await until('the leg hears music', () => actions(world.first, 'Redirect').some(({ channel, context }) => channel === id && context === 'queue'));
    await calls.agentIs(ann.id, 'ready');
    world.first.asterisk.hangup(id);
    await calls.is(id, 'ended');
  });

  it('that is not there stays where she is', async () => {
    const ann = await world.seatedOn(world.first);
    const { id } = await calls.talking(ann);
    const { status, body } = await world.transfer(ann, id, { to: 'queue:none', kind: 'blind' });
    expect([status, body.code]).toEqual([422, 'CALL.TARGET_UNKNOWN']);
    await calls.is(id, 'answered');
  });
});

describe('who may hand on what', () => {
  it('an agent her own calls alone, while they are on the line', async () => {
    const [ann, eve] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const { id } = await calls.talking(ann);
    expect((await world.transfer(eve, id, { to: '+15550107', kind: 'blind' })).status).toBe(404);
    expect((await world.transfer(eve, randomUUID(), { to: '+15550107', kind: 'blind' })).status).toBe(404);
    world.first.asterisk.hangup(id);
    await calls.is(id, 'ended');
    expect((await world.transfer(ann, id, { to: '+15550107', kind: 'blind' })).body.code).toBe('CALL.ENDED');
    const dialled = await calls.dialled(ann);
    expect((await world.transfer(ann, dialled.id, { to: '+15550107', kind: 'blind' })).body.code).toBe('CALL.WRONG_STATE');
  });

  it('nobody with a body that says nothing', async () => {
    const ann = await world.seatedOn(world.first);
    const { id } = await calls.talking(ann);
    for (const body of [undefined, {}, { to: 'agent:bea' }, { to: 5, kind: 'blind' }, { to: 'agent:', kind: 'blind' }, { to: 'sip:x@y', kind: 'blind' }, { to: 'a\r\nb', kind: 'blind' }, { to: '+15550107', kind: 'cold' }, { to: 'queue:x', kind: 'warm' }, []]) {
      expect([body, (await world.transfer(ann, id, body)).status]).toEqual([body, 400]);
    }
    expect((await world.transfer(ann, id, { to: 'agent:nobody-at-all', kind: 'blind' })).body.code).toBe('CALL.TARGET_UNKNOWN');
    await calls.is(id, 'answered');
  });
});
