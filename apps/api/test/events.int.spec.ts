import { createDataSource } from '../src/database/data-source.js';
import { Database } from '../src/database/database.js';
import { Housekeeper } from '../src/housekeeping/housekeeper.js';
import type { Config } from '../src/config/config.js';
import { appendEvents, type NewEvent } from '../src/live/event-log.js';
import { SystemChance } from '../src/time/clock.js';
import { call } from './support/api.js';
import { type EventReader, readEvents, ticketFor } from './support/event-reader.js';
import { type RunningManager, startManager } from './support/manager.js';
import { type Office, openOffice } from './support/people.js';
import { addApiKey } from './support/pool.js';
import { until } from './support/until.js';

let office: Office;
let second: RunningManager;
let database: Database;
const readers: EventReader[] = [];

beforeAll(async () => {
  office = await openOffice();
  second = await startManager({ databaseUrl: office.database.url });
  database = new Database(await createDataSource(office.database.url, 8).initialize(), new SystemChance());
});

afterEach(() => readers.splice(0).forEach((reader) => reader.close()));

afterAll(async () => {
  await database.dataSource.destroy();
  await second.stop();
  await office.close();
});

const tell = (...events: Partial<NewEvent>[]): Promise<void> =>
  database.inTransaction((tx) => appendEvents(tx, events.map((event) => ({ type: 'agent.state', subject: 'somebody', data: {}, ...event }))));

async function open(token: string, search = '', manager = office.manager, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await readEvents(manager, `?ticket=${await ticketFor(manager, token)}${search}`, headers);
  readers.push(reader);
  return reader;
}

async function head(): Promise<number> {
  return (await office.database.query<{ seq: number }>('SELECT seq FROM event_head'))[0]!.seq;
}

