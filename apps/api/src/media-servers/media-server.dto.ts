import { ApiPropertyOptional } from '@nestjs/swagger';
import { Flag, Fraction, Moment, Nested, OneOf, Text, Whole } from '../http/fields.js';
import { certificate, Host, sipUri, webSocketUrl } from './plain-address.js';

export const modes = ['active', 'draining', 'disabled'] as const;
export type Mode = (typeof modes)[number];

const name = { max: 64, pattern: /^[A-Za-z0-9][A-Za-z0-9._ -]*$/, says: 'must begin with a letter or digit and hold letters, digits, spaces and . _ - only', example: 'ms1' };
const username = { max: 64, pattern: /^[\x21-\x7e]+$/, says: 'must be printable ASCII' };
const secret = { max: 256, pattern: /^[\x21-\x7e]+$/, says: 'must be printable ASCII', writeOnly: true };
const caCertificate = { ...certificate, lines: true, optional: true, nullable: true, description: 'Pins the certificate authority of AMI over TLS.' };
const capacity = { min: 1, max: 100_000, description: 'Most placements it may hold.' };
const weight = { min: 0.01, max: 1_000, optional: true, description: 'How much of the load it takes beside others; 1 when left out.' };
const region = { max: 64, optional: true, nullable: true };
const port = { min: 1, max: 65_535 };

export class AmiBody {
  @Host({ description: 'Where managers reach AMI.' }) host!: string;
  @Whole({ ...port, optional: true, description: '5039 with TLS, 5038 without, when left out.' }) port?: number;
  @Flag({ optional: true, description: 'false when left out.' }) tls?: boolean;
  @Text(caCertificate) caCertificate?: string | null;
  @Text(username) username!: string;
  @Text(secret) secret!: string;
}

export class ChangeAmiBody {
  @Host({ optional: true }) host?: string;
  @Whole({ ...port, optional: true }) port?: number;
  @Flag({ optional: true }) tls?: boolean;
  @Text(caCertificate) caCertificate?: string | null;
  @Text({ ...username, optional: true }) username?: string;
  @Text({ ...secret, optional: true }) secret?: string;
}

export class CreateMediaServerBody {
  @Text(name) name!: string;
  @Host({ description: 'Public IP address or name that agents reach.' }) host!: string;
  @Text(webSocketUrl) webSocketUrl!: string;
  @Text({ ...sipUri, description: 'Where the SIP proxy sends client legs.' }) sipUri!: string;
  @Nested(() => AmiBody) ami!: AmiBody;
  @Whole(capacity) capacity!: number;
  @Fraction(weight) weight?: number;
  @Text(region) region?: string | null;
  @OneOf(modes, { optional: true, description: 'active when left out.' }) mode?: Mode;
}

export class ChangeMediaServerBody {
  @Text({ ...name, optional: true }) name?: string;
  @Host({ optional: true }) host?: string;
  @Text({ ...webSocketUrl, optional: true }) webSocketUrl?: string;
  @Text({ ...sipUri, optional: true }) sipUri?: string;
  @Nested(() => ChangeAmiBody, { optional: true }) ami?: ChangeAmiBody;
  @Whole({ ...capacity, optional: true }) capacity?: number;
  @Fraction(weight) weight?: number;
  @Text(region) region?: string | null;
  @OneOf(modes, { optional: true, description: 'disabled ends every seat.' }) mode?: Mode;
}

export class EnrolBody {
  @Text(name) name!: string;
  @Host({ description: 'Public IP address or name that agents reach.' }) host!: string;
  @Text(webSocketUrl) webSocketUrl!: string;
  @Text(sipUri) sipUri!: string;
  @Nested(() => AmiBody) ami!: AmiBody;
  @Whole({ ...capacity, optional: true, description: '100 when left out. Only the first enrolment says it; later it is the operator’s.' }) capacity?: number;
  @Text({ ...region, description: 'Only the first enrolment says it.' }) region?: string | null;
  @Whole({ min: 1, max: 4_096, optional: true, description: 'Processors of the machine, to advise its capacity by.' }) cores?: number;
}

export class DrainBody {
  @Whole({ min: 0, max: 604_800, optional: true, nullable: true, description: 'After this long the agents that remain are placed elsewhere, also those on a call. Without it a call is waited for.' }) deadlineSeconds?: number | null;
  @Whole({ min: 0, max: 6_000, optional: true, description: 'How many agents who are not on a call are placed elsewhere in a minute, while another media server has room; 10 when left out, 0 moves nobody.' }) movesPerMinute?: number;
  @Flag({ optional: true, description: 'Disable it once nobody is left on it; false when left out.' }) thenDisable?: boolean;
}

export class CreateEnrolmentTokenBody {
  @Moment({ optional: true, nullable: true, description: 'A day from now, when left out.' }) expiresAt?: string | null;
  @Whole({ min: 1, max: 10_000, optional: true, description: 'How many media servers it admits; one when left out.' }) uses?: number;
  @ApiPropertyOptional({ example: '203.0.113.0/24' })
  @Text({ max: 64, optional: true, nullable: true, pattern: /^[0-9A-Fa-f:.]+\/\d{1,3}$/, says: 'must be an address block, as 203.0.113.0/24', description: 'Only hosts within this block may enrol.' })
  allowedCidr?: string | null;
}
