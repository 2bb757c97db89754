import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { type Scope, scopes } from '../identity/scopes.js';
import { hashToken, mintToken } from '../secrets/token.js';

/** The key asked for cannot be made; `message` says why. */
export class ApiKeyRefused extends Error {}

export interface ApiKeyWish {
  readonly name: string;
  /** Words of the contract, separated by commas. */
  readonly scopes: string;
  /** Revokes every older key of that name: for whoever makes one at each start, as the sandbox does. */
  readonly replace: boolean;
}

/**
 * Makes an API key that does not expire, as an administrator's POST would; printed once.
 * @throws ApiKeyRefused
 */
export async function mintApiKey(dataSource: DataSource, { name, scopes: list, replace }: ApiKeyWish): Promise<{ id: string; name: string; scopes: Scope[]; key: string }> {
  if (name.length > 64 || !/^[^\p{Cc}\p{Cs}]+$/u.test(name)) throw new ApiKeyRefused('--name must be one line of at most 64 characters.');
  const wanted = [...new Set(list.split(',').map((word) => word.trim()).filter((word) => word !== ''))];
  const unknown = wanted.filter((word) => !(scopes as readonly string[]).includes(word));
  if (wanted.length === 0 || unknown.length > 0) throw new ApiKeyRefused(`--scopes must hold some of ${scopes.join(', ')}${unknown.length > 0 ? `; it holds ${unknown.join(', ')}` : ''}.`);
  const id = newId();
  const key = mintToken('apiKey');
  await dataSource.transaction(async (tx) => {
    if (replace) await tx.query('UPDATE api_keys SET deleted_at = NOW(3) WHERE name = ? AND deleted_at IS NULL', [name]);
    await tx.query('INSERT INTO api_keys (id, name, key_hash, scopes) VALUES (?, ?, ?, ?)', [id, name, hashToken(key), JSON.stringify(wanted)]);
  });
  return { id, name, scopes: wanted as Scope[], key };
}
