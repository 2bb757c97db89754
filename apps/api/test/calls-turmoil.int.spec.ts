import { randomUUID } from 'node:crypto';
import { call } from './support/api.js';
import { CallWorld, dials, type SeatedAgent } from './support/call-world.js';
import { until } from './support/until.js';

let world: CallWorld;
let ann: SeatedAgent;

beforeAll(async () => {
  world = await CallWorld.create({ RECONCILE_SECONDS: '1' });
});
afterAll(() => world.stop());
beforeEach(async () => {
  ann = await world.seatedAgent();
});

/** Leaves Originates of numbers to the test for one call. */
function takesOrders(how: (dial: () => void, refuse: () => void) => void): () => void {
  return ann.asterisk.answer('Originate', (action) => {
    if (action.message.get('ChannelId') === undefined) return action.success();
    how(
      () => {
        ann.asterisk.dialled.push(action.message);
        ann.asterisk.farEnd.dial(action.message);
      },
      () => action.error('Extension does not exist.'),
    );
  });
}

const ends = async (id: string): Promise<number> => (await world.types(id)).filter((type) => type === 'call.ended').length;

describe('an order to call', () => {
  it('whose answer is lost is not given again: the leg shows itself', async () => {
    const again = takesOrders((dial) => dial());
    const placed = await world.post(ann.token, '', { to: '+15550101' });
    again();
    expect(placed).toMatchObject({ status: 202, body: { state: 'dialing' } });
    ann.asterisk.farEnd.answer(placed.body.id);
    await world.is(placed.body.id, 'answered');
    expect(dials(ann.asterisk).filter((id) => id === placed.body.id)).toHaveLength(1);
    ann.asterisk.hangup(placed.body.id);
  });

  it('that is refused ends the call, and she hears so at once', async () => {
    const again = takesOrders((_, refuse) => refuse());
    const placed = await world.post(ann.token, '', { to: '+15550101' });
    again();
    expect(placed.body).toMatchObject({ status: 503, code: 'CALL.MEDIA_SERVER_AWAY' });
    expect(placed.headers.get('retry-after')).not.toBeNull();
    const [row] = await world.database.query<{ id: string; end_reason: string }>('SELECT id, end_reason FROM calls WHERE agent_id = ?', [ann.id]);
    expect(row?.end_reason).toBe('congestion');
    expect(await ends(row!.id)).toBe(1);
    await world.agentIs(ann.id, 'ready');
  });

  it('of which nothing is ever seen runs out, and a leg that comes late belongs to nobody', async () => {
    let late: (() => void) | undefined;
    const again = ann.asterisk.answer('Originate', (action) => {
      action.success(['Message', 'Originate successfully queued']);
      if (action.message.get('ChannelId') !== undefined) late = () => void ann.asterisk.farEnd.dial(action.message);
    });
    const { id } = (await world.post(ann.token, '', { to: '+15550101' })).body;
    again();
    await world.runsOut(id);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'congestion' });
    late?.();
    expect(ann.asterisk.model.find(id)).toBeDefined();
    await ann.asterisk.until(() => ann.asterisk.model.find(id) === undefined);
    expect(await ends(id)).toBe(1);
  });

  it('that could not be carried out on the media server ends the call', async () => {
    const again = ann.asterisk.answer('Originate', (action) => {
      action.success(['Message', 'Originate successfully queued']);
      ann.asterisk.broadcast([['Event', 'OriginateResponse'], ['ActionID', action.message.ActionID ?? ''], ['Response', 'Failure'], ['Reason', 0], ['Uniqueid', '<null>']]);
    });
    const { id } = (await world.post(ann.token, '', { to: '+15550101' })).body;
    again();
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'congestion' });
  });
});

