import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database } from '../database/database.js';
import type { ApiKeyCaller } from './caller.js';
import type { Scope } from './scopes.js';

export interface ApiKeyRecord {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

type Row = Omit<ApiKeyRecord, 'scopes'> & { readonly scopes: Scope[] | string };

const columns = 'id, name, scopes, created_at AS createdAt, expires_at AS expiresAt, last_used_at AS lastUsedAt';

/** The keys of integrators; only their hashes. */
@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  async list(after: string | undefined, limit: number): Promise<ApiKeyRecord[]> {
    const found = await this.database.rows<Row>(`SELECT ${columns} FROM api_keys WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ?`, [after ?? '', limit]);
    return found.map(toRecord);
  }

  async add(key: { name: string; scopes: readonly Scope[]; expiresAt: Date | null; hash: Buffer; createdBy: string | null }): Promise<ApiKeyRecord> {
    const id = newId();
    await this.database.change('INSERT INTO api_keys (id, name, key_hash, scopes, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?)', [
      id, key.name, key.hash, JSON.stringify(key.scopes), key.createdBy, key.expiresAt,
    ]);
    const [row] = await this.database.rows<Row>(`SELECT ${columns} FROM api_keys WHERE id = ?`, [id]);
    if (row === undefined) throw new Error('The API key vanished while it was made.');
    return toRecord(row);
  }

  /** @returns false when there never was such a key; a removed one may be removed again */
  async remove(id: string): Promise<boolean> {
    const { affectedRows } = await this.database.change('UPDATE api_keys SET deleted_at = COALESCE(deleted_at, NOW(3)) WHERE id = ?', [id]);
    return affectedRows === 1;
  }

  /** The holder of a key that is neither removed nor expired; notes that it was used, to the minute. */
  async byHash(hash: Buffer): Promise<ApiKeyCaller | null> {
    const [row] = await this.database.rows<{ id: string; scopes: Scope[] | string; stale: number }>(
      `SELECT id, scopes, COALESCE(last_used_at < NOW(3) - INTERVAL 1 MINUTE, TRUE) AS stale
       FROM api_keys WHERE key_hash = ? AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > NOW(3))`,
      [hash],
    );
    if (row === undefined) return null;
    if (row.stale) await this.database.change('UPDATE api_keys SET last_used_at = NOW(3) WHERE id = ?', [row.id]);
    return { kind: 'api-key', id: row.id, agentId: null, role: 'integrator', scopes: toScopes(row.scopes) };
  }

  /** The holder of a key that is still good. */
  async byId(id: string): Promise<ApiKeyCaller | null> {
    const [row] = await this.database.rows<{ scopes: Scope[] | string }>('SELECT scopes FROM api_keys WHERE id = ? AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > NOW(3))', [id]);
    return row === undefined ? null : { kind: 'api-key', id, agentId: null, role: 'integrator', scopes: toScopes(row.scopes) };
  }
}

function toRecord(row: Row): ApiKeyRecord {
  return { ...row, scopes: toScopes(row.scopes) };
}

function toScopes(scopes: Scope[] | string): Scope[] {
  return typeof scopes === 'string' ? (JSON.parse(scopes) as Scope[]) : scopes;
}
