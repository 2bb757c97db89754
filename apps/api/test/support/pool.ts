import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { AccessTokens } from '../../src/identity/access-tokens.js';
import { DerivedKeys } from '../../src/secrets/keys.js';
import { hashToken, mintToken } from '../../src/secrets/token.js';
import { SystemClock } from '../../src/time/clock.js';
import type { FreshDatabase } from './database.js';
import { testSecretKey } from './manager.js';

/** What a test may say about a media server it adds; the rest is an ordinary, healthy one. */
export interface ServerFacts {
  readonly capacity?: number;
  readonly weight?: number;
  readonly region?: string | null;
  readonly mode?: string;
  readonly health?: string;
}

/** A media server of the pool. Its lease is held by nobody's hand, so that no manager goes looking for its Asterisk. */
export interface PoolServer {
  readonly id: string;
  readonly realtimeToken: string;
}

const keys = new DerivedKeys(Buffer.from(testSecretKey, 'base64'));
const accessTokens = new AccessTokens(keys, new SystemClock());
/** The epoch of that lease. */
export const epoch = 7;

/** Adds media servers that are healthy without an Asterisk. */
export async function addServers(database: FreshDatabase, count: number, facts: ServerFacts = {}): Promise<PoolServer[]> {
  const servers: PoolServer[] = [];
  for (let n = 0; n < count; n += 1) {
    const id = randomUUID();
    const realtimeToken = keys.realtimeToken(id);
    await database.query(
      `INSERT INTO media_servers (id, name, host, web_socket_url, sip_uri, ami_host, ami_port, ami_tls, ami_username, ami_secret_encrypted,
         capacity, weight, region, mode, health, ami_owner, ami_lease_until, ami_epoch, realtime_token_hash)
       VALUES (?, ?, ?, ?, ?, '127.0.0.1', 1, FALSE, 'nailup', '', ?, ?, ?, ?, ?, 'nobody', NOW(3) + INTERVAL 1 DAY, ?, ?)`,
      [
        id, `ms-${id.slice(0, 8)}`, `${id.slice(0, 8)}.test`, `ws://${id.slice(0, 8)}.test:8088/ws`, `sip:${id.slice(0, 8)}.test:5060`,
        facts.capacity ?? 100, facts.weight ?? 1, facts.region ?? null, facts.mode ?? 'active', facts.health ?? 'healthy', epoch, hashToken(realtimeToken),
      ],
    );
    servers.push({ id, realtimeToken });
  }
  return servers;
}

/** Adds agents who cannot sign in with a password; `tokenFor` speaks for them. */
export async function addAgents(database: FreshDatabase, count: number, facts: { role?: string; region?: string | null; enabled?: boolean } = {}): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  for (let at = 0; at < ids.length; at += 500) {
    const rows = ids.slice(at, at + 500).map((id) => [id, `agent-${id.slice(0, 13)}`, 'Alice', facts.role ?? 'agent', facts.region ?? null, '[]', facts.enabled ?? true, 'none']);
    await database.query('INSERT INTO agents (id, username, display_name, role, region, skills, enabled, password_hash) VALUES ?', [rows]);
  }
  return ids;
}

export async function addAgent(database: FreshDatabase, facts: Parameters<typeof addAgents>[2] = {}): Promise<string> {
  return (await addAgents(database, 1, facts))[0]!;
}

/** The access token of an agent, as signing in would give it. */
export function tokenFor(agentId: string): string {
  return accessTokens.mint(agentId).token;
}

/** An integrator's API key. */
export async function addApiKey(database: FreshDatabase, scopes: readonly string[]): Promise<string> {
  const key = mintToken('apiKey');
  await database.query('INSERT INTO api_keys (id, name, key_hash, scopes) VALUES (?, ?, ?, ?)', [randomUUID(), `key-${randomBytes(4).toString('hex')}`, hashToken(key), JSON.stringify(scopes)]);
  return key;
}

/** The token a media server looks seats up with. */
export function realtimeTokenOf(mediaServerId: string): string {
  return keys.realtimeToken(mediaServerId);
}

/** What Asterisk compares with `md5_cred`. */
export function ha1(username: string, realm: string, password: string): string {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest('hex');
}

/** Each server's count and its live placements, which must never differ. */
export function seatsOf(database: FreshDatabase): Promise<{ id: string; seats: number; live: number }[]> {
  return database.query(
    `SELECT s.id, s.seats, CAST((SELECT COUNT(*) FROM placements p WHERE p.media_server_id = s.id AND p.state IN ('reserved', 'connected', 'lost')) AS SIGNED) AS live
     FROM media_servers s ORDER BY s.id`,
  );
}
