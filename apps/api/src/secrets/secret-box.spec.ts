import fc from 'fast-check';
import { DerivedKeys } from './keys.js';
import { SecretBox } from './secret-box.js';

const box = new SecretBox(new DerivedKeys(Buffer.alloc(32, 1)));

describe('a sealed secret', () => {
  it('comes out as it went in, for its context alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (secret, context, other) => {
        const sealed = box.seal(secret, context);
        expect(box.open(sealed, context)).toBe(secret);
        if (other !== context) expect(() => box.open(sealed, other)).toThrow();
      }),
    );
  });

  it('does not open when any bit was changed, or it was cut', () => {
    const sealed = box.seal('secret', 'here');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(() => box.open(changed, 'here')).toThrow();
        expect(() => box.open(sealed.subarray(0, at), 'here')).toThrow();
      }),
    );
  });

  it('does not open with another key, and never looks the same twice', () => {
    expect(() => new SecretBox(new DerivedKeys(Buffer.alloc(32, 2))).open(box.seal('secret', 'here'), 'here')).toThrow();
    expect(box.seal('secret', 'here').equals(box.seal('secret', 'here'))).toBe(false);
  });
});

it('gives each purpose a key of its own, and each media server its own realtime token, always the same', () => {
  const keys = new DerivedKeys(Buffer.alloc(32, 1));
  expect(keys.accessTokens.equals(keys.sealing)).toBe(false);
  expect(keys.realtimeToken('a')).toBe(new DerivedKeys(Buffer.alloc(32, 1)).realtimeToken('a'));
  expect(keys.realtimeToken('a')).not.toBe(keys.realtimeToken('b'));
});