describe('a call whose agent', () => {
  it('reloads her page goes on', async () => {
    const { id } = await world.talking(ann);
    ann.asterisk.hangup(ann.asterisk.members(ann.seat.conference)[0]!.uniqueid);
    await world.ingest.stateOf(ann.seat, 'lost');
    expect((await world.row(id)).state).toBe('answered');
    ann.asterisk.join(ann.seat.conference);
    await world.ingest.stateOf(ann.seat, 'connected');
    expect((await world.row(id)).state).toBe('answered');
    expect((await world.agentState(ann.id)).state).toBe('on-call');
    ann.asterisk.hangup(id);
    await world.is(id, 'ended');
  });

  it('never comes back waits in its queue again, when it has one', async () => {
    const id = randomUUID();
    const leg = await world.talkingCaller(id, ann);
    await world.vanishes(ann);
    await world.is(id, 'queued');
    await ann.asterisk.until(() => ann.asterisk.model.find(leg)?.context === 'queue');
    expect(await world.row(id)).toMatchObject({ agent_id: null, leg_uniqueid: leg });
    await until('nothing is due of it', async () => (await world.database.query<{ due_at: Date | null }>('SELECT due_at FROM calls WHERE id = ?', [id]))[0]?.due_at === null);
    expect((await world.told(id)).map(({ type, agentId }) => [type, agentId])).toEqual([['call.answered', ann.id], ['call.queued', ann.id]]);
    expect((await world.agentState(ann.id)).state).toBe('offline');
    ann.asterisk.hangup(leg);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'caller-hung-up' });
  });

  it('never comes back is over, when it has none', async () => {
    const { id } = await world.talking(ann);
    await world.vanishes(ann);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'agent-hung-up' });
    await ann.asterisk.until(() => ann.asterisk.model.find(id) === undefined);
  });

  it('hears nothing any more and reports her media server was cut off by it, not by her: her phone offers to call back', async () => {
    const { id } = await world.talking(ann);
    const report = { stage: 'websocket', reason: 'No answer to the WebSocket handshake' };
    expect((await call(world.manager, 'POST', `/api/v1/placements/${ann.seat.id}/failure`, { token: ann.token, body: report })).status).toBe(200);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'media-server-failed' });
    await ann.asterisk.until(() => ann.asterisk.model.find(id) === undefined);
  });

  it('had hung up when her media server was cut off was ended by her, though it could not be told', async () => {
    const { id } = await world.talking(ann);
    const again = ann.asterisk.answer('Hangup', (action) => action.success(['Message', 'Channel Hungup']));
    await world.post(ann.token, `/${id}/hangup`);
    const report = { stage: 'websocket', reason: 'No answer to the WebSocket handshake' };
    await call(world.manager, 'POST', `/api/v1/placements/${ann.seat.id}/failure`, { token: ann.token, body: report });
    await world.is(id, 'ended');
    again();
    expect(await world.row(id)).toMatchObject({ end_reason: 'agent-hung-up' });
    await ann.asterisk.until(() => ann.asterisk.model.find(id) === undefined);
  });
});

describe('a caller', () => {
  it('who gives up waiting has abandoned the call', async () => {
    const id = randomUUID();
    await world.waiting(id, ann, randomUUID());
    ann.asterisk.hangup((await world.row(id)).leg_uniqueid!);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'abandoned', hangup_cause: 16 });
  });

  it('who never reached the agent goes back to the queue, and the agent is free', async () => {
    const id = randomUUID();
    await world.waiting(id, ann, randomUUID());
    await world.database.query("UPDATE agents SET resume_state = 'ready', state = 'on-call' WHERE id = ?", [ann.id]);
    await world.database.query("UPDATE calls SET state = 'ringing', agent_id = ?, placement_id = ?, conference = ? WHERE id = ?", [ann.id, ann.seat.id, ann.seat.conference, id]);
    await world.runsOut(id);
    await world.is(id, 'queued');
    await world.agentIs(ann.id, 'ready');
    expect(await world.row(id)).toMatchObject({ agent_id: null });
    ann.asterisk.hangup((await world.row(id)).leg_uniqueid!);
  });

  it('who was promised an agent and never came has abandoned the call', async () => {
    const id = randomUUID();
    await world.offered(id, ann, randomUUID());
    await world.runsOut(id);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'abandoned' });
    await world.agentIs(ann.id, 'ready');
  });
});

describe('what nobody heard', () => {
  it('is made good by the slow beat: a leg that is gone has ended its call', async () => {
    const { id } = await world.talking(ann);
    const channel = ann.asterisk.model.find(id)!.channel;
    ann.asterisk.model.leave(ann.seat.conference, id);
    ann.asterisk.model.channels.delete(channel);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'caller-hung-up', hangup_cause: null });
  });

  it('no leg stands without a call: of one that is unknown, and of one that is over', async () => {
    const stranger = ann.asterisk.farEnd.arrive({ callId: randomUUID(), place: 'queue' });
    await ann.asterisk.until(() => ann.asterisk.model.find(stranger) === undefined);
    const { id } = await world.talking(ann);
    await world.database.query("UPDATE calls SET state = 'ended', ended_at = NOW(3) WHERE id = ?", [id]);
    await ann.asterisk.until(() => ann.asterisk.model.find(id) === undefined);
    await world.database.query("UPDATE agents SET state = 'ready' WHERE id = ?", [ann.id]);
  });

  it('a hang-up that was lost is ordered again', async () => {
    const { id } = await world.talking(ann);
    const again = ann.asterisk.answer('Hangup', (action) => action.success());
    await world.post(ann.token, `/${id}/hangup`);
    again();
    expect((await world.row(id)).state).toBe('answered');
    await world.runsOut(id);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'agent-hung-up' });
  });
});
