import { Board, type ServerPick } from './board.js';
import type { Candidate, Random, SelectionRequest } from './candidate.js';
import type { PolicyName } from './policies.js';

/** A request among others that are decided together. */
export interface BatchRequest extends SelectionRequest {
  /** The server whose seat this agent gives up if another one is found; null for an agent without a seat. */
  readonly leaves: string | null;
}

/**
 * Decides many requests as if they had come one after the other: each sees the seats the earlier ones were promised.
 * Draws one number per request. The candidates handed in are not changed.
 */
export function decideAll(
  candidates: readonly Candidate[],
  requests: readonly BatchRequest[],
  policy: PolicyName,
  random: Random,
): ServerPick[] {
  const board = new Board(candidates, policy);
  return requests.map((request) => {
    const pick = board.pick(request, random);
    if (pick.chosen !== null) board.seat(pick.chosen, request.leaves);
    return pick;
  });
}

/** The candidates as they stood after earlier picks of their batch: what the next decision saw. */
export function afterPicks(
  candidates: readonly Candidate[],
  picks: readonly { readonly chosen: string | null; readonly leaves: string | null }[],
): readonly Candidate[] {
  const board = new Board(candidates, 'agents-in-call');
  for (const { chosen, leaves } of picks) if (chosen !== null) board.seat(chosen, leaves);
  return board.candidates;
}

/** Where `count` agents without history would go; nothing is promised to anybody. */
export function simulate(
  candidates: readonly Candidate[],
  count: number,
  region: string | null,
  policy: PolicyName,
  random: Random,
): { items: { mediaServerId: string; count: number }[]; unplaced: number } {
  const nobody: ReadonlySet<string> = new Set();
  const request: BatchRequest = { region, exclude: nobody, failed: nobody, leaves: null };
  const placed = new Map<string, number>();
  let unplaced = 0;
  for (const { chosen } of decideAll(candidates, new Array<BatchRequest>(count).fill(request), policy, random)) {
    if (chosen === null) unplaced += 1;
    else placed.set(chosen, (placed.get(chosen) ?? 0) + 1);
  }
  return { items: [...placed].map(([mediaServerId, seats]) => ({ mediaServerId, count: seats })), unplaced };
}
