import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database, inOneTrip, type Statement, type Tx } from '../database/database.js';
import { SecretBox } from '../secrets/secret-box.js';

/** A request that has not been answered after this long was lost with its manager, and another may take its place. */
const pendingSeconds = 30;
const keptHours = 24;

/** One key of one caller. */
export interface KeyOf {
  readonly caller: string;
  readonly key: string;
}

export type Claim =
  | { readonly kind: 'run'; readonly attempt: string }
  | { readonly kind: 'replay'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'reused' }
  | { readonly kind: 'busy' };

interface KeyRow {
  readonly requestHash: Buffer;
  readonly attempt: string;
  readonly status: number | null;
  readonly answer: Buffer | null;
  readonly free: number;
}

/** First answers, by caller and key, encrypted. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {}

  /** Claims the key for this request, or says what became of the one that holds it. */
  async claim({ caller, key }: KeyOf, requestHash: Buffer): Promise<Claim> {
    const attempt = newId();
    const inserted = await this.database.change(
      `INSERT IGNORE INTO idempotency_keys (caller, idempotency_key, request_hash, attempt, pending_until, expires_at)
       VALUES (?, ?, ?, ?, NOW(3) + INTERVAL ${pendingSeconds} SECOND, NOW(3) + INTERVAL ${keptHours} HOUR)`,
      [caller, key, requestHash, attempt],
    );
    if (inserted.affectedRows === 1) return { kind: 'run', attempt };
    const [held] = await this.database.rows<KeyRow>(
      `SELECT request_hash AS requestHash, attempt, status, answer, (expires_at <= NOW(3) OR (status IS NULL AND pending_until <= NOW(3))) AS free
       FROM idempotency_keys WHERE caller = ? AND idempotency_key = ?`,
      [caller, key],
    );
    if (held === undefined) return { kind: 'busy' };
    if (held.free) return (await this.#takeOver({ caller, key }, held.attempt, attempt, requestHash)) ? { kind: 'run', attempt } : { kind: 'busy' };
    if (!held.requestHash.equals(requestHash)) return { kind: 'reused' };
    if (held.status === null) return { kind: 'busy' };
    return { kind: 'replay', status: held.status, body: held.answer === null ? undefined : JSON.parse(this.box.open(held.answer, context({ caller, key }))) };
  }

  /** Keeps the first answer. The answer of a placement that has ended meanwhile is not kept. */
  async keep(keyOf: KeyOf, attempt: string, answer: { status: number; body: unknown; placementId: string | null }): Promise<void> {
    const sealed = answer.body === undefined ? null : this.box.seal(JSON.stringify(answer.body), context(keyOf));
    await this.database.change('UPDATE idempotency_keys SET status = ?, answer = ?, placement_id = ? WHERE caller = ? AND idempotency_key = ? AND attempt = ?', [
      answer.status, sealed, answer.placementId, keyOf.caller, keyOf.key, attempt,
    ]);
    if (answer.placementId === null) return;
    await this.database.change(
      "DELETE FROM idempotency_keys WHERE placement_id = ? AND EXISTS (SELECT 1 FROM placements WHERE id = ? AND state IN ('released', 'expired'))",
      [answer.placementId, answer.placementId],
    );
  }

  /** The request failed: the key may be used again. */
  async release({ caller, key }: KeyOf, attempt: string): Promise<void> {
    await this.database.change('DELETE FROM idempotency_keys WHERE caller = ? AND idempotency_key = ? AND attempt = ? AND status IS NULL', [caller, key, attempt]);
  }

  /** Drops the answers of placements that end in this transaction: the secret in them opens nothing any more. Call before appendEvents. */
  async dropForPlacements(tx: Tx, placementIds: readonly string[]): Promise<void> {
    await inOneTrip(tx, droppingAnswers(placementIds));
  }

  async #takeOver({ caller, key }: KeyOf, oldAttempt: string, attempt: string, requestHash: Buffer): Promise<boolean> {
    const taken = await this.database.change(
      `UPDATE idempotency_keys SET request_hash = ?, attempt = ?, status = NULL, answer = NULL, placement_id = NULL,
         pending_until = NOW(3) + INTERVAL ${pendingSeconds} SECOND, expires_at = NOW(3) + INTERVAL ${keptHours} HOUR
       WHERE caller = ? AND idempotency_key = ? AND attempt = ?`,
      [requestHash, attempt, caller, key, oldAttempt],
    );
    return taken.affectedRows === 1;
  }
}

/** `dropForPlacements` as statements, for those who send others with them. */
export function droppingAnswers(placementIds: readonly string[]): Statement[] {
  return placementIds.length === 0 ? [] : [{ sql: 'DELETE FROM idempotency_keys WHERE placement_id IN (?)', parameters: [placementIds] }];
}

function context({ caller, key }: KeyOf): string {
  return `idempotency:${caller}:${key}`;
}
