import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { change, Database, type Tx } from '../database/database.js';

export interface EnrolmentTokenRecord {
  readonly id: string;
  readonly uses: number;
  readonly usesLeft: number;
  readonly allowedCidr: string | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
}

const columns = 'id, uses, uses_left AS usesLeft, allowed_cidr AS allowedCidr, expires_at AS expiresAt, created_at AS createdAt';

/** Tokens that admit new media servers; only their hashes. */
@Injectable()
export class EnrolmentTokenRepository {
  constructor(private readonly database: Database) {}

  list(after: string | undefined, limit: number): Promise<EnrolmentTokenRecord[]> {
    return this.database.rows(`SELECT ${columns} FROM enrolment_tokens WHERE id > ? ORDER BY id LIMIT ?`, [after ?? '', limit]);
  }

  /** @param expiresAt a day from now when null */
  async add(token: { hash: Buffer; uses: number; allowedCidr: string | null; expiresAt: Date | null; createdBy: string | null }): Promise<EnrolmentTokenRecord> {
    const id = newId();
    await this.database.change(
      'INSERT INTO enrolment_tokens (id, token_hash, uses, uses_left, allowed_cidr, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, COALESCE(?, NOW(3) + INTERVAL 1 DAY))',
      [id, token.hash, token.uses, token.uses, token.allowedCidr, token.createdBy, token.expiresAt],
    );
    const [added] = await this.database.rows<EnrolmentTokenRecord>(`SELECT ${columns} FROM enrolment_tokens WHERE id = ?`, [id]);
    if (added === undefined) throw new Error('The enrolment token vanished while it was made.');
    return added;
  }

  /** Takes the token back: it admits nobody any more. Repeating it changes nothing. @returns false when there never was one */
  async revoke(id: string): Promise<boolean> {
    const { affectedRows } = await this.database.change('UPDATE enrolment_tokens SET uses_left = 0, expires_at = LEAST(COALESCE(expires_at, NOW(3)), NOW(3)) WHERE id = ?', [id]);
    return affectedRows === 1;
  }

  /** The token unless it has expired. */
  async unexpired(id: string): Promise<EnrolmentTokenRecord | null> {
    const [found] = await this.database.rows<EnrolmentTokenRecord>(`SELECT ${columns} FROM enrolment_tokens WHERE id = ? AND (expires_at IS NULL OR expires_at > NOW(3))`, [id]);
    return found ?? null;
  }

  /** Uses the token once. @returns false when nothing is left of it */
  async spend(tx: Tx, id: string): Promise<boolean> {
    const { affectedRows } = await change(tx, 'UPDATE enrolment_tokens SET uses_left = uses_left - 1 WHERE id = ? AND uses_left > 0 AND (expires_at IS NULL OR expires_at > NOW(3))', [id]);
    return affectedRows === 1;
  }
}
