import { createHmac } from 'node:crypto';
import type { CallLadderView } from '../src/calls/call.view.js';
import { CallWorld, dials, proxySecret, type SeatedAgent } from './support/call-world.js';
import { until } from './support/until.js';

let world: CallWorld;
let ann: SeatedAgent;

beforeAll(async () => {
  world = await CallWorld.create();
});
afterAll(() => world.stop());
beforeEach(async () => {
  ann = await world.seatedAgent();
});

describe('an agent who calls somebody', () => {
  it('hears it ring, talks when it is answered, and is free again when they hang up', async () => {
    const { id } = await world.dialled(ann);
    await world.agentIs(ann.id, 'on-call');
    ann.asterisk.farEnd.ring(id);
    await world.is(id, 'ringing');
    ann.asterisk.farEnd.answer(id);
    await world.is(id, 'answered');
    ann.asterisk.hangup(id);
    await world.is(id, 'ended');
    await world.agentIs(ann.id, 'ready');
    expect((await world.get(ann.token, `/${id}`)).body).toMatchObject({
      direction: 'outbound', state: 'ended', from: '+15550199', to: '+15550101', agentId: ann.id, placementId: ann.seat.id, mediaServerId: ann.server.id,
      endReason: 'caller-hung-up', hangupCause: 16, hangupText: 'Hung up', recordings: [], disposition: null, quality: null,
      ringingAt: expect.any(String), answeredAt: expect.any(String), endedAt: expect.any(String), mediaServer: { name: 'ms1' }, agent: { id: ann.id },
    });
    expect(await world.types(id)).toEqual(['call.dialing', 'call.ringing', 'call.answered', 'call.ended']);
    expect((await world.told(id)).map(({ agentId }) => agentId)).toEqual([ann.id, ann.id, ann.id, ann.id]);
    const ladder = (await world.get<{ items: { type: string }[] }>(ann.token, `/${id}/events`)).body.items.map(({ type }) => type);
    expect(ladder).toEqual(['call.dialing', 'leg.originated', 'leg.ringing', 'call.ringing', 'leg.up', 'leg.joined', 'call.answered', 'leg.left', 'leg.hangup', 'call.ended']);
  });

  it('is dialled once, into her conference, with a signature the proxy can check', async () => {
    const { id } = await world.dialled(ann, '(202) 555-0142');
    const [order] = ann.asterisk.dialled.filter((message) => message.get('ChannelId') === id);
    expect(order?.headers).toMatchObject({ Channel: 'PJSIP/+12025550142@proxy', Async: 'true', Timeout: '45000', Context: 'clients', Exten: ann.seat.conference, Priority: '1', CallerID: '+15550199' });
    const [first, second, call, signed] = order?.all('Variable') ?? [];
    expect([first, second, call]).toEqual([`__NAILUP_CALL=${id}`, 'NAILUP_ROLE=client', `PJSIP_HEADER(add,X-Nailup-Call)=${id}`]);
    const [, expires, hex] = /^PJSIP_HEADER\(add,X-Nailup-Signature\)=(\d+)\.([0-9a-f]{64})$/.exec(signed ?? '') ?? [];
    expect(hex).toBe(createHmac('sha256', proxySecret).update(`${id}|+12025550142|${expires}`).digest('hex'));
    expect(Number(expires)).toBeGreaterThan(Date.now() / 1000 + 20);
    ann.asterisk.hangup(id, 17);
    await world.is(id, 'ended');
  });

  it.each([
    ['the line is busy', 17, 'busy', 'The line is busy'],
    ['nobody answers', 19, 'no-answer', 'Nobody answered'],
    ['the call is rejected', 21, 'rejected', 'The call was rejected'],
    ['the number is not in use', 1, 'rejected', 'The number is not in use'],
    ['no line is free', 34, 'congestion', 'No line is free'],
    ['her own patience runs out', 16, 'no-answer', 'Hung up'],
  ])('learns that %s', async (_, cause, endReason, hangupText) => {
    const { id } = await world.dialled(ann);
    ann.asterisk.hangup(id, cause);
    await world.is(id, 'ended');
    expect((await world.get(ann.token, `/${id}`)).body).toMatchObject({ endReason, hangupCause: cause, hangupText, answeredAt: null });
    await world.agentIs(ann.id, 'ready');
    expect((await world.types(id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('hangs up while it rings: the call is cancelled, and its leg ends', async () => {
    const { id } = await world.dialled(ann);
    ann.asterisk.farEnd.ring(id);
    await world.is(id, 'ringing');
    expect((await world.post(ann.token, `/${id}/hangup`)).status).toBe(202);
    await world.is(id, 'ended');
    expect(ann.asterisk.model.find(id)).toBeUndefined();
    expect(await world.row(id)).toMatchObject({ end_reason: 'cancelled' });
    expect((await world.post(ann.token, `/${id}/hangup`)).body).toMatchObject({ state: 'ended', endReason: 'cancelled' });
  });

  it('hangs up what is only ordered: it is cancelled at once, and a leg that comes of it later is hung up', async () => {
    let late: (() => void) | undefined;
    const again = ann.asterisk.answer('Originate', (action) => {
      if (action.message.get('ChannelId') === undefined) return action.success();
      action.success(['Message', 'Originate successfully queued']);
      late = () => void ann.asterisk.farEnd.dial(action.message);
    });
    const placed = await world.post(ann.token, '', { to: '+15550101' });
    expect((await world.post(ann.token, `/${placed.body.id}/hangup`)).body).toMatchObject({ state: 'ended', endReason: 'cancelled' });
    late?.();
    again();
    await ann.asterisk.until(() => ann.asterisk.model.find(placed.body.id) === undefined);
    await world.agentIs(ann.id, 'ready');
  });

  it('hangs up a call she talks in', async () => {
    const { id } = await world.talking(ann);
    await world.post(ann.token, `/${id}/hangup`);
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'agent-hung-up' });
    expect(ann.asterisk.members(ann.seat.conference)).toHaveLength(1);
  });

  it('holds the other side, sends tones, and hears what they press', async () => {
    const { id } = await world.talking(ann);
    expect((await world.post(ann.token, `/${id}/resume`)).body).toMatchObject({ code: 'CALL.WRONG_STATE' });
    await world.post(ann.token, `/${id}/hold`);
    await world.is(id, 'held');
    expect((await world.post(ann.token, `/${id}/dtmf`, { digits: '1' })).status).toBe(409);
    const since = async (type: string) => [(await world.get(ann.token, `/${id}`)).body.stateSince, (await world.get<CallLadderView>(ann.token, `/${id}/events`)).body.items.findLast((step) => step.type === type)?.at];
    const [held, heldStep] = await since('call.held');
    expect(held).toBe(heldStep);
    await world.post(ann.token, `/${id}/resume`);
    await world.is(id, 'answered');
    const [resumed, resumedStep] = await since('call.resumed');
    expect([resumed, String(resumed) > String(held)]).toEqual([resumedStep, true]);
    await world.post(ann.token, `/${id}/dtmf`, { digits: '12#' });
    expect(ann.asterisk.farEnd.played.get(id)).toBe('12#');
    ann.asterisk.farEnd.press(id, '7');
    await until('the key is on the ladder', async () => (await world.get<{ items: { type: string; data: { digit?: string } }[] }>(ann.token, `/${id}/events`)).body.items.some(({ type, data }) => type === 'leg.dtmf' && data.digit === '7'));
    expect(await world.types(id)).toEqual(['call.dialing', 'call.answered', 'call.held', 'call.resumed', 'call.dtmf']);
    expect((await world.told(id)).filter(({ type }) => type === 'call.dtmf').map(({ data }) => data['digit'])).toEqual(['7']);
    ann.asterisk.hangup(id);
    await world.is(id, 'ended');
    expect((await world.post(ann.token, `/${id}/hold`)).body).toMatchObject({ code: 'CALL.ENDED' });
  });

  it('never has two calls, whoever places the second one', async () => {
    const placed = await Promise.all(Array.from({ length: 5 }, () => world.post(ann.token, '', { to: '+15550101' })));
    expect(placed.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    expect(placed.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(Array(4).fill('CALL.AGENT_BUSY'));
    const { id } = placed.find(({ status }) => status === 202)!.body;
    expect(dials(ann.asterisk).filter((dialled) => dialled === id)).toHaveLength(1);
    expect((await world.post(world.key, '', { agentId: ann.id, to: '+15550101' })).body).toMatchObject({ code: 'CALL.AGENT_BUSY' });
  });
});
