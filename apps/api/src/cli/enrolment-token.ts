import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { hashToken, mintToken } from '../secrets/token.js';

/** Makes an enrolment token good for `uses` media servers and a day, as an operator's POST would. Printed once, never again. */
export async function mintEnrolmentToken(dataSource: DataSource, { uses, name }: { uses: number; name: string | null }): Promise<{ id: string; token: string; uses: number }> {
  const id = newId();
  const token = mintToken('enrolment');
  await dataSource.query('INSERT INTO enrolment_tokens (id, name, token_hash, uses, uses_left, expires_at) VALUES (?, ?, ?, ?, ?, NOW(3) + INTERVAL 1 DAY)', [
    id, name, hashToken(token), uses, uses,
  ]);
  return { id, token, uses };
}
