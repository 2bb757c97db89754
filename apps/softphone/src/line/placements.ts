import { createApiClient, ProblemError, type ProblemCode } from '@nailup/api-client';
import { PlacementRefused, type PlacementsPort, type ReasonCode, type SeatOffer } from '@nailup/phone';
import { isSilence } from './silence.js';

/** Longest wait for an answer. Choosing a server may queue behind a whole shift signing in. Milliseconds. */
const patience = { place: 10_000, other: 4_000 } as const;

/** The manager keeps a failure's reason up to here. Characters. */
const longestReason = 255;

const byCode: Partial<Record<ProblemCode | 'UNKNOWN', ReasonCode>> = {
  'SELECTION.POOL_FULL': 'pool-full',
  'SELECTION.NO_ELIGIBLE_SERVER': 'no-server',
  'AGENT.DISABLED': 'agent-disabled',
  // Two selections met on one row: the next try decides.
  'PLACEMENT.CONFLICT': 'manager-away',
  'PLACEMENT.ENDED': 'seat-ended',
  'PLACEMENT.NOT_FOUND': 'seat-ended',
};

function reasonOf({ status, code }: ProblemError): ReasonCode {
  const known = byCode[code];
  if (known) return known;
  if (status === 401) return 'signed-out';
  if (status === 403) return 'agent-disabled';
  // A manager that is too busy, or a proxy without one behind it, is as good as away: the phone comes back later.
  if (status === 429 || status >= 500) return 'manager-away';
  return 'request-refused';
}

async function asked<T>(answer: Promise<{ data?: T }>): Promise<T> {
  try {
    return (await answer).data as T;
  } catch (error) {
    if (error instanceof ProblemError) {
      const { retryAfterSeconds } = error;
      throw new PlacementRefused(reasonOf(error), retryAfterSeconds === null ? null : retryAfterSeconds * 1000, `${error.code}: ${error.message}`);
    }
    if (isSilence(error)) throw new PlacementRefused('manager-away', null, error.message);
    throw error;
  }
}

/**
 * The manager's placements over REST.
 * @param fetch sends with the agent's access token (`session.fetch`)
 * @param baseUrl the origin of the manager
 */
export function restPlacements(fetch: typeof globalThis.fetch, baseUrl: string): PlacementsPort {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  const to = (id: string) => ({ params: { path: { id } }, signal: AbortSignal.timeout(patience.other) });
  return {
    async place({ exclude }) {
      const { sip, ...seat } = await asked(
        client.POST('/api/v1/placements', { body: exclude ? { exclude: [...exclude] } : {}, signal: AbortSignal.timeout(patience.place) }),
      );
      // Only an answer to somebody else comes without: the contract puts it into every answer of this route.
      if (!sip) throw new PlacementRefused('request-refused', null, 'The offered seat came without its SIP identity');
      return { ...seat, sip } satisfies SeatOffer;
    },
    async release(id) {
      await asked(client.DELETE('/api/v1/placements/{id}', to(id)));
    },
    async heartbeat(id) {
      await asked(client.POST('/api/v1/placements/{id}/heartbeat', to(id)));
    },
    async reportFailure(id, { stage, reason }) {
      await asked(client.POST('/api/v1/placements/{id}/failure', { ...to(id), body: { stage, reason: reason.slice(0, longestReason) } }));
    },
    look: (id) => asked(client.GET('/api/v1/placements/{id}', to(id))),
  };
}
