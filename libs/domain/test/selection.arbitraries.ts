import fc from 'fast-check';

import { mediaServerHealths } from '../src/media-server-health.state.js';
import type { BatchRequest } from '../src/selection/batch.js';
import type { Candidate, SelectionRequest } from '../src/selection/candidate.js';
import { type PolicyName, policyNames } from '../src/selection/policies.js';

const regions = [null, 'eu', 'us'] as const;

/** A healthy, active, empty server, but for what a test says about it. */
export function aServer(mediaServerId: string, but: Partial<Candidate> = {}): Candidate {
  return {
    mediaServerId,
    mode: 'active',
    health: 'healthy',
    capacity: 10,
    weight: 1,
    region: null,
    seats: 0,
    reserved: 0,
    talking: 0,
    loadAverage: 0,
    ...but,
  };
}

/** An agent who wants nothing in particular, but for what a test says. */
export function aRequest(but: Partial<BatchRequest> = {}): BatchRequest {
  return { region: null, exclude: new Set(), failed: new Set(), leaves: null, ...but };
}

/** Pools of up to a dozen servers in every condition. */
export const anyPool: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      mode: fc.constantFrom('active', 'active', 'active', 'draining', 'disabled'),
      health: fc.constantFrom('healthy', 'healthy', ...mediaServerHealths),
      capacity: fc.nat(6),
      weight: fc.constantFrom(0.5, 1, 2),
      region: fc.constantFrom(...regions),
      seats: fc.nat(7),
      reserved: fc.nat(3),
      talking: fc.nat(3),
      loadAverage: fc.option(fc.double({ min: 0, max: 64, noNaN: true })),
    }),
    { maxLength: 12 },
  )
  .map((servers) => servers.map((server, index) => ({ ...server, mediaServerId: `ms-${index}` }) as Candidate));

const someServers = fc.subarray(Array.from({ length: 12 }, (_, index) => `ms-${index}`)).map((ids) => new Set(ids.slice(0, 3)));

export const anyRequest: fc.Arbitrary<SelectionRequest> = fc.record({
  region: fc.constantFrom(...regions),
  exclude: someServers,
  failed: someServers,
});

export const anyPolicy: fc.Arbitrary<PolicyName> = fc.constantFrom(...policyNames);

/** A draw in [0, 1). */
export const anyDraw: fc.Arbitrary<number> = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
