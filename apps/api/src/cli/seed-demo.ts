import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { PasswordHasher } from '../identity/password-hasher.js';
import { seedDemoRouting } from './seed-demo-routing.js';

const demoAgents = 8;

/** The demo accounts: admin, supervisor, agent1 … agent8. */
const accounts = [
  { username: 'admin', displayName: 'Ada Admin', role: 'admin' },
  { username: 'supervisor', displayName: 'Sam Supervisor', role: 'supervisor' },
  ...Array.from({ length: demoAgents }, (_, index) => ({ username: `agent${index + 1}`, displayName: `Agent ${index + 1}`, role: 'agent' })),
];

/**
 * Makes the demo accounts, or gives those there the password again, and the numbers callers reach them by. Only the sandbox calls it.
 * @param password for all of them; without one a random one is made, and printed
 */
export async function seedDemo(dataSource: DataSource, password: string | undefined): Promise<{ password: string; accounts: string[] }> {
  const chosen = password === undefined || password === '' ? randomBytes(9).toString('base64url') : password;
  const passwordHash = await new PasswordHasher().hash(chosen);
  for (const { username, displayName, role } of accounts) {
    await dataSource.query(
      `INSERT INTO agents (id, username, display_name, role, skills, password_hash) VALUES (?, ?, ?, ?, '[]', ?)
       ON DUPLICATE KEY UPDATE password_hash = VALUES(password_hash), enabled = TRUE`,
      [newId(), username, displayName, role, passwordHash],
    );
  }
  await seedDemoRouting(dataSource);
  return { password: chosen, accounts: accounts.map((account) => account.username) };
}
