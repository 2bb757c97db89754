import { createApiClient, ProblemError } from './index.js';

function answering(status: number, body: unknown, headers: Record<string, string> = {}): { asked: Request[]; fetch: (request: Request) => Promise<Response> } {
  const asked: Request[] = [];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    asked,
    fetch: (request) => {
      asked.push(request);
      return Promise.resolve(new Response(text, { status, headers: { 'content-type': 'application/problem+json', ...headers } }));
    },
  };
}

describe('the client of an integrator', () => {
  it('shows the token it holds at the moment of the request', async () => {
    const { asked, fetch } = answering(200, { items: [], nextCursor: null }, { 'content-type': 'application/json' });
    let token: string | null = 'first';
    const api = createApiClient({ baseUrl: 'http://manager', accessToken: () => token, fetch });
    await api.GET('/api/v1/agents');
    token = null;
    await api.GET('/api/v1/agents');
    expect(asked.map((request) => request.headers.get('authorization'))).toEqual(['Bearer first', null]);
    expect(asked[0]?.url).toBe('http://manager/api/v1/agents');
  });

  it('hears a refusal as a ProblemError with its code, its fields and when to try again', async () => {
    const { fetch } = answering(503, { type: 'urn:nailup:problem:SELECTION.POOL_FULL', title: 'Every media server is full', status: 503, code: 'SELECTION.POOL_FULL', instance: '/x' }, { 'retry-after': '5' });
    const api = createApiClient({ baseUrl: 'http://manager', accessToken: () => null, fetch });
    const refusal = await api.POST('/api/v1/placements', { body: {} }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ status: 503, code: 'SELECTION.POOL_FULL', retryAfterSeconds: 5, errors: [], message: 'Every media server is full' });
  });

  it('does not stumble over an answer that is no problem document, as a proxy gives', async () => {
    const { fetch } = answering(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' });
    const api = createApiClient({ baseUrl: 'http://manager', accessToken: () => null, fetch });
    await expect(api.GET('/api/v1/agents')).rejects.toMatchObject({ status: 502, code: 'UNKNOWN', retryAfterSeconds: null, detail: null });
  });
});
