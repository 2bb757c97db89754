import { randomUUID } from 'node:crypto';
import type { QueuePage, QueueView } from '../src/queues/queue.dto.js';
import { type Answer, call } from './support/api.js';
import { addQueue } from './support/caller-world.js';
import { type Office, openOffice } from './support/people.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
}, 60_000);
afterAll(() => office.close());
beforeEach(async () => {
  for (const table of ['numbers', 'calls', 'queues']) await office.database.query(`DELETE FROM ${table}`);
});

interface Refusal {
  readonly code?: string;
  readonly errors?: { pointer: string }[];
}

const act = <T = QueueView & Refusal>(method: string, path = '', body?: unknown, who: keyof Office['tokens'] = 'admin'): Promise<Answer<T>> =>
  call<T>(office.manager, method, `/api/v1/queues${path}`, { token: office.tokens[who], ...(body === undefined ? {} : { body }) });

describe('an administrator sets up a queue', () => {
  it('with a name alone, or with everything, and reads it again', async () => {
    const plain = await act('POST', '', { name: 'Support' });
    expect([plain.status, plain.body]).toEqual([201, { id: expect.any(String), name: 'Support', skills: [], musicClass: null, maxWaitSeconds: null, waiting: 0, waitingSince: null }]);
    const full = await act('POST', '', { name: 'Verkauf 💥', skills: ['de', 'sales', 'de'], musicClass: 'jazz', maxWaitSeconds: 300 });
    expect([full.status, full.body]).toEqual([201, expect.objectContaining({ name: 'Verkauf 💥', skills: ['de', 'sales'], musicClass: 'jazz', maxWaitSeconds: 300 })]);
    expect((await act<QueuePage>('GET', '', undefined, 'supervisor')).body).toEqual({ items: [plain.body, full.body], nextCursor: null });
  });

  it('of which the live stream tells: made, changed, removed, and nothing of what was refused', async () => {
    const { id } = (await act('POST', '', { name: 'Told' })).body;
    await act('POST', '', { name: 'Told' });
    await act('PATCH', `/${id}`, { name: 'Retold' });
    await act('DELETE', `/${id}`);
    await act('DELETE', `/${id}`);
    const told = await office.database.query<{ type: string; data: object }>('SELECT type, data FROM event_log WHERE subject = ? ORDER BY seq', [id]);
    expect(told).toEqual([['Told', false], ['Retold', false], ['Retold', true]].map(([name, deleted]) => ({ type: 'queue.changed', data: { queueId: id, name, deleted } })));
    expect(await office.database.query("SELECT COUNT(*) AS count FROM event_log WHERE type = 'queue.changed' AND data->>'$.name' = 'Told'")).toEqual([{ count: 1 }]);
  });

  it('and changes what is given, clearing what is null', async () => {
    const { id } = (await act('POST', '', { name: 'Support', skills: ['de'], musicClass: 'jazz', maxWaitSeconds: 300 })).body;
    expect((await act('PATCH', `/${id}`, { maxWaitSeconds: 60 })).body).toMatchObject({ name: 'Support', skills: ['de'], musicClass: 'jazz', maxWaitSeconds: 60 });
    expect((await act('PATCH', `/${id}`, { name: 'Help', skills: [], musicClass: null, maxWaitSeconds: null })).body).toMatchObject({ name: 'Help', skills: [], musicClass: null, maxWaitSeconds: null });
    expect((await act('PATCH', `/${id}`, {})).body).toMatchObject({ name: 'Help' });
  });

  it('and may not use a name twice, however it is written, but may use one again whose queue was removed', async () => {
    const { id } = (await act('POST', '', { name: 'Support' })).body;
    const other = (await act('POST', '', { name: 'Sales' })).body;
    const again = await act('POST', '', { name: 'SUPPORT' });
    expect([again.status, again.body.code]).toEqual([409, 'QUEUE.NAME_TAKEN']);
    const renamed = await act('PATCH', `/${other.id}`, { name: 'support' });
    expect([renamed.status, renamed.body.code]).toEqual([409, 'QUEUE.NAME_TAKEN']);
    expect((await act('DELETE', `/${id}`)).status).toBe(204);
    expect((await act('POST', '', { name: 'Support' })).status).toBe(201);
  });

  it('and removes it once no number leads to it and nobody waits in it, and again without harm', async () => {
    const { queueId } = await addQueue(office.database);
    const inUse = async (): Promise<[number, string | undefined]> => {
      const { status, body } = await act('DELETE', `/${queueId}`);
      return [status, body.code];
    };
    expect(await inUse()).toEqual([409, 'QUEUE.IN_USE']);
    await office.database.query('UPDATE numbers SET deleted_at = NOW(3)');
    await office.database.query("INSERT INTO calls (id, direction, state, queue_id, from_number, to_number, started_at) VALUES (?, 'inbound', 'queued', ?, '', '', NOW(3))", [randomUUID(), queueId]);
    expect(await inUse()).toEqual([409, 'QUEUE.IN_USE']);
    await office.database.query("UPDATE calls SET state = 'ended'");
    for (let n = 0; n < 2; n += 1) expect((await act('DELETE', `/${queueId}`)).status).toBe(204);
    expect((await act<QueuePage>('GET')).body.items).toEqual([]);
    expect((await act('PATCH', `/${queueId}`, { name: 'x' })).body.code).toBe('QUEUE.NOT_FOUND');
  });

  it('of which there never was one, and hears so', async () => {
    for (const [method, body] of [['PATCH', { name: 'x' }], ['DELETE', undefined]] as const) {
      const answer = await act(method, `/${randomUUID()}`, body);
      expect([answer.status, answer.body.code]).toEqual([404, 'QUEUE.NOT_FOUND']);
    }
  });

  it.each([
    ['/name', { name: '' }], ['/name', { name: 'x'.repeat(65) }], ['/name', { name: 'a\r\nb' }], ['/name', { name: null }], ['/name', {}], ['/skills', { name: 'x', skills: 'de' }], ['/skills', { name: 'x', skills: [null] }],
    ['/skills', { name: 'x', skills: Array.from({ length: 101 }, (_, n) => `s${n}`) }], ['/musicClass', { name: 'x', musicClass: 'a b' }], ['/maxWaitSeconds', { name: 'x', maxWaitSeconds: 4 }],
    ['/maxWaitSeconds', { name: 'x', maxWaitSeconds: 1e9 }], ['/maxWaitSeconds', { name: 'x', maxWaitSeconds: '60' }], ['/waiting', { name: 'x', waiting: 1 }],
  ])('with a mistake in %s, and is told where', async (pointer, body) => {
    const answer = await act('POST', '', body);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.pointer]).toEqual([400, 'REQUEST.INVALID', pointer]);
  });
});

