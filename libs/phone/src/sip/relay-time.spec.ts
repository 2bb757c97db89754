import { relayHolds } from './relay-time.js';

describe('The credentials of a relay', () => {
  const now = 1_800_000_000_000;
  const ending = (seconds: number) => [{ urls: ['stun:relay.example'] }, { urls: ['turn:relay.example'], username: `${now / 1000 + seconds}:agent`, credential: 'x' }];

  it('hold until the second they name, less the doubt about clocks', () => {
    expect(relayHolds(ending(3_600), now)).toBe(true);
    expect(relayHolds(ending(61), now)).toBe(true);
    expect(relayHolds(ending(60), now)).toBe(false);
    expect(relayHolds(ending(-1), now)).toBe(false);
  });

  it('are no question where there is no relay, or one whose users are named otherwise', () => {
    expect(relayHolds([], now)).toBe(true);
    expect(relayHolds([{ urls: ['stun:relay.example'] }], now)).toBe(true);
    expect(relayHolds([{ urls: ['turn:relay.example'], username: 'office', credential: 'x' }], now)).toBe(true);
  });
});