describe('the live stream', () => {
  it('tells what is committed, in order, in the words of the contract', async () => {
    const reader = await open(office.tokens.supervisor);
    expect([reader.status, reader.contentType]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await tell({ type: 'placement.reserved', subject: 'p1', data: { n: 1 } }, { type: 'placement.connected', subject: 'p1', data: { n: 2 } });
    await until('both are heard', () => reader.events.length === 2);
    const seq = await head();
    expect(reader.events).toEqual([
      { id: String(seq - 1), event: 'placement.reserved', data: { seq: seq - 1, type: 'placement.reserved', at: expect.stringMatching(/Z$/), subject: 'p1', data: { n: 1 } } },
      { id: String(seq), event: 'placement.connected', data: { seq, type: 'placement.connected', at: expect.stringMatching(/Z$/), subject: 'p1', data: { n: 2 } } },
    ]);
  });

  it('is the same from every manager, with no event lost or doubled while many are written at once', async () => {
    const both = [await open(office.tokens.admin), await open(office.tokens.admin, '', second)];
    const from = await head();
    await Promise.all(Array.from({ length: 60 }, (_, n) => tell(...Array.from({ length: 1 + (n % 4) }, () => ({ data: { n } })))));
    const wanted = Array.from({ length: (await head()) - from }, (_, n) => from + 1 + n);
    for (const reader of both) {
      await until('all are heard', () => reader.events.length === wanted.length);
      expect(reader.events.map((event) => event.data.seq)).toEqual(wanted);
    }
  });

  it('goes on where the reader was, by parameter or by header, the larger winning', async () => {
    const from = await head();
    await tell({}, {}, {});
    const byParameter = await open(office.tokens.admin, `&lastEventId=${from}`);
    await until('all are heard', () => byParameter.events.length === 3);
    const byHeader = await open(office.tokens.admin, `&lastEventId=${from}`, office.manager, { 'last-event-id': String(from + 2) });
    await until('the last is heard', () => byHeader.events.length === 1);
    expect(byHeader.events[0]?.data.seq).toBe(from + 3);
  });

  it('reads far back when a reader was away for long', async () => {
    const from = await head();
    for (let n = 0; n < 7; n += 1) await tell(...Array.from({ length: 1_000 }, () => ({})));
    const reader = await open(office.tokens.admin, `&lastEventId=${from}`);
    await until('seven thousand are heard', () => reader.events.length === 7_000, 20_000);
    expect(reader.events.map((event) => event.data.seq)).toEqual(Array.from({ length: 7_000 }, (_, n) => from + 1 + n));
  });

  it('tells an agent what concerns the agent, and moves the cursor past the rest', async () => {
    const reader = await open(office.tokens.agent);
    await tell({ agentId: office.ids.supervisor }, { agentId: office.ids.agent, data: { mine: true } }, { agentId: null });
    await until('the own event is heard', () => reader.events.length > 0);
    await tell({ agentId: office.ids.agent, data: { last: true } });
    await until('the last is heard', () => reader.events.length > 1);
    expect(reader.events.map((event) => event.data.data)).toEqual([{ mine: true }, { last: true }]);
  });

  it('says resync, with the head, to a cursor from another world', async () => {
    const reader = await open(office.tokens.admin, '&lastEventId=999999999');
    await until('resync is heard', () => reader.events.length > 0);
    expect(reader.events[0]).toMatchObject({ event: 'resync', id: String(await head()), data: { seq: await head() } });
    await tell({ data: { after: true } });
    await until('it goes on', () => reader.events.length === 2);
  });

  it('says resync to a cursor that is older than what is kept', async () => {
    const old = (await head()) - 10;
    await office.database.query('UPDATE event_log SET at = at - INTERVAL 2 HOUR WHERE seq <= ?', [old + 5]);
    await new Housekeeper(database, { eventRetentionHours: 1 } as Config, new SystemChance()).sweep();
    const [oldest] = await office.database.query<{ seq: number }>('SELECT MIN(seq) AS seq FROM event_log');
    expect(oldest?.seq).toBe(old + 6);
    const reader = await open(office.tokens.admin, `&lastEventId=${old}`);
    await until('resync is heard', () => reader.events[0]?.event === 'resync');
    const young = await open(office.tokens.admin, `&lastEventId=${old + 5}`);
    await until('the rest is heard', () => young.events.length === 5);
    expect(young.events.every((event) => event.event !== 'resync')).toBe(true);
  });

  it('does not let a reader that has fallen asleep hold back the others, nor lose anything once it wakes', async () => {
    const asleep = await open(office.tokens.admin);
    const awake = await open(office.tokens.supervisor);
    asleep.pause();
    const text = 'x'.repeat(4_000);
    for (let n = 0; n < 10; n += 1) await tell(...Array.from({ length: 400 }, () => ({ data: { text } })));
    await until('the one awake hears all', () => awake.events.length === 4_000, 20_000);
    asleep.resume();
    await until('the other hears all, or was cut to come back', () => asleep.events.length === 4_000 || asleep.ended(), 20_000);
    const cursor = Number(asleep.lastEventId());
    const again = await open(office.tokens.admin, `&lastEventId=${cursor}`);
    await until('nothing is missing', () => asleep.events.length + again.events.length >= 4_000, 20_000);
  });
});

describe('a ticket', () => {
  it('opens the stream twice, for a minute', async () => {
    const ticket = await ticketFor(office.manager, office.tokens.agent);
    for (const manager of [office.manager, second]) readers.push(await readEvents(manager, `?ticket=${ticket}`));
    expect(readers.map(({ status }) => status)).toEqual([200, 200]);
    await office.database.query('UPDATE event_tickets SET expires_at = NOW(3) - INTERVAL 1 SECOND');
    expect((await readEvents(office.manager, `?ticket=${ticket}`)).status).toBe(401);
  });

  it('is needed, and no access token takes its place', async () => {
    const answers = await Promise.all(['', '?ticket=', '?ticket=nlt_guess', `?ticket=${office.tokens.admin}`].map((search) => call(office.manager, 'GET', `/api/v1/events${search}`, { token: office.tokens.admin })));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it('opens nothing for an agent who was disabled meanwhile', async () => {
    const ticket = await ticketFor(office.manager, office.tokens.agent);
    await call(office.manager, 'PATCH', `/api/v1/agents/${office.ids.agent}`, { token: office.tokens.admin, body: { enabled: false } });
    expect((await readEvents(office.manager, `?ticket=${ticket}`)).status).toBe(401);
    await call(office.manager, 'PATCH', `/api/v1/agents/${office.ids.agent}`, { token: office.tokens.admin, body: { enabled: true } });
  });

  it('is for a key only with the scope events:read', async () => {
    const deaf = await addApiKey(office.database, ['agents:read']);
    expect((await call(office.manager, 'POST', '/api/v1/events/tickets', { token: deaf })).status).toBe(403);
    const reader = await open(await addApiKey(office.database, ['events:read']));
    await tell({ subject: 'for keys too' });
    await until('it is heard', () => reader.events.some((event) => event.data.subject === 'for keys too'));
  });

  it('does not open more than ten streams of one account', async () => {
    for (let n = 0; n < 10; n += 1) expect((await open(office.tokens.integrator)).status).toBe(200);
    const eleventh = await readEvents(office.manager, `?ticket=${await ticketFor(office.manager, office.tokens.integrator)}`);
    expect(eleventh.status).toBe(429);
  });

  it('keeps to ten also when they are all asked for at once', async () => {
    const ticket = await ticketFor(office.manager, office.tokens.supervisor);
    const answers = await Promise.all(Array.from({ length: 25 }, () => readEvents(office.manager, `?ticket=${ticket}`)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(10);
    for (const answer of answers) answer.close();
  });

  it('says of a ticket that never was one what it says of one that has run out', async () => {
    for (const ticket of ['', 'no%20ticket', 'x'.repeat(300)]) expect((await readEvents(office.manager, `?ticket=${ticket}`)).status).toBe(401);
  });
});

it('sends its readers away, each with a time to come back, when the manager is stopped', async () => {
  const third = await startManager({ databaseUrl: office.database.url });
  const reader = await open(office.tokens.admin, '', third);
  expect(await third.stop()).toBe(0);
  expect(reader.ended()).toBe(true);
  expect(reader.retryMs()).toBeGreaterThanOrEqual(500);
});
