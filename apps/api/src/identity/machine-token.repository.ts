import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { hashToken, tokenPrefixes } from '../secrets/token.js';
import type { MachineCaller } from './caller.js';

/** Who the machines of the pool are, by the hash of what they show. */
@Injectable()
export class MachineTokenRepository {
  constructor(private readonly database: Database) {}

  /** The enrolment token, spent or not: whether it still admits a server is decided, and counted, where it is used. */
  async enrolmentByHash(hash: Buffer): Promise<MachineCaller | null> {
    const [row] = await this.database.rows<{ id: string }>('SELECT id FROM enrolment_tokens WHERE token_hash = ?', [hash]);
    return row === undefined ? null : machine('enrolment', row.id);
  }

  /** The media server that holds this server token or realtime token. */
  async serverByToken(token: string): Promise<MachineCaller | null> {
    const kind = token.startsWith(tokenPrefixes.server) ? 'server' : 'realtime';
    const [row] = await this.database.rows<{ id: string }>(`SELECT id FROM media_servers WHERE ${kind}_token_hash = ? AND deleted_at IS NULL`, [hashToken(token)]);
    return row === undefined ? null : machine(kind, row.id);
  }
}

function machine(kind: MachineCaller['kind'], id: string): MachineCaller {
  return { kind, id, agentId: null, role: 'machine', scopes: [] };
}
