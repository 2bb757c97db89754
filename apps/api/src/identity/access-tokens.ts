import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Keys } from '../secrets/keys.js';
import { Clock } from '../time/clock.js';

export const accessTokenSeconds = 600;
/** Managers' clocks may differ by this much without anybody being signed out. */
const clockToleranceSeconds = 60;
/** An outage of MySQL, in which nobody can renew, lets a token live so much longer at most. */
const longestUnrenewableSeconds = 900;
const issuer = 'nailup';

/** Signs and checks the short-lived tokens of people who signed in. */
@Injectable()
export class AccessTokens {
  readonly #jwt: JwtService;

  constructor(
    keys: Keys,
    private readonly clock: Clock,
  ) {
    this.#jwt = new JwtService({ secret: keys.accessTokens });
  }

  /** A token for ten minutes. */
  mint(agentId: string): { token: string; expiresAt: Date } {
    const now = Math.floor(this.clock.now() / 1000);
    const token = this.#jwt.sign({ sub: agentId, iat: now, exp: now + accessTokenSeconds, iss: issuer, aud: issuer }, { algorithm: 'HS256' });
    return { token, expiresAt: new Date((now + accessTokenSeconds) * 1000) };
  }

  /**
   * The agent the token was made for, or null when it is not ours, was changed, or is too old.
   * @param unrenewableSeconds for how long nobody could have got a new one
   */
  read(token: string, unrenewableSeconds = 0): string | null {
    try {
      const payload = this.#jwt.verify<{ sub?: unknown }>(token, {
        algorithms: ['HS256'],
        issuer,
        audience: issuer,
        clockTolerance: clockToleranceSeconds + Math.min(unrenewableSeconds, longestUnrenewableSeconds),
        clockTimestamp: Math.floor(this.clock.now() / 1000),
      });
      return typeof payload.sub === 'string' ? payload.sub : null;
    } catch {
      return null;
    }
  }
}
