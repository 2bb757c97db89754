import { randomUUID } from 'node:crypto';
import type { CallPage, CallView } from '../src/calls/call.view.js';
import { call } from './support/api.js';
import { CallWorld, dials, type SeatedAgent } from './support/call-world.js';
import { addAgent, addApiKey, tokenFor } from './support/pool.js';
import { until } from './support/until.js';

const dialling = { enabled: true, countries: ['US'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 1_000, callerId: '+15550199' };

let world: CallWorld;
let supervisor: string;
let admin: string;

beforeAll(async () => {
  world = await CallWorld.create();
  supervisor = tokenFor(await addAgent(world.database, { role: 'supervisor' }));
  admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
});
afterAll(() => world.stop());
beforeEach(() => world.settings({ dialling, wrapUpSeconds: 0 }));

/** A call that was answered and is over. */
async function talked(agent: SeatedAgent): Promise<string> {
  const { id } = await world.talking(agent);
  agent.asterisk.hangup(id);
  await world.is(id, 'ended');
  return id;
}

describe('who may call', () => {
  it('an agent herself, and for her a supervisor, an administrator and an integrator', async () => {
    for (const token of [supervisor, admin, world.key]) {
      const ann = await world.seatedAgent();
      const placed = await world.post(token, '', { agentId: ann.id, to: '+15550101' });
      expect(placed).toMatchObject({ status: 202, body: { agentId: ann.id, state: 'dialing', direction: 'outbound' } });
    }
  });

  it('no agent from the seat of a colleague, and no key without saying who calls', async () => {
    const [ann, bea] = [await world.seatedAgent(), await world.seatedAgent()];
    expect((await world.post(ann.token, '', { agentId: bea.id, to: '+15550101' })).body).toMatchObject({ status: 404, code: 'AGENT.NOT_FOUND' });
    expect((await world.post(world.key, '', { to: '+15550101' })).body).toMatchObject({ status: 400, errors: [{ pointer: '/agentId' }] });
    expect((await world.post(world.key, '', { agentId: randomUUID(), to: '+15550101' })).body).toMatchObject({ status: 404, code: 'AGENT.NOT_FOUND' });
    const reader = await addApiKey(world.database, ['calls:read']);
    expect((await world.post(reader, '', { agentId: ann.id, to: '+15550101' })).status).toBe(403);
  });

  it('nobody without a seat, and nobody whose seat is not connected', async () => {
    const id = await addAgent(world.database);
    expect((await world.post(tokenFor(id), '', { to: '+15550101' })).body).toMatchObject({ status: 409, code: 'CALL.NO_SEAT' });
    const ann = await world.seatedAgent();
    ann.asterisk.hangup(ann.asterisk.members(ann.seat.conference)[0]!.uniqueid);
    await world.ingest.stateOf(ann.seat, 'lost');
    expect((await world.post(ann.token, '', { to: '+15550101' })).body).toMatchObject({ code: 'CALL.NO_SEAT' });
  });

  it('the same request again, with its idempotency key, is the same call', async () => {
    const ann = await world.seatedAgent();
    const place = () => call<CallView>(world.manager, 'POST', '/api/v1/calls', { token: ann.token, body: { to: '+15550101' }, headers: { 'idempotency-key': ann.id } });
    const [first, again] = [await place(), await place()];
    expect([first.status, again.status, again.body.id]).toEqual([202, 202, first.body.id]);
    expect(dials(ann.asterisk).filter((id) => id === first.body.id)).toHaveLength(1);
  });
});

describe('what may be dialled', () => {
  it('numbers the settings allow; everything else is refused before anything is ordered', async () => {
    const ann = await world.seatedAgent();
    const before = dials(ann.asterisk).length;
    for (const to of ['+18765550142', '+19005550142', '911', '+4930123456', '+1']) expect((await world.post(ann.token, '', { to })).body).toMatchObject({ status: 422, code: 'CALL.NUMBER_NOT_ALLOWED' });
    for (const to of ['sip:a@b', '+1555;x', '', 'PJSIP/1@proxy', 7]) expect((await world.post(ann.token, '', { to })).status).toBe(400);
    expect((await world.post(ann.token, '', { to: '+15550101', callerId: '+' })).body).toMatchObject({ status: 400, errors: [{ pointer: '/callerId' }] });
    expect(dials(ann.asterisk)).toHaveLength(before);
    await world.settings({ dialling: { ...dialling, countries: ['JM'], emergency: true } });
    expect((await world.post(ann.token, '', { to: '+18765550142', callerId: '+15550177' })).body).toMatchObject({ to: '+18765550142', from: '+15550177' });
  });

  it('nothing while calls to the outside are switched off', async () => {
    const ann = await world.seatedAgent();
    await world.settings({ dialling: { ...dialling, enabled: false } });
    expect((await world.post(ann.token, '', { to: '+15550101' })).body).toMatchObject({ status: 409, code: 'CALL.DIALLING_OFF' });
    await world.settings({ dialling });
    expect((await world.post(ann.token, '', { to: '+15550101' })).status).toBe(202);
  });

  it('so many calls a minute and no more, and Retry-After says when the next', async () => {
    const ann = await world.seatedAgent();
    await world.settings({ dialling: { ...dialling, callsPerMinute: 2 } });
    await talked(ann);
    await talked(ann);
    const third = await world.post(ann.token, '', { to: '+15550101' });
    expect(third.body).toMatchObject({ status: 429, code: 'CALL.TOO_MANY' });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(50);
    const bea = await world.seatedAgent();
    expect((await world.post(bea.token, '', { to: '+15550101' })).status).toBe(202);
    await world.database.query('UPDATE calls SET started_at = started_at - INTERVAL 1 MINUTE WHERE agent_id = ?', [ann.id]);
    expect((await world.post(ann.token, '', { to: '+15550101' })).status).toBe(202);
  });

  it('nothing at all where no proxy is configured', async () => {
    const manager = await world.ingest.manager();
    const ann = await world.seatedAgent();
    const answer = await world.post(ann.token, '', { to: '+15550101' }, manager);
    expect(answer.body).toMatchObject({ status: 503, code: 'CALL.NO_PROXY' });
    await manager.stop();
  });
});

describe('whose calls one sees', () => {
  it('agents see their own, everybody else sees all; somebody else\'s call does not exist for an agent', async () => {
    const [ann, bea] = [await world.seatedAgent(), await world.seatedAgent()];
    const id = await talked(ann);
    for (const token of [ann.token, supervisor, admin, world.key]) expect((await world.get(token, `/${id}`)).status).toBe(200);
    for (const path of ['', '/events']) expect((await world.get(bea.token, `/${id}${path}`)).body).toMatchObject({ code: 'CALL.NOT_FOUND' });
    for (const [path, body] of [['hangup'], ['hold'], ['resume'], ['dtmf', { digits: '1' }], ['disposition', { code: 'resolved' }]] as const) {
      expect((await world.post(bea.token, `/${id}/${path}`, body)).body).toMatchObject({ status: 404, code: 'CALL.NOT_FOUND' });
    }
    expect((await world.get(admin, `/${randomUUID()}`)).status).toBe(404);
    const list = async (token: string, query = '') => (await world.get<CallPage>(token, query)).body.items.map((one) => one.id);
    expect(await list(ann.token)).toEqual([id]);
    expect(await list(bea.token, `?agentId=${ann.id}`)).toEqual([]);
    expect(await list(supervisor, `?agentId=${ann.id}`)).toEqual([id]);
  });

  it('a list is narrowed by state, by the end of a number and by time, and read page by page', async () => {
    const ann = await world.seatedAgent();
    const ids = [await talked(ann), await talked(ann)];
    const open = await world.dialled(ann, '(202) 555-0142');
    const list = async (query: string) => (await world.get<CallPage>(ann.token, query)).body;
    expect((await list('?state=ended')).items.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
    expect((await list('?live=true')).items.map(({ id }) => id)).toEqual([open.id]);
    expect((await list('?live=false')).items).toHaveLength(2);
    expect((await list('?number=50142')).items.map(({ id }) => id)).toEqual([open.id]);
    expect((await list('?number=0199')).items).toHaveLength(3);
    expect((await list(`?from=${encodeURIComponent(open.startedAt)}`)).items.map(({ id }) => id)).toEqual([open.id]);
    expect((await list(`?to=${encodeURIComponent(open.startedAt)}`)).items).toHaveLength(2);
    const first = await list('?limit=2');
    expect(first.items.map(({ id }) => id)).toEqual([open.id, ids[1]]);
    expect((await list(`?limit=2&cursor=${first.nextCursor}`))).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null });
    for (const query of ['?state=gone', '?number=1%25', '?live=yes', '?from=yesterday', '?from=2026-13-45T99:00:00Z', '?from=2026-02-30T00:00:00Z', '?cursor=x', '?limit=0']) expect((await world.get(ann.token, query)).status).toBe(400);
    ann.asterisk.hangup(open.id);
  });
});

