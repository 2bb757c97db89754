import { v7 as newId } from 'uuid';
import { call } from './support/api.js';
import { addQueue } from './support/caller-world.js';
import type { CallWorld, SeatedAgent } from './support/call-world.js';
import { actions, TransferWorld, type TransferRow } from './support/transfer-world.js';
import { until } from './support/until.js';

let world: TransferWorld;
let calls: CallWorld;

beforeAll(async () => {
  world = await TransferWorld.create();
  ({ calls } = world);
}, 60_000);
afterAll(() => calls.stop());
afterEach(() => world.clear());

interface Asked {
  readonly ann: SeatedAgent;
  readonly bea: SeatedAgent;
  readonly id: string;
  readonly leg: string;
  readonly consultation: TransferRow;
}

/** Ann has a caller and asks Bea, who sits on this media server; their legs are ordered and nothing of them is seen yet. */
async function asked(server = world.other): Promise<Asked> {
  const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(server)];
  const id = newId();
  const leg = await calls.talkingCaller(id, ann);
  const { status } = await world.transfer(ann, id, { to: await world.nameOf(bea), kind: 'warm' });
  expect(status).toBe(202);
  const consultation = await world.cameOf(id);
  await world.first.asterisk.until(() => world.first.asterisk.model.find(consultation.id) !== undefined);
  return { ann, bea, id, leg, consultation };
}

/** They talk, and the caller hears music. */
async function talking(server = world.other): Promise<Asked> {
  const consulting = await asked(server);
  const { bea, id, consultation } = consulting;
  bea.asterisk.farEnd.arrive({ callId: consultation.id, uniqueid: `near-${consultation.id}`, role: 'consult', place: { conference: bea.seat.conference } });
  world.first.asterisk.farEnd.answer(consultation.id);
  await calls.is(consultation.id, 'answered');
  await calls.is(id, 'held');
  return consulting;
}

const clientLegs = async ({ seat }: SeatedAgent): Promise<number> => (await calls.ingest.read(seat)).clientLegs;

