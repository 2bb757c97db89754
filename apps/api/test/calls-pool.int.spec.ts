import { randomUUID } from 'node:crypto';
import type { FakeMediaServer } from './support/fake-media-servers.js';
import { CallWorld, dials } from './support/call-world.js';
import type { RunningManager } from './support/manager.js';
import { until } from './support/until.js';

let world: CallWorld;
let second: RunningManager;

beforeEach(async () => {
  world = await CallWorld.create({ RECONCILE_SECONDS: '1' });
});
afterEach(() => world.stop());

const startSecond = async (): Promise<void> => {
  second = await world.ingest.manager({ ...CallWorld.env, RECONCILE_SECONDS: '1' });
};

/** The events by which a transaction told that calls and seats ended: one after the other, in one piece. */
async function endings(): Promise<string[]> {
  return (await world.database.query<{ type: string }>("SELECT type FROM event_log WHERE type IN ('call.ended', 'placement.released', 'agent.state') ORDER BY seq")).map(({ type }) => type);
}

describe('two managers', () => {
  it('one is killed between the order and the answer: the other one follows the call, and nobody dials again', async () => {
    const ann = await world.seatedAgent();
    await startSecond();
    const placed = await world.dialled(ann);
    await world.manager.kill();
    ann.asterisk.farEnd.ring(placed.id);
    ann.asterisk.farEnd.answer(placed.id);
    await world.is(placed.id, 'answered', 15_000);
    expect(dials(ann.asterisk)).toEqual([placed.id]);
    expect((await world.post(ann.token, `/${placed.id}/hangup`, undefined, second)).status).toBe(202);
    await world.is(placed.id, 'ended');
    expect((await world.types(placed.id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('either of them takes orders for a call the other one follows', async () => {
    await startSecond();
    const ann = await world.seatedAgent(second);
    const { id } = await world.dialled(ann, '+15550101', second);
    ann.asterisk.farEnd.answer(id);
    await world.is(id, 'answered');
    await world.post(ann.token, `/${id}/hold`, undefined, world.manager);
    await world.is(id, 'held');
    await world.post(ann.token, `/${id}/resume`, undefined, second);
    await world.is(id, 'answered');
    await Promise.all([world.post(ann.token, `/${id}/hangup`, undefined, world.manager), world.post(ann.token, `/${id}/hangup`, undefined, second)]);
    await world.is(id, 'ended');
    expect(await world.types(id)).toEqual(['call.dialing', 'call.answered', 'call.held', 'call.resumed', 'call.ended']);
  });
});

describe('many calls at once, and a manager killed in their middle', () => {
  it('leave no call open, no agent taken, no leg standing, and dial nobody twice', async () => {
    const agents = await Promise.all(Array.from({ length: 20 }, () => world.seatedAgent()));
    await startSecond();
    const { asterisk } = agents[0]!;
    // The far ends: each does what its number makes it do, as soon as it is dialled.
    const fates: ((id: string) => void)[] = [
      (id) => asterisk.hangup(id, 17),
      (id) => (asterisk.farEnd.ring(id), asterisk.farEnd.answer(id), asterisk.hangup(id)),
      (id) => (asterisk.farEnd.answer(id), asterisk.farEnd.press(id, '1'), asterisk.hangup(id)),
      (id) => (asterisk.farEnd.ring(id), asterisk.hangup(id, 19)),
      () => undefined,
    ];
    const calls = agents.map(async (agent, index) => {
      const manager = index % 2 === 0 ? world.manager : second;
      const placed = await world.post(agent.token, '', { to: '+15550101' }, manager).catch(() => null);
      if (placed?.status !== 202) return;
      const { id } = placed.body;
      await asterisk.until(() => asterisk.dialled.some((message) => message.get('ChannelId') === id));
      if (index === 10) await world.manager.kill();
      if (asterisk.model.find(id) !== undefined) fates[index % fates.length]!(id);
      if (index % fates.length === 4) await world.post(agent.token, `/${id}/hangup`, undefined, second);
    });
    await Promise.all(calls);
    await until('every call has ended', async () => (await world.database.query("SELECT id FROM calls WHERE state <> 'ended'")).length === 0, 40_000);
    await until('every agent is back', async () => (await world.database.query("SELECT id FROM agents WHERE state = 'on-call'")).length === 0);
    await asterisk.until(() => [...asterisk.model.channels.values()].every(({ channel }) => !channel.startsWith('PJSIP/proxy-')));
    const records = await world.database.query<{ id: string; ends: number; open: number }>(
      `SELECT c.id, (SELECT COUNT(*) FROM event_log e WHERE e.subject = c.id AND e.type = 'call.ended') AS ends, (c.ended_at IS NULL OR c.end_reason IS NULL) AS open FROM calls c`,
    );
    expect(records.length).toBeGreaterThanOrEqual(10);
    expect(records.filter(({ ends, open }) => Number(ends) !== 1 || Number(open) !== 0)).toEqual([]);
    expect(new Set(dials(asterisk)).size).toBe(dials(asterisk).length);
  });
});

describe('a media server', () => {
  it.each<[string, (server: FakeMediaServer) => Promise<void>]>([
    ['that dies', ({ asterisk }) => asterisk.stop('rst')],
    ['that was restarted', ({ asterisk }) => asterisk.restart('rst')],
  ])('%s takes its calls along with its seats, and the records say so', async (_, goes) => {
    const ann = await world.seatedAgent();
    const { id } = await world.talking(ann);
    await goes(ann.server);
    await world.is(id, 'ended', 20_000);
    expect(await world.row(id)).toMatchObject({ end_reason: 'media-server-failed' });
    expect(await world.ingest.read(ann.seat)).toMatchObject({ state: 'released', reason: 'media_server_failed' });
    expect((await endings()).slice(-3)).toEqual(['call.ended', 'agent.state', 'placement.released']);
    // What she said of herself is still her word: she is on her way to another seat.
    expect((await world.agentState(ann.id)).state).toBe('ready');
  });

  it('that does not answer places no call', async () => {
    const ann = await world.seatedAgent();
    await ann.asterisk.stop('fin');
    expect((await world.post(ann.token, '', { to: '+15550101' })).body).toMatchObject({ status: 503, code: 'CALL.MEDIA_SERVER_AWAY' });
    expect(dials(ann.asterisk)).toEqual([]);
  });
});

describe('a caller who waits on one media server for an agent on another', () => {
  it('is one call with two legs, and waits again where the caller is when the agent is gone', async () => {
    const ann = await world.seatedAgent();
    const there = await world.ingest.mediaServer('ms2');
    await world.ingest.health(there, 'healthy');
    const id = randomUUID();
    await world.waiting(id, { server: there, asterisk: there.asterisk }, randomUUID());
    const far = (await world.row(id)).leg_uniqueid!;
    // As routing writes it with the offer, before the caller is sent across.
    await world.database.query("UPDATE agents SET resume_state = 'ready', state = 'on-call' WHERE id = ?", [ann.id]);
    await world.database.query(
      `UPDATE calls SET state = 'ringing', agent_id = ?, placement_id = ?, conference = ?, far_media_server_id = media_server_id, far_uniqueid = leg_uniqueid, media_server_id = ?, leg_uniqueid = NULL,
         due_at = NOW(3) + INTERVAL 10 SECOND WHERE id = ?`,
      [ann.id, ann.seat.id, ann.seat.conference, ann.server.id, id],
    );
    there.asterisk.farEnd.walk(there.asterisk.model.find(far)!, 'across', 't');
    const near = ann.asterisk.farEnd.arrive({ callId: id, place: { conference: ann.seat.conference } });
    await world.is(id, 'answered');
    expect((await world.get(world.key, `/${id}`)).body).toMatchObject({ mediaServer: { name: 'ms1' }, farMediaServer: { name: 'ms2' } });
    await world.vanishes(ann);
    await world.is(id, 'queued');
    expect(await world.row(id)).toMatchObject({ media_server_id: there.id, leg_uniqueid: far, far_uniqueid: null });
    await until('the caller waits again and the second leg is gone', () => there.asterisk.model.find(far)?.context === 'queue' && ann.asterisk.model.find(near) === undefined);
    there.asterisk.hangup(far);
    await world.is(id, 'ended');
  });
});
