import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import type { Role } from './roles.js';

/** What signing in needs to know of an agent. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly enabled: boolean;
}

interface AccountRow extends Omit<Account, 'enabled'> {
  readonly enabled: number;
  readonly passwordHash: string;
}

const select = 'SELECT id, username, display_name AS displayName, role, enabled, password_hash AS passwordHash FROM agents WHERE deleted_at IS NULL AND';

/** Reads accounts; agents are written by the agents room. */
@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  async byUsername(username: string): Promise<(Account & { passwordHash: string }) | null> {
    const [row] = await this.database.rows<AccountRow>(`${select} live_username = ?`, [username]);
    return row === undefined ? null : { ...toAccount(row), passwordHash: row.passwordHash };
  }

  async byId(id: string): Promise<Account | null> {
    const [row] = await this.database.rows<AccountRow>(`${select} id = ?`, [id]);
    return row === undefined ? null : toAccount(row);
  }
}

/** Reads several accounts in a trip with something else; `toAccounts` reads its answer. */
export function accountsOf(ids: readonly string[]): Statement {
  return { sql: `${select} id IN (?)`, parameters: [ids] };
}

/** By id; who was deleted is not among them. */
export function toAccounts(answer: unknown): ReadonlyMap<string, Account> {
  return new Map((answer as readonly AccountRow[]).map((row) => [row.id, toAccount(row)]));
}

function toAccount({ id, username, displayName, role, enabled }: AccountRow): Account {
  return { id, username, displayName, role, enabled: Boolean(enabled) };
}
