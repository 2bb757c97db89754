import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** An address block as 203.0.113.0/24, or null when it is none. */
export function parseBlock(cidr: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', bits = ''] = cidr.split('/');
  const version = isIP(address);
  const prefix = Number(bits);
  if (version === 0 || !/^\d{1,3}$/.test(bits) || prefix > (version === 6 ? 128 : 32)) return null;
  return { address, prefix, family: version === 6 ? 'ipv6' : 'ipv4' };
}

/** Whether every address of the host lies in the block. A name that does not resolve lies in none. */
export async function liesWithin(cidr: string, host: string): Promise<boolean> {
  const block = parseBlock(cidr);
  if (block === null) return false;
  const list = new BlockList();
  list.addSubnet(block.address, block.prefix, block.family);
  const addresses = isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host, family: isIP(host) }];
  return addresses.length > 0 && addresses.every(({ address, family }) => list.check(address, family === 6 ? 'ipv6' : 'ipv4'));
}
