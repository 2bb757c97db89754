import type { Candidate, SelectionRequest } from './candidate.js';

/** The steps a server must climb, in the order they are asked. */
export type LadderStep = 'enabled' | 'healthy' | 'not-draining' | 'has-room' | 'region' | 'not-failed';

/**
 * The step at which a server falls, or null when it stands on all of them.
 *
 * Unknown means no: until a full snapshot was read a server is not `healthy`. The region is a preference, so it is
 * judged after the rest, by `regionOfChoice`: it only ever turns away a server while another one in the wanted region
 * can be taken.
 */
export function fallsAt(
  candidate: Candidate,
  request: SelectionRequest,
  regionOfChoice: string | null,
): LadderStep | null {
  if (candidate.mode === 'disabled') return 'enabled';
  if (candidate.health !== 'healthy') return 'healthy';
  if (candidate.mode === 'draining') return 'not-draining';
  if (candidate.seats >= candidate.capacity || candidate.weight <= 0) return 'has-room';
  if (regionOfChoice !== null && candidate.region !== regionOfChoice) return 'region';
  if (isTurnedDown(candidate, request)) return 'not-failed';
  return null;
}

/** The wanted region if anything in it can be taken, else null: then the whole pool is asked (spill-over). */
export function regionOfChoice(candidates: readonly Candidate[], request: SelectionRequest): string | null {
  const { region } = request;
  if (region === null) return null;
  return candidates.some((candidate) => fallsAt(candidate, request, region) === null) ? region : null;
}

/** Why a server fell, as a sentence for the person who reads the decision. */
export function reasonOfFall(step: LadderStep, candidate: Candidate, request: SelectionRequest): string {
  switch (step) {
    case 'enabled':
      return 'disabled by an operator';
    case 'healthy':
      return `health is ${candidate.health}`;
    case 'not-draining':
      return 'draining: keeps its agents, takes no new ones';
    case 'has-room':
      return `full: ${candidate.seats} of ${candidate.capacity} seats`;
    case 'region':
      return `outside the region ${request.region ?? ''}, where another server can be taken`;
    case 'not-failed':
      return request.exclude.has(candidate.mediaServerId)
        ? 'excluded by the request'
        : 'failed for this agent less than a minute ago';
  }
}

/** Whether the request itself speaks against a server. */
export function isTurnedDown(candidate: Candidate, request: SelectionRequest): boolean {
  return request.exclude.has(candidate.mediaServerId) || request.failed.has(candidate.mediaServerId);
}
