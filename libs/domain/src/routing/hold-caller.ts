import type { Candidate, Random } from '../selection/candidate.js';
import { fallsAt } from '../selection/ladder.js';
import { compareRanks, policies, type PolicyName, type Rank } from '../selection/policies.js';

const nobody = { region: null, exclude: new Set<string>(), failed: new Set<string>() };

/**
 * The media server on which a caller waits with music: the least utilised of those that are enabled, healthy and not draining, by the same
 * policies that agents are seated by. Callers who wait already count as seats do, so that a crowd spreads. A server full of agents still holds
 * callers: they wait exactly when all agents talk, and music costs a fraction of a seat. Draws one number; null when none can be taken.
 * @param waiting how many callers wait on each server
 */
export function holdCaller(candidates: readonly Candidate[], waiting: ReadonlyMap<string, number>, policy: PolicyName, random: Random): string | null {
  const draw = random();
  let best: string[] = [];
  let least: Rank | null = null;
  for (const candidate of [...candidates].sort((a, b) => (a.mediaServerId < b.mediaServerId ? -1 : 1))) {
    if (candidate.capacity <= 0 || fallsAt({ ...candidate, seats: 0 }, nobody, null) !== null) continue;
    const rank = policies[policy](withCallers(candidate, waiting.get(candidate.mediaServerId) ?? 0));
    const order = least === null ? -1 : compareRanks(rank, least);
    if (order > 0) continue;
    if (order < 0) best = [];
    least = rank;
    best.push(candidate.mediaServerId);
  }
  return best[Math.floor(draw * best.length)] ?? null;
}

/** A caller is a leg like a seat to every policy: taken, talking, and not yet in the load that was reported. */
function withCallers(candidate: Candidate, callers: number): Candidate {
  return { ...candidate, seats: candidate.seats + callers, talking: candidate.talking + callers, reserved: candidate.reserved + callers };
}
