import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from '../../shared/api-context.js';
import { isLive } from '../../shared/calls.js';
import type { CallState } from '../../shared/contract.js';
import { keys, usePolling } from '../../shared/queries.js';

export interface HistoryFilter {
  number: string;
  agentId: string;
  state: string;
  /** Days as a date field gives them, `2026-11-26`; empty: no bound. Both are included. */
  from: string;
  to: string;
}

// While a person types a number the manager is not asked for what it would refuse.
const asked = (number: string): string | undefined => {
  const digits = number.replaceAll(/[\s().\-/]/g, '');
  return /^\+?\d{3,20}$/.test(digits) ? digits : undefined;
};

/** The first moment of a day of this browser's time zone, `later` days on; undefined when it is not a day. */
function dayStart(day: string, later = 0): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  const moment = new Date(year, month - 1, date + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** What the manager is asked for. An empty filter is no filter. */
export const queryOf = ({ number, agentId, state, from, to }: HistoryFilter) => ({
  number: asked(number),
  agentId: agentId || undefined,
  state: (state || undefined) as CallState | undefined,
  from: dayStart(from),
  to: dayStart(to, 1),
});

/** Calls, newest first, page by page. */
export function useCallHistory(filter: HistoryFilter) {
  const api = useApi();
  const query = queryOf(filter);
  return useInfiniteQuery({
    queryKey: [...keys.callHistory, query],
    queryFn: ({ pageParam, signal }) => api.calls.page({ ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: usePolling(),
  });
}

/** One call with what happened to it. A call that is over still gains a disposition; its ladder ends with that. */
export function useCall(id: string) {
  const api = useApi();
  const polling = usePolling();
  const call = useQuery({ queryKey: [...keys.calls, 'one', id], queryFn: ({ signal }) => api.calls.one(id, signal), refetchInterval: polling });
  const live = call.data !== undefined && isLive(call.data);
  // Steps of the client leg (`leg.…`) stand in the ladder alone: no event of the stream tells of them.
  const ladder = useQuery({ queryKey: [...keys.calls, 'ladder', id], queryFn: ({ signal }) => api.calls.ladder(id, signal), refetchInterval: live ? 2_000 : polling });
  return { call, ladder };
}
