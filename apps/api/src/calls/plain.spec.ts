import fc from 'fast-check';
import { allPlain, type PlainKind } from './plain.js';

const call = '0192f0c1-7a3b-7cde-8f01-23456789abcd';

describe('what may go into an order', () => {
  it('everything an honest order holds', () => {
    expect(
      allPlain([
        ['uuid', call], ['uniqueid', call], ['uniqueid', 'media-1-1764150000.17'], ['number', '+15550101'], ['number', '911'], ['callerId', 'anonymous'], ['conference', 'k3x9'],
        ['token', `t${'a2'.repeat(13)}`], ['address', '127.0.0.1:5060'], ['address', '[::1]:5060'], ['address', 'ms1.example.com:5060'], ['digits', '12*#AD'],
      ]),
    ).toBeNull();
  });

  it.each<[PlainKind, string]>([
    ['number', '+1555/n'], ['number', '1555@other'], ['number', '+1555&PJSIP/9'], ['number', 'sip:a@b'], ['callerId', '"Bank" <+1555>'], ['conference', 'a,1'], ['conference', '${SHELL(x)}'],
    ['uniqueid', 'a b'], ['uniqueid', 'x)'], ['token', 'seat'], ['address', '127.0.0.1:5060;transport=tls'], ['address', 'host'], ['digits', '1,2'], ['uuid', 'c1'],
  ])('never as %s: %s', (kind, value) => {
    expect(allPlain([['uuid', call], [kind, value]])).toBe(kind);
  });

  it('nothing that means something to a channel name, a dialplan or AMI', () => {
    const kinds: PlainKind[] = ['uuid', 'uniqueid', 'number', 'callerId', 'conference', 'token', 'digits'];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string(), fc.constantFrom('\r', '\n', '\0', '$', '{', '(', ',', '&', '/', '@', ';', '"', ' ', '|', '='), fc.string(), (kind, before, odd, behind) => {
        expect(allPlain([[kind, `${before}${odd}${behind}`]])).toBe(kind);
      }),
    );
  });
});
