import { v7 as newId } from 'uuid';
import { CallWorld, type SeatedAgent } from './support/call-world.js';
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

/** A caller who came in by the other media server and talks with an agent on the first one. */
async function across(): Promise<{ ann: SeatedAgent; id: string; far: string }> {
  const ann = await world.seatedOn(world.first);
  const id = newId();
  await calls.offered(id, ann, null);
  const far = `far-${id}`;
  await calls.database.query('UPDATE calls SET far_media_server_id = ?, far_uniqueid = ? WHERE id = ?', [world.other.id, far, id]);
  world.other.asterisk.farEnd.arrive({ callId: id, uniqueid: far, place: 'queue' });
  world.first.asterisk.farEnd.arrive({ callId: id, uniqueid: `near-${id}`, place: { conference: ann.seat.conference } });
  await calls.is(id, 'answered');
  return { ann, id, far };
}

describe('a caller who is handed on to a number', () => {
  it('leaves the agent with a call that ended by it, and goes on in a call of her own which ends once', async () => {
    const ann = await world.seatedOn(world.first);
    const id = newId();
    const leg = await calls.talkingCaller(id, ann);
    const { status, body } = await world.transfer(ann, id, { to: '+15550107', kind: 'blind' });
    expect([status, body.state, body.endReason]).toEqual([202, 'ended', 'transferred']);
    await calls.agentIs(ann.id, 'ready');
    const onward = await world.cameOf(id);
    expect((await calls.told(id)).find(({ type }) => type === 'call.transferred')!.data).toMatchObject({ fromAgentId: ann.id, toAgentId: null, toNumber: '+15550107', onwardCallId: onward.id });
    expect(onward).toMatchObject({ direction: 'outbound', agent_id: null, from_number: '+15550142', to_number: '+15550107' });
    expect(actions(world.first, 'Setvar').filter(({ channel }) => channel === leg)).toEqual([
      expect.objectContaining({ variable: '__NAILUP_CALL', value: onward.id }),
      expect.objectContaining({ variable: 'NAILUP_SIGNATURE', value: expect.stringMatching(/^\d+\.[0-9a-f]{64}$/) }),
    ]);
    expect(actions(world.first, 'Redirect').at(-1)).toMatchObject({ channel: leg, context: 'onward', exten: '+15550107' });
    const dialled = world.first.asterisk.farEnd.dialsOnward(leg);
    await calls.is(onward.id, 'ringing');
    world.first.asterisk.farEnd.takesOnward(dialled);
    await calls.is(onward.id, 'answered');
    world.first.asterisk.hangup(dialled);
    world.first.asterisk.hangup(leg);
    await calls.is(onward.id, 'ended');
    expect((await world.row(onward.id)).end_reason).toBe('caller-hung-up');
    expect((await calls.types(onward.id)).filter((type) => type === 'call.ended')).toHaveLength(1);
    expect((await calls.types(id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('that is busy comes back to the agent who is still free', async () => {
    await calls.settings({ wrapUpSeconds: 30 });
    const ann = await world.seatedOn(world.first);
    const id = newId();
    const leg = await calls.talkingCaller(id, ann);
    await world.transfer(ann, id, { to: '+15550102', kind: 'blind' });
    const onward = await world.cameOf(id);
    world.first.asterisk.hangup(world.first.asterisk.farEnd.dialsOnward(leg), 17);
    world.first.asterisk.farEnd.walk(world.first.asterisk.model.find(leg)!, 'queue', 'wait');
    await calls.is(onward.id, 'answered', 8_000);
    expect(await world.row(onward.id)).toMatchObject({ agent_id: ann.id, leg_uniqueid: leg });
    world.first.asterisk.hangup(leg);
    await calls.is(onward.id, 'ended');
  });

  it('that is busy goes to the queue when the agent has gone, and without one is told so and let go', async () => {
    const { queueId } = await addQueue(calls.database, { skills: ['nobody-has-this'] });
    for (const queue of [queueId, null]) {
      const ann = await world.seatedOn(world.first);
      const id = newId();
      const leg = await calls.talkingCaller(id, ann, queue);
      await world.transfer(ann, id, { to: '+15550102', kind: 'blind' });
      await calls.database.query("UPDATE agents SET state = 'paused' WHERE id = ?", [ann.id]);
      const onward = await world.cameOf(id);
      world.first.asterisk.hangup(world.first.asterisk.farEnd.dialsOnward(leg), 17);
      world.first.asterisk.farEnd.walk(world.first.asterisk.model.find(leg)!, 'queue', 'wait');
      await calls.is(onward.id, 'queued');
      if (queue === null) {
        await until('the caller is told', () => actions(world.first, 'Redirect').some(({ channel, context }) => channel === leg && context === 'sorry'));
        world.first.asterisk.hangup(leg);
        await calls.is(onward.id, 'ended');
        expect(await world.row(onward.id)).toMatchObject({ end_reason: 'busy', hangup_cause: 17 });
      } else expect((await world.row(onward.id)).queue_id).toBe(queueId);
    }
  });

  it('comes back to the agent when the media server refuses to send her out', async () => {
    const ann = await world.seatedOn(world.first);
    const id = newId();
    const leg = await calls.talkingCaller(id, ann);
    const restore = world.first.asterisk.answer('setvar', (action) => action.error('no'));
    await world.transfer(ann, id, { to: '+15550107', kind: 'blind' });
    restore();
    const onward = await world.cameOf(id);
    expect(onward).toMatchObject({ state: 'queued', wanted_agent_id: ann.id });
    // Its leg is still shown as the former call's, by every snapshot, until it is sent to the queue again.
    await calls.runsOut(onward.id);
    await calls.is(onward.id, 'answered', 10_000);
    expect(await world.row(onward.id)).toMatchObject({ agent_id: ann.id, leg_uniqueid: leg });
  });

  it('is not lost when the manager is killed before it has ordered anything: another one brings her back', async () => {
    const killed = await calls.ingest.manager(CallWorld.env);
    const ann = await world.seatedOn(world.first);
    const id = newId();
    const leg = await calls.talkingCaller(id, ann);
    const restore = world.first.asterisk.answer('setvar', () => undefined);
    const lost = calls.post(ann.token, `/${id}/transfer`, { to: '+15550107', kind: 'blind' }, killed).catch(() => null);
    await until('it is written', async () => (await world.cameOf(id)) !== undefined);
    await killed.kill();
    await lost;
    restore();
    const onward = await world.cameOf(id);
    await calls.runsOut(onward.id);
    await calls.is(onward.id, 'answered', 20_000);
    expect(await world.row(onward.id)).toMatchObject({ agent_id: ann.id, leg_uniqueid: leg });
    expect((await calls.types(id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('goes out from the media server she came in by, where the agent sits on another one', async () => {
    const { ann, id, far } = await across();
    await world.transfer(ann, id, { to: '+15550107', kind: 'blind' });
    expect(actions(world.other, 'Redirect').at(-1)).toMatchObject({ channel: far, context: 'onward' });
    const onward = await world.cameOf(id);
    expect(onward).toMatchObject({ media_server_id: world.other.id, leg_uniqueid: far, far_uniqueid: null });
    // The way across ends with it, of which the call that has ended knows nothing any more.
    world.first.asterisk.hangup(`near-${id}`);
    world.other.asterisk.farEnd.takesOnward(world.other.asterisk.farEnd.dialsOnward(far));
    await calls.is(onward.id, 'answered');
    world.other.asterisk.hangup(far);
    await calls.is(onward.id, 'ended');
  });

  it('is brought together with the number that was asked where the agent sits, over the way she came across', async () => {
    const { ann, id, far } = await across();
    await world.transfer(ann, id, { to: '+15550107', kind: 'warm' });
    const asked = await world.cameOf(id);
    await world.first.asterisk.until(() => world.first.asterisk.model.find(asked.id) !== undefined);
    world.first.asterisk.farEnd.answer(asked.id);
    await calls.is(asked.id, 'answered');
    await calls.is(id, 'held');
    expect((await calls.post(ann.token, `/${id}/transfer/complete`)).status).toBe(202);
    expect(await world.row(asked.id)).toMatchObject({ leg_uniqueid: `near-${id}`, far_uniqueid: far, far_media_server_id: world.other.id });
    expect(actions(world.other, 'Setvar').at(-1)).toMatchObject({ channel: far, variable: '__NAILUP_CALL', value: asked.id });
    world.other.asterisk.hangup(far);
    await calls.is(asked.id, 'ended');
  });

  it('must be one that may be called', async () => {
    const ann = await world.seatedOn(world.first);
    const { id } = await calls.talking(ann);
    expect((await world.transfer(ann, id, { to: '911', kind: 'blind' })).body.code).toBe('CALL.NUMBER_NOT_ALLOWED');
    await calls.is(id, 'answered');
  });
});
