import { Silence } from './silence.js';

describe('how long a media server has been silent', () => {
  it('is counted from the last thing heard', () => {
    const silence = new Silence(0);
    silence.look(400);
    silence.heard();
    expect(silence.look(650)).toBe(250);
    expect(silence.look(900)).toBe(500);
  });

  it('does not count the time this manager itself stood still', () => {
    const silence = new Silence(0);
    expect(silence.look(60_000)).toBeLessThanOrEqual(500);
  });

  it('tells once whether anything was heard since it was asked', () => {
    const silence = new Silence(0);
    expect(silence.takeHeard()).toBe(false);
    silence.heard();
    expect([silence.takeHeard(), silence.takeHeard()]).toEqual([true, false]);
  });
});
