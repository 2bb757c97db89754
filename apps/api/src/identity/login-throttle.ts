import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { problem } from '../problem/problem.js';
import { Gate } from './gate.js';

const mostFailures = 5;
const windowSeconds = 900;
const waitingPerAccount = 200;

/**
 * Five wrong passwords in a quarter of an hour for one account from one address: no further try until the oldest is that old.
 * Tries for the same account from the same address go one after the other, so that a burst cannot slip past the count.
 */
@Injectable()
export class LoginThrottle {
  readonly #gates = new Map<string, { gate: Gate; users: number }>();

  constructor(private readonly database: Database) {}

  /**
   * Runs `attempt` unless too many have failed; counts it when it gives null, forgets the failures when it succeeds.
   * @throws Problem AUTH.TOO_MANY_ATTEMPTS with Retry-After
   */
  guard<T>(username: string, ip: string, attempt: () => Promise<T | null>): Promise<T | null> {
    return this.#oneByOne(`${username.toLowerCase()} ${ip}`, async () => {
      const failures = await this.#failures(username, ip);
      const result = await attempt();
      if (result === null) await this.database.change('INSERT INTO login_failures (username, ip) VALUES (?, ?)', [username, ip]);
      else if (failures > 0) await this.database.change('DELETE FROM login_failures WHERE username = ? AND ip = ?', [username, ip]);
      return result;
    });
  }

  /** An administrator gave the account a new password: it may be tried from everywhere again. */
  async forgive(username: string): Promise<void> {
    await this.database.change('DELETE FROM login_failures WHERE username = ?', [username]);
  }

  async #failures(username: string, ip: string): Promise<number> {
    const [row] = await this.database.rows<{ failures: number; freeInSeconds: number | null }>(
      `SELECT COUNT(*) AS failures, TIMESTAMPDIFF(SECOND, NOW(3), MIN(at) + INTERVAL ${windowSeconds} SECOND) AS freeInSeconds
       FROM (SELECT at FROM login_failures WHERE username = ? AND ip = ? AND at > NOW(3) - INTERVAL ${windowSeconds} SECOND ORDER BY at DESC LIMIT ${mostFailures}) AS recent`,
      [username, ip],
    );
    if (row !== undefined && row.failures >= mostFailures) throw problem('AUTH.TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.max(1, row.freeInSeconds ?? windowSeconds) });
    return row?.failures ?? 0;
  }

  async #oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
    const entry = this.#gates.get(key) ?? { gate: new Gate(1, waitingPerAccount, () => problem('AUTH.TOO_MANY_ATTEMPTS', { retryAfterSeconds: 2 })), users: 0 };
    this.#gates.set(key, entry);
    entry.users += 1;
    try {
      return await entry.gate.pass(work);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) this.#gates.delete(key);
    }
  }
}
