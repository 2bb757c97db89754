import { randomUUID } from 'node:crypto';
import type { NumberPage, NumberView } from '../src/queues/queue.dto.js';
import { type Answer, call } from './support/api.js';
import { addQueue } from './support/caller-world.js';
import { type Office, openOffice } from './support/people.js';

let office: Office;
let queueId: string;

beforeAll(async () => {
  office = await openOffice();
}, 60_000);
afterAll(() => office.close());
beforeEach(async () => {
  for (const table of ['numbers', 'queues']) await office.database.query(`DELETE FROM ${table}`);
  ({ queueId } = await addQueue(office.database));
  await office.database.query('DELETE FROM numbers');
});

interface Refusal {
  readonly code?: string;
  readonly errors?: { pointer: string }[];
}

const act = <T = NumberView & Refusal>(method: string, path = '', body?: unknown, who: keyof Office['tokens'] = 'admin'): Promise<Answer<T>> =>
  call<T>(office.manager, method, `/api/v1/numbers${path}`, { token: office.tokens[who], ...(body === undefined ? {} : { body }) });

describe('an administrator says where a number leads', () => {
  it('to a queue or to an agent, and later elsewhere', async () => {
    const created = await act('POST', '', { number: '+15550200', queueId });
    expect([created.status, created.body]).toEqual([201, { id: expect.any(String), number: '+15550200', queueId, agentId: null }]);
    const { id } = created.body;
    const agentId = office.ids.agent;
    expect((await act('PATCH', `/${id}`, { agentId })).body).toEqual({ id, number: '+15550200', queueId: null, agentId });
    expect((await act('PATCH', `/${id}`, { queueId: queueId.toUpperCase(), agentId: null })).body).toEqual({ id, number: '+15550200', queueId, agentId: null });
    expect((await act('PATCH', `/${id}`, {})).body).toEqual({ id, number: '+15550200', queueId, agentId: null });
    expect((await act<NumberPage>('GET', '', undefined, 'supervisor')).body).toEqual({ items: [{ id, number: '+15550200', queueId, agentId: null }], nextCursor: null });
  });

  it('of which the live stream tells: added, led elsewhere, removed', async () => {
    const { id } = (await act('POST', '', { number: '+15550288', queueId })).body;
    await act('PATCH', `/${id}`, { agentId: office.ids.agent });
    await act('DELETE', `/${id}`);
    await act('DELETE', `/${id}`);
    const told = await office.database.query<{ type: string; agent_id: string | null; data: object }>('SELECT type, agent_id, data FROM event_log WHERE subject = ? ORDER BY seq', [id]);
    const about = { numberId: id, number: '+15550288' };
    expect(told.map(({ data }) => data)).toEqual([
      { ...about, queueId, agentId: null, deleted: false }, { ...about, queueId: null, agentId: office.ids.agent, deleted: false }, { ...about, queueId: null, agentId: office.ids.agent, deleted: true },
    ]);
    expect(told.every(({ type, agent_id }) => type === 'number.changed' && agent_id === null)).toBe(true);
  });

  it('to exactly one of the two, and is told of both fields when it is not so', async () => {
    const { id } = (await act('POST', '', { number: '+15550200', queueId })).body;
    const both = { queueId, agentId: office.ids.agent };
    for (const [method, path, body] of [
      ['POST', '', { number: '+15550201' }], ['POST', '', { number: '+15550201', ...both }], ['POST', '', { number: '+15550201', queueId: null, agentId: null }],
      ['PATCH', `/${id}`, both], ['PATCH', `/${id}`, { queueId: null }],
    ] as const) {
      const answer = await act(method, path, body);
      expect([method, body, answer.status, answer.body.code, answer.body.errors?.map(({ pointer }) => pointer)]).toEqual([method, body, 400, 'REQUEST.INVALID', ['/queueId', '/agentId']]);
    }
  });

  it('to somebody there is: an unknown queue or agent, or one that was removed, is named', async () => {
    const { id } = (await act('POST', '', { number: '+15550200', queueId })).body;
    await office.database.query("INSERT INTO queues (id, name, skills, deleted_at) VALUES ('gone', 'gone', '[]', NOW(3))");
    const removed = randomUUID();
    await office.database.query('UPDATE queues SET id = ? WHERE id = ?', [removed, 'gone']);
    for (const [pointer, body] of [['/queueId', { queueId: randomUUID() }], ['/agentId', { agentId: randomUUID() }], ['/queueId', { queueId: removed }]] as const) {
      for (const [method, path, more] of [['POST', '', { number: '+15550201' }], ['PATCH', `/${id}`, {}]] as const) {
        const answer = await act(method, path, { ...body, ...more });
        expect([answer.status, answer.body.code, answer.body.errors]).toEqual([400, 'REQUEST.INVALID', [{ pointer, message: expect.any(String) }]]);
      }
    }
  });

  it('once: a number that is there already is refused, one that was removed may come again', async () => {
    const { id } = (await act('POST', '', { number: '+15550200', queueId })).body;
    const again = await act('POST', '', { number: '+15550200', agentId: office.ids.agent });
    expect([again.status, again.body.code]).toEqual([409, 'NUMBER.TAKEN']);
    for (let n = 0; n < 2; n += 1) expect((await act('DELETE', `/${id}`)).status).toBe(204);
    expect((await act('PATCH', `/${id}`, { queueId })).body.code).toBe('NUMBER.NOT_FOUND');
    expect((await act('POST', '', { number: '+15550200', queueId })).status).toBe(201);
    expect((await act('DELETE', `/${id}`)).status).toBe(204);
    expect((await act<NumberPage>('GET')).body.items).toHaveLength(1);
  });

  it('of which there never was one, and hears so', async () => {
    for (const [method, body] of [['PATCH', { queueId }], ['DELETE', undefined]] as const) {
      const answer = await act(method, `/${randomUUID()}`, body);
      expect([answer.status, answer.body.code]).toEqual([404, 'NUMBER.NOT_FOUND']);
    }
  });

  it.each([
    ['/number', { number: '' }], ['/number', { number: '+' }], ['/number', { number: '1' }], ['/number', { number: '+1 555' }], ['/number', { number: '12\r\n34' }], ['/number', { number: 15550200 }], ['/number', { number: '9'.repeat(33) }],
    ['/number', {}], ['/queueId', { number: '+15550200', queueId: 'x' }], ['/agentId', { number: '+15550200', agentId: { constructor: 1 } }], ['/id', { number: '+15550200', id: 1 }],
  ])('with a mistake in %s, and is told where', async (pointer, body) => {
    const answer = await act('POST', '', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST.INVALID']);
    expect(answer.body.errors?.[0]?.pointer.startsWith(pointer)).toBe(true);
  });

  it('twice at the same moment, and the number leads to one of the two', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => act('POST', '', { number: '+15550200', queueId })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...new Array<number>(7).fill(409)]);
  });
});

it('a queue that a number is being led to is not removed under its feet', async () => {
  const tries = Array.from({ length: 10 }, async (_, n) => {
    const id = (await call<{ id: string }>(office.manager, 'POST', '/api/v1/queues', { token: office.tokens.admin, body: { name: `Queue ${n}` } })).body.id;
    const [led, removed] = await Promise.all([act('POST', '', { number: `+155502${n}`, queueId: id }), call(office.manager, 'DELETE', `/api/v1/queues/${id}`, { token: office.tokens.admin })]);
    expect([[201, 409], [400, 204]]).toContainEqual([led.status, removed.status]);
  });
  await Promise.all(tries);
});

it('supervisors read numbers and change none; agents and API keys have no business with them', async () => {
  const { id } = (await act('POST', '', { number: '+15550200', queueId })).body;
  for (const who of ['supervisor', 'agent', 'integrator'] as const) {
    expect((await act('GET', '', undefined, who)).status).toBe(who === 'supervisor' ? 200 : 403);
    for (const [method, path, body] of [['POST', '', { number: '+15550201', queueId }], ['PATCH', `/${id}`, { queueId }], ['DELETE', `/${id}`, undefined]] as const) expect((await act(method, path, body, who)).status).toBe(403);
  }
});
