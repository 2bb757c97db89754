import { PlacementRefused } from '@nailup/phone';
import { restPlacements } from './placements.js';

const manager = (answer: Response | Error) => {
  const seen: { method: string; path: string; body: unknown }[] = [];
  const fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const request = new Request(input);
    const text = await request.text();
    seen.push({ method: request.method, path: new URL(request.url).pathname, body: text ? JSON.parse(text) : null });
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };
  return { seen, placements: restPlacements(fetch, 'http://manager.test') };
};
const refusal = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code }), { status, headers: { 'content-type': 'application/problem+json', ...headers } });
const why = async (work: Promise<unknown>): Promise<PlacementRefused> => {
  const error: unknown = await work.then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof PlacementRefused)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error;
};

it.each([
  [refusal(503, 'SELECTION.POOL_FULL', { 'retry-after': '5' }), 'pool-full', 5_000],
  [refusal(503, 'SELECTION.NO_ELIGIBLE_SERVER'), 'no-server', null],
  [refusal(409, 'AGENT.DISABLED'), 'agent-disabled', null],
  [refusal(401, 'AUTH.INVALID_TOKEN'), 'signed-out', null],
  [refusal(403, 'AUTH.FORBIDDEN'), 'agent-disabled', null],
  [refusal(429, 'REQUEST.TOO_MANY', { 'retry-after': '2' }), 'manager-away', 2_000],
  [refusal(503, 'SERVICE.DATABASE_UNAVAILABLE'), 'manager-away', null],
  [new Response('<html>Bad gateway</html>', { status: 502 }), 'manager-away', null],
  [new TypeError('Failed to fetch'), 'manager-away', null],
  [refusal(400, 'REQUEST.INVALID'), 'request-refused', null],
])('understands a manager that refuses a seat (%#)', async (answer, reason, retryAfterMs) => {
  expect(await why(manager(answer).placements.place({}))).toMatchObject({ reason, retryAfterMs });
});

it.each([refusal(404, 'PLACEMENT.NOT_FOUND'), refusal(409, 'PLACEMENT.ENDED')])('knows from a heartbeat that the seat is over (%#)', async (answer) => {
  expect((await why(manager(answer).placements.heartbeat('p-1'))).reason).toBe('seat-ended');
});

it('reports which server failed at which stage, in no more words than the manager keeps', async () => {
  const { seen, placements } = manager(Response.json({}));
  await placements.reportFailure('p-1', { stage: 'ice', reason: 'x'.repeat(400) });
  expect(seen).toEqual([{ method: 'POST', path: '/api/v1/placements/p-1/failure', body: { stage: 'ice', reason: 'x'.repeat(255) } }]);
});
