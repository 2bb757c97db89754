import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from '../../shared/api-context.js';
import type { PlacementState } from '../../shared/contract.js';
import { keys, usePolling } from '../../shared/queries.js';

/** Placements, newest first, page by page. An empty filter is no filter. */
export function usePlacements(filter: { state: string; mediaServerId: string; agentId: string }) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: [...keys.placements, filter],
    queryFn: ({ pageParam, signal }) =>
      api.placements.page(
        { state: (filter.state || undefined) as PlacementState | undefined, mediaServerId: filter.mediaServerId || undefined, agentId: filter.agentId || undefined, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: usePolling(),
  });
}

/** One placement with the decision that made it. A decision never changes. */
export function useDecision(placementId: string) {
  const api = useApi();
  const placement = useQuery({ queryKey: [...keys.placements, 'one', placementId], queryFn: ({ signal }) => api.placements.one(placementId, signal) });
  const decision = useQuery({ queryKey: ['decisions', placementId], queryFn: ({ signal }) => api.placements.decision(placementId, signal), staleTime: Infinity });
  return { placement, decision };
}
