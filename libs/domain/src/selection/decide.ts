import { Board, type ServerPick } from './board.js';
import { type Candidate, type Random, type SelectionRequest, utilisationRatio } from './candidate.js';
import { fallsAt, type LadderStep, reasonOfFall, regionOfChoice } from './ladder.js';
import { compareRanks, policies, type PolicyName } from './policies.js';

export interface Considered {
  readonly mediaServerId: string;
  /** Seats over capacity x weight before this decision. */
  readonly ratio: number;
  readonly eligible: boolean;
  /** The step of the ladder at which it fell, null for a server that stood on all of them. */
  readonly step: LadderStep | null;
  /** In words, for the person who asks why. */
  readonly reason: string;
}

export type Decision = ServerPick & { readonly policy: PolicyName; readonly considered: readonly Considered[] };

/**
 * Chooses a media server and keeps the reasons.
 *
 * Draws exactly one number from `random`, so a decision can be replayed from its inputs; the order of the candidates
 * does not matter.
 */
export function decide(
  candidates: readonly Candidate[],
  request: SelectionRequest,
  policy: PolicyName,
  random: Random,
): Decision {
  const pick = pickServer(candidates, request, policy, random);
  return { ...pick, policy, considered: explain(candidates, request, policy, pick.chosen) };
}

/** `decide` without the reasons; same choice for the same draw. */
export function pickServer(
  candidates: readonly Candidate[],
  request: SelectionRequest,
  policy: PolicyName,
  random: Random,
): ServerPick {
  return new Board(candidates, policy).pick(request, random);
}

/** What is to be said of each candidate once the choice is known. */
export function explain(
  candidates: readonly Candidate[],
  request: SelectionRequest,
  policy: PolicyName,
  chosen: string | null,
): Considered[] {
  const region = regionOfChoice(candidates, request);
  const rankOf = policies[policy];
  const taken = candidates.find((candidate) => candidate.mediaServerId === chosen);
  const spill = request.region !== null && region === null ? `; nothing eligible in the region ${request.region}` : '';
  return candidates.map((candidate) => {
    const step = fallsAt(candidate, request, region);
    const ratio = finite(utilisationRatio(candidate.seats, candidate.capacity, candidate.weight));
    const { mediaServerId } = candidate;
    if (step !== null) {
      return { mediaServerId, ratio, eligible: false, step, reason: reasonOfFall(step, candidate, request) };
    }
    const tie = taken !== undefined && compareRanks(rankOf(candidate), rankOf(taken)) === 0;
    const reason =
      mediaServerId === chosen ? `chosen: least by ${policy}${spill}` : tie ? 'equal to the chosen one, chance decided' : `busier by ${policy}`;
    return { mediaServerId, ratio, eligible: true, step: null, reason };
  });
}

/** JSON has no Infinity; a server without any capacity reads as full. */
function finite(ratio: number): number {
  return Number.isFinite(ratio) ? ratio : 1;
}
