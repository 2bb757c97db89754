import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { problem } from '../problem/problem.js';
import { Gate } from './gate.js';

/** Argon2id, the least OWASP asks for: 19 MiB, two passes. About 100 a second on two cores. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const atOnce = 4;
const waiting = 200;

/** Verified against when the user name is unknown, so that the answer takes as long as for a known one. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$bmFpbHVwLW5vYm9keQ$0mGmzlxFoZYmhTQPwVrCkvO2nJ2nPHzAfMsXUnLWFPk';

/** Hashes passwords, a few at a time: each takes 19 MiB and a core, and a flood of sign-ins must not starve the calls. */
@Injectable()
export class PasswordHasher {
  readonly #gate = new Gate(atOnce, waiting, () => problem('AUTH.BUSY', { retryAfterSeconds: 2 }));

  hash(password: string): Promise<string> {
    return this.#gate.pass(() => hash(password, cost));
  }

  /** @param passwordHash what is stored, or null when there is no such account; costs the same */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const matched = await this.#gate.pass(() => verify(passwordHash ?? nobody, password));
    return matched && passwordHash !== null;
  }
}
