import { ProblemError, useLiveState, type Explanation, explain } from '@nailup/web';
import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useApi } from './api-context.js';

/** The one place where cache keys are made, so that the live cache and the screens agree on them. */
export const keys = {
  mediaServers: ['media-servers'] as const,
  agents: ['agents'] as const,
  placements: ['placements'] as const,
  statistics: ['statistics'] as const,
  apiKeys: ['api-keys'] as const,
  calls: ['calls'] as const,
  liveCalls: ['calls', 'live'] as const,
  callHistory: ['call-history'] as const,
  recordings: ['recordings'] as const,
  queues: ['queues'] as const,
  numbers: ['numbers'] as const,
  settings: ['settings'] as const,
};

/** A refusal is an answer: only silence and 5xx are worth asking again. */
const worthAnotherTry = (failures: number, error: Error): boolean => failures < 2 && !(error instanceof ProblemError && error.status < 500);

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthAnotherTry, retryDelay: (attempt) => 500 * 2 ** attempt, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });

// While the stream is away the lists are asked for by the clock instead.
const pollMs = 10_000;

/** Milliseconds between two readings of a list, false while the live stream keeps it true. */
export function usePolling(): number | false {
  return useLiveState().phase === 'live' ? false : pollMs;
}

/** The fleet. Read every ten seconds also while live: no event tells that a quiet server was seen again. */
export function useMediaServers() {
  const api = useApi();
  return useQuery({ queryKey: keys.mediaServers, queryFn: ({ signal }) => api.mediaServers.list(signal), refetchInterval: pollMs });
}

export function useAgents() {
  const api = useApi();
  return useQuery({ queryKey: keys.agents, queryFn: ({ signal }) => api.agents.list(signal), refetchInterval: usePolling() });
}

/** Every call that is not over. */
export function useLiveCalls() {
  const api = useApi();
  return useQuery({ queryKey: keys.liveCalls, queryFn: ({ signal }) => api.calls.live(signal), refetchInterval: usePolling() });
}

/** Queues with who waits in them. */
export function useQueues() {
  const api = useApi();
  return useQuery({ queryKey: keys.queues, queryFn: ({ signal }) => api.queues.list(signal), refetchInterval: usePolling() });
}

export function useNumbers() {
  const api = useApi();
  return useQuery({ queryKey: keys.numbers, queryFn: ({ signal }) => api.numbers.list(signal), refetchInterval: usePolling() });
}

/** What holds for the whole pool. */
export function useSettings() {
  const api = useApi();
  return useQuery({ queryKey: keys.settings, queryFn: ({ signal }) => api.settings.read(signal), refetchInterval: usePolling() });
}

export interface Freshness {
  live: boolean;
  /** Epoch ms at which the data was last known to be true, null before the first answer. */
  at: number | null;
  /** Why the last reading failed; the data shown is then an older one. */
  why: Explanation | null;
}

/** How far what a query shows can be trusted. */
export function useFreshness(query: Pick<UseQueryResult, 'dataUpdatedAt' | 'error' | 'isError'>): Freshness {
  const stream = useLiveState();
  const known = query.dataUpdatedAt === 0 ? null : query.dataUpdatedAt;
  const live = stream.phase === 'live' && !query.isError && known !== null;
  return { live, at: known === null ? null : Math.max(known, query.isError ? 0 : (stream.heardAt ?? 0)), why: query.error ? explain(query.error) : null };
}
