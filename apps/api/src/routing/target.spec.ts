import fc from 'fast-check';
import { DerivedKeys } from '../secrets/keys.js';
import { mintTarget, targetPattern, targetToken } from './target.js';

const bytes = fc.uint8Array({ minLength: 17, maxLength: 40 });

describe('a one-use target', () => {
  it('is t and 26 characters of base32, whatever the bytes', () => {
    fc.assert(fc.property(bytes, (of) => expect(targetToken(of)).toMatch(targetPattern)));
    expect(mintTarget()).toMatch(targetPattern);
    expect(() => targetToken(new Uint8Array(16))).toThrow();
  });

  it('is base32 as RFC 4648 writes it', () => {
    expect(targetToken(Buffer.from('foobarfoobarfoobar'))).toBe('tmzxw6ytbojtg633cmfzgm33pmj');
    expect(targetToken(new Uint8Array(17))).toBe(`t${'a'.repeat(26)}`);
    expect(targetToken(new Uint8Array(17).fill(255))).toBe(`t${'7'.repeat(26)}`);
  });

  it('differs where any of the first 130 bits does', () => {
    fc.assert(
      fc.property(bytes, fc.nat(129), (of, bit) => {
        const other = Uint8Array.from(of);
        other[bit >> 3] = other[bit >> 3]! ^ (0x80 >> (bit & 7));
        expect(targetToken(other)).not.toBe(targetToken(of));
      }),
    );
  });

  it('of a call is always the same one, and nobody without the key of the installation knows it', () => {
    const of = (key: number, call: string): string => targetToken(new DerivedKeys(Buffer.alloc(32, key)).targetDigest(call));
    expect(of(1, 'a')).toBe(of(1, 'a'));
    expect(new Set([of(1, 'a'), of(1, 'b'), of(2, 'a')]).size).toBe(3);
  });
});
