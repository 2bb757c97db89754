import { randomUUID } from 'node:crypto';
import { call } from './support/api.js';
import { type Office, openOffice } from './support/people.js';
import { addApiKey } from './support/pool.js';

type Who = 'nobody' | 'agent' | 'supervisor' | 'admin' | 'integrator' | 'keyWithoutScopes';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

afterAll(() => office.close());

const everybody: Who[] = ['agent', 'supervisor', 'admin', 'integrator'];

/** Whom each operation lets in. An operation that is not here has not been thought about, and fails. */
const letIn: Readonly<Record<string, readonly Who[] | 'public' | 'machines'>> = {
  login: 'public', refresh: 'public', logout: 'public', isAlive: 'public', isReady: 'public', readMetrics: 'public', streamEvents: 'public',
  me: ['agent', 'supervisor', 'admin'],
  listApiKeys: ['admin'], createApiKey: ['admin'], deleteApiKey: ['admin'],
  listAgents: ['supervisor', 'admin', 'integrator'], createAgent: ['admin', 'integrator'], getAgent: everybody, changeAgent: ['admin', 'integrator'], deleteAgent: ['admin', 'integrator'], setAgentState: everybody,
  enrolMediaServer: 'machines', uploadRecording: 'machines', realtimeAnswer: 'machines',
  listEnrolmentTokens: ['admin'], createEnrolmentToken: ['admin'], revokeEnrolmentToken: ['admin'],
  listMediaServers: ['supervisor', 'admin', 'integrator'], createMediaServer: ['admin'], getMediaServer: ['supervisor', 'admin', 'integrator'], changeMediaServer: ['admin'], deleteMediaServer: ['admin'],
  drainMediaServer: ['admin'], resumeMediaServer: ['admin'], getMediaServerStatistics: ['supervisor', 'admin', 'integrator'], getCapacityAdvice: ['supervisor', 'admin', 'integrator'],
  createEventTicket: everybody, settingsRead: ['agent', 'supervisor', 'admin'], settingsReplace: ['admin'],
  placeCall: everybody, listCalls: everybody, getCall: everybody, getCallEvents: everybody, hangUpCall: everybody, holdCall: everybody, resumeCall: everybody, sendDtmf: everybody, disposeCall: everybody,
  transferCall: everybody, completeTransfer: everybody, cancelTransfer: everybody, joinTransfer: everybody, readDirectory: everybody,
  superviseCall: ['supervisor', 'admin'], stopSupervision: ['supervisor', 'admin'],
  recordCall: everybody, getRecording: everybody, hearRecording: everybody, listRecordingAccesses: ['admin'], deleteRecording: ['admin'],
  listQueues: ['supervisor', 'admin'], createQueue: ['admin'], changeQueue: ['admin'], deleteQueue: ['admin'], listNumbers: ['supervisor', 'admin'], createNumber: ['admin'], changeNumber: ['admin'], deleteNumber: ['admin'],
  routeCall: ['integrator'], giveUpRoute: ['integrator'], listProxyMediaServers: ['integrator'],
  placementsPlace: everybody, placementsList: everybody, placementsSimulate: ['supervisor', 'admin', 'integrator'], placementsGet: everybody, placementsRelease: everybody,
  placementsDecision: everybody, placementsHeartbeat: everybody, placementsFail: everybody,
};

describe('who may do what', () => {
  it('lets each role and each key through to its routes, and nobody else: 401 without a token, 403 with the wrong one', async () => {
    const { body } = await call<{ paths: Record<string, Record<string, { operationId: string }>> }>(office.manager, 'GET', '/api/openapi.json');
    const keyWithoutScopes = await addApiKey(office.database, []);
    const tokens: Record<Who, string | undefined> = { nobody: undefined, keyWithoutScopes, ...office.tokens };
    const wrong: string[] = [];
    for (const [path, methods] of Object.entries(body.paths)) {
      for (const [method, { operationId }] of Object.entries(methods)) {
        const rule = letIn[operationId];
        if (rule === undefined) wrong.push(`${operationId} is not in the table`);
        else if (rule !== 'public') wrong.push(...(await strays(method, path, operationId, rule === 'machines' ? [] : rule, tokens)));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('hides colleagues from an agent as if they were not there', async () => {
    const { manager, ids, tokens } = office;
    expect((await call(manager, 'GET', `/api/v1/agents/${ids.agent}`, { token: tokens.agent })).status).toBe(200);
    expect((await call(manager, 'GET', `/api/v1/agents/${ids.supervisor}`, { token: tokens.agent })).status).toBe(404);
    expect((await call(manager, 'PUT', `/api/v1/agents/${ids.admin}/state`, { token: tokens.agent, body: { state: 'paused' } })).status).toBe(404);
    expect((await call(manager, 'PUT', `/api/v1/agents/${ids.agent}/state`, { token: tokens.supervisor, body: { state: 'paused' } })).status).toBe(200);
  });

  it('does not let a key that writes agents become, make, change or remove an administrator', async () => {
    const { manager, ids, tokens } = office;
    const asked = [
      call(manager, 'POST', '/api/v1/agents', { token: tokens.integrator, body: { username: 'mallory', displayName: 'M', password: 'long-enough', role: 'admin' } }),
      call(manager, 'PATCH', `/api/v1/agents/${ids.agent}`, { token: tokens.integrator, body: { role: 'admin' } }),
      call(manager, 'PATCH', `/api/v1/agents/${ids.admin}`, { token: tokens.integrator, body: { password: 'taken-over-now' } }),
      call(manager, 'DELETE', `/api/v1/agents/${ids.supervisor}`, { token: tokens.integrator }),
    ];
    expect((await Promise.all(asked)).map((answer) => answer.status)).toEqual([403, 403, 403, 403]);
  });

  it('refuses tokens that were cut, changed, or made with another algorithm', async () => {
    const { admin } = office.tokens;
    const [, payload] = admin.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const token of [admin.slice(0, -2), `${admin}x`, `${none}.${payload}.`, 'nlk_unknown', 'nls_unknown', 'nlr_unknown', 'nle_unknown', 'a b', '..', 'x'.repeat(5_000)]) {
      const answer = await call<{ code: string }>(office.manager, 'GET', '/api/v1/agents', { token });
      expect([token.slice(0, 12), answer.status]).toEqual([token.slice(0, 12), 401]);
    }
    expect((await call(office.manager, 'GET', '/api/v1/agents', { headers: { authorization: `Basic ${admin}` } })).status).toBe(401);
  });
});

async function strays(method: string, path: string, operationId: string, allowed: readonly Who[], tokens: Record<Who, string | undefined>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [who, token] of Object.entries(tokens) as [Who, string | undefined][]) {
    const address = path.replaceAll('{table}', 'ps_auths').replaceAll('{operation}', 'single').replaceAll(/\{[^}]+\}/g, randomUUID());
    const { status } = await call(office.manager, method.toUpperCase(), address, { token, ...(method === 'get' || method === 'delete' ? {} : { body: {} }) });
    const wanted = who === 'nobody' ? status === 401 : allowed.includes(who) ? status !== 401 && status !== 403 : status === 403;
    if (!wanted) wrong.push(`${operationId} answered ${who} with ${status}`);
  }
  return wrong;
}
