import { ProblemError, UnreachableError } from '../problem/problem.js';
import { FakeClock, settled } from '../testing/fake-clock.js';
import { FakeManager, json, refusal } from '../testing/fake-manager.js';
import { createSession, type Session } from './session.js';

const ada = { id: '1', username: 'ada', displayName: 'Ada', role: 'supervisor' as const };
const bo = { ...ada, id: '2', username: 'bo' };
const minutes = (count: number): number => count * 60_000;

let clock: FakeClock;
let manager: FakeManager;
let session: Session;

const grant = (accessToken: string, user = ada) => () =>
  json(200, { accessToken, expiresAt: new Date(clock.now() + minutes(10)).toISOString(), user }, { date: new Date(clock.now()).toUTCString() });
const tokensSeen = (): (string | null)[] => manager.seen.filter(({ path }) => path === '/api/v1/media-servers').map(({ authorization }) => authorization);
const ask = () => session.fetch('http://manager.test/api/v1/media-servers');

beforeEach(() => {
  clock = new FakeClock();
  manager = new FakeManager().on('POST /api/v1/auth/login', grant('first')).on('POST /api/v1/auth/logout', json(200, {}));
  session = createSession({ app: 'admin', baseUrl: 'http://manager.test', fetch: manager.fetch, clock, random: () => 0, turn: (work) => work() });
});

it('signs a person in with the cookie of this console only', async () => {
  await session.signIn('ada', 'secret');
  expect(manager.seen[0]).toMatchObject({ path: '/api/v1/auth/login?app=admin', body: { username: 'ada', password: 'secret' } });
  expect(session.getState()).toEqual({ status: 'signed-in', user: ada });
});

it('lets a person who reloads the page go on without signing in', async () => {
  manager.on('POST /api/v1/auth/refresh', grant('again'));
  await session.restore();
  expect(session.getState()).toEqual({ status: 'signed-in', user: ada });
});

it('asks a newcomer to sign in', async () => {
  manager.on('POST /api/v1/auth/refresh', refusal(401, 'AUTH.INVALID_TOKEN'));
  await session.restore();
  expect(session.getState()).toEqual({ status: 'signed-out', reason: 'nobody' });
});

it('hands a wrong password to the form and signs nobody in', async () => {
  manager.on('POST /api/v1/auth/login', refusal(401, 'AUTH.INVALID_CREDENTIALS'));
  await expect(session.signIn('ada', 'wrong')).rejects.toBeInstanceOf(ProblemError);
  expect(session.getState().status).toBe('restoring');
});

it('renews the access token a minute before its end, unnoticed', async () => {
  manager.on('POST /api/v1/auth/refresh', grant('second')).on('GET /api/v1/media-servers', json(200, {}));
  await session.signIn('ada', 'secret');
  await clock.pass(minutes(9) - 1);
  expect(manager.count('POST /api/v1/auth/refresh')).toBe(0);
  await clock.pass(1);
  await ask();
  expect(tokensSeen()).toEqual(['Bearer second']);
});

it('measures the life of a token on the server clock when the clock of this machine is an hour wrong', async () => {
  const wrong = minutes(60);
  manager.on('POST /api/v1/auth/login', () =>
    json(200, { accessToken: 'first', expiresAt: new Date(clock.now() + wrong + minutes(10)).toISOString(), user: ada }, { date: new Date(clock.now() + wrong).toUTCString() }),
  );
  await session.signIn('ada', 'secret');
  expect(clock.nextInMs).toBe(minutes(9));
});

it('renews once when five requests meet a dead token at the same time', async () => {
  manager.on('POST /api/v1/auth/refresh', grant('second'));
  const dead = () => refusal(401, 'AUTH.INVALID_TOKEN');
  manager.on('GET /api/v1/media-servers', dead, dead, dead, dead, dead, json(200, {}));
  await session.signIn('ada', 'secret');
  const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(manager.count('POST /api/v1/auth/refresh')).toBe(1);
});

