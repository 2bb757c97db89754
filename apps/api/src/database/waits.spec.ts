import { Waits } from './waits.js';

/** Waits under a clock that the test moves. */
function watched(longestMs?: number) {
  let nowMs = 0;
  const waits = new Waits(longestMs, () => nowMs);
  const given: string[] = [];
  return {
    waits,
    given,
    begin: (kind: 'statement' | 'connection', name: string = kind) => waits.begin(kind, () => given.push(name)),
    pass: (ms: number) => {
      for (let left = ms; left > 0; left -= 100) {
        nowMs += 100;
        waits.tick();
      }
    },
    freeze: (ms: number) => {
      nowMs += ms;
      waits.tick();
    },
  };
}

describe('whoever waits for MySQL', () => {
  it('is refused a connection after half a second in which MySQL answered nobody', () => {
    const { begin, pass, given } = watched();
    begin('connection');
    pass(400);
    expect(given).toEqual([]);
    pass(200);
    expect(given).toEqual(['connection']);
  });

  it('may queue for longer in a crowd that MySQL is working off, and for three seconds at most', () => {
    const { begin, pass, given } = watched();
    begin('connection');
    for (let answers = 0; answers < 28; answers += 1) {
      begin('statement').end('answered');
      pass(100);
    }
    expect(given).toEqual([]);
    pass(300);
    expect(given).toEqual(['connection']);
  });

  it('is not kept by a statement for longer than five seconds; a migration is', () => {
    const { begin, pass, given } = watched();
    begin('statement');
    pass(5_100);
    expect(given).toEqual(['statement']);
    const migration = watched(Infinity);
    migration.begin('statement');
    migration.pass(60_000);
    expect(migration.given).toEqual([]);
  });

  it('is told nothing late when it was this process that stood still', () => {
    const { begin, freeze, given, waits } = watched();
    begin('statement');
    freeze(60_000);
    expect([given, waits.stalled]).toEqual([[], false]);
  });
});

describe('what a manager knows of MySQL without asking', () => {
  it('late while somebody has been waiting for half a second, away after a lost connection, there after an answer', () => {
    const { waits, begin, pass } = watched();
    const slow = begin('statement');
    pass(400);
    expect([waits.stalled, waits.stalledForMs]).toEqual([false, null]);
    pass(300);
    expect([waits.stalled, waits.stalledForMs]).toEqual([true, 200]);
    slow.end('answered');
    expect([waits.stalled, waits.stalledForMs]).toEqual([false, null]);
    begin('connection').end('lost');
    expect(waits.stalled).toBe(true);
    begin('connection').end('answered');
    expect(waits.stalled).toBe(false);
  });
});
