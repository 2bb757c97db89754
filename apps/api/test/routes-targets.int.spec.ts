import type { Config } from '../src/config/config.js';
import { createDataSource } from '../src/database/data-source.js';
import { Database } from '../src/database/database.js';
import { Housekeeper } from '../src/housekeeping/housekeeper.js';
import type { RouteView } from '../src/routing/route.dto.js';
import { SystemChance } from '../src/time/clock.js';
import { addQueue, addSeated, ask, callRow, emptyHouse } from './support/caller-world.js';
import { addApiKey, addServers, type PoolServer } from './support/pool.js';
import { type SelectionWorld, selectionWorld } from './support/selection-world.js';

let world: SelectionWorld;
let key: string;
let server: PoolServer;
let other: PoolServer;
let queue: { queueId: string; number: string };

beforeAll(async () => {
  world = await selectionWorld();
  key = await addApiKey(world.database, ['routes:read']);
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  await emptyHouse(world.database);
  server = (await addServers(world.database, 1))[0]!;
  other = (await addServers(world.database, 1, { mode: 'draining' }))[0]!;
  queue = await addQueue(world.database, { musicClass: 'jazz' });
});

const route = async (to = queue.number): Promise<RouteView & { token: string }> => {
  const { body } = await ask(world.manager, key, to);
  return { ...body, token: body.target.slice(4, 31) };
};
const lookUp = (form: string, of = server, operation = 'single', table = 'nailup_targets'): Promise<string> => world.lookUp(of, table, operation, form);
const fields = (line: string): Record<string, string> => Object.fromEntries(new URLSearchParams(line.trim()));

describe('an INVITE that shows its target', () => {
  it('leads to the agent it was made for', async () => {
    const ann = await addSeated(world.database, server.id);
    const { token, callId } = await route();
    expect(fields(await lookUp(`id=${token}`))).toEqual({ id: token, call: callId, kind: 'agent', conference: ann.conference, music: 'jazz' });
  });

  it('leads to the queue with its music when nobody is free', async () => {
    const { token, callId } = await route();
    expect(fields(await lookUp(`id=${token}`))).toEqual({ id: token, call: callId, kind: 'queue', conference: '', music: 'jazz' });
  });

  it('names a recording to be begun while every call is recorded, unless the call is being recorded elsewhere', async () => {
    const settings = (mode: string): Promise<unknown> => world.database.query("UPDATE pool SET settings = JSON_SET(settings, '$.recording', JSON_OBJECT('mode', ?, 'retentionDays', 90))", [mode]);
    await settings('always');
    expect(fields(await lookUp(`id=${(await route()).token}`))['record']).toMatch(/^[0-9a-f-]{36}$/);
    const { token, callId } = await route();
    await world.database.query("INSERT INTO recordings (id, call_id, media_server_id, state, started_at, pauses) VALUES (UUID(), ?, ?, 'recording', NOW(3), '[]')", [callId, other.id]);
    expect(fields(await lookUp(`id=${token}`))['record']).toBeUndefined();
    await settings('on-demand');
    expect(fields(await lookUp(`id=${(await route()).token}`))['record']).toBeUndefined();
  });

  it('is let in once, also when twenty of them come at the same moment', async () => {
    const { token } = await route();
    const answers = await Promise.all(Array.from({ length: 20 }, () => lookUp(`id=${token}`)));
    expect(answers.filter((answer) => answer !== '')).toHaveLength(1);
    expect(await lookUp(`id=${token}`)).toBe('');
  });

  it('is let in by the media server it was made for and by no other', async () => {
    const { token } = await route();
    expect(await lookUp(`id=${token}`, other)).toBe('');
    expect(await lookUp(`id=${token}`)).not.toBe('');
  });

  it('is let in for half a minute', async () => {
    const { token } = await route();
    const [row] = await world.database.query<{ seconds: number }>('SELECT TIMESTAMPDIFF(SECOND, NOW(3), expires_at) AS seconds FROM call_targets');
    expect([28, 29, 30]).toContain(row?.seconds);
    await world.database.query('UPDATE call_targets SET expires_at = NOW(3)');
    expect(await lookUp(`id=${token}`)).toBe('');
  });

  it.each([
    ['the agent was promised to somebody else since', "state = 'queued', agent_id = NULL, conference = NULL"],
    ['another agent has the call', "conference = 'a000000'"],
    ['the caller is there already', "state = 'answered'"],
    ['the call is over', "state = 'ended'"],
    ['somebody wants it to end', "wanted_end = 'agent'"],
  ])('is not let in once %s', async (_what, change) => {
    await addSeated(world.database, server.id);
    const { token, callId } = await route();
    await world.database.query(`UPDATE calls SET ${change} WHERE id = ?`, [callId]);
    expect(await lookUp(`id=${token}`)).toBe('');
  });

  it('is not let in with a guess, and whatever else is asked of the table is told nothing and spends nothing', async () => {
    const { token } = await route();
    const swapped = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
    for (const form of [`id=${swapped}`, `id=${token.toUpperCase()}`, `id=${token}%00`, `id=${token}%40example.test`, 'id=', '', "id=' OR 1=1 -- ", 'id+LIKE=t%25', `id+LIKE=${token}`, `id+%21%3D=x`, `call=${token}`, `id=${token}&kind=agent`, `kind=queue&id=${token}`]) {
      expect([form, await lookUp(form)]).toEqual([form, '']);
    }
    for (const operation of ['multi', 'update', 'store', 'destroy', 'require']) expect([operation, await lookUp(`id=${token}`, server, operation)]).toEqual([operation, '']);
    expect(await lookUp(`id=${token}`)).not.toBe('');
  });

  it('is forgotten an hour after its time, and not before', async () => {
    await route();
    await route();
    await world.database.query('UPDATE call_targets SET expires_at = NOW(3) - INTERVAL 61 MINUTE LIMIT 1');
    const dataSource = await createDataSource(world.database.url, 2).initialize();
    const chance = new SystemChance();
    await new Housekeeper(new Database(dataSource, chance), { eventRetentionHours: 24 } as Config, chance).sweep();
    await dataSource.destroy();
    expect(await world.database.query('SELECT COUNT(*) AS kept FROM call_targets')).toEqual([{ kept: 1 }]);
  });

  it('is not kept in the clear', async () => {
    const { token } = await route();
    const [row] = await world.database.query<Record<string, unknown>>('SELECT * FROM call_targets');
    expect(JSON.stringify(row)).not.toContain(token);
  });
});

