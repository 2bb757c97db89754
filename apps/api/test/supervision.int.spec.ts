import { randomUUID } from 'node:crypto';
import { hashToken } from '../src/secrets/token.js';
import type { SupervisionView } from '../src/supervision/supervision.dto.js';
import { type Answer, call } from './support/api.js';
import { CallWorld, type SeatedAgent } from './support/call-world.js';
import { addAgent, ha1, realtimeTokenOf, tokenFor } from './support/pool.js';
import type { Refusal } from './support/selection-world.js';
import { until } from './support/until.js';

interface Row {
  readonly mode: string;
  readonly end_reason: string | null;
  readonly leg_uniqueid: string | null;
}

let world: CallWorld;
let boss: { id: string; token: string };
let admin: string;

beforeAll(async () => {
  world = await CallWorld.create();
  boss = await aSupervisor();
  admin = tokenFor(await addAgent(world.database, { role: 'admin' }));
});
afterAll(() => world.stop());
beforeEach(() => world.settings({ supervision: { visibleToAgent: true }, wrapUpSeconds: 0 }));

async function aSupervisor(): Promise<{ id: string; token: string }> {
  const id = await addAgent(world.database, { role: 'supervisor' });
  return { id, token: tokenFor(id) };
}
async function talking(): Promise<{ agent: SeatedAgent; id: string }> {
  const agent = await world.seatedAgent();
  return { agent, id: (await world.talking(agent)).id };
}
const ask = (token: string, id: string, mode: unknown): Promise<Answer<SupervisionView & Refusal>> => world.post(token, `/${id}/supervision`, { mode });
const stop = (token: string, id: string): Promise<Answer<Refusal>> => call(world.manager, 'DELETE', `/api/v1/calls/${id}/supervision`, { token });
async function row(id: string): Promise<Row> {
  const [found] = await world.database.query<Row>('SELECT * FROM supervisions WHERE id = ?', [id]);
  if (found === undefined) throw new Error('There is no such supervision');
  return found;
}
const ended = (id: string, reason: string): Promise<void> => until(`it ended as ${reason}`, async () => (await row(id)).end_reason === reason);

/** A supervision whose leg stands and has been seen. */
async function heard(token: string, agent: SeatedAgent, id: string, mode = 'listen'): Promise<{ view: SupervisionView; leg: string }> {
  const { status, body: view } = await ask(token, id, mode);
  if (status !== 201) throw new Error(`Not begun: ${JSON.stringify(view)}`);
  const leg = agent.asterisk.farEnd.supervise({ id: view.id, username: view.sip.username, mode, conference: view.conference });
  await until('her leg is seen', async () => (await row(view.id)).leg_uniqueid === leg);
  return { view, leg };
}
const gone = (agent: SeatedAgent, leg: string): Promise<void> => agent.asterisk.until(() => agent.asterisk.model.find(leg) === undefined);
const told = async (id: string): Promise<{ agentId: string | null; data: Record<string, unknown> }[]> => (await world.told(id)).filter(({ type }) => type === 'call.supervision');
const lookUp = async (username: string, table = 'ps_endpoints', serverToken = ''): Promise<Record<string, string>> => {
  const response = await fetch(`${world.manager.url}/api/v1/asterisk/realtime/${table}/single`, {
    method: 'POST', headers: { authorization: `Bearer ${serverToken}`, 'content-type': 'application/x-www-form-urlencoded' }, body: `id=${username}`,
  });
  return Object.fromEntries(new URLSearchParams((await response.text()).trim()));
};

