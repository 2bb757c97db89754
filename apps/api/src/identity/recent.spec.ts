import type { Clock } from '../time/clock.js';
import { Recent } from './recent.js';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Somebody who is asked for under a clock that the test moves. */
function remembered() {
  let nowMs = 0;
  let answer: () => Promise<string | null> = async () => 'alice';
  let asked = 0;
  const clock = { now: () => nowMs, monotonic: () => nowMs } as Clock;
  const recent = new Recent<string | null>(clock, 2_000, () => {
    asked += 1;
    return answer();
  });
  return { recent, asked: () => asked, pass: (ms: number) => (nowMs += ms), answers: (how: typeof answer) => (answer = how) };
}

describe('who is known', () => {
  it('is asked for once in two seconds, and a revocation is felt then', async () => {
    const { recent, asked, pass, answers } = remembered();
    expect([await recent.get('a'), await recent.get('a'), asked()]).toEqual(['alice', 'alice', 1]);
    answers(async () => null);
    pass(2_001);
    expect(await recent.get('a')).toBeNull();
  });

  it('is still who they were while MySQL is away or does not answer, for a quarter of an hour', async () => {
    const { recent, pass, answers } = remembered();
    await recent.get('a');
    for (const how of [() => Promise.reject(away), () => new Promise<never>(() => undefined)]) {
      answers(how);
      pass(2_001);
      expect(await recent.get('a')).toBe('alice');
    }
    answers(() => Promise.reject(away));
    pass(15 * 60_000);
    await expect(recent.get('a')).rejects.toBe(away);
  });

  it('is refused at once when MySQL says so, also after an outage; and a stranger is not let in during one', async () => {
    const { recent, pass, answers } = remembered();
    await recent.get('a');
    answers(() => Promise.reject(away));
    pass(2_001);
    await recent.get('a');
    await expect(recent.get('b')).rejects.toBe(away);
    answers(async () => null);
    pass(2_001);
    expect(await recent.get('a')).toBeNull();
  });
});
