import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { hashToken, tokenPrefixes } from '../secrets/token.js';
import { Clock } from '../time/clock.js';
import { AccessTokens } from './access-tokens.js';
import { type Account, AccountRepository } from './account.repository.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { ApiKeyCaller, Caller, MachineCaller } from './caller.js';
import { MachineTokenRepository } from './machine-token.repository.js';
import { Recent } from './recent.js';

/** A disabled account or a revoked key is refused by every manager after this long at most. */
const rememberedMs = 2_000;
const longestToken = 2_048;

/** Finds out who holds a bearer token. */
@Injectable()
export class Authenticator {
  readonly #accounts: Recent<Account | null>;
  readonly #apiKeys: Recent<ApiKeyCaller | null>;
  readonly #machines: Recent<MachineCaller | null>;

  constructor(
    private readonly accessTokens: AccessTokens,
    accounts: AccountRepository,
    private readonly apiKeyRows: ApiKeyRepository,
    private readonly machineTokens: MachineTokenRepository,
    private readonly database: Database,
    clock: Clock,
  ) {
    this.#accounts = new Recent(clock, rememberedMs, (id) => accounts.byId(id));
    this.#apiKeys = new Recent(clock, rememberedMs, (token) => apiKeyRows.byHash(hashToken(token)));
    this.#machines = new Recent(clock, rememberedMs, (token) => machineTokens.serverByToken(token));
  }

  /** @param authorization the header; null when it is absent, malformed, unknown, expired, or its holder is disabled */
  async identify(authorization: string | undefined): Promise<Caller | null> {
    const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined || token.length > longestToken) return null;
    if (token.startsWith(tokenPrefixes.apiKey)) return this.#apiKeys.get(token);
    // An enrolment token is looked up each time: it is rare, and the last use must be seen.
    if (token.startsWith(tokenPrefixes.enrolment)) return this.machineTokens.enrolmentByHash(hashToken(token));
    if (token.startsWith(tokenPrefixes.server) || token.startsWith(tokenPrefixes.realtime)) return this.#machines.get(token);
    const agentId = this.accessTokens.read(token, (this.database.stalledForMs ?? 0) / 1_000);
    return agentId === null ? null : this.user(agentId);
  }

  /** The caller an agent is, unless disabled or deleted. */
  async user(agentId: string): Promise<Caller | null> {
    const account = await this.#accounts.get(agentId);
    if (account === null || !account.enabled) return null;
    return { kind: 'user', id: account.id, agentId: account.id, role: account.role, scopes: [] };
  }

  /** Somebody who was let in before, looked at again; null when they may not come in any more. */
  async byId(kind: string, id: string): Promise<Caller | null> {
    if (kind === 'user') return this.user(id);
    return kind === 'api-key' ? this.apiKeyRows.byId(id) : null;
  }

  /** Makes this manager ask again at once; the others notice by themselves. */
  forgetAccount(agentId: string): void {
    this.#accounts.forget(agentId);
  }
}
