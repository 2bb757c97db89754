import { leadsOutside } from './early-offer.js';

describe('Gathering for an offer', () => {
  const line = (type: string) => ({ candidate: `candidate:518319649 1 udp 1686052607 198.51.100.7 51572 typ ${type} raddr 10.0.0.10 rport 51572 generation 0` });

  it.each(['srflx', 'relay'])('has enough with a candidate of type %s', (type) => {
    expect(leadsOutside(line(type))).toBe(true);
  });

  it.each(['host', 'prflx'])('goes on after one of type %s, which a media server outside may not reach', (type) => {
    expect(leadsOutside(line(type))).toBe(false);
  });

  it('is not ended by the browser saying that there are no more', () => {
    expect(leadsOutside(null)).toBe(false);
    expect(leadsOutside({ candidate: '' })).toBe(false);
  });
});