describe('a media server asks who is next in line', () => {
  const position = async (callId: string, of = server): Promise<string | undefined> => fields(await lookUp(`id=${callId}`, of, 'single', 'nailup_waits'))['position'];

  it('and hears the place of a caller of its own, counted over all media servers, for each queue by itself', async () => {
    const elsewhere = await addQueue(world.database);
    const [first, stranger, second, third] = [await route(), await route(elsewhere.number), await route(), await route()];
    await world.database.query('UPDATE calls SET media_server_id = ? WHERE id = ?', [other.id, second.callId]);
    expect([await position(first.callId), await position(second.callId, other), await position(third.callId), await position(stranger.callId)]).toEqual(['1', '2', '3', '1']);
    await world.database.query("UPDATE calls SET state = 'ringing' WHERE id = ?", [first.callId]);
    expect([await position(first.callId), await position(second.callId, other), await position(third.callId)]).toEqual([undefined, '1', '2']);
  });

  it('and hears it of the leg that faces the caller too', async () => {
    const { callId } = await route();
    await world.database.query('UPDATE calls SET far_media_server_id = media_server_id, media_server_id = ? WHERE id = ?', [other.id, callId]);
    expect([await position(callId), await position(callId, other)]).toEqual(['1', '1']);
  });

  it('and hears nothing of callers elsewhere, of calls that are over, and of what is no call', async () => {
    const { callId } = await route();
    expect(await position(callId, other)).toBeUndefined();
    for (const id of ['x', '', callId.toUpperCase(), `${callId}%00`, "' OR 1=1 -- "]) expect([id, await position(id)]).toEqual([id, undefined]);
    for (const operation of ['multi', 'update']) expect(await lookUp(`id=${callId}`, server, operation, 'nailup_waits')).toBe('');
    await world.database.query("UPDATE calls SET state = 'ended'");
    expect(await position(callId)).toBeUndefined();
    expect((await callRow(world.database, callId)).state).toBe('ended');
  });
});
