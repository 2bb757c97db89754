import fc from 'fast-check';

import { anyDraw, anyPolicy, anyPool, anyRequest, aRequest, aServer } from '../../test/selection.arbitraries.js';
import { afterPicks, decideAll, simulate } from './batch.js';
import { pickServer } from './decide.js';

describe('deciding for many agents at once', () => {
  it('spreads a hundred agents over equal servers so that no two differ by more than one seat', () => {
    const pool = Array.from({ length: 7 }, (_, index) => aServer(`ms-${index}`, { capacity: 50 }));
    const picks = decideAll(pool, new Array(100).fill(aRequest()), 'agents-in-call', Math.random);
    const counts = pool.map(({ mediaServerId }) => picks.filter((pick) => pick.chosen === mediaServerId).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(counts.reduce((sum, count) => sum + count)).toBe(100);
  });

  it('gives the seat a moving agent leaves to the next one', () => {
    const pool = [aServer('full', { seats: 10 }), aServer('other', { seats: 9 })];
    const moving = aRequest({ exclude: new Set(['full']), leaves: 'full' });
    const picks = decideAll(pool, [moving, aRequest(), aRequest()], 'agents-in-call', () => 0);
    expect(picks.map((pick) => pick.chosen)).toEqual(['other', 'full', null]);
    expect(picks[2]?.refusal).toBe('pool-full');
  });

  it('keeps the seat of a moving agent who finds no other server', () => {
    const pool = [aServer('full', { seats: 10 })];
    const moving = aRequest({ exclude: new Set(['full']), leaves: 'full' });
    expect(decideAll(pool, [moving, aRequest()], 'agents-in-call', () => 0).map((pick) => pick.chosen)).toEqual([null, null]);
  });

  it('leaves the candidates as they were handed in', () => {
    const pool = [aServer('a')];
    decideAll(pool, [aRequest(), aRequest()], 'agents-in-call', () => 0);
    expect(pool).toEqual([aServer('a')]);
  });
});

describe('whatever the pool and the crowd look like', () => {
  it('no server is filled over its capacity', () => {
    fc.assert(
      fc.property(anyPool, fc.array(anyRequest, { maxLength: 40 }), anyPolicy, anyDraw, (pool, requests, policy, draw) => {
        const picks = decideAll(pool, requests.map((request) => ({ ...request, leaves: null })), policy, () => draw);
        for (const server of pool) {
          const placed = picks.filter((pick) => pick.chosen === server.mediaServerId).length;
          expect(placed).toBeLessThanOrEqual(Math.max(0, server.capacity - server.seats));
        }
      }),
    );
  });

  it('the first of a batch is decided as if it had been alone', () => {
    fc.assert(
      fc.property(anyPool, anyRequest, anyPolicy, anyDraw, (pool, request, policy, draw) => {
        const [first] = decideAll(pool, [{ ...request, leaves: null }], policy, () => draw);
        expect(first).toEqual(pickServer(pool, request, policy, () => draw));
      }),
    );
  });

  it('any decision of a batch can be replayed from the picture and the picks before it', () => {
    fc.assert(
      fc.property(anyPool, fc.array(anyRequest, { minLength: 1, maxLength: 20 }), anyPolicy, fc.nat(), anyDraw, (pool, crowd, policy, at, draw) => {
        const requests = crowd.map((request) => ({ ...request, leaves: null }));
        const picks = decideAll(pool, requests, policy, () => draw);
        const index = at % requests.length;
        const before = afterPicks(pool, picks.slice(0, index).map(({ chosen }) => ({ chosen, leaves: null })));
        expect(pickServer(before, requests[index]!, policy, () => draw)).toEqual(picks[index]);
      }),
    );
  });

  it('a simulation places every agent or says how many it could not', () => {
    fc.assert(
      fc.property(anyPool, fc.nat(60), anyPolicy, (pool, count, policy) => {
        const { items, unplaced } = simulate(pool, count, null, policy, () => 0.5);
        expect(items.reduce((sum, item) => sum + item.count, unplaced)).toBe(count);
      }),
    );
  });
});
