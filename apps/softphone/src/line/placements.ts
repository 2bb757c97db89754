import { PlacementRefused, type PlacementsPort, type ReasonCode, type SeatLook, type SeatOffer } from '@nailup/phone';
import { ProblemError, readProblem, UnreachableError } from '@nailup/web';

/** Longest wait for an answer. Choosing a server may queue behind a whole shift signing in. Milliseconds. */
const patience = { place: 10_000, other: 4_000 } as const;

/** The manager keeps a failure's reason up to here. Characters. */
const longestReason = 255;

const byCode: Readonly<Record<string, ReasonCode>> = {
  'SELECTION.POOL_FULL': 'pool-full',
  'SELECTION.NO_ELIGIBLE_SERVER': 'no-server',
  'AGENT.DISABLED': 'agent-disabled',
  // Two selections met on one row: the next try decides.
  'PLACEMENT.CONFLICT': 'manager-away',
  'PLACEMENT.ENDED': 'seat-ended',
  'PLACEMENT.NOT_FOUND': 'seat-ended',
};

function reasonOf({ status, code }: { status: number; code: string }): ReasonCode {
  const known = byCode[code];
  if (known) return known;
  if (status === 401) return 'signed-out';
  if (status === 403) return 'agent-disabled';
  // A manager that is too busy, or a proxy without one behind it, is as good as away: the phone comes back later.
  if (status === 429 || status >= 500) return 'manager-away';
  return 'request-refused';
}

function refusal(error: unknown): PlacementRefused {
  if (error instanceof ProblemError) {
    const { problem, retryAfterSeconds } = error;
    return new PlacementRefused(reasonOf(problem), retryAfterSeconds === null ? null : retryAfterSeconds * 1000, `${problem.code}: ${problem.detail ?? problem.title}`);
  }
  const unreachable = error instanceof UnreachableError || (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError' || error.name === 'TypeError'));
  if (unreachable) return new PlacementRefused('manager-away', null, error.message);
  throw error;
}

/**
 * The manager's placements over REST.
 * @param fetch sends with the agent's access token (`session.fetch`)
 * @param baseUrl without a slash at its end
 */
export function restPlacements(fetch: typeof globalThis.fetch, baseUrl: string): PlacementsPort {
  async function send(method: string, path: string, body?: unknown, ms: number = patience.other): Promise<Response> {
    try {
      const response = await fetch(`${baseUrl}/placements${path}`, {
        method,
        signal: AbortSignal.timeout(ms),
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!response.ok) throw await readProblem(response);
      return response;
    } catch (error) {
      throw refusal(error);
    }
  }
  return {
    place: async (request) => (await (await send('POST', '', request, patience.place)).json()) as SeatOffer,
    release: async (id) => void (await send('DELETE', `/${id}`)),
    heartbeat: async (id) => void (await send('POST', `/${id}/heartbeat`)),
    reportFailure: async (id, { stage, reason }) => void (await send('POST', `/${id}/failure`, { stage, reason: reason.slice(0, longestReason) })),
    look: async (id) => (await (await send('GET', `/${id}`)).json()) as SeatLook,
  };
}
