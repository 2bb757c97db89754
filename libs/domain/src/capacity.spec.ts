import fc from 'fast-check';
import { adviseCapacity, type LoadSample } from './capacity.js';

const line = (count: number, load: (seats: number) => number): LoadSample[] => Array.from({ length: count }, (_, n) => ({ seats: n % 40, load: load(n % 40) }));

describe('advice on the capacity of a media server', () => {
  it('is where its load would reach 0.7 a core', () => {
    const advice = adviseCapacity(line(200, (seats) => 0.21 + 0.02 * seats), 4);
    expect(advice).toMatchObject({ known: true, capacity: 129, samples: 200 });
    if (!advice.known) throw new Error('no advice');
    expect(advice.loadPerSeat).toBeCloseTo(0.02);
    expect(advice.restLoad).toBeCloseTo(0.21);
  });

  it('is not given without knowing the machine, nor from too little, nor when something else makes the load', () => {
    const because = (samples: LoadSample[], cores: number | null = 4) => {
      const advice = adviseCapacity(samples, cores);
      return advice.known ? advice.capacity : advice.because;
    };
    expect(because(line(200, (seats) => seats), null)).toBe('no-cores');
    expect(because(line(59, (seats) => seats))).toBe('too-few-samples');
    expect(because(Array.from({ length: 100 }, (_, n) => ({ seats: n % 4, load: n })))).toBe('seats-hardly-changed');
    expect(because(line(200, (seats) => (seats * 7919) % 13))).toBe('load-does-not-follow-seats');
    expect(because(line(200, (seats) => 3 - 0.01 * seats))).toBe('load-does-not-follow-seats');
    expect(because(line(200, () => 1))).toBe('load-does-not-follow-seats');
  });

  it('is a whole number of at least one agent, whatever was measured', () => {
    const anySample = fc.record({ seats: fc.integer({ min: 0, max: 1_000 }), load: fc.double({ min: 0, max: 500, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(anySample, { minLength: 60, maxLength: 200 }), fc.integer({ min: 1, max: 256 }), (samples, cores) => {
        const advice = adviseCapacity(samples, cores);
        if (advice.known) expect(Number.isInteger(advice.capacity) && advice.capacity >= 1).toBe(true);
      }),
    );
  });
});
