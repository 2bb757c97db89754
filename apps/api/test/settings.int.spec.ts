import type { SettingsView } from '../src/settings/settings.dto.js';
import type { PlacementView } from '../src/selection/placement.view.js';
import { type Answer, call } from './support/api.js';
import { runCli } from './support/manager.js';
import { type Office, openOffice, password } from './support/people.js';
import { addAgent, addServers, tokenFor } from './support/pool.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
}, 60_000);
afterAll(() => office.close());

interface Refusal {
  readonly code?: string;
  readonly errors?: { pointer: string }[];
}

const read = async (who: keyof Office['tokens'] = 'agent'): Promise<SettingsView> => (await call<SettingsView>(office.manager, 'GET', '/api/v1/settings', { token: office.tokens[who] })).body;
const put = (body: unknown, who: keyof Office['tokens'] = 'admin'): Promise<Answer<SettingsView & Refusal>> => call(office.manager, 'PUT', '/api/v1/settings', { token: office.tokens[who], body });
const dialling = { enabled: true, countries: ['DE', 'AT'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 5, callerId: '+4930123456' };

describe('what holds for the whole pool', () => {
  it('is read by everybody, and replaced by an administrator, who keeps what is left out', async () => {
    const before = await read();
    expect(before).toMatchObject({ policy: 'agents-in-call', parking: 'conference', wrapUpSeconds: 30 });
    const answer = await put({ wrapUpSeconds: 5, dialling, dispositions: [{ code: 'sale', label: 'Sale' }] });
    expect([answer.status, answer.body]).toEqual([200, { ...before, wrapUpSeconds: 5, dialling, dispositions: [{ code: 'sale', label: 'Sale' }] }]);
    expect((await put({ dialling: { ...dialling, callerId: null }, pauseReasons: [] })).body).toMatchObject({ wrapUpSeconds: 5, dialling: { ...dialling, callerId: null }, pauseReasons: [] });
    expect(await read('supervisor')).toEqual((await put({})).body);
    for (const who of ['supervisor', 'agent', 'integrator'] as const) expect((await put({}, who)).status).toBe(403);
  });

  it('as parking, holds for seats taken from then on', async () => {
    await addServers(office.database, 1);
    const seat = async (): Promise<string> => (await call<PlacementView>(office.manager, 'POST', '/api/v1/placements', { token: tokenFor(await addAgent(office.database)) })).body.parking;
    expect(await seat()).toBe('conference');
    expect((await put({ parking: 'holding' })).body.parking).toBe('holding');
    expect(await seat()).toBe('holding');
    expect(await office.database.query('SELECT DISTINCT parking FROM placements ORDER BY parking')).toEqual([{ parking: 'conference' }, { parking: 'holding' }]);
    await put({ parking: 'conference' });
  });

  it.each<[string, unknown]>([
    ['/policy', { policy: 'random' }], ['/parking', { parking: 'garage' }], ['/parking', { parking: null }], ['/pauseReasons', { pauseReasons: 'Lunch' }], ['/pauseReasons', { pauseReasons: ['a\u0000b'] }],
    ['/dispositions/1/code', { dispositions: [{ code: 'sale', label: 'Sale' }, { code: 'sale', label: 'Sold' }] }], ['/dispositions/0/code', { dispositions: [{ code: 'Sale!', label: 'Sale' }] }],
    ['/dispositions/0/label', { dispositions: [{ code: 'sale' }] }], ['/dispositions/0', { dispositions: ['sale'] }], ['/dispositions/0', { dispositions: [null] }], ['/dispositions/0', { dispositions: [[]] }], ['/dispositions/1', { dispositions: [{ code: 'sale', label: 'Sale' }, [{ code: 'lost', label: 'Lost' }]] }], ['/dispositions', { dispositions: {} }],
    ['/wrapUpSeconds', { wrapUpSeconds: -1 }], ['/wrapUpSeconds', { wrapUpSeconds: 1e9 }], ['/dialling', { dialling: null }], ['/dialling', { dialling: [] }], ['/dialling/enabled', { dialling: { ...dialling, enabled: 'yes' } }],
    ['/dialling/countries/1', { dialling: { ...dialling, countries: ['US', 'usa'] } }], ['/dialling/countries/0', { dialling: { ...dialling, countries: ['XX'] } }], ['/dialling/alsoAllowed/0', { dialling: { ...dialling, alsoAllowed: ['155501'] } }], ['/dialling/alsoAllowed/0', { dialling: { ...dialling, alsoAllowed: ['+'] } }],
    ['/dialling/callerId', { dialling: { ...dialling, callerId: 'a' } }], ['/dialling/callsPerMinute', { dialling: { ...dialling, callsPerMinute: 0 } }], ['/dialling/more', { dialling: { ...dialling, more: 1 } }],
    ['/settings', { settings: {} }],
  ])('with a mistake in %s is refused as a whole, and the place is named', async (pointer, body) => {
    const before = await read();
    const answer = await put(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST.INVALID']);
    expect(answer.body.errors?.map((fault) => fault.pointer).some((one) => one.startsWith(pointer))).toBe(true);
    expect(await read()).toEqual(before);
  });

  it('are not overwritten by who names the state it read and has been overtaken, and are by who names none', async () => {
    const etagOf = async (): Promise<string> => (await call(office.manager, 'GET', '/api/v1/settings', { token: office.tokens.admin })).headers.get('etag') ?? '';
    const putIf = (ifMatch: string, body: unknown) => call<SettingsView & Refusal & { detail: string }>(office.manager, 'PUT', '/api/v1/settings', { token: office.tokens.admin, body, headers: { 'if-match': ifMatch } });
    const seen = await etagOf();
    const first = await putIf(seen, { wrapUpSeconds: 11 });
    expect([first.status, first.headers.get('etag')]).toEqual([200, await etagOf()]);
    expect(first.headers.get('etag')).not.toBe(seen);
    const late = await putIf(seen, { wrapUpSeconds: 12 });
    expect([late.status, late.body.code, late.body.errors]).toEqual([409, 'SETTINGS.CHANGED', [{ parameter: 'If-Match', message: `is ${seen}; the settings are at ${await etagOf()} now` }]]);
    expect(late.body.detail).toMatch(/^Read them again/);
    expect((await read()).wrapUpSeconds).toBe(11);
    for (const tag of [`"0", ${await etagOf()}`, `W/${await etagOf()}`, '*']) expect((await putIf(tag, {})).status).toBe(200);
    expect([(await put({ wrapUpSeconds: 13 })).status, (await read()).wrapUpSeconds]).toEqual([200, 13]);
  });

  it('of two who read the same state at the same moment, one writes and the other is told', async () => {
    const { headers } = await call(office.manager, 'GET', '/api/v1/settings', { token: office.tokens.admin });
    const write = (n: number) => call(office.manager, 'PUT', '/api/v1/settings', { token: office.tokens.admin, body: { wrapUpSeconds: n }, headers: { 'if-match': headers.get('etag') ?? '' } });
    expect((await Promise.all([1, 2, 3, 4].map(write))).map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('tell the live stream that they were changed, and what', async () => {
    await put({ wrapUpSeconds: 20, pauseReasons: [] });
    const [last] = await office.database.query<{ subject: string; agent_id: string | null; data: object }>("SELECT subject, agent_id, data FROM event_log WHERE type = 'settings.changed' ORDER BY seq DESC LIMIT 1");
    expect(last).toEqual({ subject: 'settings', agent_id: null, data: { changed: ['pauseReasons', 'wrapUpSeconds'] } });
  });

  it('survives two administrators who change different things at the same moment', async () => {
    for (let n = 1; n <= 10; n += 1) {
      await Promise.all([put({ wrapUpSeconds: n }), put({ pauseReasons: [`Reason ${n}`] }), put({ policy: n % 2 === 0 ? 'talking' : 'agents-in-call' })]);
      expect(await read()).toMatchObject({ wrapUpSeconds: n, pauseReasons: [`Reason ${n}`], policy: n % 2 === 0 ? 'talking' : 'agents-in-call' });
    }
  });
});

describe('the command line', () => {
  const options = (): { databaseUrl: string; env: Record<string, string> } => ({ databaseUrl: office.database.url, env: { NAILUP_DEMO_PASSWORD: password } });

  it('makes an API key of the scopes asked for, which replaces the older ones of its name when told to', async () => {
    const make = (...more: string[]): Promise<{ key: string; scopes: string[] }> => runCli(options(), 'api-key', '--name', 'proxy', '--scopes', 'routes:read,calls:read', ...more);
    const works = async (key: string): Promise<boolean> => (await call(office.manager, 'GET', '/api/v1/proxy/media-servers', { token: key })).status === 200;
    const [first, second] = [await make(), await make()];
    expect(first).toMatchObject({ scopes: ['routes:read', 'calls:read'], key: expect.stringMatching(/^nlk_/) });
    expect([await works(first.key), await works(second.key), await works(office.tokens.integrator)]).toEqual([true, true, true]);
    const third = await make('--replace');
    expect(await office.database.query("SELECT COUNT(*) AS live FROM api_keys WHERE name = 'proxy' AND deleted_at IS NULL")).toEqual([{ live: 1 }]);
    expect([await works(third.key), await works(office.tokens.integrator)]).toEqual([true, true]);
    for (const args of [['--name', 'x'], ['--scopes', 'routes:read'], ['--name', 'x', '--scopes', 'all'], ['--name', 'x', '--scopes', ','], ['--name', '', '--scopes', 'routes:read'], ['--name', 'a\nb', '--scopes', 'routes:read']]) {
      await expect(runCli(options(), 'api-key', ...args)).rejects.toThrow(/ended with 1: (api-key needs|--)/);
    }
  });

  it('leads the demo numbers to the demo queue and agent, allows the demo numbers to be dialled, and leaves what a person changed', async () => {
    await office.database.query("UPDATE pool SET settings = '{}'");
    const numbers = (): Promise<unknown[]> => office.database.query(
      `SELECT n.number, q.name AS queue, a.username AS agent FROM numbers n LEFT JOIN queues q ON q.id = n.queue_id LEFT JOIN agents a ON a.id = n.agent_id WHERE n.deleted_at IS NULL ORDER BY n.number`,
    );
    for (let n = 0; n < 2; n += 1) {
      await runCli(options(), 'seed-demo');
      expect(await numbers()).toEqual([{ number: '+15550200', queue: 'Support', agent: null }, { number: '+15550201', queue: null, agent: 'agent1' }]);
      expect((await read()).dialling).toEqual({ enabled: true, countries: ['US'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 12, callerId: null });
    }
    await put({ dialling: { ...dialling, enabled: false } });
    const [{ id } = { id: '' }] = (await call<{ items: { id: string; number: string }[] }>(office.manager, 'GET', '/api/v1/numbers', { token: office.tokens.admin })).body.items.filter(({ number }) => number === '+15550201');
    await call(office.manager, 'DELETE', `/api/v1/numbers/${id}`, { token: office.tokens.admin });
    const [{ queue } = { queue: '' }] = await office.database.query<{ queue: string }>("SELECT id AS queue FROM queues WHERE name = 'Support'");
    await call(office.manager, 'PATCH', `/api/v1/queues/${queue}`, { token: office.tokens.admin, body: { name: 'Helpdesk' } });
    await runCli(options(), 'seed-demo');
    expect(await numbers()).toEqual([{ number: '+15550200', queue: 'Helpdesk', agent: null }]);
    expect((await read()).dialling).toEqual({ ...dialling, enabled: false });
  });
});
