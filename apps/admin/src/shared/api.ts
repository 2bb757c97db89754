import { createApiClient } from '@nailup/api-client';
import type {
  AgentChange,
  CallState,
  DrainOrder,
  MediaServerChange,
  NewAgent,
  NewMediaServer,
  NumberChange,
  NumberInput,
  Page,
  PlacementState,
  QueueInput,
  Scope,
  SettableState,
  Settings,
  SettingsChange,
  SupervisionMode,
} from './contract.js';

/** A refusal was thrown before, so what comes here holds data. */
const dataOf = async <T>(answer: Promise<{ data?: T }>): Promise<T> => (await answer).data as T;

const pageSize = 200;
// 2,000 rows: past that a screen needs a search, not a longer list.
const mostPages = 10;

/** The whole of a list, page by page. */
async function all<T>(page: (query: { limit: number; cursor?: string }) => Promise<{ data?: Page<T> }>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const answer = await dataOf(page({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }));
    items.push(...answer.items);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return items;
}

const tagged = ({ data, response }: { data?: Omit<Settings, 'etag'>; response: Response }): Settings => ({ ...(data as Omit<Settings, 'etag'>), etag: response.headers.get('etag') ?? '*' });

const one = (id: string) => ({ path: { id } });
const once = (key: string) => ({ header: { 'Idempotency-Key': key } });

