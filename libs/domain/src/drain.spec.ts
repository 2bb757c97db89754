import fc from 'fast-check';
import { drainSecondsLeft, movesDue } from './drain.js';

describe('a drain', () => {
  it('moves its first agent after one interval, and the next one another interval later', () => {
    const after = (sinceLastSeconds: number) => movesDue({ movesPerMinute: 10, sinceLastSeconds });
    expect([after(0), after(5.9), after(6), after(11)]).toEqual([0, 0, 1, 1]);
  });

  it('does not make good in one burst what was missed while nobody could be moved', () => {
    expect(movesDue({ movesPerMinute: 10, sinceLastSeconds: 3_600 })).toBe(1);
    expect(movesDue({ movesPerMinute: 600, sinceLastSeconds: 3_600 })).toBe(10);
  });

  it('moves nobody at a rate of 0, nor by a clock that went back', () => {
    expect(movesDue({ movesPerMinute: 0, sinceLastSeconds: 999 })).toBe(0);
    expect(movesDue({ movesPerMinute: 60, sinceLastSeconds: -5 })).toBe(0);
  });

  it('never moves faster than its rate, however often it is looked at', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { maxLength: 60 }), (movesPerMinute, pauses) => {
        let [elapsed, last, moved] = [0, 0, 0];
        for (const pause of pauses) {
          elapsed += pause;
          const due = movesDue({ movesPerMinute, sinceLastSeconds: elapsed - last });
          if (due > 0) last = elapsed;
          moved += due;
          expect(moved).toBeLessThanOrEqual((elapsed * movesPerMinute) / 60 + 1e-9);
        }
      }),
    );
  });

  it('tells how long it will take: by its rate, by its deadline, or not at all while people talk without one', () => {
    const left = (idle: number, busy: number, deadlineSeconds: number | null, movesPerMinute = 10) => drainSecondsLeft({ idle, busy, movesPerMinute, deadlineSeconds });
    expect([left(0, 0, null), left(5, 0, null), left(5, 0, 12), left(5, 1, null), left(5, 1, 90), left(5, 0, null, 0), left(1, 1, -3)]).toEqual([0, 30, 12, null, 90, null, 0]);
  });
});
