import fc from 'fast-check';
import { liesWithin, parseBlock } from './address-block.js';
import { isPlainHost } from './plain-address.js';

describe('where a media server may be', () => {
  it.each(['ms1', 'ms1.example.org', 'media_1', '10.0.0.5', '127.0.0.2', '2001:db8::1', 'a-b.c-d'])('is %s', (host) => {
    expect(isPlainHost(host)).toBe(true);
  });

  it.each(['', ' ', 'a b', 'a/b', 'http://a', 'a:80', 'user@a', '-a', 'a..b', '1.2.3', '256.1.1.1', '0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'ff02::1', '::1%lo', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '0xA9FEA9FE', '2852039166', 'a.0x7f', 'a.127', '0xA9FEA9FE.', 'a\n', '${x}'])(
    'is not %j',
    (host) => {
      expect(isPlainHost(host)).toBe(false);
    },
  );

  it('never holds anything that means something to AMI, SIP, a URL or a shell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (isPlainHost(text)) expect(text).toMatch(/^[A-Za-z0-9._:-]+$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an address block', () => {
  it('holds its addresses and no others', async () => {
    expect(await liesWithin('10.1.0.0/16', '10.1.255.255')).toBe(true);
    expect(await liesWithin('10.1.0.0/16', '10.2.0.0')).toBe(false);
    expect(await liesWithin('2001:db8::/32', '2001:db8:1::1')).toBe(true);
    expect(await liesWithin('2001:db8::/32', '10.1.0.1')).toBe(false);
    expect(await liesWithin('nonsense', '10.1.0.1')).toBe(false);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '::/129', '/8', '10.0.0.0/-1', '10.0.0.0/8/8 '])('is not %j', (text) => {
    expect(text.split('/').length === 2 && parseBlock(text) !== null).toBe(false);
  });
});
