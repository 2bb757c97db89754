import { randomBytes } from 'node:crypto';
import { change, rows, type Tx } from '../database/database.js';
import { hashToken } from '../secrets/token.js';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const characters = 26;
/** How long a target waits for its INVITE. */
export const targetSeconds = 30;

/** The written form of a one-use target: `t` and 26 characters of base32 (RFC 4648 in small letters), 130 bits that nobody guesses. */
export const targetPattern = /^t[a-z2-7]{26}$/;

/** The token that at least 17 bytes stand for. */
export function targetToken(bytes: Uint8Array): string {
  let token = 't';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5 && token.length <= characters; bits -= 5) token += alphabet[(held >>> (bits - 5)) & 31];
  }
  if (token.length <= characters) throw new Error('A target needs 17 bytes.');
  return token;
}

/** A token that nobody has to be told twice. */
export function mintTarget(): string {
  return targetToken(randomBytes(17));
}

/** Where the one INVITE that shows the token ends: with an agent in her conference, or waiting with music. */
export interface Target {
  readonly token: string;
  readonly callId: string;
  readonly mediaServerId: string;
  readonly kind: 'agent' | 'queue';
  readonly conference: string | null;
  readonly musicClass: string | null;
}

/** A target of any kind: `consult` lets a colleague in to be asked. */
export type AnyTarget = Omit<Target, 'kind'> & { readonly kind: Target['kind'] | 'consult' };

/** Keeps targets, by the hash of their token alone. */
export async function keepTargets(tx: Tx, targets: readonly AnyTarget[]): Promise<void> {
  if (targets.length === 0) return;
  await change(
    tx,
    `INSERT INTO call_targets (token_hash, call_id, media_server_id, kind, conference, music_class, expires_at)
     VALUES ${targets.map(() => `(?, ?, ?, ?, ?, ?, NOW(3) + INTERVAL ${targetSeconds} SECOND)`).join(', ')}`,
    targets.flatMap(({ token, callId, mediaServerId, kind, conference, musicClass }) => [hashToken(token), callId, mediaServerId, kind, conference, musicClass]),
  );
}

/** A target that was given before, as it has to be told again. */
export interface GivenTarget {
  readonly hash: string;
  readonly callId: string;
  readonly mediaServerId: string;
  readonly sipUri: string;
  readonly kind: 'agent' | 'queue';
  readonly agentId: string | null;
}

/** What these tokens were given for, whether or not they have been used. A conference bears the SIP user name of its placement. */
export async function givenTargets(tx: Tx, tokens: readonly string[]): Promise<Map<string, GivenTarget>> {
  if (tokens.length === 0) return new Map();
  const found = await rows<GivenTarget>(
    tx,
    `SELECT LOWER(HEX(t.token_hash)) AS hash, t.call_id AS callId, t.media_server_id AS mediaServerId, s.sip_uri AS sipUri, t.kind, p.agent_id AS agentId
     FROM call_targets t JOIN media_servers s ON s.id = t.media_server_id LEFT JOIN placements p ON p.sip_username = t.conference
     WHERE t.token_hash IN (?)`,
    [tokens.map(hashToken)],
  );
  const byHash = new Map(found.map((one) => [one.hash, one]));
  return new Map(tokens.flatMap((token) => {
    const one = byHash.get(hashToken(token).toString('hex'));
    return one ? [[token, one] as const] : [];
  }));
}