describe('a supervisor', () => {
  it('listens to a call by a leg of her own on the agent’s media server, changes over without hanging up, and stops; all of it stands in the ladder', async () => {
    const { agent, id } = await talking();
    const { view, leg } = await heard(boss.token, agent, id);
    expect(view).toMatchObject({ callId: id, mode: 'listen', conference: agent.seat.conference, mediaServer: { id: agent.server.id, name: agent.server.name } });
    expect(view.sip).toMatchObject({ username: expect.stringMatching(/^supervisor-/) as string, uri: `sip:${view.sip.username}@ms1.test`, target: 'sip:supervise@ms1.test' });
    for (const mode of ['whisper', 'barge', 'listen']) {
      const changed = await ask(boss.token, id, mode);
      expect([changed.status, changed.body.mode, changed.body.id]).toEqual([200, mode, view.id]);
      const channel = agent.asterisk.model.find(leg);
      expect([channel?.context, channel?.exten, channel?.state]).toEqual([`supervise-${mode}`, agent.seat.conference, 'Up']);
      expect((await row(view.id)).mode).toBe(mode);
    }
    expect((await stop(boss.token, id)).status).toBe(204);
    await gone(agent, leg);
    expect((await stop(boss.token, id)).status).toBe(204);
    const ladder = await world.get<{ items: { type: string; data: Record<string, unknown> }[] }>(boss.token, `/${id}/events`);
    const steps = ladder.body.items.filter(({ type }) => type.includes('supervision'));
    expect(steps.map(({ type, data }) => [type, data.action, data.mode, data.supervisorId])).toEqual([
      ['supervision.asked', undefined, 'listen', boss.id], ['call.supervision', 'started', 'listen', boss.id], ['call.supervision', 'switched', 'whisper', boss.id],
      ['call.supervision', 'switched', 'barge', boss.id], ['call.supervision', 'switched', 'listen', boss.id], ['call.supervision', 'ended', 'listen', boss.id],
    ]);
    expect(steps.at(-1)?.data.reason).toBe('stopped');
    await world.is(id, 'answered');
  });

  it('who barges in is no client and no agent: the call has its own leg, and ends with it and nothing else', async () => {
    const { agent, id } = await talking();
    const { leg } = await heard(boss.token, agent, id, 'barge');
    expect(agent.asterisk.members(agent.seat.conference)).toHaveLength(3);
    expect((await world.ingest.read(agent.seat)).clientLegs).toBe(1);
    expect((await world.row(id)).leg_uniqueid).toBe(id);
    agent.asterisk.hangup(id);
    await world.is(id, 'ended');
    await gone(agent, leg);
    expect((await world.ingest.read(agent.seat)).state).toBe('connected');
  });

  it('and another one hear the same call, each with one supervision; beginning the next ends the one before', async () => {
    const other = await aSupervisor();
    const [first, second] = [await talking(), await talking()];
    const mine = await heard(boss.token, first.agent, first.id);
    await heard(other.token, first.agent, first.id);
    const next = await heard(boss.token, second.agent, second.id, 'whisper');
    await gone(first.agent, mine.leg);
    await ended(mine.view.id, 'replaced');
    expect((await row(next.view.id)).end_reason).toBeNull();
    expect((await stop(boss.token, first.id)).status).toBe(204);
    expect((await row(next.view.id)).end_reason).toBeNull();
  });

  it('who asks twice at the same moment has one supervision, and who asks again has the same with a fresh secret', async () => {
    const { agent, id } = await talking();
    const answers = await Promise.all(['listen', 'listen', 'listen'].map((mode) => ask(boss.token, id, mode)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.sip.password)).size).toBe(3);
    // Before a leg was seen nobody could be told to change over: the first identity dies.
    const changed = await ask(boss.token, id, 'barge');
    expect([changed.status, changed.body.mode]).toEqual([201, 'barge']);
    const late = agent.asterisk.farEnd.supervise({ id: answers[0]!.body.id, username: answers[0]!.body.sip.username, mode: 'listen', conference: agent.seat.conference });
    await gone(agent, late);
  });
});

