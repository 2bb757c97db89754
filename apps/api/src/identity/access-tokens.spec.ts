import { DerivedKeys } from '../secrets/keys.js';
import type { Clock } from '../time/clock.js';
import { accessTokenSeconds, AccessTokens } from './access-tokens.js';

describe('an access token', () => {
  it('ends after ten minutes and the skew of clocks, and later by as much as nobody could renew it, a quarter of an hour at most', () => {
    let nowMs = 1_700_000_000_000;
    const tokens = new AccessTokens(new DerivedKeys(Buffer.alloc(32, 'k')), { now: () => nowMs, monotonic: () => nowMs } as Clock);
    const { token } = tokens.mint('alice');
    nowMs += (accessTokenSeconds + 59) * 1_000;
    expect(tokens.read(token)).toBe('alice');
    nowMs += 100_000;
    expect(tokens.read(token)).toBeNull();
    expect(tokens.read(token, 120)).toBe('alice');
    nowMs += 1_000_000;
    expect(tokens.read(token, 100_000)).toBeNull();
  });
});
