import { hashToken } from '../src/secrets/token.js';
import { call } from './support/api.js';
import { CallWorld, type SeatedAgent } from './support/call-world.js';
import { realtimeTokenOf } from './support/pool.js';
import { until } from './support/until.js';

let world: CallWorld;
let ann: SeatedAgent;
let leg: string;

beforeAll(async () => {
  world = await CallWorld.create({ RECONCILE_SECONDS: '1' });
  await world.database.query("UPDATE pool SET parking = 'holding'");
});
afterAll(() => world.stop());
beforeEach(async () => {
  ann = await world.seatedAgent();
  leg = ann.asterisk.members(ann.seat.conference)[0]!.uniqueid;
});

const placementEvents = async (): Promise<string[]> => (await world.told(ann.seat.id)).map(({ type }) => type);

/** Waits until the media server was read anew, twice, so that one reading lies wholly behind. */
async function readAnew(): Promise<void> {
  const asked = (): number => world.ingest.asked(ann.server).filter((action) => action === 'CoreShowChannels').length;
  const before = asked();
  await until('it was read twice', () => asked() >= before + 2);
}

describe('an agent who rests between calls', () => {
  it('is told to, by the row of her endpoint', async () => {
    const token = realtimeTokenOf(ann.server.id);
    await world.database.query('UPDATE media_servers SET realtime_token_hash = ? WHERE id = ?', [hashToken(token), ann.server.id]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const row = await call<string>(world.manager, 'POST', '/api/v1/asterisk/realtime/ps_endpoints/single', { token, body: `id=${ann.seat.conference}`, headers });
    expect(Object.fromEntries(new URLSearchParams(row.body.trim()))).toMatchObject({ context: 'seats', set_var: 'NAILUP_PARKING=holding', allow_overlap: 'no' });
  });

  it('is connected in the holding bridge as in her conference, also when the server is read anew', async () => {
    ann.asterisk.farEnd.park(leg);
    await readAnew();
    expect(await world.ingest.read(ann.seat)).toMatchObject({ state: 'connected', clientLegs: 0 });
    expect(await placementEvents()).toEqual(['placement.reserved', 'placement.connected']);
  });

  it('steps in for each of ten clients and back, without ever being lost', async () => {
    ann.asterisk.farEnd.park(leg);
    for (let n = 0; n < 10; n += 1) {
      const { id } = await world.dialled(ann);
      ann.asterisk.farEnd.answer(id);
      ann.asterisk.join(ann.seat.conference, ann.asterisk.model.find(leg)!.channel);
      await world.is(id, 'answered');
      ann.asterisk.hangup(id);
      ann.asterisk.farEnd.park(leg);
      await world.is(id, 'ended');
      await world.agentIs(ann.id, 'ready');
    }
    await readAnew();
    expect(await world.ingest.read(ann.seat)).toMatchObject({ state: 'connected', clientLegs: 0 });
    expect(await placementEvents()).toEqual(['placement.reserved', 'placement.connected']);
  });

  it('is lost when her channel ends while she rests, and back when she comes back to rest', async () => {
    ann.asterisk.farEnd.park(leg);
    ann.asterisk.hangup(leg);
    await world.ingest.stateOf(ann.seat, 'lost');
    const back = ann.asterisk.join(ann.seat.conference);
    ann.asterisk.farEnd.park(back.uniqueid);
    await world.ingest.stateOf(ann.seat, 'connected');
  });

  it('is connected by coming to rest straight away, without entering her conference', async () => {
    ann.asterisk.hangup(leg);
    await world.ingest.stateOf(ann.seat, 'lost');
    const channel = ann.asterisk.model.open(`PJSIP/${ann.seat.conference}-0000ffff`, undefined, 'seat');
    ann.asterisk.farEnd.park(channel.uniqueid);
    await world.ingest.stateOf(ann.seat, 'connected');
  });

  it('is not counted as talking by the ringing she hears', async () => {
    const { id } = await world.dialled(ann);
    const tone = ann.asterisk.model.open(`Local/${id}@ringback-00000001;2`, undefined, 'tone');
    Object.assign(tone, { context: 'tone', variables: [`NAILUP_CALL=${id}`, 'NAILUP_ROLE=tone'] });
    ann.asterisk.join(ann.seat.conference, tone.channel);
    await readAnew();
    expect(await world.ingest.read(ann.seat)).toMatchObject({ clientLegs: 0 });
    expect((await world.row(id)).state).toBe('dialing');
    ann.asterisk.hangup(tone.uniqueid);
    ann.asterisk.hangup(id, 17);
    await world.is(id, 'ended');
  });
});