describe('a colleague who is asked while the client hears music', () => {
  it('has a call of her own with the agent, which no conference counts as a client', async () => {
    const { ann, bea, id, consultation } = await talking();
    const [originate] = world.first.asterisk.dialled.slice(-1);
    expect(originate!.get('Channel')).toMatch(new RegExp(`^PJSIP/proxy/sip:t[a-z2-7]{26}@${world.other.name}\\.test:5060$`));
    expect(originate!.all('Variable')).toContain('NAILUP_ROLE=consult');
    expect(consultation).toMatchObject({ agent_id: bea.id, purpose: 'consultation', from_number: await world.nameOf(ann), to_number: await world.nameOf(bea) });
    expect([(await calls.agentState(ann.id)).state, (await calls.agentState(bea.id)).state]).toEqual(['on-call', 'on-call']);
    await until('the client is seen to have left', async () => (await clientLegs(ann)) === 0);
    expect(await clientLegs(bea)).toBe(0);
    expect((await calls.get(ann.token, `/${id}`)).body.consultation).toMatchObject({ callId: consultation.id, state: 'answered' });
    expect((await calls.get(bea.token, `/${consultation.id}`)).body).toMatchObject({ purpose: 'consultation', originCallId: id });
    const heard = (await calls.told(id)).filter(({ type }) => type === 'call.consultation');
    expect(heard.map(({ agentId, data }) => [agentId, (data['consultation'] as { state: string }).state])).toEqual([[ann.id, 'ringing'], [ann.id, 'answered']]);
  });

  it('takes the client over, and the agent is free: one call, from one to the other', async () => {
    await calls.settings({ wrapUpSeconds: 30 });
    const { ann, bea, id, leg, consultation } = await talking();
    expect((await calls.post(ann.token, `/${id}/transfer/complete`)).status).toBe(202);
    expect(await world.row(consultation.id)).toMatchObject({ state: 'ended', end_reason: 'transferred' });
    expect(await world.row(id)).toMatchObject({ state: 'ringing', agent_id: bea.id, far_uniqueid: leg });
    await calls.agentIs(ann.id, 'wrap-up');
    expect((await calls.agentState(bea.id)).state).toBe('on-call');
    await until('the consultation hangs up', () => world.first.asterisk.model.find(consultation.id) === undefined);
    bea.asterisk.farEnd.arrive({ callId: id, uniqueid: `near-${id}`, place: { conference: bea.seat.conference } });
    await calls.is(id, 'answered');
    world.first.asterisk.hangup(leg);
    await calls.is(id, 'ended');
    await calls.agentIs(bea.id, 'wrap-up');
    expect((await calls.types(consultation.id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('sits on the same media server: the client goes straight to her', async () => {
    const { ann, bea, id, leg } = await talking(world.first);
    await calls.post(ann.token, `/${id}/transfer/complete`);
    await calls.is(id, 'answered');
    expect(await world.row(id)).toMatchObject({ agent_id: bea.id, leg_uniqueid: leg });
  });

  it('goes, and the client is back with the agent', async () => {
    const { ann, bea, id, consultation } = await talking();
    expect((await calls.post(ann.token, `/${id}/transfer/cancel`)).status).toBe(202);
    await calls.is(id, 'answered');
    await calls.is(consultation.id, 'ended');
    expect((await world.row(id)).agent_id).toBe(ann.id);
    await calls.agentIs(bea.id, 'ready');
    expect(world.first.asterisk.model.find(consultation.id)).toBeUndefined();
  });

  it('hears the client as well once she has joined, and keeps her when the agent leaves', async () => {
    const { ann, bea, id, leg, consultation } = await talking();
    await calls.post(ann.token, `/${id}/transfer/join`);
    await calls.is(id, 'answered');
    expect((await world.row(consultation.id)).state).toBe('answered');
    expect(world.first.asterisk.members(ann.seat.conference).map(({ uniqueid }) => uniqueid)).toEqual(expect.arrayContaining([leg, consultation.id]));
    expect((await calls.post(ann.token, `/${id}/transfer/complete`)).status).toBe(202);
    expect(await world.row(id)).toMatchObject({ state: 'ringing', agent_id: bea.id });
  });

  it('who does not come in time is asked no more, and the client can be brought back', async () => {
    const { ann, bea, id, consultation } = await asked();
    await calls.runsOut(consultation.id);
    await calls.is(consultation.id, 'ended');
    expect((await world.row(consultation.id)).end_reason).toBe('no-answer');
    await calls.agentIs(bea.id, 'ready');
    expect((await calls.post(ann.token, `/${id}/transfer/complete`)).body.code).toBe('CALL.NO_CONSULTATION');
    await calls.post(ann.token, `/${id}/transfer/cancel`);
    await calls.is(id, 'answered');
  });

  it('is let go when the client hangs up, and when the agent vanishes', async () => {
    for (const ends of ['client', 'agent'] as const) {
      const { ann, bea, id, leg, consultation } = await talking();
      if (ends === 'client') world.first.asterisk.hangup(leg);
      else await calls.vanishes(ann);
      await calls.is(consultation.id, 'ended');
      expect(world.first.asterisk.model.find(consultation.id)).toBeUndefined();
      // The caller of an agent who has gone waits for the next one, who may be the colleague.
      await until('the agent has the call no more', async () => ends === 'client' ? (await world.row(id)).state === 'ended' : (await world.row(id)).agent_id !== ann.id);
      if (ends === 'client') await calls.agentIs(bea.id, 'ready');
      await world.clear();
    }
  });

  it('whose media server dies leaves the client on hold with the agent', async () => {
    const { ann, id, consultation } = await talking();
    await world.other.asterisk.restart('rst');
    await calls.is(consultation.id, 'ended', 15_000);
    expect((await world.row(consultation.id)).end_reason).toBe('media-server-failed');
    expect(await world.row(id)).toMatchObject({ state: 'held', agent_id: ann.id });
    await calls.ingest.health(world.other, 'healthy');
  });

  it('is one at a time, is no client to be handed on, and is nobody\'s who asks from elsewhere', async () => {
    const { ann, bea, id, consultation } = await talking();
    const eve = await world.seatedOn(world.first);
    expect((await world.transfer(ann, id, { to: await world.nameOf(eve), kind: 'warm' })).body.code).toBe('CALL.CONSULTING');
    expect((await world.transfer(bea, consultation.id, { to: await world.nameOf(eve), kind: 'blind' })).body.code).toBe('CALL.WRONG_STATE');
    for (const what of ['complete', 'cancel', 'join']) expect((await calls.post(eve.token, `/${id}/transfer/${what}`)).status).toBe(404);
    const other = newId();
    await calls.talkingCaller(other, eve);
    expect((await world.transfer(eve, other, { to: await world.nameOf(bea), kind: 'warm' })).body.code).toBe('CALL.TARGET_BUSY');
  });

  it('is not asked when the client cannot be put on hold', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.other)];
    const { id } = await calls.talking(ann);
    const before = world.first.asterisk.dialled.length;
    const restore = world.first.asterisk.answer('redirect', (action) => action.error('no'));
    expect((await world.transfer(ann, id, { to: await world.nameOf(bea), kind: 'warm' })).body.code).toBe('CALL.MEDIA_SERVER_AWAY');
    restore();
    expect(world.first.asterisk.dialled).toHaveLength(before);
    expect((await world.row(id)).state).toBe('answered');
    await calls.agentIs(bea.id, 'ready');
  });
});

describe('a number that is asked while the client hears music', () => {
  async function talkingWithNumber(queueId: string | null = null): Promise<Omit<Asked, 'bea'>> {
    const ann = await world.seatedOn(world.first);
    const id = newId();
    const leg = await calls.talkingCaller(id, ann, queueId);
    expect((await world.transfer(ann, id, { to: '+15550107', kind: 'warm' })).status).toBe(202);
    const consultation = await world.cameOf(id);
    await world.first.asterisk.until(() => world.first.asterisk.model.find(consultation.id) !== undefined);
    world.first.asterisk.farEnd.ring(consultation.id);
    world.first.asterisk.farEnd.answer(consultation.id);
    await calls.is(consultation.id, 'answered');
    await calls.is(id, 'held');
    return { ann, id, leg, consultation };
  }

  it('is brought together with the client, in the call the consultation has become; the agent is free', async () => {
    const { ann, id, leg, consultation } = await talkingWithNumber();
    expect((await calls.post(ann.token, `/${id}/transfer/complete`)).body).toMatchObject({ state: 'ended', endReason: 'transferred' });
    await calls.agentIs(ann.id, 'ready');
    const sent = actions(world.first, 'Redirect').slice(-2);
    expect(sent).toEqual([expect.objectContaining({ channel: consultation.id, context: 'meeting' }), expect.objectContaining({ channel: leg, context: 'onward', exten: `w${consultation.id}` })]);
    expect(await world.row(consultation.id)).toMatchObject({ state: 'answered', purpose: 'onward', agent_id: null, from_number: '+15550142', leg_uniqueid: leg });
    world.first.asterisk.hangup(consultation.id);
    world.first.asterisk.hangup(leg);
    await calls.is(consultation.id, 'ended');
    expect((await calls.types(consultation.id)).filter((type) => type === 'call.ended')).toHaveLength(1);
    expect((await calls.types(id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('that hangs up in the moment of that sends the client to the queue', async () => {
    const { queueId } = await addQueue(calls.database, { skills: ['nobody-has-this'] });
    const { ann, id, leg, consultation } = await talkingWithNumber(queueId);
    await calls.post(ann.token, `/${id}/transfer/complete`);
    await calls.database.query("UPDATE agents SET state = 'paused' WHERE id = ?", [ann.id]);
    world.first.asterisk.farEnd.walk(world.first.asterisk.model.find(leg)!, 'queue', 'wait');
    await calls.is(consultation.id, 'queued');
    expect(await world.row(consultation.id)).toMatchObject({ queue_id: queueId, leg_uniqueid: leg });
  });

  it('that is busy leaves the client on hold, and the reason is shown', async () => {
    const ann = await world.seatedOn(world.first);
    const { id } = await calls.talking(ann);
    await world.transfer(ann, id, { to: '+15550102', kind: 'warm' });
    const consultation = await world.cameOf(id);
    await world.first.asterisk.until(() => world.first.asterisk.model.find(consultation.id) !== undefined);
    world.first.asterisk.hangup(consultation.id, 17);
    await calls.is(consultation.id, 'ended');
    expect((await calls.get(ann.token, `/${id}`)).body).toMatchObject({ state: 'held', consultation: { state: 'ended', endReason: 'busy' } });
  });
});

describe('the directory', () => {
  it('shows an agent the names of colleagues and queues, who is free, and not herself', async () => {
    const [ann, bea] = [await world.seatedOn(world.first), await world.seatedOn(world.first)];
    const { status, body } = await call<{ items: { username: string; free: boolean }[]; queues: { name: string }[] }>(calls.manager, 'GET', '/api/v1/agents/directory', { token: ann.token });
    expect(status).toBe(200);
    const named = (who: string): { free: boolean } | undefined => body.items.find(({ username }) => `agent:${username}` === who);
    expect(named(await world.nameOf(bea))).toMatchObject({ state: 'ready', free: true });
    expect(named(await world.nameOf(ann))).toBeUndefined();
  });
});
