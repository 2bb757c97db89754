import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { call } from './support/api.js';
import { runCli } from './support/manager.js';
import { type Office, openOffice } from './support/people.js';
import { addAgent, addServers } from './support/pool.js';
import { raw } from './support/raw.js';
import { expectRefusal } from './support/refusal.js';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  /** A body the route would take, by its schema; null when it takes none. */
  readonly sample: Readonly<Record<string, unknown>> | null;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly example?: unknown;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

let office: Office;
let operations: Operation[];
/** An agent and a media server nobody needs. */
let targets: string[];
let machineTokens: { enrolment: string; realtime: string };

beforeAll(async () => {
  office = await openOffice();
  const [server] = await addServers(office.database, 1);
  const enrolment = await runCli<{ token: string }>({ databaseUrl: office.database.url }, 'enrolment-token', '--uses', '1000');
  machineTokens = { enrolment: enrolment.token, realtime: server!.realtimeToken };
  targets = [await addAgent(office.database), server!.id];
  const { body } = await call<OpenApi>(office.manager, 'GET', '/api/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const schema = operation.requestBody?.content['application/json']?.schema;
      return { method: method.toUpperCase(), path, id: operation.operationId, sample: schema === undefined ? null : (sampleOf(schema, body) as Record<string, unknown>) };
    }),
  );
});

afterAll(() => office.close());

const nasty = fc.constantFrom<unknown>(
  '', ' ', '\u0000', 'a\r\nAction: Logoff', '${SHELL(id)}', "' OR 1=1 --", '\ud800', '💥', '../../etc/passwd', 'x'.repeat(5_000), null, true, -1, 0, 1.5, 1e308, -0, [], [[]], {}, [null], ['a', 'a'],
  '2026-13-45T99:99:99Z', '9999-12-31T23:59:59Z', { constructor: 1 }, [{ constructor: 1 }], { toString: 1 }, '2030-01-01T00:00:00Z', 'ms1', 'agent', 'ready', 'ws://a:1/ws', '127.0.0.1', randomUUID(), { host: 1 }, { __proto__: null },
);
const value = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.jsonValue());
const strangeId = fc.oneof(
  { weight: 2, arbitrary: fc.nat(1).map((which) => targets[which]!) },
  fc.constantFrom('x', '0', '%00', '%2e%2e', '..%2f..', '%F0%9F%92%A5', 'null', `${randomUUID()}x`, '%zz', '%', 'a'.repeat(2_000), randomUUID().toUpperCase(), randomUUID()),
  fc.string({ minLength: 1 }).map(encodeURIComponent),
);
const query = fc.oneof({ weight: 2, arbitrary: fc.constant('') }, fc.constantFrom('?limit=0', '?limit=201', '?limit=1e2', '?limit=', '?limit=5&limit=6', '?cursor=%00', '?cursor=eA', '?cursor=a&cursor=b', '?nothing=1', '?app=other', '?lastEventId=-1', '?state=asleep', '?from=yesterday', '?stepSeconds=0', '?a[b]=c', '?%zz', '?__proto__=1'));

/** A value the schema allows: the first of an enumeration, an example, the least number. */
function sampleOf(schema: Schema, document: OpenApi): unknown {
  if (schema.$ref !== undefined) return sampleOf(document.components.schemas[schema.$ref.split('/').at(-1)!]!, document);
  const inner = schema.anyOf?.[0] ?? schema.allOf?.[0];
  if (inner !== undefined) return sampleOf(inner, document);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.format === 'uuid') return randomUUID();
  if (schema.format === 'date-time') return '2100-01-01T00:00:00.000Z';
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, part]) => [name, sampleOf(part, document)]));
  if (type === 'array') return [sampleOf(schema.items ?? { type: 'string' }, document)];
  if (type === 'boolean') return true;
  return type === 'integer' || type === 'number' ? (schema.minimum ?? 1) : 'a'.repeat(schema.minLength ?? 1);
}

