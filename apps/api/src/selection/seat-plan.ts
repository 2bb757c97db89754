import { type BatchRequest, decideAll, type PolicyName, type Refusal, type ServerPick } from '@nailup/domain';
import { problem } from '../problem/problem.js';
import type { DecisionRecord } from './decision-record.js';
import type { PlacementRecord } from './placement.record.js';
import type { SeatRequest } from './seat-request.js';
import type { AskerRow, ServerRow } from './selection-facts.js';

/** What is to be done for one request: the same seat again, another one, or nothing. */
export type SeatPlan =
  | { readonly kind: 'keep'; readonly seat: PlacementRecord }
  | { readonly kind: 'take'; readonly server: ServerRow; readonly leaves: PlacementRecord | null; readonly decision: Omit<DecisionRecord, 'pictureId'> }
  | { readonly kind: 'refuse'; readonly error: Error };

export interface BatchPlan {
  readonly plans: readonly SeatPlan[];
  /** In the order decided; what the picture of the batch keeps. */
  readonly picks: readonly { readonly chosen: string | null; readonly leaves: string | null }[];
}

/**
 * Decides a batch: who keeps the seat they have, who is refused, and where the others go. Pure: facts in, plan out.
 */
export function planSeats(
  requests: readonly SeatRequest[],
  askers: ReadonlyMap<string, AskerRow>,
  servers: readonly ServerRow[],
  policy: PolicyName,
  random: () => number,
): BatchPlan {
  const byId = new Map(servers.map((server) => [server.mediaServerId, server]));
  const deciding: { request: SeatRequest; asker: AskerRow; question: BatchRequest }[] = [];
  const early = requests.map((request): SeatPlan | null => {
    const asker = askers.get(request.agentId);
    if (!asker) return { kind: 'refuse', error: problem('AGENT.NOT_FOUND') };
    if (!asker.enabled) return { kind: 'refuse', error: problem('AGENT.DISABLED') };
    const { seat } = asker;
    if (seat && !mustLeave(seat, request, byId.get(seat.mediaServerId))) return { kind: 'keep', seat };
    const question = {
      region: request.region ?? asker.region,
      exclude: new Set(request.exclude),
      failed: new Set(asker.failed),
      leaves: seat?.mediaServerId ?? null,
    };
    deciding.push({ request, asker, question });
    return null;
  });
  const candidates = servers.filter((server) => !server.deleted);
  const decided = decideAll(candidates, deciding.map(({ question }) => question), policy, random);
  const picks = decided.map(({ chosen }, at) => ({ chosen, leaves: deciding[at]?.question.leaves ?? null }));
  let position = 0;
  const plans = early.map((plan): SeatPlan => {
    if (plan) return plan;
    const at = position++;
    const { asker, question } = deciding[at]!;
    return planOf(decided[at]!, byId, asker.seat, { policy, position: at, region: question.region, exclude: [...question.exclude], failed: asker.failed });
  });
  return { plans, picks };
}

/** A seat is given up when its agent asks for another server, or when nobody can sit there any more. */
function mustLeave(seat: PlacementRecord, request: SeatRequest, server: ServerRow | undefined): boolean {
  if (request.exclude.includes(seat.mediaServerId)) return true;
  return !server || server.deleted || server.mode === 'disabled' || server.health === 'down';
}

function planOf(
  pick: ServerPick,
  byId: ReadonlyMap<string, ServerRow>,
  leaves: PlacementRecord | null,
  asked: Omit<DecisionRecord, 'pictureId' | 'chosen' | 'eligibleCount'>,
): SeatPlan {
  const server = pick.chosen === null ? undefined : byId.get(pick.chosen);
  if (!server) return { kind: 'refuse', error: refusalOf(pick.refusal ?? 'no-eligible-server') };
  return { kind: 'take', server, leaves, decision: { ...asked, chosen: server.mediaServerId, eligibleCount: pick.eligibleCount } };
}

/** Seats come free when somebody leaves; a server comes back when it is well again, which takes a little longer. */
function refusalOf(refusal: Refusal): Error {
  return refusal === 'pool-full'
    ? problem('SELECTION.POOL_FULL', { detail: 'Every media server holds as many agents as it may.', retryAfterSeconds: 5 })
    : problem('SELECTION.NO_ELIGIBLE_SERVER', { detail: 'No media server that this agent may use is healthy and takes new agents.', retryAfterSeconds: 5 });
}