describe('who may not', () => {
  it('agents, keys and strangers; an agent learns nothing of a colleague’s call', async () => {
    const { agent, id } = await talking();
    for (const token of [agent.token, (await world.seatedAgent()).token, world.key]) {
      expect((await ask(token, id, 'listen')).status).toBe(403);
      expect((await stop(token, id)).status).toBe(403);
    }
    expect((await call(world.manager, 'POST', `/api/v1/calls/${id}/supervision`, { body: { mode: 'listen' } })).status).toBe(401);
    expect((await ask(admin, id, 'listen')).status).toBe(201);
  });

  it('nobody their own call, a call that is over, one that no agent has, and one that never was', async () => {
    const { agent, id } = await talking();
    const own = await talking();
    await world.database.query('UPDATE calls SET agent_id = ? WHERE id = ?', [boss.id, own.id]);
    expect((await ask(boss.token, own.id, 'listen')).body).toMatchObject({ status: 409, code: 'SUPERVISION.OWN_CALL' });
    const ringing = await world.dialled(await world.seatedAgent());
    expect((await ask(boss.token, ringing.id, 'listen')).body).toMatchObject({ status: 409, code: 'CALL.WRONG_STATE' });
    agent.asterisk.hangup(id);
    await world.is(id, 'ended');
    expect((await ask(boss.token, id, 'listen')).body).toMatchObject({ status: 409, code: 'CALL.ENDED' });
    for (const wrong of [() => ask(boss.token, randomUUID(), 'listen'), () => stop(boss.token, randomUUID())]) expect((await wrong()).body).toMatchObject({ status: 404, code: 'CALL.NOT_FOUND' });
  });

  it('with a body that means something else', async () => {
    const { id } = await talking();
    for (const mode of ['', 'LISTEN', 'barge,q', 'listen\r\nAction: Hangup', '__proto__', null, 7, ['listen'], { $ne: 'x' }]) expect((await ask(boss.token, id, mode)).status).toBe(400);
    for (const body of [{}, [], { mode: 'listen', mediaServerId: randomUUID() }, { mode: 'listen', conference: 'abc' }]) expect((await world.post(boss.token, `/${id}/supervision`, body)).status).toBe(400);
    expect(await world.database.query('SELECT id FROM supervisions WHERE call_id = ?', [id])).toEqual([]);
  });

  it('the order to change over is refused: the mode stays what it was', async () => {
    const { agent, id } = await talking();
    const { view, leg } = await heard(boss.token, agent, id);
    agent.asterisk.model.channels.delete(agent.asterisk.model.find(leg)?.channel ?? '');
    expect((await ask(boss.token, id, 'barge')).body).toMatchObject({ status: 503, code: 'CALL.MEDIA_SERVER_AWAY' });
    expect((await row(view.id)).mode).toBe('listen');
    await stop(boss.token, id);
  });
});

describe('the identity of a supervision', () => {
  it('is told to the agent’s media server alone, leads to one place, and dies with the supervision', async () => {
    const { agent, id } = await talking();
    const { body: view } = await ask(boss.token, id, 'whisper');
    const { username, password } = view.sip;
    const [mine, other] = [await enrolled(agent.server.id), await enrolled((await world.ingest.mediaServer('ms-other')).id)];
    expect(await lookUp(username, 'ps_endpoints', mine)).toMatchObject({
      id: username, context: 'supervisors', auth: username, webrtc: 'yes', allow_transfer: 'no', set_var: `NAILUP_SUPERVISES=${view.id}:whisper:${agent.seat.conference}`,
    });
    expect(await lookUp(username, 'ps_auths', mine)).toMatchObject({ auth_type: 'md5', md5_cred: ha1(username, 'nailup', password) });
    for (const table of ['ps_endpoints', 'ps_auths', 'ps_aors']) expect(await lookUp(username, table, other)).toEqual({});
    expect(await lookUp(agent.seat.conference, 'ps_endpoints', mine)).toMatchObject({ context: 'seats' });
    await world.database.query('UPDATE supervisions SET sip_expires_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ? AND leg_uniqueid IS NULL', [view.id]);
    expect(await lookUp(username, 'ps_auths', mine)).toEqual({});
    await ended(view.id, 'never-joined');
    for (const table of ['ps_endpoints', 'ps_auths', 'ps_aors']) expect(await lookUp(username, table, mine)).toEqual({});
  });
});