function bodyOf(sample: Operation['sample']): fc.Arbitrary<string> {
  const fields = Object.keys(sample ?? {});
  const names = fc.constantFrom(...fields, 'unknown', '__proto__', 'constructor', 'toString', '');
  const strange = fc.dictionary(names, value, { maxKeys: 3 });
  return fc.oneof(
    // Right but for one or two fields, so that what lies behind the validation is reached too.
    { weight: 6, arbitrary: fc.tuple(strange, fc.subarray(fields, { maxLength: Math.min(2, fields.length) })).map(([wrong, left]) => JSON.stringify({ ...Object.fromEntries(Object.entries(sample ?? {}).filter(([name]) => !left.includes(name))), ...wrong })) },
    { weight: 3, arbitrary: fc.constant(JSON.stringify(sample ?? {})) },
    { weight: 1, arbitrary: strange.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.jsonValue().map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[', 'null', '"a"', '{"a":1,}', '\u0000', '{"__proto__":{"a":1}}', '['.repeat(30_000), `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`) },
  );
}

function tokenOf(who: string, path: string): string | undefined {
  if (who === 'none') return undefined;
  if (who === 'machine') return path.includes('/asterisk/') ? machineTokens.realtime : machineTokens.enrolment;
  return who === 'junk' ? 'a.b.c' : office.tokens[who as 'admin'];
}

describe('the contract, whatever is sent', () => {
  it('answers every malformed id, query, body and token on every route with a refusal of the catalogue, and never with a 5xx of its own', async () => {
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(strangeId, query, bodyOf(operation.sample), fc.constantFrom('admin', 'admin', 'admin', 'integrator', 'agent', 'machine', 'none', 'junk'), async (id, search, body, who) => {
          const token = tokenOf(who, operation.path);
          const path = operation.path.replaceAll(/\{[^}]+\}/g, id) + search;
          const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' };
          const answer = await raw(office.manager, operation.method, path, headers, operation.method === 'GET' ? undefined : body);
          if (answer.status >= 400) expectRefusal(answer, `${operation.method} ${path} by ${who} with ${body.slice(0, 300)}`);
        }),
        { numRuns: 60 },
      );
    }
  }, 300_000);

  it('refuses a malformed id, cursor and limit with 400 and says which parameter it was', async () => {
    const token = office.tokens.admin;
    for (const [path, parameter] of [
      ['/api/v1/agents/not-a-uuid', 'id'], ['/api/v1/media-servers/1', 'id'], ['/api/v1/agents?limit=0', 'limit'], ['/api/v1/agents?limit=201', 'limit'], ['/api/v1/media-servers?limit=abc', 'limit'],
      ['/api/v1/agents?cursor=nonsense', 'cursor'], ['/api/v1/api-keys?surprise=1', 'surprise'],
    ] as const) {
      const answer = await call<{ code: string; errors: { parameter: string }[] }>(office.manager, 'GET', path, { token });
      expect([path, answer.status, answer.body.code, answer.body.errors[0]?.parameter]).toEqual([path, 400, 'REQUEST.INVALID', parameter]);
    }
  });

  it('points into the body with RFC 6901 pointers, also at fields nobody knows', async () => {
    const body = { name: 'ms1', host: 'a b', webSocketUrl: 'http://x', sipUri: 'sip:a', capacity: 0, ami: { host: '169.254.169.254', port: 70_000, username: 'a\r\nb', secret: '' }, 'a/b~c': 1 };
    const answer = await call<{ errors: { pointer: string }[] }>(office.manager, 'POST', '/api/v1/media-servers', { token: office.tokens.admin, body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((fault) => fault.pointer)).toEqual(expect.arrayContaining(['/host', '/webSocketUrl', '/capacity', '/ami/host', '/ami/port', '/ami/username', '/ami/secret', '/a~1b~0c']));
  });

  it.each([
    ['/constructor', { constructor: 1 }],
    ['/toString', { toString: 1 }],
    ['/hasOwnProperty', { hasOwnProperty: 1 }],
    ['/username/constructor', { username: { constructor: 1 } }],
    ['/skills/0/constructor', { skills: [{ constructor: 1 }] }],
  ])('points at %s, which every object has and no request', async (pointer, more) => {
    const people = { username: 'bo', displayName: 'Bo', password: 'long-enough-1' };
    for (const [path, body] of [['/api/v1/agents', { ...people, ...more }], ['/api/v1/auth/login', { username: 'bo', password: 'x', ...more }]] as const) {
      const answer = await call<{ errors: { pointer: string }[] }>(office.manager, 'POST', path, { token: office.tokens.admin, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      expect([path, answer.status, answer.body.errors?.map((fault) => fault.pointer)]).toEqual([path, 400, [pointer]]);
    }
    const asked = await call<{ errors: { parameter: string }[] }>(office.manager, 'GET', '/api/v1/agents?constructor=1', { token: office.tokens.admin });
    expect([asked.status, asked.body.errors[0]?.parameter]).toEqual([400, 'constructor']);
  });

  it('refuses whatever is said to a route that asks for nothing, on every such route', async () => {
    const silent = operations.filter(({ method, path, sample }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && sample === null && !path.includes('/asterisk/') && path !== '/api/v1/routes');
    expect(silent.map(({ id }) => id)).toEqual(expect.arrayContaining(['createEventTicket', 'refresh', 'logout', 'resumeMediaServer', 'placementsHeartbeat']));
    for (const { method, path } of silent) {
      const address = path.replaceAll(/\{[^}]+\}/g, randomUUID());
      const say = async (body: string | undefined): Promise<{ status: number; body: { errors?: { pointer: string }[] } }> =>
        call(office.manager, method, address, { token: office.tokens.admin, ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }) });
      for (const [body, pointer] of [['[]', ''], ['"x"', ''], ['null', ''], ['{"a":1}', '/a'], ['{"constructor":1}', '/constructor']] as const) {
        const answer = await say(body);
        expect([address, body, answer.status, answer.body.errors?.[0]?.pointer]).toEqual([address, body, 400, pointer]);
      }
      for (const body of [undefined, '{}', '']) expect([address, body, (await say(body)).status]).not.toEqual([address, body, 400]);
    }
  });

  it.each([
    ['a body over 64 KiB', 'POST', '/api/v1/agents', { 'content-type': 'application/json' }, `{"username":"${'a'.repeat(70_000)}"}`, 413],
    ['another media type', 'POST', '/api/v1/agents', { 'content-type': 'text/plain' }, 'hello', 415],
    ['a form where JSON is spoken', 'POST', '/api/v1/agents', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
    ['a body without a media type', 'POST', '/api/v1/agents', {}, '{}', 415],
    ['JSON that is none', 'POST', '/api/v1/agents', { 'content-type': 'application/json' }, '{"a":', 400],
    ['a body nested a thousand times', 'POST', '/api/v1/agents', { 'content-type': 'application/json' }, '['.repeat(1_000) + ']'.repeat(1_000), 400],
    ['a body said to be compressed', 'POST', '/api/v1/agents', { 'content-type': 'application/json', 'content-encoding': 'br' }, '{}', 415],
    ['null for a body', 'POST', '/api/v1/placements', { 'content-type': 'application/json' }, 'null', 400],
    ['a prototype in the body', 'POST', '/api/v1/agents', { 'content-type': 'application/json' }, '{"__proto__":{"role":"admin"}}', 400],
    ['a broken percent-encoding', 'GET', '/api/v1/agents/%zz', {}, undefined, 400],
    ['an address nobody knows', 'GET', '/api/v1/nothing', {}, undefined, 404],
    ['a method the address does not have', 'PUT', '/api/v1/agents', { 'content-type': 'application/json' }, '{}', 404],
    ['OPTIONS', 'OPTIONS', '/api/v1/agents', {}, undefined, 404],
    ['TRACE', 'TRACE', '/api/v1/agents', {}, undefined, 404],
    ['a path that climbs', 'GET', '/softphone/../../../etc/passwd', {}, undefined, 404],
    ['a path that climbs in disguise', 'GET', '/admin/%2e%2e%2f%2e%2e%2fpackage.json', {}, undefined, 404],
  ])('refuses %s', async (_what, method, path, headers, body, status) => {
    const answer = await raw(office.manager, method, path, { authorization: `Bearer ${office.tokens.admin}`, ...headers } as Record<string, string>, body);
    expect(answer.status).toBe(status);
    expectRefusal(answer, `${method} ${path}`);
  });

  it.each([
    ['garbage', 'GARBAGE\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400],
  ])('answers %s on the wire, which is no HTTP, with a refusal too, and hangs up', async (_what, bytes, status) => {
    const socket = connect(office.manager.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(bytes);
    await once(socket, 'close');
    const [head = '', text = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expectRefusal({ status, headers: { 'content-type': /content-type: (.*)/i.exec(head)?.[1] }, text }, bytes.slice(0, 40));
  });

  it('answers HEAD as it would GET, without a body', async () => {
    const known = await raw(office.manager, 'HEAD', '/api/v1/agents', { authorization: `Bearer ${office.tokens.admin}` });
    expect([known.status, known.text]).toEqual([200, '']);
    expect((await raw(office.manager, 'HEAD', '/api/v1/nothing')).status).toBe(404);
  });

  it('takes an empty body for none where nothing has to be said', async () => {
    const answer = await raw(office.manager, 'POST', `/api/v1/media-servers/${randomUUID()}/drain`, { authorization: `Bearer ${office.tokens.admin}`, 'content-type': 'application/json' }, '');
    expect(answer.status).toBe(404);
  });
});
