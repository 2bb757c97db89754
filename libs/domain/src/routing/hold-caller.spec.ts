import fc from 'fast-check';

import { anyDraw, anyPolicy, anyPool, aServer } from '../../test/selection.arbitraries.js';
import { holdCaller } from './hold-caller.js';

const nobodyWaits: ReadonlyMap<string, number> = new Map();

describe('where a caller waits', () => {
  it('is the media server with the fewest seats and callers together', () => {
    const pool = [aServer('a', { seats: 3 }), aServer('b', { seats: 1 })];
    expect(holdCaller(pool, nobodyWaits, 'agents-in-call', () => 0)).toBe('b');
    expect(holdCaller(pool, new Map([['b', 3]]), 'agents-in-call', () => 0)).toBe('a');
  });

  it('may be a media server full of agents: callers wait exactly when all of them talk', () => {
    expect(holdCaller([aServer('full', { seats: 10 })], nobodyWaits, 'agents-in-call', () => 0)).toBe('full');
  });

  it.each([{ mode: 'draining' }, { mode: 'disabled' }, { health: 'down' }, { health: 'suspect' }, { health: 'unknown' }, { capacity: 0 }] as const)('is never one that is %j', (but) => {
    expect(holdCaller([aServer('a', but)], nobodyWaits, 'agents-in-call', () => 0)).toBeNull();
  });

  it('spreads a crowd over equal servers so that no two differ by more than one caller, by every policy', () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(anyDraw, { minLength: 1, maxLength: 40 }), (policy, draws) => {
        const pool = ['a', 'b', 'c'].map((id) => aServer(id));
        const waiting = new Map(pool.map(({ mediaServerId }) => [mediaServerId, 0]));
        for (const draw of draws) {
          const held = holdCaller(pool, waiting, policy, () => draw)!;
          waiting.set(held, waiting.get(held)! + 1);
        }
        expect(Math.max(...waiting.values()) - Math.min(...waiting.values())).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is only ever a server that is enabled, healthy and not draining, whatever the pool looks like', () => {
    fc.assert(
      fc.property(anyPool, anyPolicy, anyDraw, (pool, policy, draw) => {
        const held = pool.find(({ mediaServerId }) => mediaServerId === holdCaller(pool, nobodyWaits, policy, () => draw));
        if (held) expect([held.mode, held.health]).toEqual(['active', 'healthy']);
        else expect(pool.some(({ mode, health, capacity }) => mode === 'active' && health === 'healthy' && capacity > 0)).toBe(false);
      }),
    );
  });
});
