import { randomUUID } from 'node:crypto';
import type { Config } from '../src/config/config.js';
import { createDataSource } from '../src/database/data-source.js';
import { Database } from '../src/database/database.js';
import { Housekeeper } from '../src/housekeeping/housekeeper.js';
import { SystemChance } from '../src/time/clock.js';
import { addQueue } from './support/caller-world.js';
import { CallWorld } from './support/call-world.js';
import { raw } from './support/raw.js';

let world: CallWorld;

beforeAll(async () => {
  world = await CallWorld.create();
});

afterAll(() => world.stop());

/** A call written past the API, with one step of its ladder. */
async function written(facts: { state?: string; queueId?: string; endedDaysAgo?: number; waitedSeconds?: number; endReason?: string }): Promise<string> {
  const id = randomUUID();
  const { state = 'ended', queueId = null, endedDaysAgo = 0, waitedSeconds = 0, endReason = state === 'ended' ? 'caller-hung-up' : null } = facts;
  await world.database.query(
    `INSERT INTO calls (id, direction, state, queue_id, from_number, to_number, started_at, ended_at, end_reason)
     VALUES (?, 'inbound', ?, ?, '+15550142', '+15550200', NOW(3) - INTERVAL ? DAY - INTERVAL ? SECOND, IF(? = 'ended', NOW(3) - INTERVAL ? DAY, NULL), ?)`,
    [id, state, queueId, endedDaysAgo, waitedSeconds, state, endedDaysAgo, endReason],
  );
  await world.database.query("INSERT INTO call_events (call_id, type, data) VALUES (?, 'call.ended', '{}')", [id]);
  return id;
}

async function recorded(callId: string, deleted: boolean): Promise<void> {
  await world.database.query(
    `INSERT INTO recordings (id, call_id, media_server_id, state, started_at, pauses, deleted_at) VALUES (?, ?, ?, 'stored', NOW(3), '[]', IF(?, NOW(3), NULL))`,
    [randomUUID(), callId, randomUUID(), deleted],
  );
}

describe('calls that are over', () => {
  it('are kept for as many days as the operator says, with their ladders; a recording that is still there keeps its call', async () => {
    const dataSource = await createDataSource(world.database.url, 4).initialize();
    const chance = new SystemChance();
    const keeper = new Housekeeper(new Database(dataSource, chance), { eventRetentionHours: 24, callRetentionDays: 30 } as Config, chance);
    const young = await written({ endedDaysAgo: 29 });
    const old = await Promise.all(Array.from({ length: 450 }, () => written({ endedDaysAgo: 31 })));
    const heard = await written({ endedDaysAgo: 31 });
    await recorded(heard, false);
    const removed = await written({ endedDaysAgo: 31 });
    await recorded(removed, true);
    const open = await written({ state: 'answered', endedDaysAgo: 40 });
    // Two managers at once do no harm.
    await Promise.all([keeper.sweep(), keeper.sweep()]);
    await keeper.sweep();
    const left = async (table: string, column: string) => (await world.database.query<{ id: string }>(`SELECT ${column} AS id FROM ${table} ORDER BY ${column}`)).map(({ id }) => id);
    expect(await left('calls', 'id')).toEqual([young, heard, open].sort());
    expect(await left('call_events', 'call_id')).toEqual([young, heard, open].sort());
    expect(old).toHaveLength(450);
    await dataSource.destroy();
    await world.database.query('DELETE FROM calls');
  });

  it('are found by how they ended', async () => {
    const busy = await written({ endReason: 'busy' });
    await written({ endReason: 'no-answer' });
    const found = await world.get<{ items: { id: string }[] }>(world.key, '?endReason=busy');
    expect(found.body.items.map(({ id }) => id)).toEqual([busy]);
    expect((await world.get(world.key, '?endReason=whatever')).body).toMatchObject({ code: 'REQUEST.INVALID', errors: [{ parameter: 'endReason' }] });
    await world.database.query('DELETE FROM calls');
  });
});

describe('what an operator watches', () => {
  it('is how many callers wait in each queue, how long the first of them has, and how many calls are open', async () => {
    const { queueId } = await addQueue(world.database, { skills: ['unheard-of'] });
    const { queueId: empty } = await addQueue(world.database, { skills: ['unheard-of'] });
    await world.database.query('UPDATE queues SET name = ? WHERE id = ?', ['Support "gold"', queueId]);
    await world.database.query('UPDATE queues SET name = ? WHERE id = ?', ['Sales', empty]);
    for (const waitedSeconds of [5, 70]) await written({ state: 'queued', queueId, waitedSeconds });
    await written({ state: 'queued', waitedSeconds: 3 });
    await written({ state: 'answered' });
    const { text } = await raw(world.manager, 'GET', '/metrics');
    const value = (name: string): number => Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.slice(name.length));
    expect(value('nailup_waiting_callers{queue="Support \\"gold\\""}')).toBe(2);
    expect(value('nailup_waiting_longest_seconds{queue="Support \\"gold\\""}')).toBeGreaterThanOrEqual(70);
    expect(value('nailup_waiting_longest_seconds{queue="Support \\"gold\\""}')).toBeLessThan(80);
    expect([value('nailup_waiting_callers{queue="Sales"}'), value('nailup_waiting_longest_seconds{queue="Sales"}')]).toEqual([0, 0]);
    expect(value('nailup_waiting_callers{queue=""}')).toBe(1);
    expect(value('nailup_open_calls{state="queued",direction="inbound"}')).toBe(3);
    expect(value('nailup_open_calls{state="answered",direction="inbound"}')).toBe(1);
    expect(value('nailup_open_calls{state="held",direction="inbound"}')).toBe(0);
  });
});
