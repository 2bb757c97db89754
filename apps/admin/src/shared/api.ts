import { readProblem } from '@nailup/web';
import type {
  Agent,
  AgentInput,
  AgentState,
  ApiKey,
  Decision,
  EnrolmentToken,
  MediaServer,
  MediaServerInput,
  Page,
  Placement,
  PlacementState,
  Sample,
  ServerCredentials,
  Simulation,
} from './contract.js';

type Query = Record<string, string | number | undefined>;

/** What the console asks of the manager. Every call throws ProblemError or UnreachableError. */
export function createApi(fetch: typeof globalThis.fetch, baseUrl = '/api/v1') {
  const call = async <T>(method: string, path: string, options: { query?: Query; body?: unknown; signal?: AbortSignal; key?: string } = {}): Promise<T> => {
    const query = new URLSearchParams(Object.entries(options.query ?? {}).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])));
    const headers: Record<string, string> = {};
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (options.key) headers['idempotency-key'] = options.key;
    const response = await fetch(`${baseUrl}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
      method,
      headers,
      signal: options.signal,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    if (!response.ok) throw await readProblem(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  /** The whole of a list that fits a screen's patience: pages of 200, at most `pages` of them. */
  const all = async <T>(path: string, signal: AbortSignal | undefined, pages = 10): Promise<T[]> => {
    const items: T[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const answer = await call<Page<T>>('GET', path, { query: { limit: 200, cursor }, signal });
      items.push(...answer.items);
      if (answer.nextCursor === null) break;
      cursor = answer.nextCursor;
    }
    return items;
  };

  return {
    mediaServers: {
      list: (signal?: AbortSignal) => all<MediaServer>('/media-servers', signal),
      create: (body: MediaServerInput, key: string) => call<MediaServer & { credentials: ServerCredentials }>('POST', '/media-servers', { body, key }),
      change: (id: string, body: Partial<MediaServerInput>) => call<MediaServer>('PATCH', `/media-servers/${id}`, { body }),
      remove: (id: string) => call<void>('DELETE', `/media-servers/${id}`),
      drain: (id: string, deadlineSeconds?: number) => call<void>('POST', `/media-servers/${id}/drain`, { body: deadlineSeconds === undefined ? {} : { deadlineSeconds } }),
      resume: (id: string) => call<void>('POST', `/media-servers/${id}/resume`),
      statistics: (id: string, query: { from: string; to: string; stepSeconds: number }, signal?: AbortSignal) =>
        call<{ items: Sample[] }>('GET', `/media-servers/${id}/statistics`, { query, signal }),
      enrolmentToken: (body: { expiresAt?: string; uses?: number; allowedCidr?: string }, key: string) =>
        call<EnrolmentToken>('POST', '/media-servers/enrolment-tokens', { body, key }),
    },
    agents: {
      list: (signal?: AbortSignal) => all<Agent>('/agents', signal),
      create: (body: AgentInput, key: string) => call<Agent>('POST', '/agents', { body, key }),
      change: (id: string, body: Partial<AgentInput> & { enabled?: boolean }) => call<Agent>('PATCH', `/agents/${id}`, { body }),
      remove: (id: string) => call<void>('DELETE', `/agents/${id}`),
      setState: (id: string, state: AgentState, reason?: string) => call<Agent>('PUT', `/agents/${id}/state`, { body: reason ? { state, reason } : { state } }),
    },
    placements: {
      page: (query: { state?: PlacementState; agentId?: string; mediaServerId?: string; cursor?: string }, signal?: AbortSignal) =>
        call<Page<Placement>>('GET', '/placements', { query: { limit: 50, ...query }, signal }),
      one: (id: string, signal?: AbortSignal) => call<Placement>('GET', `/placements/${id}`, { signal }),
      decision: (id: string, signal?: AbortSignal) => call<Decision>('GET', `/placements/${id}/decision`, { signal }),
      release: (id: string) => call<void>('DELETE', `/placements/${id}`),
      simulate: (body: { count: number; region?: string }) => call<Simulation>('POST', '/placements/simulate', { body }),
    },
    apiKeys: {
      list: (signal?: AbortSignal) => all<ApiKey>('/api-keys', signal),
      create: (body: { name: string; scopes: string[]; expiresAt?: string }, key: string) => call<ApiKey & { key: string }>('POST', '/api-keys', { body, key }),
      revoke: (id: string) => call<void>('DELETE', `/api-keys/${id}`),
    },
    events: {
      ticket: async () => (await call<{ ticket: string }>('POST', '/events/tickets')).ticket,
    },
  };
}

export type Api = ReturnType<typeof createApi>;
