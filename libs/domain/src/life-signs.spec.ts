import fc from 'fast-check';
import { type LifeSignal, lifeSignals, LifeSigns, looksLikeOurFault } from './life-signs.js';

const limits = { suspectAfterMs: 4_000, downAfterMs: 5_250, aloneAfterMs: 7_000, overdueAfterMs: 2_500 };

function signs(...proven: LifeSignal[]): { life: LifeSigns; pass: (ms: number, ...heard: LifeSignal[]) => void } {
  const life = new LifeSigns(0, limits);
  for (const signal of proven) life.heard(signal);
  let now = 0;
  return {
    life,
    /** Looks every 250 ms, hearing these at each look. */
    pass: (ms, ...heard) => {
      for (let gone = 0; gone < ms; gone += 250) {
        for (const signal of heard) life.heard(signal);
        life.look((now += 250));
      }
    },
  };
}

describe('the signs of life of a media server', () => {
  it('one signal alone makes it suspect and never down, however long it is missing', () => {
    for (const missing of lifeSignals) {
      const { life, pass } = signs(...lifeSignals);
      pass(60_000, ...lifeSignals.filter((signal) => signal !== missing));
      expect([life.well, life.failed, [...life.late().keys()]]).toEqual([false, false, [missing]]);
    }
  });

  it('two of three make it down, within six seconds of the last word', () => {
    for (const left of lifeSignals) {
      const { life, pass } = signs(...lifeSignals);
      pass(5_000, left);
      expect(life.failed).toBe(false);
      pass(500, left);
      expect(life.failed).toBe(true);
    }
  });

  it('a signal that never came counts for nothing, in either direction', () => {
    const { life, pass } = signs('ping', 'echo');
    pass(30_000, 'ping', 'echo');
    expect(life.well).toBe(true);
    pass(6_000);
    expect(life.failed).toBe(true);
  });

  it('of whom only the ping can be asked, more patience is had', () => {
    const { life, pass } = signs();
    pass(6_750);
    expect([life.well, life.failed]).toEqual([false, false]);
    pass(250);
    expect(life.failed).toBe(true);
  });

  it('it is well again after three good answers of each, and not before', () => {
    const { life, pass } = signs(...lifeSignals);
    pass(10_000);
    for (const expected of [false, false, true]) {
      for (const signal of lifeSignals) life.heard(signal);
      expect(life.well).toBe(expected);
    }
  });

  it('the time this manager itself stood still is nobody\'s silence', () => {
    const { life } = signs(...lifeSignals);
    life.look(60_000);
    expect([life.well, life.overdue]).toEqual([true, false]);
  });

  it('whoever was proven gone has to answer three times as well', () => {
    const { life } = signs(...lifeSignals);
    life.gone();
    expect(life.well).toBe(false);
    for (let n = 0; n < 3; n += 1) for (const signal of lifeSignals) life.heard(signal);
    expect(life.well).toBe(true);
  });

  it('never stays down for good: whatever happened, three good answers of all heal it', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ ms: fc.integer({ min: 0, max: 20_000 }), heard: fc.subarray([...lifeSignals]) }), { maxLength: 20 }), (history) => {
        const { life, pass } = signs();
        for (const { ms, heard } of history) pass(ms, ...heard);
        for (let n = 0; n < 3; n += 1) for (const signal of lifeSignals) life.heard(signal);
        expect([life.well, life.failed]).toEqual([true, false]);
      }),
    );
  });
});

describe('telling our own fault from theirs', () => {
  const none = { overdue: 0, all: 0 };
  it.each([
    ['one of one', { overdue: 1, all: 1 }, false],
    ['one of two', { overdue: 1, all: 2 }, false],
    ['two of two', { overdue: 2, all: 2 }, true],
    ['two of three', { overdue: 2, all: 3 }, true],
    ['two of four', { overdue: 2, all: 4 }, false],
    ['129 of 255', { overdue: 129, all: 255 }, true],
    ['127 of 255', { overdue: 127, all: 255 }, false],
  ] as const)('%s', (_, outlook, ours) => {
    expect([looksLikeOurFault(outlook, none), looksLikeOurFault(none, outlook)]).toEqual([ours, ours]);
  });

  it('a manager that has lost all of its own sees its own fault, also when the rest of the pool is well', () => {
    expect(looksLikeOurFault({ overdue: 3, all: 3 }, { overdue: 3, all: 9 })).toBe(true);
  });
});
