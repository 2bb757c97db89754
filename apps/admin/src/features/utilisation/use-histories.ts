import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useApi } from '../../shared/api-context.js';
import type { MediaServer } from '../../shared/contract.js';
import { keys } from '../../shared/queries.js';

/** Spans a person can look back over: how long, and one number for how many seconds. */
export const ranges = {
  '15m': { label: '15 minutes', spanMs: 900_000, stepSeconds: 10 },
  '1h': { label: '1 hour', spanMs: 3_600_000, stepSeconds: 60 },
  '6h': { label: '6 hours', spanMs: 21_600_000, stepSeconds: 300 },
  '24h': { label: '24 hours', spanMs: 86_400_000, stepSeconds: 900 },
} as const;

export type Range = keyof typeof ranges;

/** The statistics of the servers shown, read again every step (at least every 15 s). */
export function useHistories(servers: readonly MediaServer[], range: Range) {
  const api = useApi();
  const { spanMs, stepSeconds } = ranges[range];
  return useQueries({
    queries: servers.map(({ id }) => ({
      queryKey: [...keys.statistics, id, range],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const now = Date.now();
        return api.mediaServers.statistics(id, { from: new Date(now - spanMs).toISOString(), to: new Date(now).toISOString(), stepSeconds }, signal);
      },
      refetchInterval: Math.max(15_000, stepSeconds * 1000),
      placeholderData: keepPreviousData,
    })),
  });
}
