import { createHash, randomBytes } from 'node:crypto';

/** What a bearer token is for; the prefix makes a leaked one findable and tells the guards where to look. */
export const tokenPrefixes = { apiKey: 'nlk_', enrolment: 'nle_', server: 'nls_', realtime: 'nlr_', refresh: 'nlf_', ticket: 'nlt_' } as const;

export type TokenKind = keyof typeof tokenPrefixes;

/** A new unguessable token (256 bits). Shown once; only its hash is kept. */
export function mintToken(kind: TokenKind): string {
  return tokenPrefixes[kind] + randomBytes(32).toString('base64url');
}

/** What the database keeps of a token: SHA-256, 32 bytes. Enough, as tokens are random and not chosen by people. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