describe('a supervision ends', () => {
  it('when her browser goes', async () => {
    const { agent, id } = await talking();
    const { view, leg } = await heard(boss.token, agent, id);
    agent.asterisk.hangup(leg);
    await ended(view.id, 'hung-up');
    await world.is(id, 'answered');
  });

  it('when the agent’s seat is over, and her console is told why', async () => {
    const { agent, id } = await talking();
    const { view, leg } = await heard(boss.token, agent, id, 'barge');
    await world.vanishes(agent);
    await until('it ended', async () => (await row(view.id)).end_reason !== null);
    expect(['moved', 'call-ended']).toContain((await row(view.id)).end_reason);
    await gone(agent, leg);
    expect((await told(id)).at(-1)?.data).toMatchObject({ action: 'ended', supervisionId: view.id });
  });

  it('when a caller goes to another agent: the one supervised does not have the call any more', async () => {
    const agent = await world.seatedAgent();
    const id = randomUUID();
    await world.talkingCaller(id, agent);
    const { view, leg } = await heard(boss.token, agent, id);
    await world.database.query("UPDATE calls SET state = 'queued', agent_id = NULL, placement_id = NULL, conference = NULL WHERE id = ?", [id]);
    await ended(view.id, 'moved');
    await gone(agent, leg);
  });

  it('when she is a supervisor no more', async () => {
    const { agent, id } = await talking();
    const fired = await aSupervisor();
    const { view, leg } = await heard(fired.token, agent, id);
    await world.database.query("UPDATE agents SET role = 'agent' WHERE id = ?", [fired.id]);
    await ended(view.id, 'not-allowed');
    await gone(agent, leg);
  });

  it('and a leg of one that is over, or that never was, is hung up as soon as it is seen', async () => {
    const { agent, id } = await talking();
    const { body: view } = await ask(boss.token, id, 'listen');
    await stop(boss.token, id);
    for (const unmeant of [view.id, randomUUID()]) await gone(agent, agent.asterisk.farEnd.supervise({ id: unmeant, username: view.sip.username, mode: 'listen', conference: agent.seat.conference }));
  });
});

describe('the agent', () => {
  it('is told of it when the policy says so, by events and in the ladder', async () => {
    const { agent, id } = await talking();
    const { view } = await heard(boss.token, agent, id);
    await ask(boss.token, id, 'whisper');
    await stop(boss.token, id);
    expect((await told(id)).map(({ agentId, data }) => [agentId, data.action, data.mode])).toEqual([[agent.id, 'started', 'listen'], [agent.id, 'switched', 'whisper'], [agent.id, 'ended', 'whisper']]);
    const { body } = await world.get<{ items: { type: string; data: Record<string, unknown> }[] }>(agent.token, `/${id}/events`);
    expect(body.items.filter(({ data }) => data.supervisionId === view.id)).toHaveLength(4);
  });

  it('is told nothing when the policy says so: supervisors see it all the same, and a policy that changes meanwhile leaves nothing half told', async () => {
    await world.settings({ supervision: { visibleToAgent: false } });
    const { agent, id } = await talking();
    await heard(boss.token, agent, id);
    await world.settings({ supervision: { visibleToAgent: true } });
    await ask(boss.token, id, 'barge');
    await stop(boss.token, id);
    expect((await told(id)).map(({ agentId }) => agentId)).toEqual([null, null, null]);
    const seen = async (token: string): Promise<number> => (await world.get<{ items: { type: string }[] }>(token, `/${id}/events`)).body.items.filter(({ type }) => type.includes('supervision')).length;
    expect([await seen(agent.token), await seen(boss.token)]).toEqual([0, 4]);
  });
});

/** The media server has enrolled: what it looks accounts up with is known. */
async function enrolled(mediaServerId: string): Promise<string> {
  const token = realtimeTokenOf(mediaServerId);
  await world.database.query('UPDATE media_servers SET realtime_token_hash = ? WHERE id = ?', [hashToken(token), mediaServerId]);
  return token;
}
