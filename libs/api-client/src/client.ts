import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { ProblemError } from './problem-error.js';
import type { paths } from './generated/schema.js';

export type ApiClient = Client<paths>;

export interface ApiClientOptions {
  /** Where the manager is, as https://calls.example.org; empty for the page's own origin. */
  readonly baseUrl: string;
  /** Asked before each request; null for requests that need no token. An access token or an API key. */
  readonly accessToken: () => string | null;
  /** In place of the global fetch. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A typed client of every route of the manager. A refusal is thrown as ProblemError, so `data` is there whenever the call returns.
 * @example
 * const api = createApiClient({ baseUrl: 'https://calls.example.org', accessToken: () => key });
 * const { data } = await api.GET('/api/v1/agents', { params: { query: { limit: 50 } } });
 */
export function createApiClient({ baseUrl, accessToken, fetch }: ApiClientOptions): ApiClient {
  const client = createClient<paths>({ baseUrl, ...(fetch === undefined ? {} : { fetch }) });
  client.use(bearer(accessToken), refusals);
  return client;
}

function bearer(accessToken: () => string | null): Middleware {
  return {
    onRequest({ request }) {
      const token = accessToken();
      if (token !== null && !request.headers.has('authorization')) request.headers.set('authorization', `Bearer ${token}`);
      return request;
    },
  };
}

const refusals: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await ProblemError.from(response);
  },
};
