import { isOfThisComputer, leadsOutside } from './early-offer.js';

describe('Gathering for an offer', () => {
  const line = (type: string) => ({ candidate: `candidate:518319649 1 udp 1686052607 198.51.100.7 51572 typ ${type} raddr 10.0.0.10 rport 51572 generation 0` });

  it.each(['srflx', 'relay'])('has enough with a candidate of type %s', (type) => {
    expect(leadsOutside(line(type))).toBe(true);
  });

  it.each(['host', 'prflx'])('goes on after one of type %s, which a media server outside may not reach', (type) => {
    expect(leadsOutside(line(type))).toBe(false);
  });

  it.each([
    ['candidate:1 1 udp 2122260223 10.0.0.10 51572 typ host generation 0', true],
    ['candidate:1 1 udp 2122260223 fd00::10 51572 typ host generation 0', false],
    ['candidate:1 1 udp 2122260223 0a1b2c3d.local 51572 typ host generation 0', false],
    ['candidate:1 1 tcp 1518280447 10.0.0.10 9 typ host tcptype active generation 0', false],
    ['', false],
  ])('where nobody can be asked for more, %s is enough: %s', (candidate, enough) => {
    expect(isOfThisComputer({ candidate })).toBe(enough);
    expect(isOfThisComputer(null)).toBe(false);
  });

  it('is not ended by the browser saying that there are no more', () => {
    expect(leadsOutside(null)).toBe(false);
    expect(leadsOutside({ candidate: '' })).toBe(false);
  });
});