it('sends the body again when the first try met a dead token', async () => {
  manager.on('POST /api/v1/auth/refresh', grant('second')).on('POST /api/v1/media-servers', refusal(401, 'AUTH.INVALID_TOKEN'), json(201, {}));
  await session.signIn('ada', 'secret');
  const answer = await session.fetch('http://manager.test/api/v1/media-servers', { method: 'POST', body: '{"name":"eu-1"}' });
  expect(answer.status).toBe(201);
  expect(manager.seen.at(-1)).toMatchObject({ authorization: 'Bearer second', body: { name: 'eu-1' } });
});

it('tells a person whose session was ended elsewhere', async () => {
  manager.on('POST /api/v1/auth/refresh', refusal(401, 'AUTH.INVALID_TOKEN'));
  await session.signIn('ada', 'secret');
  await clock.pass(minutes(9));
  expect(session.getState()).toEqual({ status: 'signed-out', reason: 'ended' });
});

it('keeps a person signed in through an outage of the managers and renews afterwards', async () => {
  manager.on('POST /api/v1/auth/refresh', new Error('connection refused'), refusal(503, 'SERVICE.DATABASE_UNAVAILABLE', {}, { 'retry-after': '7' }), grant('second'));
  await session.signIn('ada', 'secret');
  await clock.pass(minutes(9));
  expect(session.getState().status).toBe('signed-in');
  await clock.pass(500);
  expect(clock.nextInMs).toBe(7000);
  await clock.pass(7000);
  expect(session.getState()).toEqual({ status: 'signed-in', user: ada });
  expect(clock.nextInMs).toBeGreaterThanOrEqual(minutes(9));
});

it('says that the manager is away when the page opens without one, and comes back by itself', async () => {
  manager.on('POST /api/v1/auth/refresh', new Error('connection refused'), grant('again'));
  await session.restore();
  expect(session.getState()).toMatchObject({ status: 'unreachable', why: { sentence: 'The manager does not answer.' } });
  await clock.pass(500);
  expect(session.getState().status).toBe('signed-in');
});

it('does not let one tab quietly become another person who signed in beside it', async () => {
  manager.on('POST /api/v1/auth/refresh', grant('second', bo));
  await session.signIn('ada', 'secret');
  await clock.pass(minutes(9));
  expect(session.getState()).toEqual({ status: 'signed-out', reason: 'someone-else' });
});

it('forgets the token the moment a person signs out, even if the manager is away', async () => {
  manager.on('POST /api/v1/auth/logout', new Error('connection refused')).on('GET /api/v1/media-servers', refusal(401, 'AUTH.INVALID_TOKEN'));
  await session.signIn('ada', 'secret');
  await session.signOut();
  expect(session.getState()).toEqual({ status: 'signed-out', reason: 'asked' });
  await ask();
  expect(tokensSeen()).toEqual([null]);
  expect(clock.nextInMs).toBeNull();
});

it('renews first when a laptop wakes after the token died', async () => {
  manager.on('POST /api/v1/auth/refresh', new Error('asleep'), grant('second')).on('GET /api/v1/media-servers', json(200, {}));
  await session.signIn('ada', 'secret');
  await clock.pass(minutes(9));
  clock = Object.assign(clock, { time: clock.now() + minutes(30) });
  await ask();
  await settled();
  expect(tokensSeen()).toEqual(['Bearer second']);
});

it('names the network as the cause when no manager answers a request', async () => {
  manager.on('GET /api/v1/media-servers', new Error('connection refused'));
  await session.signIn('ada', 'secret');
  await expect(ask()).rejects.toBeInstanceOf(UnreachableError);
});

it('takes a manager that never answers for away after ten seconds, for signing in as for everything else', async () => {
  const silent = (input: RequestInfo | URL, init?: RequestInit) =>
    new Promise<Response>((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));
  const waiting = createSession({ app: 'admin', baseUrl: 'http://manager.test', fetch: silent, clock, random: () => 0, turn: (work) => work() });
  const signIn = waiting.signIn('ada', 'secret').catch((error: unknown) => error);
  const list = waiting.fetch('http://manager.test/api/v1/agents').catch((error: unknown) => error);
  await settled();
  await clock.pass(10_000);
  expect(await signIn).toBeInstanceOf(UnreachableError);
  expect(await list).toBeInstanceOf(UnreachableError);
});