/** What the console asks of the manager. Every call throws ProblemError or UnreachableError. @param fetch sends with the access token */
export function createApi(fetch: typeof globalThis.fetch, baseUrl: string = location.origin) {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  return {
    mediaServers: {
      list: (signal?: AbortSignal) => all((query) => client.GET('/api/v1/media-servers', { params: { query }, signal })),
      create: (body: NewMediaServer, key: string) => dataOf(client.POST('/api/v1/media-servers', { params: once(key), body })),
      change: (id: string, body: MediaServerChange) => dataOf(client.PATCH('/api/v1/media-servers/{id}', { params: one(id), body })),
      remove: (id: string) => client.DELETE('/api/v1/media-servers/{id}', { params: one(id) }),
      drain: (id: string, body: DrainOrder) => dataOf(client.POST('/api/v1/media-servers/{id}/drain', { params: one(id), body })),
      capacityAdvice: (id: string, signal?: AbortSignal) => dataOf(client.GET('/api/v1/media-servers/{id}/capacity-advice', { params: one(id), signal })),
      resume: (id: string) => dataOf(client.POST('/api/v1/media-servers/{id}/resume', { params: one(id) })),
      statistics: (id: string, query: { from: string; to: string; stepSeconds: number }, signal?: AbortSignal) =>
        dataOf(client.GET('/api/v1/media-servers/{id}/statistics', { params: { ...one(id), query }, signal })),
      enrolmentToken: (body: { expiresAt: string; uses: number; allowedCidr: string | null }, key: string) =>
        dataOf(client.POST('/api/v1/media-servers/enrolment-tokens', { params: once(key), body })),
    },
    agents: {
      list: (signal?: AbortSignal) => all((query) => client.GET('/api/v1/agents', { params: { query }, signal })),
      create: (body: NewAgent, key: string) => dataOf(client.POST('/api/v1/agents', { params: once(key), body })),
      change: (id: string, body: AgentChange) => dataOf(client.PATCH('/api/v1/agents/{id}', { params: one(id), body })),
      remove: (id: string) => client.DELETE('/api/v1/agents/{id}', { params: one(id) }),
      setState: (id: string, state: SettableState, reason: string | null) => dataOf(client.PUT('/api/v1/agents/{id}/state', { params: one(id), body: { state, reason } })),
    },
    placements: {
      page: (query: { state?: PlacementState; agentId?: string; mediaServerId?: string; cursor?: string }, signal?: AbortSignal) =>
        dataOf(client.GET('/api/v1/placements', { params: { query: { limit: 50, ...query } }, signal })),
      one: (id: string, signal?: AbortSignal) => dataOf(client.GET('/api/v1/placements/{id}', { params: one(id), signal })),
      decision: (id: string, signal?: AbortSignal) => dataOf(client.GET('/api/v1/placements/{id}/decision', { params: one(id), signal })),
      simulate: (body: { count: number; region: string | null }) => dataOf(client.POST('/api/v1/placements/simulate', { body })),
    },
    calls: {
      live: (signal?: AbortSignal) => all((query) => client.GET('/api/v1/calls', { params: { query: { ...query, live: true } }, signal })),
      page: (query: { state?: CallState; agentId?: string; number?: string; from?: string; to?: string; cursor?: string }, signal?: AbortSignal) =>
        dataOf(client.GET('/api/v1/calls', { params: { query: { limit: 50, ...query } }, signal })),
      one: (id: string, signal?: AbortSignal) => dataOf(client.GET('/api/v1/calls/{id}', { params: one(id), signal })),
      ladder: async (id: string, signal?: AbortSignal) => (await dataOf(client.GET('/api/v1/calls/{id}/events', { params: one(id), signal }))).items,
      hangUp: (id: string) => dataOf(client.POST('/api/v1/calls/{id}/hangup', { params: one(id) })),
      hold: (id: string) => dataOf(client.POST('/api/v1/calls/{id}/hold', { params: one(id) })),
      resume: (id: string) => dataOf(client.POST('/api/v1/calls/{id}/resume', { params: one(id) })),
      supervise: (id: string, mode: SupervisionMode) => dataOf(client.POST('/api/v1/calls/{id}/supervision', { params: one(id), body: { mode } })),
      stopSupervision: (id: string) => client.DELETE('/api/v1/calls/{id}/supervision', { params: one(id) }),
    },
    recordings: {
      one: (id: string, signal?: AbortSignal) => dataOf(client.GET('/api/v1/recordings/{id}', { params: one(id), signal })),
      /** With the access token in a header: an address that a player could load by itself would have to carry it. */
      sound: (id: string): Promise<Blob> => dataOf(client.GET('/api/v1/recordings/{id}/media', { params: one(id), parseAs: 'blob' })),
      accesses: async (id: string, signal?: AbortSignal) => (await dataOf(client.GET('/api/v1/recordings/{id}/accesses', { params: one(id), signal }))).items,
      remove: (id: string) => client.DELETE('/api/v1/recordings/{id}', { params: one(id) }),
    },
    queues: {
      list: (signal?: AbortSignal) => all((query) => client.GET('/api/v1/queues', { params: { query }, signal })),
      create: (body: QueueInput, key: string) => dataOf(client.POST('/api/v1/queues', { params: once(key), body })),
      change: (id: string, body: QueueInput) => dataOf(client.PATCH('/api/v1/queues/{id}', { params: one(id), body })),
      remove: (id: string) => client.DELETE('/api/v1/queues/{id}', { params: one(id) }),
    },
    numbers: {
      list: (signal?: AbortSignal) => all((query) => client.GET('/api/v1/numbers', { params: { query }, signal })),
      create: (body: NumberInput, key: string) => dataOf(client.POST('/api/v1/numbers', { params: once(key), body })),
      change: (id: string, body: NumberChange) => dataOf(client.PATCH('/api/v1/numbers/{id}', { params: one(id), body })),
      remove: (id: string) => client.DELETE('/api/v1/numbers/{id}', { params: one(id) }),
    },
    settings: {
      read: async (signal?: AbortSignal): Promise<Settings> => tagged(await client.GET('/api/v1/settings', { signal })),
      /** Refused (SETTINGS.CHANGED) when somebody has changed them since they had this ETag. */
      change: async (body: SettingsChange, etag: string): Promise<Settings> => tagged(await client.PUT('/api/v1/settings', { body, params: { header: { 'If-Match': etag } } })),
    },
    apiKeys: {
      list: (signal?: AbortSignal) => all((query) => client.GET('/api/v1/api-keys', { params: { query }, signal })),
      create: (body: { name: string; scopes: Scope[]; expiresAt: string | null }, key: string) => dataOf(client.POST('/api/v1/api-keys', { params: once(key), body })),
      revoke: (id: string) => client.DELETE('/api/v1/api-keys/{id}', { params: one(id) }),
    },
    events: {
      ticket: async () => (await dataOf(client.POST('/api/v1/events/tickets'))).ticket,
    },
  };
}

export type Api = ReturnType<typeof createApi>;
