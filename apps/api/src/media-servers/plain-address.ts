import { BlockList, isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { registerDecorator } from 'class-validator';
import { Text } from '../http/fields.js';

const label = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const name = new RegExp(`^${label}(\\.${label})*\\.?$`);

/** What getaddrinfo and browsers read as an IPv4 address, in whatever notation (WHATWG URL, "ends in a number"): 0xA9FEA9FE is 169.254.169.254. */
const endsInNumber = /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i;

/** Addresses no media server can have, and a manager must not be talked into visiting: cloud metadata, multicast, "any". */
const forbidden = new BlockList();
forbidden.addSubnet('0.0.0.0', 8);
forbidden.addSubnet('169.254.0.0', 16);
forbidden.addSubnet('224.0.0.0', 3);
forbidden.addAddress('::', 'ipv6');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addSubnet('ff00::', 8, 'ipv6');
// NAT64 (RFC 6052): every IPv4 address once more, the forbidden ones among them.
forbidden.addSubnet('64:ff9b::', 96, 'ipv6');

/** True for a host name or an IP address that a media server may have. */
export function isPlainHost(value: unknown): value is string {
  // A zone (RFC 4007), as in ::1%lo, means something on one machine only, and may hold any character.
  if (typeof value !== 'string' || value.length > 253 || value.includes('%')) return false;
  const family = isIP(value);
  if (family === 0) return name.test(value) && !endsInNumber.test(value);
  return !forbidden.check(value, family === 6 ? 'ipv6' : 'ipv4');
}

/** A host name or an IP address, nothing around it. */
export function Host(options: { optional?: boolean; description?: string } = {}): PropertyDecorator {
  return applyDecorators(Text({ max: 253, example: 'ms1.example.org', ...options }), isHost as PropertyDecorator);
}

function isHost(target: object, propertyName: string): void {
  registerDecorator({ name: 'isPlainHost', target: target.constructor, propertyName, validator: { validate: isPlainHost, defaultMessage: () => 'must be a host name or an IP address' } });
}

/** A port that a URL may hold: 0 to 65535. */
const port = '(6553[0-5]|655[0-2]\\d|65[0-4]\\d\\d|6[0-4]\\d{3}|[0-5]?\\d{1,4})';
const authority = `(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:${port})?`;

export const webSocketUrl = { max: 512, pattern: new RegExp(`^wss?://${authority}(/[A-Za-z0-9._~/-]*)?$`), says: 'must be a ws:// or wss:// address without user, query or fragment', example: 'wss://ms1.example.org:8089/ws' };
export const sipUri = { max: 512, pattern: new RegExp(`^sips?:([A-Za-z0-9._+-]+@)?${authority}(;transport=(udp|tcp|tls|ws|wss))?$`), says: 'must be a SIP URI, as sip:10.0.0.5:5060, with no parameter but transport', example: 'sip:10.0.0.5:5060' };
export const certificate = { max: 16_384, pattern: /^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\r\n -]+-----END CERTIFICATE-----\s*$/, says: 'must be a certificate in PEM form', example: '-----BEGIN CERTIFICATE-----\nMIIBAA==\n-----END CERTIFICATE-----\n' };