it('a supervisor sees how many wait in a queue and since when, and who has been answered waits no more', async () => {
  const { queueId } = await addQueue(office.database);
  for (const [state, ago] of [['queued', 30], ['queued', 90], ['answered', 300], ['ended', 600]] as const) {
    await office.database.query("INSERT INTO calls (id, direction, state, queue_id, from_number, to_number, started_at) VALUES (?, 'inbound', ?, ?, '', '', NOW(3) - INTERVAL ? SECOND)", [randomUUID(), state, queueId, ago]);
  }
  const [queue] = (await act<QueuePage>('GET', '', undefined, 'supervisor')).body.items;
  expect(queue).toMatchObject({ id: queueId, waiting: 2 });
  expect(Date.now() - new Date(queue!.waitingSince!).getTime()).toBeGreaterThan(85_000);
});

it('supervisors read queues and change none; agents and API keys have no business with them', async () => {
  const { queueId } = await addQueue(office.database);
  for (const who of ['supervisor', 'agent', 'integrator'] as const) {
    expect((await act('GET', '', undefined, who)).status).toBe(who === 'supervisor' ? 200 : 403);
    for (const [method, path, body] of [['POST', '', { name: 'x' }], ['PATCH', `/${queueId}`, { name: 'x' }], ['DELETE', `/${queueId}`, undefined]] as const) expect((await act(method, path, body, who)).status).toBe(403);
  }
});

it('queues are listed in pages', async () => {
  for (let n = 0; n < 5; n += 1) await act('POST', '', { name: `Queue ${n}` });
  const names: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: QueuePage = (await act<QueuePage>('GET', `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)).body;
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  }
  expect(names).toEqual([0, 1, 2, 3, 4].map((n) => `Queue ${n}`));
});