describe('after a call', () => {
  it('she wraps up when she has talked, and is back as she was when the time is over', async () => {
    await world.settings({ wrapUpSeconds: 600 });
    const ann = await world.seatedAgent();
    await call(world.manager, 'PUT', `/api/v1/agents/${ann.id}/state`, { token: ann.token, body: { state: 'paused', reason: 'Training' } });
    await talked(ann);
    await world.agentIs(ann.id, 'wrap-up');
    expect((await world.agentState(ann.id)).wrapUpUntil).not.toBeNull();
    await world.database.query('UPDATE agents SET wrap_up_until = NOW(3) WHERE id = ?', [ann.id]);
    await world.agentIs(ann.id, 'paused');
    expect(await world.agentState(ann.id)).toEqual({ state: 'paused', reason: 'Training', wrapUpUntil: null });
    const told = (await world.told(ann.id)).filter(({ type }) => type === 'agent.state').map(({ data }) => [data['state'], data['stateSetBy'], data['wrapUpUntil'] !== null]);
    // Her pause is still her own word after the call.
    expect(told.slice(-4)).toEqual([['paused', 'self', false], ['on-call', 'system', false], ['wrap-up', 'system', true], ['paused', 'self', false]]);
  });

  it('nobody wraps up a call that was never answered', async () => {
    await world.settings({ wrapUpSeconds: 600 });
    const ann = await world.seatedAgent();
    const { id } = await world.dialled(ann);
    ann.asterisk.hangup(id, 17);
    await world.agentIs(ann.id, 'ready');
  });

  it('says how it went, which ends her wrap-up; an older call says nothing about it', async () => {
    await world.settings({ wrapUpSeconds: 600 });
    const ann = await world.seatedAgent();
    const older = await talked(ann);
    const { id } = await world.talking(ann);
    await world.post(ann.token, `/${older}/disposition`, { code: 'follow-up' });
    expect((await world.agentState(ann.id)).state).toBe('on-call');
    ann.asterisk.hangup(id);
    await world.agentIs(ann.id, 'wrap-up');
    await world.post(ann.token, `/${older}/disposition`, { code: 'resolved', note: 'Twice' });
    expect((await world.agentState(ann.id)).state).toBe('wrap-up');
    expect((await world.post(ann.token, `/${id}/disposition`, { code: 'sold' })).body).toMatchObject({ status: 422, code: 'CALL.UNKNOWN_DISPOSITION' });
    expect(await world.post(ann.token, `/${id}/disposition`, { code: 'resolved', note: 'All fine.\nReally.' })).toMatchObject({ status: 200, body: { disposition: 'resolved', note: 'All fine.\nReally.' } });
    expect((await world.agentState(ann.id)).state).toBe('ready');
  });

  it('she may call again out of a wrap-up, and goes back to what she did before it', async () => {
    await world.settings({ wrapUpSeconds: 600 });
    const ann = await world.seatedAgent();
    await talked(ann);
    await world.agentIs(ann.id, 'wrap-up');
    const { id } = await world.dialled(ann);
    await world.agentIs(ann.id, 'on-call');
    ann.asterisk.hangup(id, 17);
    await world.agentIs(ann.id, 'ready');
  });

  it('she may leave the wrap-up herself, but says nothing of herself while on a call', async () => {
    await world.settings({ wrapUpSeconds: 600 });
    const ann = await world.seatedAgent();
    const put = (state: string) => call<{ code?: string }>(world.manager, 'PUT', `/api/v1/agents/${ann.id}/state`, { token: ann.token, body: { state, reason: 'Anything at all' } });
    const { id } = await world.talking(ann);
    expect(await put('paused')).toMatchObject({ status: 409, body: { code: 'AGENT.ON_CALL' } });
    ann.asterisk.hangup(id);
    await world.agentIs(ann.id, 'wrap-up');
    expect((await put('paused')).status).toBe(200);
    expect(await world.agentState(ann.id)).toEqual({ state: 'paused', reason: 'Anything at all', wrapUpUntil: null });
    await world.database.query('UPDATE agents SET wrap_up_until = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [ann.id]);
    await until('the sweeper has passed', async () => (await world.told(ann.id)).length > 0);
    expect((await world.agentState(ann.id)).state).toBe('paused');
  });

  it('who gives her seat up during a call is offline, and the call is over', async () => {
    await world.settings({ wrapUpSeconds: 600 });
    const ann = await world.seatedAgent();
    const { id } = await world.talking(ann);
    await call(world.manager, 'DELETE', `/api/v1/placements/${ann.seat.id}`, { token: ann.token });
    await world.agentIs(ann.id, 'offline');
    await world.is(id, 'ended');
    expect(await world.row(id)).toMatchObject({ end_reason: 'agent-hung-up' });
    await ann.asterisk.until(() => ann.asterisk.model.find(id) === undefined);
    expect((await world.agentState(ann.id)).state).toBe('offline');
  });
});
