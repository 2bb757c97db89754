import { type Candidate, utilisationRatio } from './candidate.js';

/** The names a policy is configured by. */
export const policyNames = ['agents-in-call', 'talking', 'load-average'] as const;
export type PolicyName = (typeof policyNames)[number];

/**
 * How busy a server is, least first; the second figure decides between servers that tie on the first.
 * What still ties after both is decided by chance.
 */
export type Rank = readonly [number, number];
export type Policy = (candidate: Candidate) => Rank;

/** Share of a core that one waiting seat was measured to cost (ConfBridge, 8 kHz mix, Opus leg). */
const LOAD_OF_A_PROMISED_SEAT = 0.02;

/** Least seats, counted from the promise on: a hundred agents at 09:00 do not all tie at "nobody in call". */
const agentsInCall: Policy = (candidate) => [seatRatio(candidate), 0];

/** Fewest agents with a client on the line; before the first call everybody ties, so seats decide then. */
const talking: Policy = (candidate) => [
  utilisationRatio(candidate.talking, candidate.capacity, candidate.weight),
  seatRatio(candidate),
];

/**
 * Lowest load average. A report is seconds old, so during a burst it is stale by construction: each seat that is
 * promised and not yet taken adds what it will cost. A server that never reported comes last.
 */
const loadAverage: Policy = (candidate) => [
  candidate.loadAverage === null
    ? Number.POSITIVE_INFINITY
    : (candidate.loadAverage + candidate.reserved * LOAD_OF_A_PROMISED_SEAT) / candidate.weight,
  seatRatio(candidate),
];

export const policies: Readonly<Record<PolicyName, Policy>> = {
  'agents-in-call': agentsInCall,
  talking,
  'load-average': loadAverage,
};

/** Below 0 when the first server is less busy. */
export function compareRanks(a: Rank, b: Rank): number {
  // Infinity - Infinity is NaN, so equal figures are told apart first.
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return 0;
}

function seatRatio(candidate: Candidate): number {
  return utilisationRatio(candidate.seats, candidate.capacity, candidate.weight);
}
