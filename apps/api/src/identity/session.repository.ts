import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { change, Database, rows } from '../database/database.js';
import { hashToken, mintToken } from '../secrets/token.js';

export type App = 'softphone' | 'admin';

export const refreshTokenHours = 12;
/** Two tabs may refresh at the same moment, and an answer may be lost: the old token still works this long after it was replaced. */
const graceSeconds = 10;

export type Rotation = { readonly kind: 'rotated'; readonly agentId: string; readonly token: string } | { readonly kind: 'ended' };

interface TokenRow {
  readonly id: string;
  readonly familyId: string;
  readonly agentId: string;
  readonly ended: number;
  readonly replaced: number;
  readonly inGrace: number;
}

/** Refresh tokens: each is used once; one that is shown again later was stolen, and its whole family ends. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** Starts a session and returns its first refresh token. */
  async begin(agentId: string, app: App): Promise<string> {
    const token = mintToken('refresh');
    await this.database.change(`INSERT INTO refresh_tokens (id, family_id, agent_id, app, token_hash, expires_at) VALUES (?, ?, ?, ?, ?, NOW(3) + INTERVAL ${refreshTokenHours} HOUR)`, [
      newId(), newId(), agentId, app, hashToken(token),
    ]);
    return token;
  }

  /** Takes a token and gives the next one of its family. */
  rotate(token: string, app: App): Promise<Rotation> {
    return this.database.inTransaction(async (tx): Promise<Rotation> => {
      const [found] = await rows<TokenRow>(
        tx,
        `SELECT id, family_id AS familyId, agent_id AS agentId, (revoked_at IS NOT NULL OR expires_at <= NOW(3)) AS ended,
           replaced_at IS NOT NULL AS replaced, COALESCE(replaced_at > NOW(3) - INTERVAL ${graceSeconds} SECOND, FALSE) AS inGrace
         FROM refresh_tokens WHERE token_hash = ? AND app = ? FOR UPDATE`,
        [hashToken(token), app],
      );
      if (found === undefined || found.ended) return { kind: 'ended' };
      if (found.replaced && !found.inGrace) {
        await change(tx, 'UPDATE refresh_tokens SET revoked_at = COALESCE(revoked_at, NOW(3)) WHERE family_id = ?', [found.familyId]);
        return { kind: 'ended' };
      }
      const next = mintToken('refresh');
      await change(tx, 'UPDATE refresh_tokens SET replaced_at = COALESCE(replaced_at, NOW(3)) WHERE id = ?', [found.id]);
      await change(tx, `INSERT INTO refresh_tokens (id, family_id, agent_id, app, token_hash, expires_at) VALUES (?, ?, ?, ?, ?, NOW(3) + INTERVAL ${refreshTokenHours} HOUR)`, [
        newId(), found.familyId, found.agentId, app, hashToken(next),
      ]);
      return { kind: 'rotated', agentId: found.agentId, token: next };
    });
  }

  /** Ends the session the token belongs to. */
  async end(token: string): Promise<void> {
    const [found] = await this.database.rows<{ familyId: string }>('SELECT family_id AS familyId FROM refresh_tokens WHERE token_hash = ?', [hashToken(token)]);
    if (found !== undefined) await this.database.change('UPDATE refresh_tokens SET revoked_at = COALESCE(revoked_at, NOW(3)) WHERE family_id = ?', [found.familyId]);
  }

  /** Ends every session of the agent: the password changed, the agent was disabled or deleted. */
  async endAll(agentId: string): Promise<void> {
    await this.database.change('UPDATE refresh_tokens SET revoked_at = COALESCE(revoked_at, NOW(3)) WHERE agent_id = ?', [agentId]);
  }
}
