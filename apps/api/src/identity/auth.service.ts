import { Injectable } from '@nestjs/common';
import { problem } from '../problem/problem.js';
import { AccessTokens } from './access-tokens.js';
import { type Account, AccountRepository } from './account.repository.js';
import type { SessionView, UserView } from './auth.dto.js';
import { LoginThrottle } from './login-throttle.js';
import { PasswordHasher } from './password-hasher.js';
import { type App, SessionRepository } from './session.repository.js';

/** A session as it begins or goes on: what the console is told, and the token its cookie holds. */
export interface Session {
  readonly view: SessionView;
  readonly refreshToken: string;
}

/**
 * How user names are written. MySQL's collation takes `ágent1`, or `agent1` with an invisible character in it, for `agent1`: such spellings are nobody's,
 * so that each account has one gate against guessing.
 */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._@+-]*$/;

/** Signing in, staying signed in, signing out. */
@Injectable()
export class AuthService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly accessTokens: AccessTokens,
    private readonly hasher: PasswordHasher,
    private readonly throttle: LoginThrottle,
  ) {}

  /** @throws Problem AUTH.INVALID_CREDENTIALS, the same for an unknown name, a wrong password and a disabled account; AUTH.TOO_MANY_ATTEMPTS */
  async login(username: string, password: string, app: App, ip: string): Promise<Session> {
    if (!plainName.test(username)) throw problem('AUTH.INVALID_CREDENTIALS');
    const account = await this.throttle.guard(username, ip, async () => {
      const found = await this.accounts.byUsername(username);
      const matched = await this.hasher.matches(found?.passwordHash ?? null, password);
      return matched && found?.enabled === true ? found : null;
    });
    if (account === null) throw problem('AUTH.INVALID_CREDENTIALS');
    return this.#session(account, await this.sessions.begin(account.id, app));
  }

  /** @throws Problem AUTH.SESSION_ENDED */
  async refresh(token: string | undefined, app: App): Promise<Session> {
    if (token === undefined) throw problem('AUTH.SESSION_ENDED', { detail: 'There is no session in this browser.' });
    const rotation = await this.sessions.rotate(token, app);
    if (rotation.kind === 'ended' || rotation.account?.enabled !== true) throw problem('AUTH.SESSION_ENDED');
    return this.#session(rotation.account, rotation.token);
  }

  async logout(token: string | undefined): Promise<void> {
    if (token !== undefined) await this.sessions.end(token);
  }

  async me(agentId: string): Promise<UserView> {
    const account = await this.accounts.byId(agentId);
    if (account === null) throw problem('AUTH.SESSION_ENDED');
    return toUser(account);
  }

  #session(account: Account, refreshToken: string): Session {
    const { token, expiresAt } = this.accessTokens.mint(account.id);
    return { view: { accessToken: token, expiresAt, user: toUser(account) }, refreshToken };
  }
}

function toUser({ id, username, displayName, role }: Account): UserView {
  return { id, username, displayName, role };
}
