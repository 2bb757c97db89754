import fc from 'fast-check';

import { anyDraw, anyPolicy, anyPool, anyRequest, aRequest, aServer } from '../../test/selection.arbitraries.js';
import { decide, pickServer } from './decide.js';
import { fallsAt, regionOfChoice } from './ladder.js';
import { compareRanks, policies } from './policies.js';

const first = () => 0;

describe('choosing a media server for an agent', () => {
  it('gives the agent the server with the least share of its seats taken', () => {
    const pool = [aServer('a', { seats: 3 }), aServer('b', { seats: 2 }), aServer('c', { seats: 4 })];
    expect(decide(pool, aRequest(), 'agents-in-call', first).chosen).toBe('b');
  });

  it('counts seats against capacity and weight, not by number', () => {
    const pool = [aServer('small', { seats: 2, capacity: 4 }), aServer('large', { seats: 9, capacity: 20, weight: 2 })];
    expect(decide(pool, aRequest(), 'agents-in-call', first).chosen).toBe('large');
  });

  it.each([
    ['disabled by an operator', aServer('x', { mode: 'disabled' }), 'enabled'],
    ['health is unknown', aServer('x', { health: 'unknown' }), 'healthy'],
    ['health is suspect', aServer('x', { health: 'suspect' }), 'healthy'],
    ['draining: keeps its agents, takes no new ones', aServer('x', { mode: 'draining' }), 'not-draining'],
    ['full: 10 of 10 seats', aServer('x', { seats: 10 }), 'has-room'],
  ])('turns a server down when it is "%s"', (reason, server, step) => {
    const decision = decide([server, aServer('busy', { seats: 9 })], aRequest(), 'agents-in-call', first);
    expect(decision.chosen).toBe('busy');
    expect(decision.considered[0]).toMatchObject({ mediaServerId: 'x', eligible: false, step, reason });
  });

  it('keeps an agent in her region while a server there can take her', () => {
    const pool = [aServer('near', { region: 'eu', seats: 9 }), aServer('far', { region: 'us' })];
    const decision = decide(pool, aRequest({ region: 'eu' }), 'agents-in-call', first);
    expect(decision).toMatchObject({ chosen: 'near', eligibleCount: 1 });
    expect(decision.considered[1]).toMatchObject({ step: 'region' });
  });

  it('lets an agent spill over to another region when hers has no room, and says so', () => {
    const pool = [aServer('near', { region: 'eu', seats: 10 }), aServer('far', { region: 'us' })];
    const decision = decide(pool, aRequest({ region: 'eu' }), 'agents-in-call', first);
    expect(decision.chosen).toBe('far');
    expect(decision.considered[1]?.reason).toContain('nothing eligible in the region eu');
  });

  it('keeps an agent away from the server that failed for her, also when it is the emptiest', () => {
    const pool = [aServer('failed'), aServer('other', { seats: 9 })];
    const decision = decide(pool, aRequest({ failed: new Set(['failed']) }), 'agents-in-call', first);
    expect(decision.chosen).toBe('other');
    expect(decision.considered[0]?.reason).toBe('failed for this agent less than a minute ago');
  });

  it('says the pool is full when only seats are wanting, and that nothing is eligible otherwise', () => {
    const full = aServer('a', { seats: 10 });
    const refusal = (...pool: Parameters<typeof decide>[0][]) => decide(pool.flat(), aRequest(), 'talking', first).refusal;
    expect(refusal([full])).toBe('pool-full');
    expect(refusal([full, aServer('b', { health: 'down' })])).toBe('pool-full');
    expect(refusal([aServer('b', { health: 'down' })])).toBe('no-eligible-server');
    expect(refusal([])).toBe('no-eligible-server');
    const banned = decide([full, aServer('b')], aRequest({ failed: new Set(['b']) }), 'talking', first);
    expect(banned.refusal).toBe('no-eligible-server');
  });

  it('spreads the 09:00 crowd by seats under the talking policy, when nobody has a client yet', () => {
    const pool = [aServer('a', { seats: 5 }), aServer('b', { seats: 1 })];
    expect(decide(pool, aRequest(), 'talking', first).chosen).toBe('b');
  });

  it('counts promised seats on top of a load report that cannot know them yet', () => {
    const pool = [aServer('idle', { loadAverage: 0.1, reserved: 30, capacity: 99 }), aServer('calm', { loadAverage: 0.5 })];
    expect(decide(pool, aRequest(), 'load-average', first).chosen).toBe('calm');
  });

  it('asks a server that never reported its load last', () => {
    const pool = [aServer('mute', { loadAverage: null }), aServer('loud', { loadAverage: 40 })];
    expect(decide(pool, aRequest(), 'load-average', first).chosen).toBe('loud');
  });

  it('spreads ties by chance: each of three equal servers gets its third of the draws', () => {
    const pool = [aServer('a'), aServer('b'), aServer('c')];
    const chosen = [0, 0.34, 0.99].map((draw) => decide(pool, aRequest(), 'agents-in-call', () => draw).chosen);
    expect(chosen).toEqual(['a', 'b', 'c']);
  });
});

describe('whatever the pool looks like', () => {
  it('an ineligible server is never chosen and nobody less busy is passed over', () => {
    fc.assert(
      fc.property(anyPool, anyRequest, anyPolicy, anyDraw, (pool, request, policy, draw) => {
        const { chosen, considered } = decide(pool, request, policy, () => draw);
        const eligible = pool.filter((server) => fallsAt(server, request, regionOfChoice(pool, request)) === null);
        expect(considered.filter((one) => one.eligible).map((one) => one.mediaServerId)).toEqual(
          eligible.map((server) => server.mediaServerId),
        );
        const taken = eligible.find((server) => server.mediaServerId === chosen);
        expect(taken === undefined).toBe(eligible.length === 0);
        if (!taken) return;
        expect(taken).toMatchObject({ mode: 'active', health: 'healthy' });
        expect(taken.seats).toBeLessThan(taken.capacity);
        expect(request.failed.has(taken.mediaServerId) || request.exclude.has(taken.mediaServerId)).toBe(false);
        for (const other of eligible) {
          expect(compareRanks(policies[policy](taken), policies[policy](other))).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('the order in which the candidates are read does not matter', () => {
    const poolAndShuffle = anyPool.chain((pool) =>
      fc.tuple(fc.constant(pool), fc.shuffledSubarray(pool, { minLength: pool.length })),
    );
    fc.assert(
      fc.property(poolAndShuffle, anyRequest, anyPolicy, anyDraw, ([pool, shuffled], request, policy, draw) => {
        expect(pickServer(shuffled, request, policy, () => draw)).toEqual(pickServer(pool, request, policy, () => draw));
      }),
    );
  });

  it('a decision replayed from its inputs is the same decision, and draws one number', () => {
    fc.assert(
      fc.property(anyPool, anyRequest, anyPolicy, anyDraw, (pool, request, policy, draw) => {
        const random = jest.fn(() => draw);
        const decision = decide(pool, request, policy, random);
        expect(random).toHaveBeenCalledTimes(1);
        expect(decide(pool, request, policy, () => draw)).toEqual(decision);
      }),
    );
  });
});
