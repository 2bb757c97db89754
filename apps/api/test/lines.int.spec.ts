import { contactOf } from '../src/realtime/lines.js';
import { hashToken } from '../src/secrets/token.js';
import type { PlacementView } from '../src/selection/placement.view.js';
import { call } from './support/api.js';
import type { FakeMediaServer } from './support/fake-media-servers.js';
import { IngestWorld } from './support/ingest-world.js';
import type { RunningManager } from './support/manager.js';
import { realtimeTokenOf } from './support/pool.js';
import { until } from './support/until.js';

let world: IngestWorld;
let manager: RunningManager;
let server: FakeMediaServer;
let seat: PlacementView;
let leg: string;
/** The address each leg's WebSocket came from, as the media server knows it, by uniqueid. */
const addresses = new Map<string, string>();
/** Legs whose address was asked for. */
const asked: string[] = [];

beforeAll(async () => {
  world = await IngestWorld.create();
  server = await world.mediaServer('ms1');
  await world.database.query('UPDATE media_servers SET realtime_token_hash = ?', [hashToken(realtimeTokenOf(server.id))]);
  manager = await world.manager();
  await world.health(server, 'healthy');
  server.asterisk.answer('Getvar', (action) => {
    const which = action.message.get('Channel');
    if (which === undefined) return action.success(['Variable', 'SYSINFO(loadavg)'], ['Value', '0.25']);
    asked.push(which);
    const value = action.message.get('Variable') === 'CHANNEL(pjsip,remote_addr)' ? (addresses.get(which) ?? '') : '';
    return server.asterisk.model.find(which) ? action.success(['Variable', ''], ['Value', value]) : action.error('No such channel');
  });
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  seat = await world.seat(manager);
  leg = server.asterisk.members(seat.conference)[0]!.uniqueid;
  addresses.set(leg, '192.0.2.7:50001');
});

/** What res_config_curl sends when a Contact comes or goes. */
async function contact(operation: 'store' | 'destroy', id: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = `id=${encodeURIComponent(id)}&`;
  return (await call<string>(manager, 'POST', `/api/v1/asterisk/realtime/ps_contacts/${operation}`, { token: realtimeTokenOf(server.id), body, headers })).body;
}
const legs = (): string[] => server.asterisk.members(seat.conference).map(({ uniqueid }) => uniqueid);

describe('the WebSocket of a seat has closed', () => {
  it('her leg is ended within two seconds, and her seat is kept for her', async () => {
    const since = performance.now();
    expect(await contact('destroy', contactOf(seat.conference, '192.0.2.7:50001'))).toBe('1\n');
    await until('her leg is gone', () => legs().length === 0, 5_000);
    expect(performance.now() - since).toBeLessThan(2_000);
    await world.stateOf(seat, 'lost');
  });

  it('a caller who is with her stays in the conference', async () => {
    const client = server.asterisk.join(seat.conference, `Local/${seat.conference}@client-00000001;2`);
    await contact('destroy', contactOf(seat.conference, '192.0.2.7:50001'));
    await world.stateOf(seat, 'lost');
    expect(legs()).toEqual([client.uniqueid]);
  });

  it('an agent who is back on a new WebSocket by then keeps her new leg', async () => {
    await contact('destroy', contactOf(seat.conference, '192.0.2.7:50001'));
    server.asterisk.hangup(leg);
    const back = server.asterisk.join(seat.conference);
    addresses.set(back.uniqueid, '192.0.2.7:50002');
    await until('the manager has looked at the new leg', () => asked.includes(back.uniqueid), 5_000);
    await world.stateOf(seat, 'connected');
    expect(legs()).toEqual([back.uniqueid]);
  });

  it('a leg that has ended by itself is nothing to be ended, and nothing breaks', async () => {
    await contact('destroy', contactOf(seat.conference, '192.0.2.7:50001'));
    server.asterisk.answer('Getvar', (action) => {
      asked.push(action.message.get('Channel') ?? '');
      action.error('No such channel');
    });
    await until('the manager has looked for it', () => asked.includes(leg), 5_000);
    expect((await world.read(seat)).state).toBe('connected');
  });
});

describe('a Contact that says nothing of a leg', () => {
  it('is answered with a number of rows, whatever it is, as res_config_curl reads past the end of an empty answer', async () => {
    for (const id of ['', 'proxy', `${seat.conference};@`, `nobody1;@${'0'.repeat(32)}`, "x' OR 1=1;@0", contactOf(seat.conference, '192.0.2.7:50009')]) {
      expect([id, await contact('store', id)]).toEqual([id, '1\n']);
      expect([id, await contact('destroy', id)]).toEqual([id, '1\n']);
    }
  });

  it('is named as Asterisk names it', () => {
    // Read from Asterisk 22.10.1 (tools/dialplan-lines.test.mjs asks it again).
    expect(contactOf('seatabcdefg1', '127.0.0.1:32834')).toBe('seatabcdefg1;@8964c994880db5c5aeddd1d80f126da1');
  });
});
