import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database, inOneTrip, rows, type Tx } from '../database/database.js';
import { hashToken, mintToken } from '../secrets/token.js';
import { GroupCommit, type Outcome } from '../database/group-commit.js';
import { type Account, accountsOf, toAccounts } from './account.repository.js';

export type App = 'softphone' | 'admin';

export const refreshTokenHours = 12;
/** Two tabs may refresh at the same moment, and an answer may be lost: the old token still works this long after it was replaced. */
const graceSeconds = 10;
const maxBatch = 256;

/** `account`: whose session it is, as she is now; null when she was deleted. */
export type Rotation = { readonly kind: 'rotated'; readonly account: Account | null; readonly token: string } | { readonly kind: 'ended' };

/** A token somebody shows to go on. */
interface Shown {
  readonly hash: Buffer;
  readonly app: App;
}

interface TokenRow {
  readonly id: string;
  readonly hash: Buffer;
  readonly app: App;
  readonly familyId: string;
  readonly agentId: string;
  readonly ended: number;
  readonly replaced: number;
  readonly inGrace: number;
}

/** Refresh tokens: each is used once; one that is shown again later was stolen, and its whole family ends. */
@Injectable()
export class SessionRepository {
  /** A whole shift comes back in the same second when the network does. Two tabs hold one cookie, so they may hold one next token. */
  readonly #rotations = new GroupCommit<Shown, Rotation>({
    commit: (turn) => this.database.inTransaction((tx) => rotateAll(tx, turn.take())),
    keyOf,
    isSame: () => true,
    maxBatch,
    tooLate: (waitedMs) => this.database.refusalAfter(waitedMs),
  });

  constructor(private readonly database: Database) {}

  /** Starts a session and returns its first refresh token. */
  async begin(agentId: string, app: App): Promise<string> {
    const token = mintToken('refresh');
    await this.database.change(adding(1), [newId(), newId(), agentId, app, hashToken(token)]);
    return token;
  }

  /** Takes a token and gives the next one of its family. */
  rotate(token: string, app: App): Promise<Rotation> {
    return this.#rotations.submit({ hash: hashToken(token), app });
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

const keyOf = ({ hash, app }: Shown): string => `${app} ${hash.toString('hex')}`;

/** The tokens that go on, and what follows each; the family of one that comes late ends. */
async function rotateAll(tx: Tx, batch: readonly Shown[]): Promise<readonly Outcome<Rotation>[]> {
  // By the index of the hashes, however many they are: a manager that read all sessions would wait for every other one.
  const found = await rows<TokenRow>(
    tx,
    `SELECT id, token_hash AS hash, app, family_id AS familyId, agent_id AS agentId, (revoked_at IS NOT NULL OR expires_at <= NOW(3)) AS ended,
       replaced_at IS NOT NULL AS replaced, COALESCE(replaced_at > NOW(3) - INTERVAL ${graceSeconds} SECOND, FALSE) AS inGrace
     FROM refresh_tokens FORCE INDEX (refresh_tokens_hash) WHERE token_hash IN (?) FOR UPDATE`,
    [batch.map(({ hash }) => hash)],
  );
  const live = new Map(found.filter(({ ended }) => !ended).map((row) => [keyOf(row), row]));
  const going = batch.map((shown) => live.get(keyOf(shown)));
  const stolen = (row: TokenRow): boolean => Boolean(row.replaced && !row.inGrace);
  const families = going.flatMap((row) => (row && stolen(row) ? [row.familyId] : []));
  const next = going.flatMap((row) => (row && !families.includes(row.familyId) ? [{ row, token: mintToken('refresh') }] : []));
  const answers = await inOneTrip(tx, [
    ...(families.length === 0 ? [] : [{ sql: 'UPDATE refresh_tokens SET revoked_at = COALESCE(revoked_at, NOW(3)) WHERE family_id IN (?)', parameters: [families] }]),
    ...(next.length === 0 ? [] : [
      { sql: 'UPDATE refresh_tokens SET replaced_at = COALESCE(replaced_at, NOW(3)) WHERE id IN (?)', parameters: [next.map(({ row }) => row.id)] },
      { sql: adding(next.length), parameters: next.flatMap(({ row, token }) => [newId(), row.familyId, row.agentId, row.app, hashToken(token)]) },
      accountsOf(next.map(({ row }) => row.agentId)),
    ]),
  ]);
  const accounts = toAccounts(next.length === 0 ? [] : answers.at(-1));
  const given = new Map(next.map(({ row, token }) => [row, { kind: 'rotated', account: accounts.get(row.agentId) ?? null, token } as const]));
  return going.map((row) => ({ answer: (row && given.get(row)) ?? { kind: 'ended' } }));
}

/** Of (id, family, agent, app, hash) each. */
function adding(count: number): string {
  const one = `(?, ?, ?, ?, ?, NOW(3) + INTERVAL ${refreshTokenHours} HOUR)`;
  return `INSERT INTO refresh_tokens (id, family_id, agent_id, app, token_hash, expires_at) VALUES ${Array.from({ length: count }, () => one).join(', ')}`;
}
